//! Reading what somebody hands in for a consultation: it may be anything.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use thiserror::Error;

use super::{BALLOT_FORMAT, BALLOT_VERSION, BallotEnvelope, Envelope, FORMAT, VERSION};
use crate::codec::carnet::{self, strange};
use crate::codec::json_path::path_at;
use crate::codec::transfer::{
    InvalidFingerprint, Page, Parcel, RulesFingerprint, TransferError, unpack,
};
use crate::domain::consultation::{
    Ballot, Breach, Consultation, ConsultationId, Content, Poll, Rules, Urn,
};
use crate::domain::convention::Convention;

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A consultation with its ballots, all of which keep to its rules.
    Poll {
        /// It.
        poll: Box<Poll>,
        /// Whether it was made with another wording of this convention.
        other_wording: bool,
    },
    /// A ballot. Nothing says that it keeps to the rules.
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
        /// What it knows the convention by.
        convention: u32,
        /// Which consultation it is.
        id: ConsultationId,
        /// What it asks.
        rules: Rules,
    },
    /// One page of several: the others are still to come.
    Page(Page),
}

/// Why something is neither a consultation nor a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// As a file it is none of this app.
    #[error(transparent)]
    File(#[from] carnet::FileError),
    /// It is a carnet, which is merged elsewhere.
    #[error("it is a carnet")]
    Carnet,
    /// It is the text of a link or of a QR code, and cannot be read.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// A part of the file is not what it should be.
    #[error("{path}: {why}")]
    Refused {
        /// The way to it, such as `ballots[3].content`.
        path: String,
        /// Why.
        why: Misfit,
    },
}

/// Why a part of a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Misfit {
    /// It cannot be read; the reader's own words.
    #[error("{0}")]
    Unreadable(String),
    /// The convention has no such item.
    #[error("the convention has no item {0}")]
    UnknownItem(String),
    /// A ballot of a consultation that has not been opened.
    #[error("nobody can have voted on a draft")]
    Early,
    /// A ballot that breaks the rules.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// A second ballot under one id.
    #[error("a second ballot of this id")]
    Twice,
}

/// Reads what was pasted, scanned, or read from a file: the text of either file, a link to any
/// place where the app is, or what stands behind `#/voter/` and `#/bulletin/` in it.
///
/// # Errors
/// When it is none of these, or damaged.
pub fn read(text: &str, convention: &Convention) -> Result<Received, FileError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(carnet::FileError::Empty.into());
    }
    if text.starts_with(['{', '[']) {
        return file(text, convention);
    }
    let page = Page::read(payload(text))?;
    match page.whole().map(unpack).transpose()? {
        Some(parcel) => Ok(parcel.into()),
        None => Ok(Received::Page(page)),
    }
}

/// As [`read`], for the bytes of a file.
///
/// # Errors
/// When they are no text, or none of this app.
pub fn read_bytes(bytes: &[u8], convention: &Convention) -> Result<Received, FileError> {
    read(carnet::text(bytes)?, convention)
}

/// What stands behind the last of our paths in a text. People paste a link with words around it.
fn payload(text: &str) -> &str {
    let paths = ["/voter/", "/bulletin/"];
    let behind = paths.iter().find_map(|path| text.rsplit_once(path).map(|(_, behind)| behind));
    let Some(behind) = behind else { return text };
    let end = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
    &behind[..end]
}

impl From<Parcel> for Received {
    fn from(parcel: Parcel) -> Self {
        match parcel {
            Parcel::Invitation { convention, id, rules } => {
                Self::Invitation { convention, id, rules }
            }
            Parcel::Ballot { consultation, rules, ballot } => {
                Self::Ballot { consultation, rules, ballot }
            }
        }
    }
}

/// The first look at a file. All else is skipped, however strange.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u32>,
}

fn file(text: &str, convention: &Convention) -> Result<Received, FileError> {
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
        (Some(FORMAT), Some(VERSION)) => poll(text, convention),
        (Some(BALLOT_FORMAT), Some(version @ (1 | BALLOT_VERSION))) => ballot(text, version),
        (Some(FORMAT | BALLOT_FORMAT), Some(later)) => {
            Err(carnet::FileError::LaterVersion(later).into())
        }
        (Some(FORMAT | BALLOT_FORMAT), None) => {
            Err(carnet::FileError::Damaged("version".to_owned()).into())
        }
        (Some(carnet::FORMAT), _) => Err(FileError::Carnet),
        _ => Err(carnet::FileError::OtherJson.into()),
    }
}

/// A ballot, whose fingerprint of the rules is as long as its version has it.
fn ballot(text: &str, version: u32) -> Result<Received, FileError> {
    let BallotEnvelope { consultation, rules, ballot, .. } = part(text, "")?;
    if matches!(rules, RulesFingerprint::Short(_)) == (version == 1) {
        return Ok(Received::Ballot { consultation, rules, ballot });
    }
    let why = Misfit::Unreadable(InvalidFingerprint.to_string());
    Err(FileError::Refused { path: "rules".to_owned(), why })
}

fn poll(text: &str, convention: &Convention) -> Result<Received, FileError> {
    let file: Envelope<Box<RawValue>> = part(text, "")?;
    let other_wording = file.convention.has_other_wording(convention)?;
    items(&file.consultation, convention)?;
    let mut urn = Urn::default();
    for (index, raw) in file.ballots.iter().enumerate() {
        let path = format!("ballots[{index}]");
        let ballot: Ballot = part(raw.get(), &path)?;
        let refused = |why| FileError::Refused { path: path.clone(), why };
        let rules = file.consultation.rules().ok_or_else(|| refused(Misfit::Early))?;
        if let Content::Vote(vote) = &ballot.content {
            rules.allow(vote).map_err(|breach| refused(breach.into()))?;
        }
        if urn.get(ballot.id).is_some() {
            return Err(refused(Misfit::Twice));
        }
        urn.put(ballot);
    }
    let poll = Box::new(Poll { consultation: file.consultation, urn });
    Ok(Received::Poll { poll, other_wording })
}

/// All of a text as one value; the text stands at `path` of the file.
fn part<T: DeserializeOwned>(text: &str, path: &str) -> Result<T, FileError> {
    serde_json::from_str(text).map_err(|error| {
        let way = path_at(text, error.line(), error.column());
        let way = format!("{path}{way}").trim_start_matches('.').to_owned();
        FileError::Refused { path: way, why: Misfit::Unreadable(error.to_string()) }
    })
}

/// Items that this convention lacks could not be shown.
fn items(consultation: &Consultation, convention: &Convention) -> Result<(), FileError> {
    let draft = consultation.as_draft();
    match draft.items.iter().find(|id| convention.find(**id).is_none()) {
        None => Ok(()),
        Some(id) => Err(FileError::Refused {
            path: "consultation.stage".to_owned(),
            why: Misfit::UnknownItem(id.to_string()),
        }),
    }
}
