//! How well what this device holds is kept: for the screen that says it.

use leptos::prelude::*;

use super::AppStore;
use crate::codec::stored::{Entry, Inventory, LocalFact};
use crate::domain::reminder;
use crate::domain::stamp::Instant;
use crate::platform::room::{self, Persisted, Room};
use crate::platform::vault::VaultError;
use crate::platform::{clock, later};

/// One of the two stores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It holds this much.
    Holds(Inventory),
    /// It holds this much and has no room for more.
    Full(Inventory),
    /// The browser refuses it.
    Refused,
    /// It has not answered.
    Silent,
}

/// How well everything is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// `localStorage`.
    pub shelf: Place,
    /// `IndexedDB`.
    pub vault: Place,
    /// How much room there is, where the browser says so.
    pub room: Option<Room>,
    /// Whether the browser promises to keep it.
    pub persisted: Persisted,
    /// When everything was last carried away.
    pub exported: Option<Instant>,
    /// Whether it is time to do so.
    pub reminder: bool,
}

impl AppStore {
    /// How well everything is kept, as far as it is known. Tracked.
    #[must_use]
    #[expect(clippy::similar_names, reason = "a shelf and a self are far apart")]
    pub fn health(self) -> Health {
        self.looked.track();
        let keeper = self.keeper();
        let in_vault = || keeper.in_vault.borrow().clone();
        let shelf = match self.shelf.map(|shelf| Inventory::of_keys(shelf.keys())) {
            Some(held) if keeper.shelf_full.get() => Place::Full(held),
            Some(held) => Place::Holds(held),
            None => Place::Refused,
        };
        let vault = match keeper.vault_error.get() {
            None if keeper.paired.get() => Place::Holds(in_vault()),
            Some(VaultError::Full) => Place::Full(in_vault()),
            None | Some(VaultError::Away) => Place::Silent,
            Some(error) if error.may_pass() => Place::Silent,
            Some(_) => Place::Refused,
        };
        let (persisted, exported) = (keeper.persisted.get(), self.exported.get_value());
        let promised = persisted == Persisted::Granted;
        let reminder = self.journal.with(|journal| {
            reminder::is_due(journal, self.device.get_value(), exported, clock::now(), promised)
        });
        Health { shelf, vault, room: keeper.room.get(), persisted, exported, reminder }
    }

    /// Whether both stores have answered: until then nothing is said to be empty. Tracked.
    #[must_use]
    pub fn has_read(self) -> bool {
        self.looked.track();
        let keeper = self.keeper();
        let refused = keeper.vault_error.get().is_some_and(|error| !error.may_pass());
        // Nothing lay there when the app began, or neither store can be asked again.
        keeper.paired.get() || keeper.unread.get() || refused
    }

    /// Whether a store is being read for the first time. Tracked.
    #[must_use]
    pub fn is_reading(self) -> bool {
        !self.has_read() && self.keeper().vault_error.get().is_none()
    }

    /// Looks how things stand; [`AppStore::health`] has it as soon as it is known.
    pub fn look_at_health(self) {
        later::run(Box::pin(async move {
            let keeper = self.keeper();
            keeper.room.set(room::measure().await);
            keeper.persisted.set(room::persisted().await);
            if !keeper.paired.get() && !keeper.busy.get() {
                // Nothing was stored yet, so nothing has been asked of the vault.
                self.read_vault().await;
            }
            if let Ok(keys) = keeper.vault.keys().await {
                keeper.in_vault.replace(Inventory::of_keys(keys));
            }
            self.looked.notify();
        }));
    }

    /// Notes that everything has just been carried away.
    pub fn has_exported(self) {
        let now = clock::now();
        self.note_export(Some(now));
        let entry = Entry::local(LocalFact::Exported, now.0.to_string());
        self.keep_in_both(entry);
        self.looked.notify();
    }

    /// Learns of a copy; the latest counts.
    pub(super) fn note_export(self, at: Option<Instant>) {
        self.exported.update_value(|exported| *exported = at.max(*exported));
    }
}
