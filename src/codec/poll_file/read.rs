//! Parses input for a consultation; any input must be handled.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::{
    BALLOT_FORMAT, BALLOT_VERSION, BallotEnvelope, ConsultationEnvelope, FORMAT, VERSION,
    VERSION_WITHOUT_CODE,
};
use crate::codec::carnet::{self, other, strange};
use crate::codec::elements;
use crate::codec::json_path::path_at;
use crate::codec::ours::{Ours, recognise};
use crate::codec::transfer::{
    InvalidFingerprintError, Page, RulesFingerprint, TransferError, TransferPayload, is_result,
    unpack,
};
use crate::domain::consultation::{
    Ballot, BallotError, Consultation, ConsultationId, ImportBallotError, JoinError, JoinPlan,
    Joining, PaperBook, Poll, Rules,
};
use crate::domain::convention::Convention;

/// The parsed input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A consultation with its ballots, which are not checked against its rules.
    Poll(Box<OpenedPoll>),
    /// A ballot, which is not checked against the rules.
    Ballot {
        /// The consultation that it answers.
        consultation: ConsultationId,
        /// The fingerprint of the rules that the voter saw.
        rules: RulesFingerprint,
        /// The ballot.
        ballot: Ballot,
    },
    /// An invitation to vote.
    Invitation {
        /// The fingerprint of its convention.
        convention: u32,
        /// The consultation.
        id: ConsultationId,
        /// Its rules.
        rules: Rules,
    },
    /// One of several pages, or a result, which [`SharedResult`](crate::codec::transfer::SharedResult)
    /// reads.
    Page(Page),
}

/// The file of a consultation. Its ballots are parsed one by one, because parsing tens of thousands
/// at once would block the page for too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedPoll {
    /// The consultation: question, rules and stage.
    pub consultation: Consultation,
    /// Whether the file was made with another wording of this convention.
    pub other_wording: bool,
    ballots: Vec<Box<str>>,
}

impl OpenedPoll {
    /// The number of ballots.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ballots.len()
    }

    /// Whether there are no ballots.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ballots.is_empty()
    }

    /// The ballot at an index, from 0; `None` past the last.
    #[must_use]
    pub fn ballot(&self, index: usize) -> Option<Result<Ballot, ImportBallotError>> {
        let raw = self.ballots.get(index)?;
        Some(serde_json::from_str(raw).map_err(|error| {
            let path = path_at(raw, error.line(), error.column());
            ImportBallotError { index, path, why: BallotError::Unreadable(error.to_string()) }
        }))
    }

    /// The plan of joining it, computed in one go.
    ///
    /// # Errors
    /// When nothing of it can be joined.
    pub fn plan(&self, held: Option<&Poll>, book: &PaperBook) -> Result<JoinPlan, JoinError> {
        let mut joining = Joining::new(held, self.consultation.clone())?;
        for (index, ballot) in (0..).map_while(|index| Some((index, self.ballot(index)?))) {
            joining.offer(held, book, index, ballot);
        }
        Ok(joining.finish())
    }
}

/// Why input is neither a consultation nor a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PollFileError {
    /// It is a file of another kind.
    #[error(transparent)]
    File(#[from] carnet::FileError),
    /// It is the text of a link or of a QR code, and unreadable.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// A part of the file is invalid.
    #[error("{path}: {why}")]
    Refused {
        /// The path to that part, such as `consultation.stage`.
        path: String,
        /// Why it is invalid.
        why: PollContentError,
    },
}

impl PollFileError {
    /// The kind of file of this app, if it is one that is read elsewhere or not at all.
    #[must_use]
    pub fn ours(&self) -> Option<Ours> {
        match self {
            Self::File(carnet::FileError::Ours(ours)) => Some(*ours),
            _ => None,
        }
    }
}

/// Why a part of a file is invalid.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PollContentError {
    /// It cannot be parsed; the parser's own message.
    #[error("{0}")]
    Unreadable(String),
    /// The convention has no such item.
    #[error("the convention has no item {0}")]
    UnknownItem(String),
}

