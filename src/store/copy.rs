//! All that this device holds, in both stores and in this tab: for a copy, and for saying what there is.

use leptos::prelude::*;

use super::AppStore;
use crate::codec::backup::{Backup, put_together};
use crate::codec::stored::{Entry, Inventory, Key, LocalFact};
use crate::platform::shelf::Shelf;
use crate::platform::vault::{Texts, VaultError};

/// A copy of everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The file's text.
    pub text: String,
    /// What it holds.
    pub holds: Inventory,
    /// Whether both stores could be read.
    pub whole: bool,
}

impl AppStore {
    /// A raw copy of everything, for the person to keep.
    ///
    /// # Errors
    /// None that today's records can cause: they all have a JSON form.
    pub async fn backup(self) -> Result<Copy, serde_json::Error> {
        let ([tab, shelved, held], whole) = self.places().await;
        let copy = Backup::of(&tab, &shelved, &held);
        Ok(Copy { text: copy.to_json()?, holds: Inventory::of(copy.entries()), whole })
    }

    /// What is in use, by key.
    pub(super) async fn in_use(self) -> Texts {
        put_together(self.places().await.0).texts
    }

    /// How many things of each kind this device holds.
    pub async fn inventory(self) -> Inventory {
        Inventory::of(&self.in_use().await)
    }

    /// What this tab, the shelf and the vault hold, and whether both stores could be read.
    async fn places(self) -> ([Texts; 3], bool) {
        let read = self.keeper().vault.read().await;
        let shelved = self.shelf.map(Shelf::entries).unwrap_or_default();
        // A browser that has never given a database has none to be read.
        let never = read == Err(VaultError::Refused)
            && !self.keeper().paired.get()
            && !shelved.contains_key(&Key::Local(LocalFact::Paired).to_string());
        let whole = read.is_ok() || never;
        ([self.in_tab(), shelved, read.unwrap_or_default()], whole)
    }

    /// What this tab holds, stored or not.
    fn in_tab(self) -> Texts {
        let keeper = self.keeper();
        let mut texts = keeper.removed();
        let mut put = |entry: Entry| {
            texts.extend(entry.text.map(|text| (entry.key.to_string(), text)));
        };
        self.journal.with_untracked(|journal| {
            journal.records().filter_map(|record| Entry::record(record).ok()).for_each(&mut put);
        });
        self.lost.get_untracked().into_iter().map(Entry::lost).for_each(&mut put);
        keeper.beside.borrow().iter().cloned().for_each(put);
        texts
    }
}
