//! Stored form of consultations, ballots, keyed papers, and ballots waiting to be handed over.
//!
//! Each has a key of its own, so two tabs never overwrite each other's, and a ballot's key is its
//! random id, which does not reveal the order of voting. The texts are wrapped as opaque entries,
//! because the first load stores and compares them without the code that parses them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::stored::{Entry, Key, PREFIX, encode, unwrap_opaque, wrap};
use crate::domain::consultation::{
    Ballot, BallotId, Consultation, ConsultationId, Keyed, PaperBook, Readings, Rules, Vote,
};
use crate::domain::stamp::Token;

/// The parsed content of an opaque entry.
#[derive(Clone, Debug, PartialEq)]
pub enum OpaqueEntry {
    /// A consultation.
    Consultation(Consultation),
    /// A ballot of this consultation.
    Ballot(ConsultationId, Ballot),
    /// Keyed papers of this consultation.
    Papers(ConsultationId, PaperBook),
    /// A ballot that its voter has not handed over yet, with its token.
    Waiting(Token, WaitingBallot),
}

/// The parsed key of an opaque entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpaqueKey {
    /// The consultation itself.
    Consultation(ConsultationId),
    /// One of its ballots.
    Ballot(ConsultationId, BallotId),
    /// All keyed papers of it under one key, as the first versions of the app stored them.
    Papers(ConsultationId),
    /// One keyed paper of it.
    Paper(ConsultationId, u16),
    /// A ballot that its voter has not handed over yet. The token is random, because the removal of
    /// the key must not reveal the ballot's id.
    Waiting(ConsultationId, Token),
}

impl OpaqueKey {
    /// The storage key.
    #[must_use]
    pub fn key(self) -> Key {
        Key::Opaque(match self {
            Self::Consultation(id) => format!("consultation/{id}"),
            Self::Ballot(id, ballot) => format!("ballot/{id}/{ballot}"),
            Self::Papers(id) => format!("paper/{id}"),
            Self::Paper(id, number) => format!("paper/{id}/{number}"),
            Self::Waiting(id, token) => format!("waiting/{id}/{token}"),
        })
    }

    /// Parses a storage key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (kind, rest) = key.strip_prefix(PREFIX)?.split_once('/')?;
        match kind {
            "consultation" => Some(Self::Consultation(rest.parse().ok()?)),
            "paper" => match rest.split_once('/') {
                None => Some(Self::Papers(rest.parse().ok()?)),
                Some((id, number)) => {
                    let place = Self::Paper(id.parse().ok()?, number.parse().ok()?);
                    // Each paper has one key only: its number has no sign and no leading zeros.
                    number.starts_with(|first: char| ('1'..='9').contains(&first)).then_some(place)
                }
            },
            "waiting" => {
                let (id, token) = rest.split_once('/')?;
                Some(Self::Waiting(id.parse().ok()?, token.parse().ok()?))
            }
            "ballot" => {
                let (id, ballot) = rest.split_once('/')?;
                Some(Self::Ballot(id.parse().ok()?, ballot.parse().ok()?))
            }
            _ => None,
        }
    }
}

/// The entry of a consultation. Its order is that of [`Consultation::supersedes`].
///
/// # Errors
/// None that today's types can cause.
pub fn consultation(consultation: &Consultation) -> Result<Entry, serde_json::Error> {
    let Consultation { stamp, stage, printed, .. } = consultation;
    let order =
        format!("{}{:010}{:020}{}{printed:05}", stage.rank(), stamp.edit, stamp.at.0, stamp.device);
    sealed(OpaqueKey::Consultation(consultation.id), &order, consultation)
}

/// The entry of a ballot.
///
/// # Errors
/// None that today's types can cause.
pub fn ballot(id: ConsultationId, ballot: &Ballot) -> Result<Entry, serde_json::Error> {
    sealed(OpaqueKey::Ballot(id, ballot.id), &ballot.order(), ballot)
}

/// The entry of the readings of one paper. Of two versions the larger one wins, until a tab that
/// has both merges them.
///
/// # Errors
/// None that today's types can cause.
pub fn paper(
    id: ConsultationId,
    number: u16,
    readings: &Readings,
) -> Result<Entry, serde_json::Error> {
    let (round, count) = readings.order();
    sealed(OpaqueKey::Paper(id, number), &format!("{round:010}{count:05}"), readings)
}

/// A ballot that its voter has not handed over yet, with everything needed to hand it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingBallot {
    /// The consultation that it answers.
    pub consultation: ConsultationId,
    /// The rules that its voter saw.
    pub rules: Rules,
    /// The ballot.
    pub ballot: Ballot,
}

/// The entry of a waiting ballot.
///
/// # Errors
/// None that today's types can cause.
pub fn waiting(token: Token, ballot: &WaitingBallot) -> Result<Entry, serde_json::Error> {
    sealed(OpaqueKey::Waiting(ballot.consultation, token), "", ballot)
}

fn sealed<T: Serialize>(
    place: OpaqueKey,
    order: &str,
    value: &T,
) -> Result<Entry, serde_json::Error> {
    Ok(Entry { key: place.key(), text: Some(wrap(order, &encode(value)?)) })
}

/// Parses an opaque entry; `None` if it is unreadable or belongs to another key.
#[must_use]
pub fn read(key: &str, text: &str) -> Option<OpaqueEntry> {
    let content = unwrap_opaque(text)?;
    match OpaqueKey::parse(key)? {
        OpaqueKey::Consultation(id) => {
            let read: Consultation = parse(content)?;
            (read.id == id).then_some(OpaqueEntry::Consultation(read))
        }
        OpaqueKey::Ballot(id, of) => {
            let read: Ballot = parse(content)?;
            (read.id == of).then_some(OpaqueEntry::Ballot(id, read))
        }
        OpaqueKey::Papers(id) => {
            let BookOfVersion1 { entries } = parse(content)?;
            let mut book = PaperBook::default();
            for (number, OnePaper { first, second }) in entries {
                book.take_in(number, Readings::new(first, second));
            }
            Some(OpaqueEntry::Papers(id, book))
        }
        OpaqueKey::Paper(id, number) => {
            let mut book = PaperBook::default();
            book.take_in(number, parse(content)?);
            Some(OpaqueEntry::Papers(id, book))
        }
        OpaqueKey::Waiting(id, token) => {
            let read: WaitingBallot = parse(content)?;
            (read.consultation == id).then_some(OpaqueEntry::Waiting(token, read))
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// A vote being filled in: the random token that orders its options, and the choices so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteDraft {
    /// See [`crate::domain::consultation::Rules::order_for`].
    #[serde(rename = "chance")]
    pub random: Token,
    /// The choices so far.
    pub vote: Vote,
}

impl VoteDraft {
    /// The stored text.
    #[must_use]
    pub fn to_text(&self) -> String {
        encode(self).unwrap_or_default()
    }

    /// Parses the stored text; `None` if it is not a draft.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse(text)
    }
}

/// All keyed papers of a consultation under one key, as the first versions of the app stored them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookOfVersion1 {
    entries: BTreeMap<u16, OnePaper>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnePaper {
    first: Keyed,
    second: Option<Keyed>,
}
