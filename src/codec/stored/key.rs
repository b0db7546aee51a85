//! The keys of the browser's two stores.
//!
//! Every key of the app begins with [`PREFIX`], which holds the version of the stored schema, and
//! each record has a key of its own, so two tabs never write over each other's records.

use std::fmt;

use thiserror::Error;

use super::removal::Scope;
use crate::domain::item::ItemId;
use crate::domain::record::{NoteId, RecordId};
use crate::domain::stamp::Token;

/// Begins every key of every version of the app.
pub const KEY_NAMESPACE: &str = "jalons/";

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
    /// A version that lost a conflict and waits for the person's word; told by its content.
    Lost(Token),
    /// Something that concerns this browser alone and is never carried away.
    Local(DeviceSetting),
    /// A text under a seal: a consultation, a ballot, a paper that is being keyed, or a ballot that
    /// waits on its voter's phone. The key is as it stands behind the prefix; only the screens of
    /// consultations read more of it.
    Opaque(String),
    /// That something was removed: a number that only grows, in decimal.
    Removal(Scope),
}

/// Small things to remember about this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceSetting {
    /// When everything was last carried away, in milliseconds since 1970, in decimal.
    Exported,
    /// In `localStorage` only: that `IndexedDB` has held records, so that an empty one has lost
    /// them.
    Paired,
    /// In `localStorage` only: that the browser has been asked to keep things for good.
    Asked,
    /// That a person knows `localStorage` to be full.
    QuotaNotice,
    /// In `IndexedDB` only: what the last merge of carnets changed, for taking it back.
    Merge,
    /// That a person does not want to say whose device it is.
    Unnamed,
    /// The consultation whose urn this device is, until the facilitator takes it back.
    Urn,
    /// In `localStorage` only: that a person has closed the suggestion to install the app.
    Suggested,
}

impl DeviceSetting {
    const ALL: [Self; 8] = [
        Self::Exported,
        Self::Paired,
        Self::Asked,
        Self::QuotaNotice,
        Self::Merge,
        Self::Unnamed,
        Self::Urn,
        Self::Suggested,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Exported => "exported",
            Self::Paired => "paired",
            Self::Asked => "asked",
            Self::QuotaNotice => "crowded",
            Self::Merge => "merge",
            Self::Unnamed => "unnamed",
            Self::Urn => "urn",
            Self::Suggested => "suggested",
        }
    }
}

/// What a draft is going to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftId {
    /// A new note on an item.
    New(ItemId),
    /// Another wording of a note.
    Of(NoteId),
}

impl DraftId {
    /// The item that is written about.
    #[must_use]
    pub fn item(self) -> ItemId {
        match self {
            Self::New(item) | Self::Of(NoteId { item, .. }) => item,
        }
    }
}

/// A key that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
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

impl Key {
    /// Reads a key.
    ///
    /// # Errors
    /// When it is none that this version writes; the error says whose it may be.
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
            "aside" => Some(Self::Aside(rest.to_owned())),
            "lost" => rest.parse().ok().map(Self::Lost),
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
            Self::Aside(rest) => write!(f, "aside/{rest}"),
            Self::Lost(content) => write!(f, "lost/{content}"),
            Self::Local(fact) => write!(f, "local/{}", fact.name()),
            Self::Opaque(rest) => f.write_str(rest),
            Self::Removal(scope) => write!(f, "removed/{}", scope.name()),
        }
    }
}

impl Key {
    /// The key under which what cannot be read under this one is set aside.
    #[must_use]
    pub fn aside(&self, random: Token) -> Self {
        Self::Aside(match self {
            Self::Record(id) => format!("{id}/{random}"),
            Self::Opaque(rest) => format!("{rest}/{random}"),
            Self::Removal(scope) => format!("removed/{}/{random}", scope.name()),
            _ => format!("device/{random}"),
        })
    }
}

/// Whether a key is that of a draft.
#[must_use]
pub fn is_draft(key: &str) -> bool {
    key.strip_prefix(PREFIX).is_some_and(|key| key.starts_with("draft/"))
}

/// Whether a key is that of a record, readable or not.
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
