//! The stored state: the journal and everything else that two browser stores hold, in sync between tabs.
//!
//! `sync` is the protocol, a pure machine; `run` carries out what it asks for and tells it what has
//! happened; `local`, `idb` and `tabs` talk to the browser, and decide between two texts under one key
//! only as `codec::stored::resolve` does. [`Storage`] shows the machine's contents as signals. No module
//! of the layer knows the store above it: the store passes callbacks in `Reports`.

use leptos::prelude::*;
use std::pin::Pin;

use crate::codec::stored::Entry;
use crate::domain::journal::{ActionKind, Journal};
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::events;
use crate::platform::rng;

mod copy;
mod deferred;
mod drafts;
mod health;
pub mod idb;
pub mod local;
mod opaque;
mod run;
pub mod sync;
pub mod tabs;
mod undo;
mod view;

pub use copy::BackupCopy;
pub use health::{Health, StoreHealth};
pub use idb::IdbError;
use idb::IdbStore;
use local::LocalStore;
pub use local::LocalStoreError;
use run::Core;
use sync::{Answer, Input, LocalAtStart, Setting, State};
pub use sync::{EntryChange, MirrorOrder, QuotaNotice, SaveStatus, StorageStatus};
pub use tabs::TabMessage;
pub use view::JournalView;

/// The stored state, as signals, and how it is saved.
#[derive(Clone, Copy)]
pub struct Storage {
    pub(crate) journal: JournalView,
    pub(crate) status: RwSignal<StorageStatus>,
    /// The undo data of the last merge of carnets, as it is stored.
    pub(crate) merged: RwSignal<Option<String>>,
    /// Versions that lost a conflict, as they are stored.
    conflict_losers: RwSignal<Vec<String>>,
    pub(crate) name_declined: RwSignal<bool>,
    /// The consultation whose urn this device is.
    pub(crate) urn: RwSignal<Option<String>>,
    pub(crate) local: Option<LocalStore>,
    core: StoredValue<&'static Core, LocalStorage>,
    /// Notified when [`Storage::health`] or [`Storage::has_read`] may give another answer.
    checked: RwSignal<bool>,
}

/// The reports to the owner of the storage.
pub(crate) struct Reports {
    /// Called with how far an action is saved.
    pub(crate) saved: Box<dyn Fn(ActionKind, SaveStatus)>,
    /// Called when everything has been erased, in this tab or in another.
    pub(crate) erased: Box<dyn Fn()>,
}

impl Storage {
    /// Whether there are records, or anything in local storage.
    #[must_use]
    pub fn holds_any(self) -> bool {
        let is_empty = self.journal.with_untracked(Journal::is_empty);
        !is_empty || self.local.is_some_and(|local| !local.is_empty())
    }

    /// Loads the storage chunk where something is stored, and returns whether stored entries can be
    /// read: an empty screen in the place of a full one would look like a loss. Where nothing is
    /// stored, nothing is loaded.
    pub fn prepare() -> Pin<Box<dyn Future<Output = bool>>> {
        if chunks::is_loaded(STORAGE_CHUNK)
            || !LocalStore::open().map_or(true, LocalStore::is_empty)
        {
            return Box::pin(chunks::load(STORAGE_CHUNK));
        }
        Box::pin(async { !IdbStore::exists().await || chunks::load(STORAGE_CHUNK).await })
    }

    /// Loads local storage. [`Storage::start_sync`] merges IndexedDB.
    #[must_use]
    pub fn load() -> Self {
        // The channel to the other tabs is open before local storage is read, so that this tab gets
        // every entry that they store after the read.
        let local = LocalStore::open().ok();
        let is_loaded = chunks::is_loaded(STORAGE_CHUNK);
        let state = State::new(DeviceId(rng::token()));
        let core = Core::new(state, local.is_some() && !is_loaded);
        let changed = RwSignal::new(false);
        let core = StoredValue::new_local(core);
        let storage = Self {
            journal: JournalView::new(core, changed),
            status: RwSignal::new(StorageStatus::default()),
            merged: RwSignal::new(None),
            conflict_losers: RwSignal::new(Vec::new()),
            name_declined: RwSignal::new(false),
            urn: RwSignal::new(None),
            local,
            core,
            checked: RwSignal::new(false),
        };
        storage.send(Input::Started(match local {
            None => LocalAtStart::Blocked,
            Some(local) if is_loaded => LocalAtStart::Holds(local.entries()),
            Some(_) => LocalAtStart::Unread { last_draft: Instant(0) },
        }));
        storage
    }

