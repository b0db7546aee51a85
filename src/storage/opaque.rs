//! Opaque entries: consultations, ballots and papers, which the storage layer saves without reading them.

use leptos::prelude::*;

use super::idb::RawEntries;
use super::local::LocalStore;
use super::save::{MAX_MIRRORED, shared_entries};
use super::tabs::TabMessage;
use super::{SaveStatus, Storage};
use crate::codec::stored::{self, DeviceSetting, Entry, Key, Scope};
use crate::platform::events::StoredElsewhere;

impl Storage {
    /// Names the listener of opaque entries that other tabs save. It gets `None` when all of them were
    /// erased.
    pub(crate) fn on_opaque_entries(self, listen: impl Fn(Option<Vec<StoredElsewhere>>) + 'static) {
        self.sync_state().opaque_listener.replace(Some(Box::new(listen)));
    }

    /// Stores opaque entries in both stores and in the other tabs. The browser asks before it closes a
    /// page with entries that neither store has taken.
    pub(crate) async fn save_opaque(self, entries: Vec<Entry>) -> SaveStatus {
        let mirrored = self.mirror_opaque(&entries);
        let keys: Vec<_> = entries.iter().map(|entry| entry.key.clone()).collect();
        let saving = match self.merge_and_save(Vec::new(), entries).await {
            SaveStatus::LocalStorageOnly if !mirrored => SaveStatus::Failed,
            saving => saving,
        };
        let sync = self.sync_state();
        let mut unsaved_keys = sync.unsaved_keys.borrow_mut();
        unsaved_keys.retain(|key| !keys.contains(key));
        if saving == SaveStatus::Failed {
            unsaved_keys.extend(keys);
        }
        saving
    }

    /// Stores opaque entries with the removal that they follow, local storage last: with the removal and
    /// half of the entries after it, local storage would take from IndexedDB the rest, if the browser
    /// was killed in between.
    pub(crate) async fn replace_opaque(self, entries: Vec<Entry>) -> SaveStatus {
        let saving = self.merge_and_save(Vec::new(), entries.clone()).await;
        let mirrored = self.mirror_opaque(&entries);
        if saving == SaveStatus::LocalStorageOnly && !mirrored {
            SaveStatus::Failed
        } else {
            saving
        }
    }

    /// Mirrors opaque entries to local storage and returns whether that took them all.
    fn mirror_opaque(self, entries: &[Entry]) -> bool {
        entries.len() <= MAX_MIRRORED && entries.iter().all(|entry| self.put_local(entry))
    }

    /// Stores which consultation this device is the urn of. The other tabs do not wait for IndexedDB,
    /// which may be slow or not answer at all.
    pub(crate) fn set_urn(self, id: Option<String>) {
        let entry = match &id {
            Some(text) => Entry::local(DeviceSetting::Urn, text.clone()),
            None => self.removal(&Scope::of(&Key::Local(DeviceSetting::Urn))),
        };
        let shared = shared_entries(std::slice::from_ref(&entry));
        self.sync_state().broadcast(&TabMessage::Stored(shared));
        if id.is_some() {
            self.save_in_both(entry);
        } else {
            self.remove_from_both(entry);
        }
        self.urn.set(id);
    }

    /// Whether local storage has consultations or ballots.
    #[must_use]
    pub fn has_votes(self) -> bool {
        self.local.is_some_and(LocalStore::has_votes)
    }

    /// The opaque entries of both stores.
    pub(crate) async fn opaque_entries(self) -> RawEntries {
        let is_opaque = |key: &String| matches!(Key::parse(key), Ok(Key::Opaque(_)));
        let mut held = self.sync_state().idb.read().await.unwrap_or_default();
        let mut entries = self.local.map(LocalStore::entries).unwrap_or_default();
        stored::drop_removed(&mut held, &mut entries);
        stored::drop_removed(&mut held, &mut self.sync_state().removal_entries());
        for (key, text) in held {
            let better = |held: &String| {
                let key = Key::parse(&key);
                key.is_ok_and(|key| {
                    stored::resolve(&key, held, &text) != stored::Resolution::KeepHeld
                })
            };
            if entries.get(&key).is_none_or(better) {
                entries.insert(key, text);
            }
        }
        entries.retain(|key, _| is_opaque(key));
        entries
    }

    /// The opaque entries of local storage.
    pub(crate) fn local_entries(self) -> RawEntries {
        let mut entries = self.local.map(LocalStore::entries).unwrap_or_default();
        entries.retain(|key, _| matches!(Key::parse(key), Ok(Key::Opaque(_))));
        entries
    }
}
