//! Saves the records of an action to both stores and tracks the result.
//!
//! An action is safe once its IndexedDB transaction has completed. Local storage is written first, as
//! far as it has room: the next start reads it before IndexedDB, and it is the only store where the
//! browser refuses IndexedDB. Records that neither store has taken stay pending, are saved again with
//! the next action, and are part of every copy.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::idb::IdbError;
use super::local::LocalStoreError;
use super::tabs::TabMessage;
use super::{QuotaNotice, SaveStatus, Storage, StorageStatus};
use crate::codec::stored::{self, DeviceSetting, Entry, Key, Scope};
use crate::domain::journal::{ActionKind, Journal};
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::Instant;
use crate::platform::events::StoredElsewhere;
use crate::platform::storage_quota;
use crate::platform::{clock, rng, timers};

/// An action that is not saved within this time shows the notice "Pas encore enregistré".
const SAVE_NOTICE_DELAY_MS: i32 = 400;

/// Actions within this time share one transaction. Writing to IndexedDB and to other tabs takes longer
/// than everything else an action does: the delay lets the first action be painted, and the next one
/// is not held up.
const FLUSH_DELAY_MS: i32 = 80;

/// The most records of one batch that local storage mirrors. It is slow and small: the records of many
/// devices go to IndexedDB alone.
pub(super) const MAX_MIRRORED: usize = 5000;

/// Above this, the broadcast to other tabs is "read again" instead of the entries.
const MAX_BROADCAST: usize = 500;

impl Storage {
    /// Saves the records that an action wrote, and notifies the person of the result.
    pub(crate) fn save(self, kind: ActionKind, written: Vec<Record>) {
        let sync = self.sync_state();
        let number = sync.dispatches.get() + 1;
        sync.dispatches.set(number);
        sync.unnotified.set(Some(kind));
        let state = sync.clone();
        let notify = move || {
            if state.dispatches.get() == number {
                state.report_saved(SaveStatus::Pending);
            }
        };
        timers::set_timeout(SAVE_NOTICE_DELAY_MS, Box::new(notify));
        self.mirror(&written);
        for record in written {
            sync.pending_records.borrow_mut().put(record);
        }
        self.schedule_flush();
        self.ask_once_for_persistence();
    }

    /// Merges versions of other devices into the journal and saves them. The other entries are saved in
    /// the same transaction.
    pub async fn merge_and_save(
        self,
        records: Vec<Record>,
        other_entries: Vec<Entry>,
    ) -> SaveStatus {
        self.merge_remote(records.clone());
        self.mirror(&records);
        self.write(records.into_iter().collect(), other_entries).await
    }

    /// Removes records from the journal, both stores and the other tabs, without a tombstone, and puts
    /// others in their place, in one transaction. A record in local storage leaves a removal, because a
    /// killed browser may bring it back there; one in IndexedDB alone goes with the transaction and
    /// needs none.
    ///
    /// # Errors
    /// When the transaction fails. Neither store has changed then, and records that only this tab has
    /// stay pending; the journal is left to the caller.
    pub async fn replace(
        self,
        removed: Vec<RecordId>,
        restored: Vec<Record>,
        other_entries: Vec<Entry>,
    ) -> Result<(), IdbError> {
        let sync = self.sync_state();
        sync.note_drop();
        let ids: BTreeSet<_> = removed.into_iter().collect();
        let removal_of = |id| {
            let key = Key::Record(id);
            if self.local.is_some_and(|local| local.text(&key).is_some()) {
                self.next_removal(&Scope::of(&key), clock::now())
            } else {
                Entry { key, text: None }
            }
        };
        let mut entries: Vec<_> = ids.iter().copied().map(removal_of).collect();
        entries.extend(other_entries);
        entries.extend(restored.iter().filter_map(|record| Entry::record(record).ok()));
        let is_gone = |id| ids.contains(&id);
        let pending = take_records(&mut sync.pending_records.borrow_mut(), is_gone);
        let unsaved = take_records(&mut sync.unsaved.borrow_mut(), is_gone);
        self.journal.update(|journal| journal.forget(is_gone));
        self.merge_remote(restored.clone());
        let removals = stored::removals_among(&entries);
        let batch = sync.removals_for_idb().into_iter().chain(entries.iter().cloned());
        match sync.idb.write(batch.collect()).await {
            Ok(()) => sync.note_idb_removals(removals.clone()),
            Err(IdbError::Refused) if self.local.is_some() => {}
            Err(error) => {
                for record in pending {
                    sync.pending_records.borrow_mut().put(record);
                }
                for record in unsaved {
                    sync.unsaved.borrow_mut().put(record);
                }
                return Err(error);
            }
        }
        sync.merge_removals(removals);
        sync.broadcast(&TabMessage::Stored(shared_entries(&entries)));
        for entry in entries.iter().filter(|entry| stored::is_removal(entry)) {
            self.put_local(entry);
        }
        self.mirror(&restored);
        Ok(())
    }

