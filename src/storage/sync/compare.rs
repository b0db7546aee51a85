//! The comparison of the two stores: the entries that each lacks of the other.

use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, DeviceSetting, Entry, Key};
use crate::domain::journal::Journal;

/// The result of comparing the two stores.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) to_local: Vec<Entry>,
    pub(super) to_idb: Vec<Entry>,
    pub(super) unreadable: usize,
    /// How many readable records one store had in place of unreadable bytes of the other.
    pub(super) mended: usize,
}

/// Compares the stores; `journal` is merged from both. Each entry that differs is offered to the other
/// store, removals first, and [`stored::resolve`] decides which store takes it. The caller has dropped
/// the entries that either store knows to be removed ([`stored::drop_removed`]).
pub(super) fn compare(journal: &Journal, idb: &RawEntries, local: &RawEntries) -> Compared {
    let mut compared = Compared::default();
    for (key, text) in idb {
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
        if !idb.contains_key(key) {
            let readable = offer(&mut compared.to_idb, key, text, true);
            compared.count(key, readable, None);
        }
    }
    keep_under_damaged_removals(&mut compared.to_local, local);
    keep_under_damaged_removals(&mut compared.to_idb, idb);
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

/// Offers an entry of one store to the other, if both are to hold it, and returns whether it is readable.
fn offer(to: &mut Vec<Entry>, name: &str, text: &str, is_missing: bool) -> bool {
    if !stored::is_readable(name, text) {
        return false;
    }
    let Ok(key) = Key::parse(name) else { return true };
    let is_local_only = match key {
        Key::Local(setting) => !matches!(setting, DeviceSetting::Exported | DeviceSetting::Urn),
        // The end of a draft need not be stored where the other store has no draft.
        Key::Draft(_) => is_missing && stored::is_no_draft(text),
        _ => false,
    };
    if !is_local_only {
        to.push(Entry { key, text: Some(text.to_owned()) });
    }
    true
}

/// A removal that replaces an unreadable number clears what it covers, though nothing says that this is
/// older: the store gets it again.
fn keep_under_damaged_removals(to: &mut Vec<Entry>, store: &RawEntries) {
    let mut again = Vec::new();
    for entry in to.iter() {
        let Key::Removal(scope) = &entry.key else { continue };
        if !store.contains_key(&entry.key.to_string()) {
            continue;
        }
        for (first, last) in scope.ranges() {
            again.extend(store.range(first..=last).filter_map(|(name, text)| {
                let key = Key::parse(name).ok()?;
                (key != entry.key).then(|| Entry { key, text: Some(text.clone()) })
            }));
        }
    }
    to.extend(again);
}

/// Whether the journal has a version of the record with this key.
fn is_known(journal: &Journal, key: &str) -> bool {
    matches!(Key::parse(key), Ok(Key::Record(id)) if journal.get(id).is_some())
}
