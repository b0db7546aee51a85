//! Stored entries: the keys and values of the browser's two stores, `localStorage` and `IndexedDB`.
//!
//! Both stores have the same texts under the same keys. Reading never repairs: an unreadable value
//! is recognised and left in place, and [`resolve`] decides what must happen before it is
//! overwritten.

use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::journal::Merged;
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::{DeviceId, Instant, Token};

mod key;
mod kind;
mod opaque;
mod removal;

pub use key::{DeviceSetting, DraftId, KEY_NAMESPACE, Key, KeyError, PREFIX, is_draft, is_record};
pub use kind::{Fate, Inventory, StoredKind};
pub use opaque::{is_opaque, unwrap_opaque, wrap};
pub use removal::{
    KeyRange, Scope, drop_removed, is_overtaken, is_removal, next_removal, removal_number,
    removals, removals_among, removals_first,
};

/// An entry to store; a text of `None` removes the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The text.
    pub text: Option<String>,
}

/// How to resolve an offered text with the one held under the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The held text stays: it is the same, or it supersedes the offered one.
    KeepHeld,
    /// The offered text replaces the held one.
    Replace,
    /// The offered text replaces unreadable bytes, which must be quarantined first.
    ReplaceAndQuarantine,
}

/// Why a stored value is not the record that its key names.
#[derive(Debug, Error)]
pub enum StoredError {
    /// The value is not a record's JSON; the message has line and column.
    #[error("not a record: {0}")]
    Json(#[from] serde_json::Error),
    /// The value is another record than the key names.
    #[error("id: `{found}` under the key of `{expected}`")]
    OtherRecord {
        /// The id in the key.
        expected: RecordId,
        /// The id in the value.
        found: RecordId,
    },
}

impl Entry {
    /// The entry of a record.
    ///
    /// # Errors
    /// None that today's types can cause.
    pub fn record(record: &Record) -> Result<Self, serde_json::Error> {
        Ok(Self { key: Key::Record(record.id()), text: Some(encode(record)?) })
    }

    /// The entry of a draft, typed at this instant.
    ///
    /// # Errors
    /// None that today's types can cause.
    pub fn draft(id: DraftId, draft: &NoteDraft, at: Instant) -> Result<Self, serde_json::Error> {
        let draft = encode(draft)?;
        // The instant comes first, so that reading it needs no second parser.
        let text = format!("{AT}{},{}", at.0, draft.get(1..).unwrap_or_default());
        Ok(Self { key: Key::Draft(id), text: Some(text) })
    }

    /// The entry that marks a draft as discarded since this instant. A missing entry could not be
    /// told from a lost one.
    #[must_use]
    pub fn no_draft(id: DraftId, at: Instant) -> Self {
        Self { key: Key::Draft(id), text: Some(format!("{AT}{}}}", at.0)) }
    }

    /// The entry of a version that lost a conflict. The same version has the same key in every tab.
    #[must_use]
    pub fn conflict_loser(text: String) -> Self {
        let mut hasher = FnvHasher::default();
        hasher.write(text.as_bytes());
        Self { key: Key::ConflictLoser(Token(hasher.finish())), text: Some(text) }
    }