    /// Makes the removal of a scope known to this tab, and returns the entry to be saved.
    pub(crate) fn removal(self, scope: &Scope) -> Entry {
        let entry = self.next_removal(scope, clock::now());
        let sync = self.sync_state();
        sync.note_drop();
        sync.merge_removals(stored::removals_among(std::slice::from_ref(&entry)));
        entry
    }

    /// A removal of a scope that is newer than every known one.
    pub(crate) fn next_removal(self, scope: &Scope, now: Instant) -> Entry {
        let local = self.local.and_then(|local| local.text(&Key::Removal(scope.clone())));
        let local = local.and_then(|text| stored::removal_number(&text));
        self.sync_state().next_removal(scope, local, now)
    }

    /// Drops the records that another tab has removed.
    pub(super) fn drop_records(self, removed: &[StoredElsewhere]) {
        let mut ids = BTreeSet::new();
        for entry in removed.iter().filter(|entry| entry.value.is_none()) {
            if let Ok(Key::Record(id)) = Key::parse(&entry.key) {
                ids.insert(id);
            }
        }
        if ids.is_empty() {
            return;
        }
        let is_gone = |id| ids.contains(&id);
        let sync = self.sync_state();
        // A read that is under way may have put the records back in local storage, or be about to.
        sync.note_drop();
        for id in &ids {
            self.put_local(&Entry { key: Key::Record(*id), text: None });
        }
        sync.pending_records.borrow_mut().forget(is_gone);
        sync.unsaved.borrow_mut().forget(is_gone);
        self.journal.update(|journal| journal.forget(is_gone));
    }

    /// Whether closing the page would lose records that neither store has taken.
    #[must_use]
    pub fn is_at_risk(self) -> bool {
        let sync = self.sync_state();
        !sync.unsaved.borrow().is_empty() || !sync.unsaved_keys.borrow().is_empty()
    }

    /// Saves an entry other than a record to IndexedDB, without waiting for the result.
    pub(crate) fn save_entry(self, entry: Entry) {
        self.sync_state().pending_entries.borrow_mut().push(entry);
        self.schedule_flush();
    }

    /// Saves an entry other than a record to both stores. A reload before IndexedDB has it finds it in
    /// local storage; where that refuses it, IndexedDB is written without delay.
    pub(crate) fn save_in_both(self, entry: Entry) {
        let local = self.put_local(&entry);
        self.save_entry(entry);
        if !local {
            self.flush_now();
        }
    }

    /// Writes a removal to both stores without delay: only a removal in IndexedDB survives a killed
    /// browser.
    pub(crate) fn remove_from_both(self, removal: Entry) {
        self.put_local(&removal);
        self.save_entry(removal);
        self.flush_now();
    }

    /// Writes an entry to local storage and returns whether that took it. A failure does no harm:
    /// IndexedDB is about to have the entry.
    pub(crate) fn put_local(self, entry: &Entry) -> bool {
        self.local.is_some_and(|storage| storage.put(entry, rng::token()).is_ok())
    }

    /// Cancels the notice about the last action's result.
    pub(crate) fn cancel_save_notice(self) {
        self.sync_state().unnotified.set(None);
    }