    /// Reconciles the two stores as soon as IndexedDB has opened, and follows the other tabs from then on.
    pub fn start_sync(self) {
        let core = self.core();
        match &core.tabs {
            Some(tabs) => tabs.listen(move |message| self.hear(message)),
            None => events::on_stored_elsewhere(move |stored| self.hear_local(stored)),
        }
        self.send(Input::Begun);
    }

    /// Sets the receiver of reports.
    pub(crate) fn report_to(self, reports: Reports) {
        self.core().reports.replace(Some(reports));
    }

    /// The id of this device.
    #[must_use]
    pub fn device(self) -> DeviceId {
        self.with_state(|state| state.contents.device)
    }

    /// Saves the records that an action has written in the journal, and reports the result; with none,
    /// saves again what is pending.
    pub(crate) fn save(self, kind: ActionKind, records: Vec<Record>) {
        self.send(Input::Acted { kind, records });
    }

    /// Saves what an import has merged into the journal, and the entries that go with it, which are shown.
    pub async fn save_import(self, records: Vec<Record>, entries: Vec<Entry>) -> SaveStatus {
        let answer = self.ask(|ticket| Input::Imported { records, entries, ticket });
        saved(answer.await)
    }

    /// Removes records from the journal, both stores and the other tabs, without a tombstone, and puts
    /// others in their place, in one transaction.
    ///
    /// # Errors
    /// When the transaction fails. Neither store has changed then; the journal is left to the caller.
    pub async fn replace(
        self,
        removed: Vec<RecordId>,
        restored: Vec<Record>,
        changes: Vec<EntryChange>,
    ) -> Result<(), IdbError> {
        self.hear_removals(&changes);
        let is_in_local = |id: &RecordId| {
            let key = crate::codec::stored::Key::Record(*id);
            self.local.is_some_and(|local| local.text(&key).is_some())
        };
        let in_local = removed.iter().copied().filter(is_in_local).collect();
        let answer =
            self.ask(|ticket| Input::Replaced { removed, in_local, restored, changes, ticket });
        done(answer.await)
    }

    /// Erases all data of the app in this browser: both stores, this tab and the others. Only the
    /// erasure's removal number remains, so that neither store brings an entry back.
    ///
    /// # Errors
    /// When IndexedDB still holds the data. This tab and local storage are empty in any case, and the
    /// next write to IndexedDB removes the rest; the person can try again.
    pub async fn erase_all(self) -> Result<(), IdbError> {
        done(self.ask(Input::Erased).await)
    }

    /// Whether closing the page would lose entries that neither store has taken.
    #[must_use]
    pub fn is_at_risk(self) -> bool {
        self.core().is_at_risk.get()
    }

    /// Writes what is pending now: the page may be about to close.
    pub fn flush_now(self) {
        self.send(Input::Hidden);
    }

    /// Reconciles again after the page was hidden, in case it has missed something.
    pub fn resync(self) {
        self.send(Input::Shown { found: self.local.is_some_and(|local| !local.is_empty()) });
    }

    /// Reads IndexedDB again if it did not answer, and then writes to it the changes made meanwhile.
    pub fn retry_idb(self) {
        self.send(Input::Retried);
    }

    /// Cancels the notice about the last action's result.
    pub(crate) fn cancel_save_notice(self) {
        self.send(Input::NoticeClosed);
    }

    /// Versions that lost a conflict and wait for the person's decision, as
    /// [`conflict_loser`](crate::codec::stored::conflict_loser) reads them.
    #[must_use]
    pub fn conflict_losers(self) -> ReadSignal<Vec<String>> {
        self.conflict_losers.read_only()
    }

    /// Stores the losers of conflicts until the person has decided.
    pub(crate) fn store_conflict_losers(self, losers: &[Record]) {
        if !losers.is_empty() {
            self.send(Input::Lost(losers.to_vec()));
        }
    }

    /// Deletes a version that had lost.
    pub fn drop_conflict_loser(self, loser: &str) {
        self.send(Input::LoserDropped(loser.to_owned()));
    }

    /// Closes the notices about recovered records and about full local storage.
    pub fn dismiss_notices(self) {
        self.send(Input::Set(Setting::NoticesDismissed));
    }

    /// Remembers that the person does not want to name the device.
    pub(crate) fn decline_name(self) {
        self.send(Input::Set(Setting::Unnamed));
    }
}

/// How far a change is saved.
fn saved(answer: Answer) -> SaveStatus {
    match answer {
        Answer::Saved(status) => status,
        Answer::Done(done) => done.map_or(SaveStatus::Failed, |()| SaveStatus::Saved),
    }
}

fn done(answer: Answer) -> Result<(), IdbError> {
    match answer {
        Answer::Done(done) => done,
        Answer::Saved(_) => Ok(()),
    }
}
