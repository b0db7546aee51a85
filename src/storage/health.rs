//! The health of both stores: counts, quota, persistence and the last export, for the screen that shows it.

use leptos::prelude::*;

use super::Storage;
use super::idb::IdbError;
use super::sync::{Input, Setting};
use crate::codec::stored::Inventory;
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
        let core = self.core();
        let in_idb = || core.in_idb.borrow().clone();
        let (is_full, error, is_reconciled, exported) = self.with_state(|state| {
            let exported = state.contents.exported;
            (state.is_local_full(), state.error(), state.is_reconciled(), exported)
        });
        let local = match self.local.map(|local| Inventory::of_keys(local.keys())) {
            Some(held) if is_full => StoreHealth::Full(held),
            Some(held) => StoreHealth::Holds(held),
            None => StoreHealth::Refused,
        };
        let idb = match error {
            None if is_reconciled => StoreHealth::Holds(in_idb()),
            Some(IdbError::Full) => StoreHealth::Full(in_idb()),
            None | Some(IdbError::NotLoaded) => StoreHealth::Unanswered,
            Some(error) if error.is_retryable() => StoreHealth::Unanswered,
            Some(_) => StoreHealth::Refused,
        };
        let persisted = core.persisted.get();
        let is_persisted = persisted == Persisted::Granted;
        let device = self.device();
        let reminder = self.journal.with(|journal| {
            reminder::is_due(journal, device, exported, clock::now(), is_persisted)
        });
        Health { local, idb, quota: core.quota.get(), persisted, exported, reminder }
    }

    /// Whether both stores have answered: until then no screen may call anything empty. Tracked.
    #[must_use]
    pub fn has_read(self) -> bool {
        self.checked.track();
        self.core().has_read.get()
    }

    /// Whether a store is being read for the first time. Tracked.
    #[must_use]
    pub fn is_reading(self) -> bool {
        self.checked.track();
        self.core().is_reading.get()
    }

    /// Measures the health again; [`Storage::health`] updates when the browser has answered.
    pub fn refresh_health(self) {
        self.send(Input::Asked);
        timers::spawn(Box::pin(async move {
            let core = self.core();
            core.quota.set(storage_quota::estimate().await);
            core.persisted.set(storage_quota::persisted().await);
            if let Ok(keys) = core.idb.keys().await {
                core.in_idb.replace(Inventory::of_keys(keys));
            }
            self.checked.notify();
        }));
    }

    /// Records that everything has just been exported.
    pub fn note_exported(self) {
        self.send(Input::Set(Setting::Exported));
    }
}
