//! The reconciliation of both stores, and the handling of messages from other tabs.
//!
//! The whole module is in the chunk [`STORAGE_CHUNK`](crate::platform::chunks::STORAGE_CHUNK), which is not
//! loaded while nothing is stored.

use std::collections::{BTreeMap, BTreeSet};

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::compare::{Compared, compare};
use super::idb::RawEntries;
use super::local::{LocalStore, LocalStoreError};
use super::save::MAX_MIRRORED;
use super::tabs::TabMessage;
use super::{OpenDraft, QuotaNotice, Storage, StorageStatus};
use crate::codec::stored::{self, DeviceSetting, Entry, Key, KeyError, Scope};
use crate::domain::journal::Journal;
use crate::domain::record::{Body, Record, RecordId};
use crate::domain::stamp::DeviceId;
use crate::platform::events::StoredElsewhere;
use crate::platform::rng;
use crate::platform::timers::{self, Task};

/// The delay before the first retry of a failed IndexedDB, in milliseconds; it doubles each time.
const RETRY_MIN_MS: i32 = 1_000;

/// The longest delay between two retries, in milliseconds.
const RETRY_MAX_MS: i32 = 60_000;

#[lazy_chunk(storage)]
pub(super) fn read(storage: Storage) -> Task {
    Box::pin(storage.compare_stores())
}

#[lazy_chunk(storage)]
pub(super) fn handle_message(storage: Storage, message: TabMessage) -> Task {
    Box::pin(async move { storage.handle_message(message) })
}

#[lazy_chunk(storage)]
pub(super) fn apply_stored(storage: Storage, stored: StoredElsewhere) -> Task {
    Box::pin(async move { storage.apply_stored(&[stored]) })
}

impl Storage {
    /// Merges the entries of IndexedDB, and writes to each store the entries that only the other has.
    async fn compare_stores(self) {
        let sync = self.sync_state();
        let first = !sync.synced.get();
        // A tab that is shown again reads IndexedDB only if another tab has written to it.
        let is_known = !first
            && sync.idb_error.get().is_none()
            && !self.local.is_some_and(LocalStore::is_empty)
            && sync.idb.is_unchanged().await;
        if is_known {
            return;
        }
        let mut held = loop {
            let drops = sync.drops.get();
            match sync.idb.read().await {
                // A read that began before a drop must not bring the dropped records back.
                Ok(held) if drops == sync.drops.get() => break held,
                Ok(_) => {}
                Err(error) => {
                    sync.idb_error.set(Some(error));
                    self.update_status();
                    self.checked.notify();
                    if first && error.is_retryable() {
                        self.schedule_idb_retry();
                    }
                    return;
                }
            }
        };
        sync.idb.mark_merged();
        sync.idb_error.set(None);
        sync.note_idb_removals(stored::removals(&held));
        let mut local = self.local.map(LocalStore::entries).unwrap_or_default();
        stored::drop_removed(&mut held, &mut local);
        // IndexedDB may not have this tab's removals yet.
        stored::drop_removed(&mut held, &mut sync.removal_entries());
        let mut new_scopes = sync.merge_removals(stored::removals(&held));
        new_scopes.extend(sync.merge_removals(stored::removals(&local)));
        self.drop_removed_state(&new_scopes);
        for (key, text) in held.iter().chain(&local) {
            if stored::is_draft(key) {
                sync.last_draft.set(sync.last_draft.get().max(stored::drafted(text)));
            }
        }
        if sync.local_unread.replace(false) {
            // Local storage was empty when the app started.
            self.hydrate(&local, &RawEntries::new());
        }
        // At the start the journal has the records of local storage; later it may have missed some.
        let known = if first { &local } else { &RawEntries::new() };
        self.hydrate(&held, known);
        let opaque = |(key, text): (&String, &String)| {
            matches!(Key::parse(key), Ok(Key::Opaque(_)))
                .then(|| StoredElsewhere { key: key.clone(), value: Some(text.clone()) })
        };
        sync.notify_opaque(Some(held.iter().filter_map(opaque).collect()));
        let compared = self.journal.with_untracked(|journal| compare(journal, &held, &local));
        let removed = compared.to_local.partition_point(stored::is_removal);
        let (removed, to_local) = compared.to_local.split_at(removed);
        for entry in removed {
            self.put_local(entry);
        }
        let local_complete = to_local.len() <= MAX_MIRRORED && self.mirror_entries(to_local);
        if !local_complete {
            self.hydrate_drafts(to_local);
        }
        sync.mirrored.replace(to_local.iter().map(|entry| entry.key.clone()).collect());
        let pending: Vec<_> = sync.pending_records.borrow().records().cloned().collect();
        if !new_scopes.is_empty() && !pending.is_empty() {
            // The removals may have deleted the pending records from local storage.
            self.mirror(&pending);
        }
        let recovered = self.count_recovered(&compared, &held, &local, local_complete);
        if !compared.to_idb.is_empty() {
            sync.idb_error.set(sync.idb.write(compared.to_idb).await.err());
        }
        sync.synced.set(sync.idb_error.get().is_none());
        let before = self.status.get_untracked();
        let now = StorageStatus {
            awaits_idb: false,
            unreadable: compared.unreadable,
            recovered: if first { recovered } else { before.recovered },
            ..before
        };
        if now != before {
            self.status.set(now);
        }
        self.update_status();
        self.checked.notify();
    }