    /// Mirrors these records to local storage, in the journal's version, and the unsaved ones with them.
    /// After the first that does not fit, no other is tried.
    pub(super) fn mirror(self, records: &[Record]) {
        let sync = self.sync_state();
        let mut all = sync.unsaved.take();
        self.journal.with_untracked(|journal| {
            for record in records {
                all.put(journal.get(record.id()).unwrap_or(record).clone());
            }
        });
        let mut unsaved = Journal::default();
        let mut full = false;
        let skipped = records.len() > MAX_MIRRORED && sync.idb_error.get().is_none();
        for record in all.records() {
            let result = match (self.local, Entry::record(record)) {
                (Some(storage), Ok(entry)) if !full && !skipped => {
                    storage.put(&entry, rng::token())
                }
                _ => Err(LocalStoreError::Refused),
            };
            full |= result == Err(LocalStoreError::Full);
            if result.is_err() {
                unsaved.put(record.clone());
            }
        }
        sync.local_full.set(full || (skipped && sync.local_full.get()));
        sync.unsaved.replace(unsaved);
    }

    /// Schedules a flush, unless one is scheduled or under way.
    pub(super) fn schedule_flush(self) {
        let sync = self.sync_state();
        if !sync.busy.replace(true) {
            sync.flush_scheduled.set(true);
            timers::set_timeout(FLUSH_DELAY_MS, Box::new(move || self.flush_now()));
        }
    }

    /// Flushes now if a flush is scheduled: the page may be about to close.
    pub fn flush_now(self) {
        if self.sync_state().flush_scheduled.replace(false) {
            timers::spawn(Box::pin(self.flush()));
        }
    }

    /// Writes the pending records and entries, batch by batch, until none is left or one fails.
    pub(super) async fn flush(self) {
        let sync = self.sync_state();
        let mut wrote = false;
        while sync.has_pending() {
            wrote = true;
            let dispatches = sync.dispatches.get();
            let pending = sync.pending_records.take();
            let saving = self.write(pending, Vec::new()).await;
            if dispatches == sync.dispatches.get() {
                sync.report_saved(saving);
                if saving != SaveStatus::Saved {
                    break;
                }
            }
        }
        if wrote && !sync.synced.get() && sync.idb_error.get().is_none() {
            // IndexedDB works again.
            self.read_idb().await;
        }
        sync.busy.set(false);
        if sync.has_pending() && sync.idb_error.get().is_none() {
            // The entries were added while IndexedDB was being read.
            self.schedule_flush();
        }
    }

    /// Writes one batch to IndexedDB and broadcasts it. Pending entries go before the records.
    async fn write(self, records: Journal, other_entries: Vec<Entry>) -> SaveStatus {
        let sync = self.sync_state();
        let erasures = sync.erasures.get();
        if !sync.synced.get() && sync.idb_error.get().is_none() {
            // Nothing was stored when the app started, so IndexedDB has not been read. Entries that
            // were stored since, such as another id of this device, have to be known first.
            self.read_idb().await;
        }
        if sync.erasures.get() != erasures {
            // Everything was erased meanwhile, this batch included.
            return SaveStatus::Saved;
        }
        let mut entries = sync.pending_entries.take();
        entries.extend(other_entries);
        let (batch, many) = self.batch(&records, entries.clone());
        let removals = sync.removals.borrow().clone();
        let batch = sync.removals_for_idb().into_iter().chain(batch).collect();
        let written = sync.idb.write(batch).await;
        if many {
            sync.broadcast(&TabMessage::Reread);
        }
        if written.is_ok() {
            sync.note_idb_removals(removals);
        } else {
            // The entries of this batch go before those added since, so that the later ones win.
            entries.extend(sync.pending_entries.take());
            sync.pending_entries.replace(entries);
        }
        self.settle(&records, written)
    }

    /// The entries of a batch, and whether it is too large to broadcast.
    fn batch(self, records: &Journal, mut entries: Vec<Entry>) -> (Vec<Entry>, bool) {
        let sync = self.sync_state();
        entries.extend(records.records().filter_map(|record| Entry::record(record).ok()));
        let known = sync.synced.get() || sync.idb_error.get().is_some();
        if known && !sync.device_stored.get() && !records.is_empty() {
            let text = Some(self.device.get_value().to_string());
            let entry = Entry { key: Key::Device, text };
            self.put_local(&entry);
            entries.push(entry);
        }
        let many = entries.len() > MAX_BROADCAST;
        let entries_to_send = if many { Vec::new() } else { shared_entries(&entries) };
        if !entries_to_send.is_empty() {
            sync.broadcast(&TabMessage::Stored(entries_to_send));
        }
        (entries, many)
    }

