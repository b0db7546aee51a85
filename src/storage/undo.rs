//! What takes back the entries other than records that an import has restored.

use super::Storage;
use super::sync::{EntryChange, State};
use crate::codec::backup::{Back, RestoredEntry};
use crate::codec::stored::Entry;
use crate::domain::record::Record;

impl Storage {
    /// Whether both stores have been read and are empty: then a raw copy may restore its device id.
    pub(crate) fn is_unused(self) -> bool {
        self.with_state(State::is_unused)
    }

    /// Which versions are not listed yet as losers of a conflict, as entries to save.
    pub(crate) fn new_losers(self, losers: &[Record]) -> Vec<Entry> {
        let new = self.with_state(|state| state.contents.new_losers(losers));
        new.into_iter().map(Entry::conflict_loser).collect()
    }

    /// The changes that undo the restoring, and how many of the restored entries were changed since.
    pub(crate) async fn plan_undo(self, restored: &[RestoredEntry]) -> (Vec<EntryChange>, usize) {
        if restored.is_empty() {
            return (Vec::new(), 0);
        }
        let held = self.entries_in_use().await;
        let mut changes = Vec::new();
        let mut since = 0;
        for restored in restored {
            let Some(Back { gone, scope, before }) = restored.back(&held) else {
                since += 1;
                continue;
            };
            changes.push(match scope {
                Some(scope) => EntryChange::Remove(scope),
                None => EntryChange::Put(Entry { key: gone.clone(), text: None }),
            });
            let before = before.map(|text| Entry { key: gone, text: Some(text) });
            changes.extend(before.map(EntryChange::Put));
        }
        (changes, since)
    }
}
