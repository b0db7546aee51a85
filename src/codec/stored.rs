//! What lies under which key of the browser's storage.
//!
//! Every key of the app begins with [`PREFIX`], which holds the version of the stored schema, and
//! each record has a key of its own, so two tabs never write over each other's records. Reading
//! never repairs: what cannot be read is told apart and left where it is.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::item::ItemId;
use crate::domain::note::NoteDraft;
use crate::domain::record::{NoteId, Record, RecordId};
use crate::domain::stamp::Token;

/// Begins every key of every version of the app.
pub const FAMILY: &str = "jalons/";

/// Begins every key of this version's schema.
pub const PREFIX: &str = "jalons/v1/";

/// What a key of ours stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// One record.
    Record(RecordId),
    /// The id of this device.
    Device,
    /// Something being typed.
    Draft(DraftId),
    /// Bytes that could not be read, set aside before their key was written again.
    Aside(String),
}

/// What a draft is going to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftId {
    /// A new note on an item.
    New(ItemId),
    /// Another wording of a note.
    Of(NoteId),
}

/// A key that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnknownKey {
    /// It belongs to another app, or to nobody.
    #[error("not a key of this app")]
    Foreign,
    /// It belongs to another version of this app's schema.
    #[error("a key of another version")]
    OtherVersion,
    /// It begins as ours do and goes on as none of them does.
    #[error("not a key this version writes")]
    Strange,
}

/// Why a stored value is not the record its key promises.
#[derive(Debug, Error)]
pub enum StoredError {
    /// It is not a record's JSON; the message has line and column.
    #[error("not a record: {0}")]
    Json(#[from] serde_json::Error),
    /// It is another record than the key says.
    #[error("id: `{found}` under the key of `{expected}`")]
    OtherRecord {
        /// What the key says.
        expected: RecordId,
        /// What the value says.
        found: RecordId,
    },
}

impl Key {
    /// Reads a key.
    ///
    /// # Errors
    /// When it is none that this version writes; the error says whose it may be.
    pub fn parse(key: &str) -> Result<Self, UnknownKey> {
        if !key.starts_with(FAMILY) {
            return Err(UnknownKey::Foreign);
        }
        let ours = key.strip_prefix(PREFIX).ok_or(UnknownKey::OtherVersion)?;
        if ours == "device" {
            return Ok(Self::Device);
        }
        let (kind, rest) = ours.split_once('/').ok_or(UnknownKey::Strange)?;
        let known = match kind {
            "record" => rest.parse().ok().map(Self::Record),
            "draft" => draft(rest).map(Self::Draft),
            "aside" => Some(Self::Aside(rest.to_owned())),
            _ => None,
        };
        known.ok_or(UnknownKey::Strange)
    }
}

fn draft(text: &str) -> Option<DraftId> {
    match text.split_once('/')? {
        ("new", item) => item.parse().ok().map(DraftId::New),
        ("of", note) => match note.parse().ok()? {
            RecordId::Note(id) => Some(DraftId::Of(id)),
            RecordId::Observation(_) | RecordId::Device(_) => None,
        },
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        match self {
            Self::Record(id) => write!(f, "record/{id}"),
            Self::Device => f.write_str("device"),
            Self::Draft(DraftId::New(item)) => write!(f, "draft/new/{item}"),
            Self::Draft(DraftId::Of(note)) => write!(f, "draft/of/{}", RecordId::Note(*note)),
            Self::Aside(rest) => write!(f, "aside/{rest}"),
        }
    }
}

impl Key {
    /// The key under which the unreadable value of a record is set aside.
    #[must_use]
    pub fn aside(id: RecordId, chance: Token) -> Self {
        Self::Aside(format!("{id}/{chance}"))
    }
}

/// A value of the storage as text.
///
/// # Errors
/// None that today's types can cause: they all have a JSON form.
pub fn encode<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}

/// The record stored under the key of `id`.
///
/// # Errors
/// When the text is no record, or another one.
pub fn record(id: RecordId, text: &str) -> Result<Record, StoredError> {
    let record: Record = serde_json::from_str(text)?;
    if record.id() != id {
        return Err(StoredError::OtherRecord { expected: id, found: record.id() });
    }
    Ok(record)
}

/// A draft of a note. What cannot be read is no draft: nothing but typing is lost with it, and
/// the text stays stored until something else is typed.
#[must_use]
pub fn note_draft(text: &str) -> Option<NoteDraft> {
    parse(text)
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_prints_as_it_was_parsed() {
        for key in [
            "jalons/v1/device",
            "jalons/v1/record/observation/1.2.1-m3/2021-03-12/00c0ffee00c0ffee",
            "jalons/v1/record/note/1.2/00c0ffee00c0ffee",
            "jalons/v1/draft/new/1.2.1-r1",
            "jalons/v1/draft/of/note/1.2/00c0ffee00c0ffee",
            "jalons/v1/aside/note/1.2/00c0ffee00c0ffee/0000000000000001",
        ] {
            assert_eq!(Key::parse(key).expect(key).to_string(), key);
        }
    }

    #[test]
    fn a_strange_key_says_whose_it_may_be() {
        for (key, whose) in [
            ("theme", UnknownKey::Foreign),
            ("jalon", UnknownKey::Foreign),
            ("jalons/v2/device", UnknownKey::OtherVersion),
            ("jalons/v1/record/note/1.2", UnknownKey::Strange),
            ("jalons/v1/other", UnknownKey::Strange),
        ] {
            assert_eq!(Key::parse(key), Err(whose), "{key}");
        }
    }

    #[test]
    fn a_record_under_another_records_key_is_refused() {
        let text = r#"{"id":"note/1/00c0ffee00c0ffee","body":"deleted",
            "stamp":{"edit":1,"at":0,"device":"00c0ffee00c0ffee"}}"#;
        let id = "note/1/00c0ffee00c0ffee".parse().expect("an id");
        assert!(record(id, text).is_ok());
        let other = "note/2/00c0ffee00c0ffee".parse().expect("an id");
        assert!(matches!(record(other, text), Err(StoredError::OtherRecord { .. })));
    }
}
