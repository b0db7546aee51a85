//! The state of saving and syncing: both stores, the other tabs, and what is pending.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::idb::{IdbError, IdbStore, RawEntries};
use super::tabs::{TabMessage, Tabs};
use super::{Reports, SaveStatus};
use crate::codec::stored::{self, Entry, Inventory, Key, Scope, is_removal};
use crate::domain::journal::{ActionKind, Journal};
use crate::domain::stamp::Instant;
use crate::platform::events::StoredElsewhere;
use crate::platform::storage_quota::{Persisted, StorageQuota};

/// Called with opaque entries that another tab saved, or with `None` when all of them were erased.
pub(super) type OpaqueListener = Box<dyn Fn(Option<Vec<StoredElsewhere>>)>;

/// Everything that saving and syncing remember; no screen draws it directly.
pub(super) struct SyncState {
    pub(super) idb: IdbStore,
    pub(super) tabs: Option<Tabs>,
    /// Records that IndexedDB has not acknowledged.
    pub(super) pending_records: RefCell<Journal>,
    /// Entries other than records that wait for IndexedDB.
    pub(super) pending_entries: RefCell<Vec<Entry>>,
    /// Records in this tab only: local storage has not taken and IndexedDB has not acknowledged them.
    pub(super) unsaved: RefCell<Journal>,
    /// The keys of opaque entries that neither store has taken.
    pub(super) unsaved_keys: RefCell<Vec<Key>>,
    /// The last action, until its result has been notified.
    pub(super) unnotified: Cell<Option<ActionKind>>,
    /// How many actions were dispatched.
    pub(super) dispatches: Cell<u32>,
    /// Whether a flush is scheduled or under way.
    pub(super) busy: Cell<bool>,
    /// Whether the device's id is stored.
    pub(super) device_stored: Cell<bool>,
    /// Whether local storage has not been read, because nothing was stored at the start.
    pub(super) local_unread: Cell<bool>,
    /// Whether the two stores have been reconciled.
    pub(super) synced: Cell<bool>,
    /// The last delay before a retry of IndexedDB, in milliseconds.
    pub(super) retry_delay_ms: Cell<i32>,
    /// Whether a retry of IndexedDB is scheduled.
    pub(super) retry_scheduled: Cell<bool>,
    /// Whether a flush is scheduled and has not begun.
    pub(super) flush_scheduled: Cell<bool>,
    /// How often this tab has started over, because everything was erased in it or in another tab. An
    /// earlier erasure that a comparison of the stores finds does not count.
    pub(super) erasures: Cell<u32>,
    /// The removals that this tab knows, with their numbers.
    pub(super) removals: RefCell<BTreeMap<Scope, u64>>,
    /// The removals that IndexedDB has, with the number of its closed connections at that time.
    idb_removals: RefCell<(u32, BTreeMap<Scope, u64>)>,
    /// The keys that the last reconciliation wrote to local storage: another tab may have removed them
    /// meanwhile.
    pub(super) mirrored: RefCell<Vec<Key>>,
    /// Counts drops, so that a read that began before one does not bring the records back.
    pub(super) drops: Cell<u32>,
    /// The latest instant of any draft: after a clock is set back, new typing must still be newer.
    pub(super) last_draft: Cell<Instant>,
    pub(super) local_full: Cell<bool>,
    pub(super) idb_error: Cell<Option<IdbError>>,
    pub(super) in_idb: RefCell<Inventory>,
    pub(super) quota: Cell<Option<StorageQuota>>,
    /// Called with the opaque entries that other tabs save.
    pub(super) opaque_listener: RefCell<Option<OpaqueListener>>,
    pub(super) persisted: Cell<Persisted>,
    /// The owner of the storage, once there is one.
    pub(super) reports: RefCell<Option<Reports>>,
}

impl Default for SyncState {
    fn default() -> Self {
        Self {
            idb: IdbStore::default(),
            tabs: Tabs::open(),
            pending_records: RefCell::default(),
            pending_entries: RefCell::default(),
            unsaved: RefCell::default(),
            unsaved_keys: RefCell::default(),
            unnotified: Cell::default(),
            dispatches: Cell::default(),
            // Until the stores have been compared, nothing is written to IndexedDB.
            busy: Cell::new(true),
            device_stored: Cell::default(),
            local_unread: Cell::default(),
            synced: Cell::default(),
            retry_delay_ms: Cell::default(),
            retry_scheduled: Cell::default(),
            flush_scheduled: Cell::default(),
            erasures: Cell::default(),
            removals: RefCell::default(),
            idb_removals: RefCell::default(),
            mirrored: RefCell::default(),
            drops: Cell::default(),
            last_draft: Cell::new(Instant(0)),
            local_full: Cell::default(),
            idb_error: Cell::default(),
            in_idb: RefCell::default(),
            quota: Cell::default(),
            opaque_listener: RefCell::default(),
            persisted: Cell::default(),
            reports: RefCell::default(),
        }
    }
}