/// Parses pasted text, a scanned code, or a text file: a consultation or ballot file, a link to any
/// copy of the app, or the part of a link after its path.
///
/// # Errors
/// When the text is none of these, or damaged.
pub fn read(text: &str, convention: &Convention) -> Result<Received, PollFileError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(carnet::FileError::Empty.into());
    }
    // A link may stand in brackets.
    if text.starts_with('{') || text.starts_with('[') && recognise(text) != Some(Ours::Link) {
        return file(text, convention);
    }
    if let Some(ours @ (Ours::Table | Ours::Page)) = recognise(text) {
        return Err(carnet::FileError::Ours(ours).into());
    }
    let page = Page::read(text)?;
    match page.whole().filter(|bytes| !is_result(bytes)).map(unpack).transpose()? {
        Some(parcel) => Ok(parcel.into()),
        None => Ok(Received::Page(page)),
    }
}

/// Like [`read`], for the bytes of a file.
///
/// # Errors
/// When they are not text, or not of this app.
pub fn read_bytes(bytes: &[u8], convention: &Convention) -> Result<Received, PollFileError> {
    read(carnet::text(bytes)?, convention)
}

impl From<TransferPayload> for Received {
    fn from(parcel: TransferPayload) -> Self {
        match parcel {
            TransferPayload::Invitation { convention, id, rules } => {
                Self::Invitation { convention, id, rules }
            }
            TransferPayload::Ballot { consultation, rules, ballot } => {
                Self::Ballot { consultation, rules, ballot }
            }
        }
    }
}

/// The first fields of a file; all others are ignored.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u32>,
}

fn file(text: &str, convention: &Convention) -> Result<Received, PollFileError> {
    let header: Header =
        serde_json::from_str(text).map_err(|error| match strange(text, &error) {
            carnet::FileError::OtherJson
                if text.contains(FORMAT) || text.contains(BALLOT_FORMAT) =>
            {
                carnet::FileError::Damaged(error.to_string())
            }
            other => other,
        })?;
    match (header.format.as_deref(), header.version) {
        (Some(FORMAT), Some(version @ (VERSION | VERSION_WITHOUT_CODE))) => {
            poll(text, version, convention)
        }
        (Some(BALLOT_FORMAT), Some(version @ (1 | BALLOT_VERSION))) => ballot(text, version),
        (Some(FORMAT | BALLOT_FORMAT), Some(later)) => {
            Err(carnet::FileError::LaterVersion(later).into())
        }
        (Some(FORMAT | BALLOT_FORMAT), None) => {
            Err(carnet::FileError::Damaged("version".to_owned()).into())
        }
        _ => Err(other(text).into()),
    }
}

/// Parses a ballot, whose fingerprint of the rules has the length of its version.
fn ballot(text: &str, version: u32) -> Result<Received, PollFileError> {
    let BallotEnvelope { consultation, rules, ballot, .. } = part(text)?;
    if matches!(rules, RulesFingerprint::Short(_)) == (version == 1) {
        return Ok(Received::Ballot { consultation, rules, ballot });
    }
    let why = PollContentError::Unreadable(InvalidFingerprintError.to_string());
    Err(PollFileError::Refused { path: "rules".to_owned(), why })
}

fn poll(text: &str, version: u32, convention: &Convention) -> Result<Received, PollFileError> {
    let file: ConsultationEnvelope<IgnoredAny> = part(text)?;
    if version == VERSION && file.consultation.without_code {
        let path = "consultation.without_code".to_owned();
        let why = PollContentError::Unreadable("unknown field of version 1".to_owned());
        return Err(PollFileError::Refused { path, why });
    }
    let other_wording = file.convention.has_other_wording(convention)?;
    items(&file.consultation, convention)?;
    let consultation = file.consultation;
    let damaged = || carnet::FileError::Damaged("ballots".to_owned());
    let ballots = elements(text, "ballots").ok_or_else(damaged)?;
    Ok(Received::Poll(Box::new(OpenedPoll { consultation, other_wording, ballots })))
}

/// Parses a whole text as one value.
fn part<T: DeserializeOwned>(text: &str) -> Result<T, PollFileError> {
    serde_json::from_str(text).map_err(|error| {
        let path = path_at(text, error.line(), error.column()).trim_start_matches('.').to_owned();
        PollFileError::Refused { path, why: PollContentError::Unreadable(error.to_string()) }
    })
}

/// Checks that the convention has all items of the options; others could not be shown.
pub(in crate::codec) fn items(
    consultation: &Consultation,
    convention: &Convention,
) -> Result<(), PollFileError> {
    let draft = consultation.as_draft();
    match draft.items.iter().find(|id| convention.find(**id).is_none()) {
        None => Ok(()),
        Some(id) => Err(PollFileError::Refused {
            path: "consultation.stage".to_owned(),
            why: PollContentError::UnknownItem(id.to_string()),
        }),
    }
}
