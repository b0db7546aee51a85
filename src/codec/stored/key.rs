//! The keys of the browser's two stores.
//!
//! Every key of the app begins with [`PREFIX`], which contains the version of the stored schema.
//! Each record has a key of its own, so two tabs never overwrite each other's records.

use std::fmt;

use thiserror::Error;

use super::removal::Scope;
use crate::domain::item::{ItemId, MarkerId};
use crate::domain::record::{NoteId, RecordId};
use crate::domain::stamp::Token;

/// The prefix of every key of every version of the app.
pub const KEY_NAMESPACE: &str = "jalons/";

/// The prefix of every key of this version's schema.
pub const PREFIX: &str = "jalons/v1/";

/// A parsed storage key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// One record.
    Record(RecordId),
    /// The id of this device.
    Device,
    /// The draft of a note.
    Draft(DraftId),
    /// Quarantined bytes: unreadable, moved here before their key was overwritten.
    Quarantine(String),
    /// A version that lost a conflict and waits for the person's decision; the token is a hash of
    /// its content.
    ConflictLoser(Token),
    /// A setting of this browser, which is never exported.
    Local(DeviceSetting),
    /// An opaque entry: a consultation, a ballot, a keyed paper, or a ballot waiting on its voter's
    /// phone. The text is the rest of the key after the prefix; only the consultations' screens
    /// parse it further.
    Opaque(String),
    /// A removal: a number that only grows, in decimal.
    Removal(Scope),
}

/// A setting of this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceSetting {
    /// When everything was last exported, in milliseconds since 1970, in decimal.
    Exported,
    /// In `localStorage` only: `IndexedDB` has held records, so an empty one has lost them.
    Synced,
    /// In `localStorage` only: the browser has been asked for persistent storage.
    Asked,
    /// The person has been told that `localStorage` is full.
    QuotaNotice,
    /// In `IndexedDB` only: the changes of the last merge, for undoing it.
    Merge,
    /// The person does not want to name the device.
    Unnamed,
    /// The consultation whose urn this device is, until the facilitator takes it back.
    Urn,
    /// In `localStorage` only: the person has dismissed the suggestion to install the app.
    Suggested,
}

impl DeviceSetting {
    const ALL: [Self; 8] = [
        Self::Exported,
        Self::Synced,
        Self::Asked,
        Self::QuotaNotice,
        Self::Merge,
        Self::Unnamed,
        Self::Urn,
        Self::Suggested,
    ];

    /// The stored name, which never changes.
    fn name(self) -> &'static str {
        match self {
            Self::Exported => "exported",
            Self::Synced => "paired",
            Self::Asked => "asked",
            Self::QuotaNotice => "crowded",
            Self::Merge => "merge",
            Self::Unnamed => "unnamed",
            Self::Urn => "urn",
            Self::Suggested => "suggested",
        }
    }
}

/// No note has this token: tokens are random.
const EVIDENCE: Token = Token(0);

/// What a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftId {
    /// A new note on an item.
    New(ItemId),
    /// An edit of a note.
    Of(NoteId),
}

impl DraftId {
    /// The evidence of an observation that is not saved yet. It is stored as the edit of a note that
    /// cannot exist: versions that do not know it list it as an unfinished text.
    #[must_use]
    pub fn evidence(marker: MarkerId) -> Self {
        Self::Of(NoteId { item: marker.into(), token: EVIDENCE })
    }

    /// Whether it is an unsaved evidence.
    #[must_use]
    pub fn is_evidence(self) -> bool {
        matches!(self, Self::Of(NoteId { token: EVIDENCE, .. }))
    }

    /// The item that the draft is about.
    #[must_use]
    pub fn item(self) -> ItemId {
        match self {
            Self::New(item) | Self::Of(NoteId { item, .. }) => item,
        }
    }
}

/// Why a key is not one of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The key does not belong to this app.
    #[error("not a key of this app")]
    Foreign,
    /// It belongs to another version of this app's schema.
    #[error("a key of another version")]
    OtherVersion,
    /// The key has this version's prefix and an unknown rest.
    #[error("not a key this version writes")]
    Strange,
}

