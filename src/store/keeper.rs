//! What storing has to remember, none of which is drawn by itself.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::codec::stored::{self, Entry, Inventory, Key, Scope, is_removal};
use crate::domain::journal::{Deed, Journal};
use crate::domain::stamp::Instant;
use crate::platform::events::StoredElsewhere;
use crate::platform::room::{Persisted, Room};
use crate::platform::tabs::{Tabs, Word};
use crate::platform::vault::{Texts, Vault, VaultError};

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
    /// How often this tab has started over, because everything was erased here or in another tab. That a
    /// comparison finds out about an earlier erasure does not count.
    pub(super) erasures: Cell<u32>,
    /// What was removed, as far as this tab knows, with its number.
    pub(super) removals: RefCell<BTreeMap<Scope, u64>>,
    /// Those of them that the vault has, and how often its connection had been let go of then.
    vault_removals: RefCell<(u32, BTreeMap<Scope, u64>)>,
    /// What the last comparison has put on the shelf: another tab may have removed it meanwhile.
    pub(super) mirrored: RefCell<Vec<Key>>,
    /// Counts what was let go, so that a reading that began before does not bring it back.
    pub(super) let_go: Cell<u32>,
    /// The latest instant of any draft: a clock that is set back must not make typing older.
    pub(super) typed: Cell<Instant>,
    pub(super) shelf_full: Cell<bool>,
    pub(super) vault_error: Cell<Option<VaultError>>,
    pub(super) in_vault: RefCell<Inventory>,
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
            erasures: Cell::default(),
            removals: RefCell::default(),
            vault_removals: RefCell::default(),
            mirrored: RefCell::default(),
            let_go: Cell::default(),
            typed: Cell::new(Instant(0)),
            shelf_full: Cell::default(),
            vault_error: Cell::default(),
            in_vault: RefCell::default(),
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

    /// A removal that counts more than every one that is known of its scope; `shelved` is the number
    /// that lies on the shelf.
    pub(super) fn next_removal(&self, scope: &Scope, shelved: Option<u64>, now: Instant) -> Entry {
        let known = self.removals.borrow().get(scope).copied().max(shelved);
        Entry::removal(scope, stored::next_removal(known.unwrap_or_default(), now))
    }

    /// Learns of removals, and gives the scopes of those that are news. What waits for the vault and was
    /// written before them waits no longer, records aside.
    pub(super) fn learn(&self, heard: BTreeMap<Scope, u64>) -> BTreeSet<Scope> {
        let mut removals = self.removals.borrow_mut();
        let is_news = |removals: &BTreeMap<Scope, u64>, scope: &Scope, number: u64| {
            removals.get(scope).is_none_or(|known| *known < number)
        };
        let everything = Scope::everything();
        if heard.get(&everything).is_some_and(|number| is_news(&removals, &everything, *number)) {
            // The others lay among what is gone.
            removals.clear();
        }
        let mut news = BTreeSet::new();
        for (scope, number) in heard {
            if is_news(&removals, &scope, number) {
                removals.insert(scope.clone(), number);
                news.insert(scope);
            }
        }
        if news.contains(&everything) {
            self.beside.take();
            self.unkept.take();
        } else if !news.is_empty() {
            let is_gone = |key: &Key| news.contains(&Scope::of(key));
            self.beside.borrow_mut().retain(|entry| is_removal(entry) || !is_gone(&entry.key));
            self.unkept.borrow_mut().retain(|key| !is_gone(key));
        }
        news
    }

    /// What was removed, as a store holds it.
    pub(super) fn removed(&self) -> Texts {
        let removals = self.removals.borrow();
        let entries = removals.iter().map(|(scope, number)| Entry::removal(scope, *number));
        entries.filter_map(|entry| Some((entry.key.to_string(), entry.text?))).collect()
    }

    /// The removals that the vault lacks. They go before all that is written there: what lies in a store
    /// that lacks one is taken to be older than it.
    pub(super) fn removals_for_vault(&self) -> Vec<Entry> {
        let has = self.vault_removals.borrow();
        let is_same = has.0 == self.vault.closings();
        let lacks =
            |(scope, number): &(&Scope, &u64)| !is_same || has.1.get(*scope) != Some(*number);
        let removals = self.removals.borrow();
        removals
            .iter()
            .filter(lacks)
            .map(|(scope, number)| Entry::removal(scope, *number))
            .collect()
    }

    /// Notes that the vault has these removals.
    pub(super) fn vault_has(&self, removals: BTreeMap<Scope, u64>) {
        let mut has = self.vault_removals.borrow_mut();
        let closings = self.vault.closings();
        if has.0 != closings {
            *has = (closings, BTreeMap::new());
        }
        has.1.extend(removals);
    }

    /// The instant of a draft that is typed now, after that of every draft before it.
    pub(super) fn typed_now(&self, now: Instant) -> Instant {
        let next = now.max(Instant(self.typed.get().0 + 1));
        self.typed.set(next);
        next
    }

    /// Leaves nothing to be stored and nothing to be told, but what was removed.
    pub(super) fn forget_everything(&self) {
        self.has_let_go();
        self.waiting.take();
        self.beside.take();
        self.nowhere.take();
        self.telling.set(None);
        self.device_kept.set(false);
        self.in_vault.take();
        self.erasures.set(self.erasures.get() + 1);
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