    /// Drops from this tab's memory the entries that were removed elsewhere, but not the records that
    /// are pending for IndexedDB: the person has written those since.
    fn drop_removed_state(self, scopes: &BTreeSet<Scope>) {
        if scopes.is_empty() {
            return;
        }
        let sync = self.sync_state();
        let everything = scopes.contains(&Scope::everything());
        let is_gone = |key: &Key| everything || scopes.contains(&Scope::of(key));
        let mut ids = BTreeSet::new();
        for scope in scopes {
            if let Some(Key::Record(id)) = scope.key() {
                ids.insert(id);
            }
        }
        self.journal.maybe_update(|journal| {
            let pending = sync.pending_records.borrow();
            let is_gone = |id| pending.get(id).is_none() && (everything || ids.contains(&id));
            let some = journal.records().any(|record| is_gone(record.id()));
            if some {
                journal.forget(is_gone);
            }
            some
        });
        self.conflict_losers.maybe_update(|losers| {
            let before = losers.len();
            losers.retain(|text| !is_gone(&Entry::conflict_loser(text.clone()).key));
            losers.len() != before
        });
        if is_gone(&Key::Local(DeviceSetting::Urn)) {
            self.urn.maybe_update(|urn| urn.take().is_some());
        }
        if is_gone(&Key::Local(DeviceSetting::Merge)) {
            self.merged.maybe_update(|merged| merged.take().is_some());
        }
        let opaque = scopes.iter().filter_map(Scope::opaque_key);
        let gone = opaque.map(|key| StoredElsewhere { key, value: None }).collect();
        sync.notify_opaque(if everything { None } else { Some(gone) });
        if is_gone(&Key::Device) {
            self.forget_device();
        }
    }

    /// Resets this tab's device id, the instant of the last export, and whether the device stays unnamed.
    fn forget_device(self) {
        self.sync_state().device_stored.set(false);
        self.device.set_value(DeviceId(rng::token()));
        self.exported.set_value(None);
        self.name_declined.set(false);
    }

    /// Schedules a retry of IndexedDB: a slow disk may only have been late, and a browser that was
    /// killed may still hold the database. Meanwhile an empty screen shows that data may follow.
    fn schedule_idb_retry(self) {
        let sync = self.sync_state();
        if self.journal.with_untracked(Journal::is_empty) {
            self.status.maybe_update(|status| !std::mem::replace(&mut status.awaits_idb, true));
        }
        if sync.retry_scheduled.replace(true) {
            return;
        }
        let delay_ms = (2 * sync.retry_delay_ms.get()).clamp(RETRY_MIN_MS, RETRY_MAX_MS);
        sync.retry_delay_ms.set(delay_ms);
        let retry = move || {
            sync.retry_scheduled.set(false);
            self.retry_idb();
        };
        timers::set_timeout(delay_ms, Box::new(retry));
    }

    /// How many records one store gave back that the other had lost: because it was emptied, or because
    /// its bytes are unreadable.
    fn count_recovered(
        self,
        compared: &Compared,
        held: &RawEntries,
        local: &RawEntries,
        local_complete: bool,
    ) -> usize {
        let has_none = |texts: &RawEntries| !texts.keys().any(|key| stored::is_record(key));
        let synced = || local.contains_key(&Key::Local(DeviceSetting::Synced).to_string());
        if local_complete && has_none(local) {
            self.count_live(&compared.to_local)
        } else if has_none(held) && synced() {
            self.count_live(&compared.to_idb)
        } else {
            compared.mended
        }
    }

    /// Takes entries of a store into the signals, except those whose texts are `known` to be in them.
    fn hydrate(self, held: &RawEntries, known: &RawEntries) {
        let mut records = Vec::new();
        let mut devices = Vec::new();
        for (key, text) in held {
            if known.get(key) == Some(text) {
                continue;
            }
            match Key::parse(key) {
                Ok(Key::Record(id)) => records.extend(stored::record(id, text)),
                Ok(Key::Device) => devices.extend(text.parse::<DeviceId>()),
                Ok(Key::Local(DeviceSetting::Exported)) => self.note_export(stored::instant(text)),
                Ok(Key::ConflictLoser(_)) => self.add_conflict_loser(text),
                Ok(Key::Local(DeviceSetting::Merge)) => self.merged.set(Some(text.clone())),
                Ok(Key::Local(DeviceSetting::Unnamed)) => self.name_declined.set(true),
                Ok(Key::Local(DeviceSetting::Urn)) => self.urn.set(Some(text.clone())),
                Ok(Key::Local(DeviceSetting::QuotaNotice)) => {
                    self.status.update(|status| {
                        status.quota_notice = QuotaNotice::Dismissed;
                    });
                }
                Err(KeyError::OtherVersion) => {
                    self.status.update(|status| status.other_version = true);
                }
                _ => {}
            }
        }
        self.merge_remote(records);
        for device in devices {
            self.adopt_device_id(device);
        }
    }

