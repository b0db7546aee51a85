//! Consultations, ballots and papers being keyed, as they are stored.
//!
//! Each lies under a key of its own, so two tabs never write over each other's, and a ballot's key
//! is its random id: nothing says which came first. The texts are sealed, because the first load
//! stores and compares them without the code that reads them.

use serde::{Deserialize, Serialize};

use super::stored::{Entry, Key, PREFIX, encode, seal, unseal};
use crate::domain::consultation::{
    Ballot, BallotId, Consultation, ConsultationId, PaperBook, Vote,
};
use crate::domain::stamp::Token;

/// What lies under a sealed key.
#[derive(Clone, Debug, PartialEq)]
pub enum Sealed {
    /// A consultation.
    Consultation(Consultation),
    /// A ballot of this consultation.
    Ballot(ConsultationId, Ballot),
    /// Papers of this consultation that are being keyed: which edit, and their text.
    Papers(ConsultationId, u64, String),
}

/// Where something sealed lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The consultation itself.
    Consultation(ConsultationId),
    /// One of its ballots.
    Ballot(ConsultationId, BallotId),
    /// Its papers that are being keyed.
    Papers(ConsultationId),
}

impl Place {
    /// The key.
    #[must_use]
    pub fn key(self) -> Key {
        Key::Sealed(match self {
            Self::Consultation(id) => format!("consultation/{id}"),
            Self::Ballot(id, ballot) => format!("ballot/{id}/{ballot}"),
            Self::Papers(id) => format!("paper/{id}"),
        })
    }

    /// Reads a key as it is stored.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (kind, rest) = key.strip_prefix(PREFIX)?.split_once('/')?;
        match kind {
            "consultation" => Some(Self::Consultation(rest.parse().ok()?)),
            "paper" => Some(Self::Papers(rest.parse().ok()?)),
            "ballot" => {
                let (id, ballot) = rest.split_once('/')?;
                Some(Self::Ballot(id.parse().ok()?, ballot.parse().ok()?))
            }
            _ => None,
        }
    }
}

/// The entry of a consultation. What decides is what [`Consultation::supersedes`] compares.
///
/// # Errors
/// None that today's types can cause.
pub fn consultation(consultation: &Consultation) -> Result<Entry, serde_json::Error> {
    let Consultation { stamp, stage, printed, .. } = consultation;
    let order =
        format!("{}{:010}{:020}{}{printed:05}", stage.rank(), stamp.edit, stamp.at.0, stamp.device);
    sealed(Place::Consultation(consultation.id), &order, consultation)
}

/// The entry of a ballot.
///
/// # Errors
/// None that today's types can cause.
pub fn ballot(id: ConsultationId, ballot: &Ballot) -> Result<Entry, serde_json::Error> {
    sealed(Place::Ballot(id, ballot.id), &ballot.order(), ballot)
}

/// The entry of papers that are being keyed, for the `edit`th time.
#[must_use]
pub fn papers(id: ConsultationId, edit: u64, text: &str) -> Entry {
    let order = format!("{edit:020}");
    Entry { key: Place::Papers(id).key(), text: Some(seal(&order, text)) }
}

fn sealed<T: Serialize>(place: Place, order: &str, value: &T) -> Result<Entry, serde_json::Error> {
    Ok(Entry { key: place.key(), text: Some(seal(order, &encode(value)?)) })
}

/// What lies under a key; `None` for what cannot be read or lies under another's key.
#[must_use]
pub fn read(key: &str, text: &str) -> Option<Sealed> {
    let content = unseal(text)?;
    match Place::parse(key)? {
        Place::Consultation(id) => {
            let read: Consultation = parse(content)?;
            (read.id == id).then_some(Sealed::Consultation(read))
        }
        Place::Ballot(id, of) => {
            let read: Ballot = parse(content)?;
            (read.id == of).then_some(Sealed::Ballot(id, read))
        }
        Place::Papers(id) => {
            let edit = text.split('|').next()?.parse().ok()?;
            Some(Sealed::Papers(id, edit, content.to_owned()))
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// A vote that is being filled in: what chance has ordered its options by, and what is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteDraft {
    /// See [`crate::domain::consultation::Rules::order_for`].
    pub chance: Token,
    /// What is chosen so far.
    pub vote: Vote,
}

impl VoteDraft {
    /// As text.
    #[must_use]
    pub fn to_text(&self) -> String {
        encode(self).unwrap_or_default()
    }

    /// Read again; `None` for what is no draft.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse(text)
    }
}

/// Papers that are being keyed, as text.
#[must_use]
pub fn papers_text(book: &PaperBook) -> String {
    encode(book).unwrap_or_default()
}

/// Papers that are being keyed, read again; `None` for what is none of it.
#[must_use]
pub fn papers_of(text: &str) -> Option<PaperBook> {
    parse(text)
}
