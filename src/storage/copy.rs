//! The raw copy of all entries, in both stores and in this tab, and their inventory.

use super::{State, Storage};
use crate::codec::backup::{Backup, RawEntries, combine};
use crate::codec::stored::Inventory;

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
        let (held, local, whole) = self.both_stores().await;
        let copy = Backup::of(&self.with_state(State::entries), &local, &held);
        Ok(BackupCopy { text: copy.to_json()?, inventory: Inventory::of(copy.entries()), whole })
    }

    /// The entries in use, by key.
    pub(crate) async fn entries_in_use(self) -> RawEntries {
        let (held, local, _) = self.both_stores().await;
        combine([self.with_state(State::entries), local, held]).texts
    }

    /// How many entries of each kind this device holds.
    pub async fn inventory(self) -> Inventory {
        Inventory::of(&self.entries_in_use().await)
    }
}