    /// Adds a version that lost a conflict and that another tab or store has quarantined.
    fn add_conflict_loser(self, text: &str) {
        self.conflict_losers.maybe_update(|losers| {
            let known = losers.iter().any(|other| other == text);
            if !known {
                losers.push(text.to_owned());
            }
            !known
        });
    }

    /// Writes entries to local storage, up to the first that does not fit, and returns whether all
    /// fitted.
    fn mirror_entries(self, entries: &[Entry]) -> bool {
        let Some(storage) = self.local else { return false };
        let mut written = Ok(());
        for entry in entries {
            written = written.and_then(|()| storage.put(entry, rng::token()));
        }
        self.sync_state().local_full.set(written == Err(LocalStoreError::Full));
        written.is_ok()
    }

    /// Holds in memory the drafts that local storage has no room for.
    fn hydrate_drafts(self, entries: &[Entry]) {
        self.drafts.update_value(|drafts| {
            for Entry { key, text } in entries {
                let draft = text.as_deref().and_then(stored::note_draft);
                if let (Key::Draft(id), Some(draft)) = (key, draft)
                    && !drafts.iter().any(|open| open.id == *id)
                {
                    drafts.push(OpenDraft { id: *id, key: *id, draft, typed: false });
                }
            }
        });
    }

    /// How many of these entries are records that are not deleted.
    fn count_live(self, entries: &[Entry]) -> usize {
        self.journal.with_untracked(|journal| {
            let is_live = |entry: &&Entry| match entry.key {
                Key::Record(id) => {
                    journal.get(id).is_some_and(|record| *record.body() != Body::Deleted)
                }
                _ => false,
            };
            entries.iter().filter(is_live).count()
        })
    }

    /// Handles a message of another tab.
    fn handle_message(self, message: TabMessage) {
        match message {
            TabMessage::Stored(entries) => {
                self.apply_stored(&entries);
                self.drop_records(&entries);
            }
            TabMessage::Reread => timers::spawn(Box::pin(self.compare_stores())),
        }
    }

    /// Takes over the entries that another tab has stored. Unreadable ones are left to the next start.
    pub fn apply_stored(self, stored: &[StoredElsewhere]) {
        let mut records = Vec::new();
        let mut opaque = Vec::new();
        let mut removals = BTreeMap::new();
        for StoredElsewhere { key: name, value } in stored {
            let key = Key::parse(name);
            if let Ok(Key::Opaque(_)) = key {
                opaque.push(StoredElsewhere { key: name.clone(), value: value.clone() });
                continue;
            }
            let Some(text) = value.as_deref() else { continue };
            match key {
                Ok(Key::Record(id)) => records.extend(stored::record(id, text)),
                Ok(Key::ConflictLoser(_)) => self.add_conflict_loser(text),
                Ok(Key::Local(DeviceSetting::Urn)) => self.urn.set(Some(text.to_owned())),
                Ok(Key::Draft(id)) => self.follow_draft(id, text),
                Ok(Key::Removal(scope)) => {
                    removals.extend(stored::removal_number(text).map(|number| (scope, number)));
                }
                Ok(Key::Device) => {
                    if let Ok(device) = text.parse() {
                        self.adopt_device_id(device);
                    }
                }
                _ => {}
            }
        }
        self.apply_removals(removals);
        let ids: Vec<_> = records.iter().map(Record::id).collect();
        self.merge_remote(records);
        self.repair_local(&ids);
        if !opaque.is_empty() {
            self.sync_state().notify_opaque(Some(opaque));
        }
    }

    /// Applies the removals of another tab.
    fn apply_removals(self, incoming: BTreeMap<Scope, u64>) {
        let sync = self.sync_state();
        let new_scopes = sync.merge_removals(incoming.clone());
        if new_scopes.is_empty() {
            return;
        }
        sync.note_drop();
        let everything = new_scopes.contains(&Scope::everything());
        if everything {
            self.start_over();
        } else {
            self.drop_removed_state(&new_scopes);
        }
        // A comparison in this tab may have put the entry back in local storage after its removal.
        for key in sync.mirrored.take() {
            if everything || new_scopes.contains(&Scope::of(&key)) {
                self.put_local(&Entry { key, text: None });
            }
        }
        for (scope, number) in incoming {
            self.put_local(&Entry::removal(&scope, number));
        }
    }

    /// Writes the journal's version of these records to local storage, where an older one is stored. Two
    /// tabs that write one record at the same time see each other's write late, so the older version may
    /// be stored last; the tab that wrote it gets a message with the newer one.
    fn repair_local(self, ids: &[RecordId]) {
        self.journal.with_untracked(|journal| {
            for id in ids {
                if let Some(Ok(entry)) = journal.get(*id).map(Entry::record) {
                    self.put_local(&entry);
                }
            }
        });
    }
}
