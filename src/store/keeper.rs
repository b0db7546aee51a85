//! What storing has to remember, none of which is drawn by itself.

use std::cell::{Cell, RefCell};

use crate::codec::stored::{Entry, Key};
use crate::domain::journal::{Deed, Journal};
use crate::domain::stamp::Instant;
use crate::platform::events::StoredElsewhere;
use crate::platform::room::{Persisted, Room};
use crate::platform::tabs::{Tabs, Word};
use crate::platform::vault::{Vault, VaultError};

/// Hears of sealed texts; of `None` when all of them are gone.
pub(super) type SealedHeard = Box<dyn Fn(Option<Vec<StoredElsewhere>>)>;

/// The stores, the other tabs, and what is on its way to them.
pub(super) struct Keeper {
    pub(super) vault: Vault,
    pub(super) tabs: Option<Tabs>,
    /// The versions that the vault has not acknowledged.
    pub(super) waiting: RefCell<Journal>,
    /// What waits for the vault beside records.
    pub(super) beside: RefCell<Vec<Entry>>,
    /// The versions that the shelf has not taken and the vault has not acknowledged: they are in
    /// this tab only.
    pub(super) nowhere: RefCell<Journal>,
    /// The keys of sealed texts that neither store has taken.
    pub(super) unkept: RefCell<Vec<Key>>,
    /// The deed whose fate has not been told.
    pub(super) telling: Cell<Option<Deed>>,
    /// How many deeds there were.
    pub(super) deeds: Cell<u32>,
    /// Whether somebody is writing what waits.
    pub(super) busy: Cell<bool>,
    /// Whether the device's id lies in the stores.
    pub(super) device_kept: Cell<bool>,
    /// Whether nothing was stored when the app began, so that neither store has been read.
    pub(super) unread: Cell<bool>,
    /// Whether the two stores have been compared.
    pub(super) paired: Cell<bool>,
    /// The last pause before the vault was asked again, in milliseconds.
    pub(super) pause: Cell<i32>,
    /// Whether it is about to be asked again.
    pub(super) asking: Cell<bool>,
    /// Whether what waits is about to be written.
    pub(super) gathering: Cell<bool>,
    /// Whether everything has been erased and nothing written since: looking at the vault would
    /// make an empty one.
    pub(super) erased: Cell<bool>,
    /// Counts what was let go, so that a reading that began before does not bring it back.
    pub(super) let_go: Cell<u32>,
    /// The latest instant of any draft: a clock that is set back must not make typing older.
    pub(super) typed: Cell<Instant>,
    pub(super) shelf_full: Cell<bool>,
    pub(super) vault_error: Cell<Option<VaultError>>,
    pub(super) in_vault: Cell<usize>,
    pub(super) room: Cell<Option<Room>>,
    /// Who hears of sealed texts that were stored elsewhere, and of their end.
    pub(super) sealed: RefCell<Option<SealedHeard>>,
    pub(super) persisted: Cell<Persisted>,
}

impl Default for Keeper {
    fn default() -> Self {
        Self {
            vault: Vault::default(),
            tabs: Tabs::open(),
            waiting: RefCell::default(),
            beside: RefCell::default(),
            nowhere: RefCell::default(),
            unkept: RefCell::default(),
            telling: Cell::default(),
            deeds: Cell::default(),
            // Until the stores have been compared, nothing is written to the vault.
            busy: Cell::new(true),
            device_kept: Cell::default(),
            unread: Cell::default(),
            paired: Cell::default(),
            pause: Cell::default(),
            asking: Cell::default(),
            gathering: Cell::default(),
            erased: Cell::default(),
            let_go: Cell::default(),
            typed: Cell::new(Instant(0)),
            shelf_full: Cell::default(),
            vault_error: Cell::default(),
            in_vault: Cell::default(),
            room: Cell::default(),
            sealed: RefCell::default(),
            persisted: Cell::default(),
        }
    }
}

impl Keeper {
    /// Whether something waits for the vault.
    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.borrow().is_empty() || !self.beside.borrow().is_empty()
    }

    /// Notes that something was let go.
    pub(super) fn has_let_go(&self) {
        self.let_go.set(self.let_go.get() + 1);
    }

    /// The instant of a draft that is typed now, after that of every draft before it.
    pub(super) fn typed_now(&self, now: Instant) -> Instant {
        let next = now.max(Instant(self.typed.get().0 + 1));
        self.typed.set(next);
        next
    }

    /// Leaves nothing to be stored and nothing to be told.
    pub(super) fn forget_everything(&self) {
        self.has_let_go();
        self.waiting.take();
        self.beside.take();
        self.nowhere.take();
        self.telling.set(None);
        self.device_kept.set(false);
        self.in_vault.set(0);
        self.erased.set(true);
    }

    pub(super) fn hear_sealed(&self, heard: Option<Vec<StoredElsewhere>>) {
        if let Some(hears) = &*self.sealed.borrow() {
            hears(heard);
        }
    }

    pub(super) fn tell_tabs(&self, word: &Word) {
        if let Some(tabs) = &self.tabs {
            tabs.say(word);
        }
    }
}
