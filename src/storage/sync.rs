//! The sync of the two stores and the tabs.
//!
//! An entry that is newer in one store is written to the other, by the rule by which journals merge.
//! An entry is deleted only if the other store records its removal, and unreadable bytes are quarantined
//! before a readable version replaces them.
//!
//! `reconcile.rs`, which does that, is in the storage chunk: where nothing is stored, it is not loaded
//! before the first action.

use std::rc::Rc;

use leptos::prelude::*;

use super::idb::{IdbError, IdbStore};
use super::reconcile;
use super::save::shared_entries;
use super::state::SyncState;
use super::tabs::TabMessage;
use super::{Storage, StorageStatus};
use crate::codec::stored::{self, Scope};
use crate::domain::journal::{Journal, PutResult, Verdict};
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::{clock, events, rng, timers};

impl Storage {
    pub(super) fn sync_state(self) -> Rc<SyncState> {
        self.sync.get_value()
    }

    /// Reconciles the two stores as soon as IndexedDB has opened, and follows the other tabs from then on.
    pub fn start_sync(self) {
        let sync = self.sync_state();
        match &sync.tabs {
            Some(tabs) => {
                tabs.listen(move |message| timers::spawn(Box::pin(self.on_tab_message(message))));
            }
            None => events::on_stored_elsewhere(move |elsewhere| {
                timers::spawn(Box::pin(async move {
                    if chunks::load(STORAGE_CHUNK).await
                        && let Some(applying) = reconcile::apply_stored(self, elsewhere)
                    {
                        applying.await;
                    }
                }));
            }),
        }
        timers::spawn(Box::pin(async move {
            if !sync.local_unread.get() {
                self.read_idb().await;
            }
            self.flush().await;
        }));
    }

    /// Reconciles again after the page was hidden, in case it has missed something.
    pub fn resync(self) {
        let sync = self.sync_state();
        let idle = !sync.busy.get() && sync.idb_error.get().is_none();
        if sync.synced.get() || idle {
            timers::spawn(Box::pin(async move {
                if sync.synced.get() || IdbStore::exists().await {
                    self.read_idb().await;
                }
            }));
        }
    }

    /// Merges IndexedDB into the journal, and writes to each store the entries that only the other has.
    pub(super) async fn read_idb(self) {
        if chunks::load(STORAGE_CHUNK).await {
            if let Some(reading) = reconcile::read(self) {
                reading.await;
            }
        } else {
            self.sync_state().idb_error.set(Some(IdbError::NotLoaded));
            self.update_status();
            self.checked.notify();
        }
    }

    /// Reads IndexedDB again if it did not answer at the start, and then writes to it the changes made
    /// meanwhile.
    pub fn retry_idb(self) {
        let sync = self.sync_state();
        let may_answer = sync.idb_error.get().is_some_and(IdbError::is_retryable);
        if may_answer && !sync.synced.get() {
            timers::spawn(Box::pin(async move {
                self.read_idb().await;
                if sync.synced.get() && sync.has_pending() {
                    self.schedule_flush();
                }
            }));
        }
    }

    /// Handles a message of another tab. While the storage chunk is not loaded, this tab has nothing that
    /// the other could change, but for an erasure.
    async fn on_tab_message(self, message: TabMessage) {
        if chunks::load(STORAGE_CHUNK).await {
            if let Some(handling) = reconcile::handle_message(self, message) {
                handling.await;
            }
        } else if message.erases() {
            self.start_over();
        }
    }

    /// Adopts the stored device id; of two the smaller, as every tab does.
    pub(super) fn adopt_device_id(self, device: DeviceId) {
        let was_stored = self.sync_state().device_stored.replace(true);
        if !was_stored || device < self.device.get_value() {
            self.device.set_value(device);
        }
    }

    /// Merges versions into the journal. Nothing is redrawn where the journal had them all.
    pub(crate) fn merge_remote(self, records: Vec<Record>) {
        let mut losers = Vec::new();
        self.journal.maybe_update(|journal| {
            let mut changed = false;
            for record in records {
                let held = journal.get(record.id());
                if let (Verdict::Conflict { wins }, Some(held)) = (Verdict::of(held, &record), held)
                {
                    losers.push(if wins { held } else { &record }.clone());
                }
                changed |= journal.put(record) == PutResult::Taken;
            }
            changed
        });
        self.store_conflict_losers(&losers);
    }

    /// Erases all data of the app in this browser: both stores, this tab and the others. Only the
    /// erasure's removal number remains, so that neither store brings an entry back.
    ///
    /// # Errors
    /// When IndexedDB still holds the data. This tab and local storage are empty in any case, and the
    /// next write to IndexedDB removes the rest; the person can try again.
    pub async fn erase_all(self) -> Result<(), IdbError> {
        let sync = self.sync_state();
        // The read waits for writes that are under way, so that none of them follows the erasure.
        let now = match sync.idb.read().await {
            Ok(held) => {
                sync.merge_removals(stored::removals(&held));
                // The numbers of both stores are known, so the next one needs no instant.
                Instant(0)
            }
            Err(error) => {
                sync.idb_error.set(Some(error));
                clock::now()
            }
        };
        self.start_over();
        let removal = self.next_removal(&Scope::everything(), now);
        let numbers = stored::removals_among(std::slice::from_ref(&removal));
        sync.merge_removals(numbers.clone());
        sync.broadcast(&TabMessage::Stored(shared_entries(std::slice::from_ref(&removal))));
        self.put_local(&removal);
        match sync.idb.write(vec![removal]).await {
            Ok(()) => {
                sync.note_idb_removals(numbers);
                Ok(())
            }
            // Where the browser refuses IndexedDB, there never was a database.
            Err(IdbError::Refused) if sync.idb_error.get() == Some(IdbError::Refused) => Ok(()),
            // A database that can be neither read nor written is deleted as a whole.
            Err(_) => sync.idb.erase().await,
        }
    }

    /// Resets this tab: an empty journal, and a new device id, which is stored when it is needed.
    pub(super) fn start_over(self) {
        self.sync_state().reset();
        self.device.set_value(DeviceId(rng::token()));
        self.drafts.set_value(Vec::new());
        self.exported.set_value(None);
        self.merged.set(None);
        self.conflict_losers.set(Vec::new());
        self.name_declined.set(false);
        self.urn.set(None);
        self.sync_state().notify_opaque(None);
        if let Some(reports) = &*self.sync_state().reports.borrow() {
            (reports.erased)();
        }
        self.status.set(StorageStatus::default());
        self.update_status();
        self.journal.set(Journal::default());
        self.checked.notify();
    }
}
