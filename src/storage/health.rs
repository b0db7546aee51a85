//! The health of both stores: counts, quota, persistence and the last export, for the screen that shows it.

use leptos::prelude::*;

use super::Storage;
use super::idb::IdbError;
use crate::codec::stored::{DeviceSetting, Entry, Inventory};
use crate::domain::reminder;
use crate::domain::stamp::Instant;
use crate::platform::storage_quota::{self, Persisted, StorageQuota};
use crate::platform::{clock, timers};

/// One of the two stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreHealth {
    /// It answers and holds these entries.
    Holds(Inventory),
    /// It holds these entries and has no room for more.
    Full(Inventory),
    /// The browser refuses it.
    Refused,
    /// It has not answered.
    Unanswered,
}

/// The state of both stores, and whether a backup is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// `localStorage`.
    pub local: StoreHealth,
    /// `IndexedDB`.
    pub idb: StoreHealth,
    /// The used and the available space, where the browser reports it.
    pub quota: Option<StorageQuota>,
    /// Whether the browser has granted persistent storage.
    pub persisted: Persisted,
    /// When everything was last exported.
    pub exported: Option<Instant>,
    /// Whether the person should be reminded to export.
    pub reminder: bool,
}

impl Storage {
    /// The health of the stores, as far as it is known. Tracked.
    #[must_use]
    pub fn health(self) -> Health {
        self.checked.track();
        let sync = self.sync_state();
        let in_idb = || sync.in_idb.borrow().clone();
        let local = match self.local.map(|local| Inventory::of_keys(local.keys())) {
            Some(held) if sync.local_full.get() => StoreHealth::Full(held),
            Some(held) => StoreHealth::Holds(held),
            None => StoreHealth::Refused,
        };
        let idb = match sync.idb_error.get() {
            None if sync.synced.get() => StoreHealth::Holds(in_idb()),
            Some(IdbError::Full) => StoreHealth::Full(in_idb()),
            None | Some(IdbError::NotLoaded) => StoreHealth::Unanswered,
            Some(error) if error.is_retryable() => StoreHealth::Unanswered,
            Some(_) => StoreHealth::Refused,
        };
        let (persisted, exported) = (sync.persisted.get(), self.exported.get_value());
        let is_persisted = persisted == Persisted::Granted;
        let reminder = self.journal.with(|journal| {
            reminder::is_due(journal, self.device.get_value(), exported, clock::now(), is_persisted)
        });
        Health { local, idb, quota: sync.quota.get(), persisted, exported, reminder }
    }

    /// Whether both stores have answered: until then no screen may call anything empty. Tracked.
    #[must_use]
    pub fn has_read(self) -> bool {
        self.checked.track();
        let sync = self.sync_state();
        let refused = sync.idb_error.get().is_some_and(|error| !error.is_retryable());
        // Nothing was stored when the app started, or IndexedDB cannot be asked again.
        sync.synced.get() || sync.local_unread.get() || refused
    }

    /// Whether a store is being read for the first time. Tracked.
    #[must_use]
    pub fn is_reading(self) -> bool {
        !self.has_read() && self.sync_state().idb_error.get().is_none()
    }

    /// Measures the health again; [`Storage::health`] updates when the browser has answered.
    pub fn refresh_health(self) {
        timers::spawn(Box::pin(async move {
            let sync = self.sync_state();
            sync.quota.set(storage_quota::estimate().await);
            sync.persisted.set(storage_quota::persisted().await);
            if !sync.synced.get() && !sync.busy.get() {
                // Nothing was stored yet, so IndexedDB has not been read.
                self.read_idb().await;
            }
            if let Ok(keys) = sync.idb.keys().await {
                sync.in_idb.replace(Inventory::of_keys(keys));
            }
            self.checked.notify();
        }));
    }

    /// Records that everything has just been exported.
    pub fn note_exported(self) {
        let now = clock::now();
        self.note_export(Some(now));
        let entry = Entry::local(DeviceSetting::Exported, now.0.to_string());
        self.save_in_both(entry);
        self.checked.notify();
    }

    /// Records the instant of an export; the latest counts.
    pub(crate) fn note_export(self, at: Option<Instant>) {
        self.exported.update_value(|exported| *exported = at.max(*exported));
    }
}
