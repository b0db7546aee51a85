//! What each of the two stores lacks of the other.

use super::idb::RawEntries;
use crate::codec::stored::{self, DeviceSetting, Entry, Key};
use crate::domain::journal::Journal;

/// What the comparison of the two stores has brought to light.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) to_local: Vec<Entry>,
    pub(super) to_idb: Vec<Entry>,
    pub(super) unreadable: usize,
    /// How many readable records one store had in place of unreadable bytes of the other.
    pub(super) mended: usize,
}

/// Compares two stores that hold the same keys, knowing the journal that was made of both. What
/// differs is offered to each from the other, removals first; [`stored::weigh`] decides which of them
/// takes it. What either knows to be removed has been dropped before ([`stored::drop_removed`]).
pub(super) fn compare(journal: &Journal, held: &RawEntries, local: &RawEntries) -> Compared {
    let mut compared = Compared::default();
    for (key, text) in held {
        let other = local.get(key);
        if other != Some(text) {
            let Compared { to_local, to_idb, .. } = &mut compared;
            let readable = offer(to_local, key, text, other.is_none());
            let other = other.map(|other| offer(to_idb, key, other, false));
            compared.count(key, readable, other);
        } else if !is_known(journal, key) && !stored::is_readable(key, text) {
            compared.unreadable += 1;
        }
    }
    for (key, text) in local {
        if !held.contains_key(key) {
            let readable = offer(&mut compared.to_idb, key, text, true);
            compared.count(key, readable, None);
        }
    }
    stored::removals_first(&mut compared.to_local);
    stored::removals_first(&mut compared.to_idb);
    compared
}

impl Compared {
    /// Counts a key by whether the texts under it are readable.
    fn count(&mut self, key: &str, one: bool, other: Option<bool>) {
        if one != other.unwrap_or(one) {
            self.mended += usize::from(stored::is_record(key));
        } else if !one {
            self.unreadable += 1;
        }
    }
}

/// Offers what lies in one store to the other, if it is to be in both. Says whether it is readable.
fn offer(to: &mut Vec<Entry>, name: &str, text: &str, is_missing: bool) -> bool {
    if !stored::is_readable(name, text) {
        return false;
    }
    let Ok(key) = Key::parse(name) else { return true };
    let alone = match key {
        Key::Local(fact) => !matches!(fact, DeviceSetting::Exported | DeviceSetting::Urn),
        // The end of a draft need not be told where there is none.
        Key::Draft(_) => is_missing && stored::is_no_draft(text),
        _ => false,
    };
    if !alone {
        to.push(Entry { key, text: Some(text.to_owned()) });
    }
    true
}

/// Whether the journal has a version of the record with this key.
fn is_known(journal: &Journal, key: &str) -> bool {
    matches!(Key::parse(key), Ok(Key::Record(id)) if journal.get(id).is_some())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