impl Key {
    /// Parses a key.
    ///
    /// # Errors
    /// When this version does not write such a key; the error says whose it may be.
    pub fn parse(key: &str) -> Result<Self, KeyError> {
        if !key.starts_with(KEY_NAMESPACE) {
            return Err(KeyError::Foreign);
        }
        let ours = key.strip_prefix(PREFIX).ok_or(KeyError::OtherVersion)?;
        if ours == "device" {
            return Ok(Self::Device);
        }
        let (kind, rest) = ours.split_once('/').ok_or(KeyError::Strange)?;
        let known = match kind {
            "record" => rest.parse().ok().map(Self::Record),
            "draft" => draft(rest).map(Self::Draft),
            "aside" => Some(Self::Quarantine(rest.to_owned())),
            "lost" => rest.parse().ok().map(Self::ConflictLoser),
            "consultation" | "ballot" | "paper" | "waiting" => Some(Self::Opaque(ours.to_owned())),
            "removed" => Some(Self::Removal(Scope::parse(rest))),
            "local" => {
                DeviceSetting::ALL.into_iter().find(|fact| fact.name() == rest).map(Self::Local)
            }
            _ => None,
        };
        known.ok_or(KeyError::Strange)
    }
}

fn draft(text: &str) -> Option<DraftId> {
    match text.split_once('/')? {
        ("new", item) => item.parse().ok().map(DraftId::New),
        ("of", note) => match note.parse().ok()? {
            RecordId::Note(id) => Some(DraftId::Of(id)),
            _ => None,
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
            Self::Quarantine(rest) => write!(f, "aside/{rest}"),
            Self::ConflictLoser(content) => write!(f, "lost/{content}"),
            Self::Local(fact) => write!(f, "local/{}", fact.name()),
            Self::Opaque(rest) => f.write_str(rest),
            Self::Removal(scope) => write!(f, "removed/{}", scope.name()),
        }
    }
}

impl Key {
    /// The quarantine key for unreadable bytes under this key.
    #[must_use]
    pub fn quarantine(&self, random: Token) -> Self {
        Self::Quarantine(match self {
            Self::Record(id) => format!("{id}/{random}"),
            Self::Opaque(rest) => format!("{rest}/{random}"),
            Self::Removal(scope) => format!("removed/{}/{random}", scope.name()),
            _ => format!("device/{random}"),
        })
    }
}

/// Whether a key is a draft's.
#[must_use]
pub fn is_draft(key: &str) -> bool {
    key.strip_prefix(PREFIX).is_some_and(|key| key.starts_with("draft/"))
}

/// Whether a key is a record's, readable or not.
#[must_use]
pub fn is_record(key: &str) -> bool {
    key.strip_prefix(PREFIX).is_some_and(|key| key.starts_with("record/"))
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
            "jalons/v1/record/follow-up/1.2.1-m3/00c0ffee00c0ffee",
            "jalons/v1/draft/new/1.2.1-r1",
            "jalons/v1/draft/of/note/1.2/00c0ffee00c0ffee",
            "jalons/v1/aside/note/1.2/00c0ffee00c0ffee/0000000000000001",
            "jalons/v1/local/exported",
            "jalons/v1/local/merge",
            "jalons/v1/lost/0000000000000001",
            "jalons/v1/local/paired",
            "jalons/v1/local/urn",
            "jalons/v1/removed/all",
            "jalons/v1/removed/lost/0000000000000001",
            "jalons/v1/consultation/00c0ffee00c0ffee",
            "jalons/v1/ballot/00c0ffee00c0ffee/ffffffff-ffff-4fff-bfff-ffffffffffff",
            "jalons/v1/paper/00c0ffee00c0ffee/12",
            "jalons/v1/waiting/00c0ffee00c0ffee/0000000000000001",
        ] {
            assert_eq!(Key::parse(key).expect(key).to_string(), key);
        }
    }

    #[test]
    fn a_strange_key_says_whose_it_may_be() {
        for (key, whose) in [
            ("theme", KeyError::Foreign),
            ("jalon", KeyError::Foreign),
            ("jalons/v2/device", KeyError::OtherVersion),
            ("jalons/v1/record/note/1.2", KeyError::Strange),
            ("jalons/v1/other", KeyError::Strange),
        ] {
            assert_eq!(Key::parse(key), Err(whose), "{key}");
        }
    }
}
