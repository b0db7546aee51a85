//! The restoring of entries other than records from a raw copy, and its undo.

use leptos::prelude::*;

use super::save::MAX_MIRRORED;
use super::{OpenDraft, Storage};
use crate::codec::backup::{Back, RestoredEntry};
use crate::codec::stored::{self, DeviceSetting, DraftId, Entry, Key};
use crate::domain::journal::Journal;
use crate::domain::stamp::DeviceId;
use crate::platform::events::StoredElsewhere;
use crate::platform::{clock, rng};

impl Storage {
    /// Whether both stores have been read and are empty: then a raw copy may restore its device id.
    pub(crate) fn is_unused(self) -> bool {
        !self.sync_state().device_stored.get()
            && self.journal.with_untracked(Journal::is_empty)
            && untrack(|| self.has_read())
    }

    /// Shows the restored entries, and mirrors them to local storage.
    pub(crate) fn show_restored(self, entries: &[Entry]) {
        let mut opaque = Vec::new();
        for entry in entries {
            match (&entry.key, &entry.text) {
                (Key::Opaque(_), text) => {
                    opaque
                        .push(StoredElsewhere { key: entry.key.to_string(), value: text.clone() });
                }
                (Key::Draft(id), Some(text)) => self.add_draft(*id, text),
                (Key::Device, Some(text)) => {
                    if let Ok(device) = text.parse() {
                        self.device.set_value(device);
                        self.sync_state().device_stored.set(true);
                    }
                }
                (Key::Local(DeviceSetting::Exported), Some(text)) => {
                    self.note_export(stored::instant(text));
                }
                (Key::Local(DeviceSetting::Unnamed), _) => self.name_declined.set(true),
                _ => {}
            }
        }
        if entries.len() <= MAX_MIRRORED {
            // After the first that does not fit, no other is tried.
            let _ = entries.iter().all(|entry| self.put_local(entry));
        }
        self.sync_state().notify_opaque(Some(opaque));
    }

    /// The entries that undo the restoring, and how many of the restored ones were changed since.
    pub(crate) async fn plan_undo(self, restored: &[RestoredEntry]) -> (Vec<Entry>, usize) {
        if restored.is_empty() {
            return (Vec::new(), 0);
        }
        let held = self.entries_in_use().await;
        let mut entries = Vec::new();
        let mut changed = 0;
        for restored in restored {
            let Some(Back { gone, scope, before }) = restored.back(&held) else {
                changed += 1;
                continue;
            };
            entries.push(match scope {
                Some(scope) => self.next_removal(&scope, clock::now()),
                None => Entry { key: gone.clone(), text: None },
            });
            entries.extend(before.map(|text| Entry { key: gone, text: Some(text) }));
        }
        (entries, changed)
    }

    /// Drops from this tab's memory and from local storage the entries whose restoring was undone.
    pub(crate) fn drop_restored(self, entries: &[Entry]) {
        let mut opaque = Vec::new();
        for Entry { key, text } in entries {
            let Key::Removal(scope) = key else {
                if text.is_none() {
                    self.put_local(&Entry { key: key.clone(), text: None });
                    opaque.push(StoredElsewhere { key: key.to_string(), value: None });
                }
                continue;
            };
            if let Some(key) = scope.opaque_key() {
                opaque.push(StoredElsewhere { key, value: None });
            }
            match scope.key() {
                Some(key @ Key::ConflictLoser(_)) => self.conflict_losers.update(|losers| {
                    losers.retain(|text| Entry::conflict_loser(text.clone()).key != key);
                }),
                Some(Key::Draft(id)) => {
                    self.drafts.update_value(|drafts| drafts.retain(|open| open.id != id));
                }
                Some(Key::Device) => {
                    self.sync_state().device_stored.set(false);
                    self.device.set_value(DeviceId(rng::token()));
                }
                Some(Key::Local(DeviceSetting::Exported)) => self.exported.set_value(None),
                Some(Key::Local(DeviceSetting::Unnamed)) => self.name_declined.set(false),
                _ => {}
            }
        }
        self.sync_state().notify_opaque(Some(opaque));
    }

    fn add_draft(self, id: DraftId, text: &str) {
        let sync = self.sync_state();
        sync.last_draft.set(sync.last_draft.get().max(stored::drafted(text)));
        if let Some(draft) = stored::note_draft(text) {
            self.drafts.update_value(|drafts| {
                drafts.retain(|open| open.id != id);
                drafts.push(OpenDraft { id, key: id, draft, typed: false });
            });
        }
    }
}