    /// The entry of a setting of this device.
    #[must_use]
    pub fn local(fact: DeviceSetting, text: String) -> Self {
        Self { key: Key::Local(fact), text: Some(text) }
    }
}

/// The beginning of a stored draft.
const AT: &str = r#"{"at":"#;

/// When a draft was typed or discarded; 0 for drafts of the first versions, which lack it.
#[must_use]
pub fn drafted(text: &str) -> Instant {
    let digits = text.strip_prefix(AT).and_then(|text| text.split([',', '}']).next());
    Instant(digits.and_then(|digits| digits.parse().ok()).unwrap_or_default())
}

/// Whether a text marks a discarded draft.
#[must_use]
pub fn is_no_draft(text: &str) -> bool {
    text.starts_with(AT) && !text.contains(',')
}

/// Resolves the held text of a key with an offered one; the result is the same for both stores and
/// in any order. Records are compared by stamps, drafts and the day of the last copy by the later
/// instant, two ids of one device by the smaller, opaque entries by their order, removals by their
/// number.
#[must_use]
pub fn resolve(key: &Key, held: &str, offered: &str) -> Resolution {
    match key {
        Key::Record(id) => resolve_records(*id, held, offered),
        _ => resolve_non_record(key, held, offered),
    }
}

/// Like [`resolve`], for a record under the key of `id`.
#[must_use]
pub fn resolve_records(id: RecordId, held: &str, offered: &str) -> Resolution {
    if held == offered {
        return Resolution::KeepHeld;
    }
    match (record(id, held), record(id, offered)) {
        (Err(_), _) => Resolution::ReplaceAndQuarantine,
        (Ok(held), Ok(offered)) => taken(offered.supersedes(&held)),
        (Ok(_), Err(_)) => Resolution::KeepHeld,
    }
}

/// Like [`resolve`], without the record parser; under a record's key the held text stays.
#[must_use]
pub fn resolve_non_record(key: &Key, held: &str, offered: &str) -> Resolution {
    if held == offered {
        return Resolution::KeepHeld;
    }
    match key {
        Key::Record(_) => Resolution::KeepHeld,
        Key::Device => match (held.parse::<DeviceId>(), offered.parse::<DeviceId>()) {
            (Err(_), _) => Resolution::ReplaceAndQuarantine,
            (Ok(held), offered) => taken(offered.is_ok_and(|offered| offered < held)),
        },
        Key::Opaque(_) => match (is_opaque(held), is_opaque(offered)) {
            (false, _) => Resolution::ReplaceAndQuarantine,
            (true, is) => taken(is && offered > held),
        },
        Key::Draft(_) => taken(drafted(offered) >= drafted(held)),
        Key::Local(DeviceSetting::Exported) => taken(instant(offered) > instant(held)),
        Key::Removal(_) => match (removal_number(held), removal_number(offered)) {
            (None, _) => Resolution::ReplaceAndQuarantine,
            (Some(held), offered) => taken(offered.is_some_and(|offered| offered > held)),
        },
        // A device changes from one urn to another with a removal in between; without it, neither
        // text is known to be later, and any fixed order will do.
        Key::Local(DeviceSetting::Urn) => taken(offered > held),
        Key::ConflictLoser(_) if is_losers_key(key, held) => Resolution::KeepHeld,
        Key::ConflictLoser(_) => Resolution::ReplaceAndQuarantine,
        Key::Quarantine(_) | Key::Local(_) => Resolution::Replace,
    }
}

fn taken(is: bool) -> Resolution {
    if is { Resolution::Replace } else { Resolution::KeepHeld }
}

/// Whether a text is valid for its key. Drafts, settings and quarantined texts are always accepted.
#[must_use]
pub fn is_readable(key: &str, text: &str) -> bool {
    match Key::parse(key) {
        Ok(Key::Record(id)) => record(id, text).is_ok(),
        Ok(Key::Device) => text.parse::<DeviceId>().is_ok(),
        Ok(Key::Opaque(_)) => is_opaque(text),
        Ok(Key::Removal(_)) => removal_number(text).is_some(),
        Ok(key @ Key::ConflictLoser(_)) => is_losers_key(&key, text),
        Ok(_) | Err(KeyError::Foreign | KeyError::OtherVersion) => true,
        Err(KeyError::Strange) => false,
    }
}

/// Whether a version that lost a conflict has this key. A damaged text has another, under which it
/// could not be removed.
#[must_use]
pub fn is_losers_key(key: &Key, text: &str) -> bool {
    Entry::conflict_loser(text.to_owned()).key == *key
}

/// Parses a version that lost a conflict.
#[must_use]
pub fn conflict_loser(text: &str) -> Option<Record> {
    parse(text)
}

/// Parses the changes of the last merge of carnets.
#[must_use]
pub fn merged(text: &str) -> Option<Merged> {
    parse(text)
}

/// Parses an instant from a setting.
#[must_use]
pub fn instant(text: &str) -> Option<Instant> {
    text.parse().ok().map(Instant)
}

/// The JSON text of a stored value.
///
/// # Errors
/// None that today's types can cause: they can all be written as JSON.
pub fn encode<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}

/// Parses the record stored under the key of `id`.
///
/// # Errors
/// When the text is not a record, or is another one.
pub fn record(id: RecordId, text: &str) -> Result<Record, StoredError> {
    let record: Record = serde_json::from_str(text)?;
    if record.id() != id {
        return Err(StoredError::OtherRecord { expected: id, found: record.id() });
    }
    Ok(record)
}

/// Parses a draft of a note. An unreadable text counts as no draft: only typing is lost with it,
/// and the text stays stored until the next draft replaces it.
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
    fn the_later_draft_stays_and_so_does_its_end() {
        let id = DraftId::New("1.2".parse().expect("an id"));
        let draft = NoteDraft { text: "un banc".into(), ..NoteDraft::default() };
        let typed = |at| Entry::draft(id, &draft, Instant(at)).expect("JSON").text.expect("text");
        assert_eq!(note_draft(&typed(5)), Some(draft.clone()));
        let given_up = Entry::no_draft(id, Instant(6)).text.expect("text");
        assert_eq!(note_draft(&given_up), None);
        assert!(is_no_draft(&given_up) && !is_no_draft(&typed(5)));
        let key = Key::Draft(id);
        assert_eq!(resolve(&key, &typed(5), &given_up), Resolution::Replace);
        assert_eq!(resolve(&key, &given_up, &typed(5)), Resolution::KeepHeld);
        let without_instant = encode(&draft).expect("JSON");
        assert_eq!(resolve(&key, &typed(5), &without_instant), Resolution::KeepHeld);
        assert_eq!(resolve(&key, &without_instant, &typed(5)), Resolution::Replace);
    }

    #[test]
    fn of_two_ids_of_one_device_the_smaller_stays_and_no_bytes_are_lost() {
        let [small, great] = ["0000000000000001", "0000000000000002"];
        assert_eq!(resolve(&Key::Device, great, small), Resolution::Replace);
        assert_eq!(resolve(&Key::Device, small, great), Resolution::KeepHeld);
        assert_eq!(resolve(&Key::Device, "spoilt", great), Resolution::ReplaceAndQuarantine);
    }

    #[test]
    fn a_damaged_version_that_lost_gives_way_to_an_intact_one() {
        let Entry { key, text } = Entry::conflict_loser("a version".to_owned());
        let text = text.expect("a text");
        assert!(is_readable(&key.to_string(), &text));
        assert!(!is_readable(&key.to_string(), "a versioo"));
        assert_eq!(resolve(&key, "a versioo", &text), Resolution::ReplaceAndQuarantine);
        assert_eq!(resolve(&key, &text, "a versioo"), Resolution::KeepHeld);
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
