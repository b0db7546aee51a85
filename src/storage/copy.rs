//! The raw copy of all entries, in both stores and in this tab, and their inventory.

use leptos::prelude::*;

use super::Storage;
use super::idb::{IdbError, RawEntries};
use super::local::LocalStore;
use crate::codec::backup::{Backup, combine};
use crate::codec::stored::{DeviceSetting, Entry, Inventory, Key};

/// A copy of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupCopy {
    /// The file's text.
    pub text: String,
    /// The counts of its entries, by kind.
    pub inventory: Inventory,
    /// Whether both stores could be read.
    pub whole: bool,
}

impl Storage {
    /// Makes a raw copy of everything, for the person to save.
    ///
    /// # Errors
    /// Never with the records of this version: they all have a JSON form.
    pub async fn backup(self) -> Result<BackupCopy, serde_json::Error> {
        let ([tab, local, held], whole) = self.all_entries().await;
        let copy = Backup::of(&tab, &local, &held);
        Ok(BackupCopy { text: copy.to_json()?, inventory: Inventory::of(copy.entries()), whole })
    }

    /// The entries in use, by key.
    pub(crate) async fn entries_in_use(self) -> RawEntries {
        combine(self.all_entries().await.0).texts
    }

    /// How many entries of each kind this device holds.
    pub async fn inventory(self) -> Inventory {
        Inventory::of(&self.entries_in_use().await)
    }

    /// The entries of this tab, local storage and IndexedDB, and whether both stores could be read.
    async fn all_entries(self) -> ([RawEntries; 3], bool) {
        let read = self.sync_state().idb.read().await;
        let local = self.local.map(LocalStore::entries).unwrap_or_default();
        // A browser that has always refused IndexedDB has no database to read.
        let never_created = read == Err(IdbError::Refused)
            && !self.sync_state().synced.get()
            && !local.contains_key(&Key::Local(DeviceSetting::Synced).to_string());
        let whole = read.is_ok() || never_created;
        ([self.tab_entries(), local, read.unwrap_or_default()], whole)
    }

    /// The entries that this tab holds, saved or not.
    fn tab_entries(self) -> RawEntries {
        let sync = self.sync_state();
        let mut texts = sync.removal_entries();
        let mut put = |entry: Entry| {
            texts.extend(entry.text.map(|text| (entry.key.to_string(), text)));
        };
        self.journal.with_untracked(|journal| {
            journal.records().filter_map(|record| Entry::record(record).ok()).for_each(&mut put);
        });
        self.conflict_losers
            .get_untracked()
            .into_iter()
            .map(Entry::conflict_loser)
            .for_each(&mut put);
        sync.pending_entries.borrow().iter().cloned().for_each(put);
        texts
    }
}
