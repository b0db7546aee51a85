//! The stored state: the journal and everything else that two browser stores hold, in sync between tabs.
//!
//! [`Storage`] holds it as signals, and writes each change to local storage and to IndexedDB. Local
//! storage is loaded before the app is mounted; IndexedDB is merged as soon as it has opened. A failed
//! read is never written over good data.
//!
//! `local`, `idb` and `tabs` talk to the browser, and decide between two texts under one key only as
//! `codec::stored::resolve` does; `save`, `sync` and `reconcile` hold the protocol. No module of the layer knows the store above it: the store passes callbacks in
//! `Reports`.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::codec::stored::{DeviceSetting, DraftId, Entry};
use crate::domain::journal::{ActionKind, Journal};
use crate::domain::note::NoteDraft;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::rng;

mod compare;
mod conflicts;
mod copy;
mod drafts;
mod health;
pub mod idb;
pub mod local;
mod opaque;
mod reconcile;
mod restore;
mod save;
mod state;
mod sync;
pub mod tabs;

pub use copy::BackupCopy;
pub use health::{Health, StoreHealth};
use idb::IdbStore;
use local::{LocalStore, Snapshot};
use state::SyncState;

/// The stored state, as signals, and how it is saved.
#[derive(Clone, Copy)]
pub struct Storage {
    pub(crate) journal: RwSignal<Journal>,
    pub(crate) status: RwSignal<StorageStatus>,
    /// The undo data of the last merge of carnets, as it is stored.
    pub(crate) merged: RwSignal<Option<String>>,
    /// Versions that lost a conflict, as they are stored.
    pub(crate) conflict_losers: RwSignal<Vec<String>>,
    pub(crate) name_declined: RwSignal<bool>,
    /// The consultation whose urn this device is.
    pub(crate) urn: RwSignal<Option<String>>,
    pub(crate) local: Option<LocalStore>,
    pub(crate) device: StoredValue<DeviceId>,
    pub(crate) exported: StoredValue<Option<Instant>>,
    sync: StoredValue<Rc<SyncState>, LocalStorage>,
    /// Notified when [`Storage::health`] or [`Storage::has_read`] may give another answer.
    checked: RwSignal<bool>,
    pub(crate) drafts: StoredValue<Vec<OpenDraft>>,
}

/// The reports to the owner of the storage.
pub(crate) struct Reports {
    /// Called with how far an action is saved.
    pub(crate) saved: Box<dyn Fn(ActionKind, SaveStatus)>,
    /// Called when everything has been erased, in this tab or in another.
    pub(crate) erased: Box<dyn Fn()>,
}

/// A draft that this tab holds.
#[derive(Clone)]
pub(crate) struct OpenDraft {
    /// The id by which the form asks for the draft.
    pub(crate) id: DraftId,
    /// The id under which the draft is stored: another one where another tab types the same draft.
    pub(crate) key: DraftId,
    pub(crate) draft: NoteDraft,
    /// Whether the person typed it in this tab.
    pub(crate) typed: bool,
}

/// How far an action is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Not saved yet.
    Pending,
    /// In IndexedDB.
    Saved,
    /// In local storage only, which may lose the last minute when the browser is killed.
    LocalStorageOnly,
    /// In this tab only.
    Failed,
}

/// The problems with storing, and the notices about them that the person has not closed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate banner")]
pub struct StorageStatus {
    /// The browser stores nothing: all records are in this tab only.
    pub blocked: bool,
    /// Both stores are full: some records are in this tab only.
    pub full: bool,
    /// The journal is empty, and IndexedDB, which may have records, does not answer.
    pub awaits_idb: bool,
    /// How many stored entries could not be read.
    pub unreadable: usize,
    /// Another version of the app has stored entries in this browser.
    pub other_version: bool,
    /// How many records one store had lost and the other gave back, until the person closes the notice.
    pub recovered: usize,
    /// Whether local storage is full while IndexedDB is not.
    pub quota_notice: QuotaNotice,
}

/// The state of the notice that local storage is full. This does no harm while IndexedDB has room, so
/// the notice is shown once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuotaNotice {
    /// Local storage has room.
    #[default]
    None,
    /// The notice is on the screen.
    Shown,
    /// The person has closed the notice.
    Dismissed,
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
        let sync = Rc::new(SyncState::default());
        let local = LocalStore::open().ok();
        let snapshot = local.and_then(LocalStore::read);
        sync.local_unread.set(local.is_some() && snapshot.is_none());
        let Snapshot {
            device,
            exported,
            records,
            conflict_losers,
            name_declined,
            urn,
            removals,
            unreadable,
            other_version,
        } = snapshot.unwrap_or_default();
        sync.device_stored.set(device.is_some());
        sync.removals.replace(removals);
        let status = StorageStatus {
            unreadable: unreadable.len(),
            other_version,
            ..StorageStatus::default()
        };
        Self {
            journal: RwSignal::new(records.into_iter().collect()),
            merged: RwSignal::new(None),
            conflict_losers: RwSignal::new(conflict_losers),
            name_declined: RwSignal::new(name_declined),
            urn: RwSignal::new(urn),
            status: RwSignal::new(status),
            local,
            device: StoredValue::new(device.unwrap_or_else(|| DeviceId(rng::token()))),
            exported: StoredValue::new(exported),
            sync: StoredValue::new_local(sync),
            checked: RwSignal::new(false),
            drafts: StoredValue::new(Vec::new()),
        }
    }

    /// Sets the receiver of reports.
    pub(crate) fn report_to(self, reports: Reports) {
        self.sync_state().reports.replace(Some(reports));
    }

    /// Closes the notices about recovered records and about full local storage.
    pub fn dismiss_notices(self) {
        if self.status.get_untracked().quota_notice == QuotaNotice::Shown {
            self.save_entry(Entry::local(DeviceSetting::QuotaNotice, "1".to_owned()));
        }
        self.status.update(|status| {
            status.recovered = 0;
            status.quota_notice = QuotaNotice::Dismissed;
        });
    }
}
