//! What a person is told about storing, as a function of the machine's state.

use super::Phase;
use super::State;
use crate::codec::stored;
use crate::domain::journal::Journal;
use crate::storage::IdbError;

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
    /// Something was stored at the start, local storage had no record, and IndexedDB, which may have some,
    /// does not answer.
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

/// What was found in the stores and is told until it is closed or mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Notices {
    pub(super) unreadable: usize,
    pub(super) other_version: bool,
    pub(super) recovered: usize,
    pub(super) quota: QuotaNotice,
}

impl State {
    /// The banners.
    #[must_use]
    pub fn status(&self) -> StorageStatus {
        let Notices { unreadable, other_version, recovered, quota } = self.notices;
        let error = self.error();
        let has_lost = self.has_lost();
        let full = has_lost && (self.local_full || error == Some(IdbError::Full));
        let full = error.is_some() && full;
        StorageStatus {
            full,
            blocked: error.is_some() && !full && (has_lost || !self.local_works),
            awaits_idb: !self.is_reconciled()
                && !self.local_unread
                && error.is_some_and(IdbError::is_retryable)
                && !self.start_texts.keys().any(|key| stored::is_record(key)),
            unreadable,
            other_version,
            recovered,
            quota_notice: quota,
        }
    }

    /// Whether closing the page would lose something that neither store has taken.
    #[must_use]
    pub fn is_at_risk(&self) -> bool {
        self.has_lost()
    }

    /// Whether both stores have answered: until then no screen may call anything empty.
    #[must_use]
    pub fn has_read(&self) -> bool {
        let refused = self.error().is_some_and(|error| !error.is_retryable());
        // Nothing was stored when the page started, or IndexedDB cannot be asked again.
        self.is_reconciled() || self.local_unread || refused
    }

    /// Whether a store is being read for the first time.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        !self.has_read() && self.error().is_none()
    }

    /// Whether local storage had no room for the last records.
    #[must_use]
    pub fn is_local_full(&self) -> bool {
        self.local_full
    }

    /// Whether both stores have been read and hold no id of this device and no record.
    #[must_use]
    pub fn is_unused(&self) -> bool {
        !self.contents.device_stored
            && self.contents.journal == Journal::default()
            && self.has_read()
    }

    /// Whether `IndexedDB` has held entries, or may have: a browser that has always refused it has none.
    #[must_use]
    pub fn may_have_database(&self) -> bool {
        self.error() != Some(IdbError::Refused) || self.is_reconciled() || self.noted_synced
    }

    /// Whether nothing is under way with `IndexedDB` and nothing waits for it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.pending.is_empty()
            && matches!(self.phase, Phase::Unread | Phase::Synced | Phase::Degraded { .. })
    }

    /// Shows, once, that local storage is full while IndexedDB has room.
    pub(super) fn note_quota(&mut self) {
        if self.local_full && self.notices.quota == QuotaNotice::None {
            self.notices.quota = QuotaNotice::Shown;
        }
    }
}
