//! The quarantine of versions that lost a conflict, until the person has decided.

use leptos::prelude::*;

use super::Storage;
use super::idb::RawEntries;
use super::save::MAX_MIRRORED;
use crate::codec::stored::{self, Entry, Scope};
use crate::domain::record::Record;

impl Storage {
    /// Versions that lost a conflict and wait for the person's decision, as [`stored::conflict_loser`]
    /// reads them.
    #[must_use]
    pub fn conflict_losers(self) -> ReadSignal<Vec<String>> {
        self.conflict_losers.read_only()
    }

    /// Stores the losers of conflicts until the person has decided.
    pub(crate) fn store_conflict_losers(self, losers: &[Record]) {
        for entry in self.add_conflict_losers(losers) {
            self.save_entry(entry);
        }
    }

    /// Adds the losers that are not listed yet, and returns their entries for IndexedDB.
    pub(crate) fn add_conflict_losers(self, losers: &[Record]) -> Vec<Entry> {
        let mut known = RawEntries::new();
        for text in self.conflict_losers.get_untracked() {
            known.insert(text, String::new());
        }
        let texts = losers.iter().filter_map(|loser| stored::encode(loser).ok());
        let new: Vec<_> =
            texts.filter(|text| known.insert(text.clone(), String::new()).is_none()).collect();
        if new.is_empty() {
            return Vec::new();
        }
        let entries: Vec<_> = new.iter().map(|text| Entry::conflict_loser(text.clone())).collect();
        for entry in entries.iter().take(MAX_MIRRORED) {
            self.put_local(entry);
        }
        self.conflict_losers.update(|texts| texts.extend(new));
        entries
    }

    /// Deletes a version that had lost.
    pub fn drop_conflict_loser(self, loser: &str) {
        if !self.conflict_losers.read_untracked().iter().any(|text| text == loser) {
            return;
        }
        self.remove_from_both(
            self.removal(&Scope::of(&Entry::conflict_loser(loser.to_owned()).key)),
        );
        self.conflict_losers.update(|texts| texts.retain(|text| text != loser));
    }
}