    /// Updates the sync state with a batch's result.
    fn settle(self, records: &Journal, written: Result<(), IdbError>) -> SaveStatus {
        let sync = self.sync_state();
        sync.idb_error.set(written.err());
        let unsaved = sync.unsaved.take();
        let lost = records.records().any(|record| unsaved.get(record.id()).is_some());
        let saving = match written {
            Ok(()) => SaveStatus::Saved,
            Err(_) if lost => SaveStatus::Failed,
            Err(_) => SaveStatus::LocalStorageOnly,
        };
        if saving == SaveStatus::Saved {
            self.note_local(DeviceSetting::Synced, !records.is_empty());
            sync.device_stored.set(sync.device_stored.get() || !records.is_empty());
        } else {
            for record in records.records() {
                sync.pending_records.borrow_mut().put(record.clone());
            }
        }
        let safe = |record: &&Record| {
            saving != SaveStatus::Saved || records.get(record.id()) != Some(*record)
        };
        sync.unsaved.replace(unsaved.records().filter(safe).cloned().collect());
        self.update_status();
        saving
    }

    /// Recomputes the storage status.
    pub(super) fn update_status(self) {
        let sync = self.sync_state();
        let error = sync.idb_error.get();
        let lost = !sync.unsaved.borrow().is_empty();
        let full = sync.local_full.get() || error == Some(IdbError::Full);
        let before = self.status.get_untracked();
        let full = error.is_some() && lost && full;
        let quota_notice =
            error.is_none() && sync.local_full.get() && before.quota_notice == QuotaNotice::None;
        let now = StorageStatus {
            full,
            blocked: error.is_some() && !full && (lost || self.local.is_none()),
            quota_notice: if quota_notice { QuotaNotice::Shown } else { before.quota_notice },
            ..before
        };
        if now != before {
            self.status.set(now);
        }
    }

    /// Sets a device setting that is in local storage only, and returns whether it is new. Should the
    /// write fail, a loss may go unreported or the browser be asked twice.
    fn note_local(self, setting: DeviceSetting, wanted: bool) -> bool {
        let new = |text: Option<String>| wanted && text.is_none();
        let new = self.local.is_some_and(|storage| new(storage.text(&Key::Local(setting))));
        if new {
            self.put_local(&Entry::local(setting, "1".to_owned()));
        }
        new
    }

    /// Asks the browser for persistent storage when the first record is saved.
    fn ask_once_for_persistence(self) {
        if self.note_local(DeviceSetting::Asked, true) {
            self.ask_for_persistence();
        }
    }

    /// Asks the browser for persistent storage.
    pub fn ask_for_persistence(self) {
        let sync = self.sync_state();
        timers::spawn(Box::pin(async move {
            sync.persisted.set(storage_quota::request_persistence().await);
            self.checked.notify();
        }));
    }
}

/// Removes records from a journal and returns them.
fn take_records(journal: &mut Journal, is_gone: impl Fn(RecordId) -> bool + Copy) -> Vec<Record> {
    let gone = journal.records().filter(|record| is_gone(record.id())).cloned().collect();
    journal.forget(is_gone);
    gone
}

/// The entries of a batch that other tabs hold as well.
pub(super) fn shared_entries(entries: &[Entry]) -> Vec<StoredElsewhere> {
    let shared = |entry: &&Entry| {
        matches!(
            entry.key,
            Key::Record(_)
                | Key::Device
                | Key::ConflictLoser(_)
                | Key::Draft(_)
                | Key::Opaque(_)
                | Key::Removal(_)
                | Key::Local(DeviceSetting::Urn)
        )
    };
    let sent =
        |entry: &Entry| StoredElsewhere { key: entry.key.to_string(), value: entry.text.clone() };
    entries.iter().filter(shared).map(sent).collect()
}