impl SyncState {
    /// Whether anything is pending for IndexedDB.
    pub(super) fn has_pending(&self) -> bool {
        !self.pending_records.borrow().is_empty() || !self.pending_entries.borrow().is_empty()
    }

    /// Counts a drop.
    pub(super) fn note_drop(&self) {
        self.drops.set(self.drops.get() + 1);
    }

    /// A removal newer than every known one of its scope; `local` is the number in local storage.
    pub(crate) fn next_removal(&self, scope: &Scope, local: Option<u64>, now: Instant) -> Entry {
        let known = self.removals.borrow().get(scope).copied().max(local);
        Entry::removal(scope, stored::next_removal(known.unwrap_or_default(), now))
    }

    /// Merges removals and returns the scopes of the new ones. Pending entries that a new removal covers
    /// are dropped; pending records stay.
    pub(super) fn merge_removals(&self, incoming: BTreeMap<Scope, u64>) -> BTreeSet<Scope> {
        let mut removals = self.removals.borrow_mut();
        let is_new = |removals: &BTreeMap<Scope, u64>, scope: &Scope, number: u64| {
            removals.get(scope).is_none_or(|known| *known < number)
        };
        let everything = Scope::everything();
        if incoming.get(&everything).is_some_and(|number| is_new(&removals, &everything, *number)) {
            // The erasure covers all other removals.
            removals.clear();
        }
        let mut new_scopes = BTreeSet::new();
        for (scope, number) in incoming {
            if is_new(&removals, &scope, number) {
                removals.insert(scope.clone(), number);
                new_scopes.insert(scope);
            }
        }
        if new_scopes.contains(&everything) {
            self.pending_entries.take();
            self.unsaved_keys.take();
        } else if !new_scopes.is_empty() {
            let is_gone = |key: &Key| new_scopes.contains(&Scope::of(key));
            self.pending_entries
                .borrow_mut()
                .retain(|entry| is_removal(entry) || !is_gone(&entry.key));
            self.unsaved_keys.borrow_mut().retain(|key| !is_gone(key));
        }
        new_scopes
    }

    /// The removals as a store holds them.
    pub(super) fn removal_entries(&self) -> RawEntries {
        let removals = self.removals.borrow();
        let entries = removals.iter().map(|(scope, number)| Entry::removal(scope, *number));
        entries.filter_map(|entry| Some((entry.key.to_string(), entry.text?))).collect()
    }

    /// The removals that IndexedDB lacks. They are written before everything else: entries of a store
    /// that lacks a removal count as older than it.
    pub(super) fn removals_for_idb(&self) -> Vec<Entry> {
        let has = self.idb_removals.borrow();
        let is_same = has.0 == self.idb.closings();
        let lacks =
            |(scope, number): &(&Scope, &u64)| !is_same || has.1.get(*scope) != Some(*number);
        let removals = self.removals.borrow();
        removals
            .iter()
            .filter(lacks)
            .map(|(scope, number)| Entry::removal(scope, *number))
            .collect()
    }

    /// Records that IndexedDB has these removals.
    pub(super) fn note_idb_removals(&self, removals: BTreeMap<Scope, u64>) {
        let mut has = self.idb_removals.borrow_mut();
        let closings = self.idb.closings();
        if has.0 != closings {
            *has = (closings, BTreeMap::new());
        }
        has.1.extend(removals);
    }

    /// The instant of a draft that is typed now, after that of every draft before it.
    pub(super) fn next_draft_instant(&self, now: Instant) -> Instant {
        let next = now.max(Instant(self.last_draft.get().0 + 1));
        self.last_draft.set(next);
        next
    }

    /// Clears everything pending; only the removals stay known.
    pub(super) fn reset(&self) {
        self.note_drop();
        self.pending_records.take();
        self.pending_entries.take();
        self.unsaved.take();
        self.unnotified.set(None);
        self.device_stored.set(false);
        self.in_idb.take();
        self.erasures.set(self.erasures.get() + 1);
    }

    /// Reports the result of the last action, once.
    pub(super) fn report_saved(&self, saving: SaveStatus) {
        let Some(kind) = self.unnotified.get() else { return };
        if saving != SaveStatus::Pending {
            self.unnotified.set(None);
        }
        if let Some(reports) = &*self.reports.borrow() {
            (reports.saved)(kind, saving);
        }
    }

    pub(super) fn notify_opaque(&self, incoming: Option<Vec<StoredElsewhere>>) {
        if let Some(listener) = &*self.opaque_listener.borrow() {
            listener(incoming);
        }
    }

    pub(super) fn broadcast(&self, message: &TabMessage) {
        if let Some(tabs) = &self.tabs {
            tabs.send(message);
        }
    }
}
