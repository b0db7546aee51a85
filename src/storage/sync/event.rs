//! What can happen to the machine, and what it can ask of its executors.

use std::collections::BTreeMap;

use crate::codec::backup::RawEntries;
use crate::codec::stored::{DraftId, Entry, Scope};
use crate::domain::journal::ActionKind;
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::{Instant, Token};
use crate::platform::events::StoredElsewhere;
use crate::storage::{IdbError, LocalStoreError, SaveStatus, TabMessage};

/// What has happened, with the time and a random number of that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The time on the device's clock.
    pub now: Instant,
    /// A random number, for an id that the machine may need.
    pub random: Token,
    /// What has happened.
    pub input: Input,
}

/// Identifies a caller who waits for an answer.
pub type Ticket = u32;

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The page starts, and local storage has been probed.
    Started(LocalAtStart),
    /// The app is shown: `IndexedDB` may be read.
    Begun,
    /// Local storage has been written.
    LocalPut {
        /// What it was written for.
        purpose: Purpose,
        /// The entries that it did not take, in the order in which they were offered.
        failed: Vec<Entry>,
        /// Why it took no more.
        error: Option<LocalStoreError>,
    },
    /// `IndexedDB` has been read; local storage was read at the same moment.
    Read {
        /// What `IndexedDB` holds; `None` where nobody else has written since the last reading.
        idb: Result<Option<RawEntries>, IdbError>,
        /// What local storage holds.
        local: RawEntries,
    },
    /// A batch has been written to `IndexedDB`, or not.
    Written(Result<(), IdbError>),
    /// The database has been deleted, or not.
    Deleted(Result<(), IdbError>),
    /// The connection to the database was closed: another tab may have deleted it.
    Cut,
    /// Another tab has sent a message.
    Heard {
        /// The message.
        message: TabMessage,
        /// What local storage holds under each of its keys.
        local: Vec<Option<String>>,
    },
    /// A timer has rung.
    Rang(Timer),
    /// The page is shown again.
    Shown {
        /// Whether local storage holds anything of the app.
        found: bool,
    },
    /// The page is hidden or left.
    Hidden,
    /// The stores are to be read.
    Asked,
    /// The person asks for another attempt to read `IndexedDB`.
    Retried,
    /// An action has written these records in the journal.
    Acted {
        /// The kind of the action.
        kind: ActionKind,
        /// The versions that it wrote.
        records: Vec<Record>,
    },
    /// The notice about the last action is gone.
    NoticeClosed,
    /// Versions have lost a conflict.
    Lost(Vec<Record>),
    /// The person gives up a version that had lost.
    LoserDropped(String),
    /// The text of a draft has changed.
    Drafted(DraftId, NoteDraft),
    /// A draft is done or discarded.
    DraftClosed(DraftId),
    /// A setting of this device has changed.
    Set(Setting),
    /// Opaque entries are to be saved.
    OpaqueChanged {
        /// What changes.
        changes: Vec<EntryChange>,
        /// When local storage gets it.
        mirror: MirrorOrder,
        /// Who waits.
        ticket: Ticket,
    },
    /// An import has merged these records into the journal.
    Imported {
        /// The versions that are new.
        records: Vec<Record>,
        /// The entries that go with them.
        entries: Vec<Entry>,
        /// Who waits.
        ticket: Ticket,
    },
    /// An import is to be taken back: records go without a tombstone, and others take their place.
    Replaced {
        /// The records that go.
        removed: Vec<RecordId>,
        /// Those of them that local storage holds. A record in `IndexedDB` alone goes with the
        /// transaction; a killed browser may bring one in local storage back, so it leaves a removal.
        in_local: Vec<RecordId>,
        /// The versions that come back.
        restored: Vec<Record>,
        /// What else changes.
        changes: Vec<EntryChange>,
        /// Who waits.
        ticket: Ticket,
    },
    /// Everything is to be erased.
    Erased(Ticket),
}

/// Local storage as the page found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalAtStart {
    /// The browser blocks it.
    Blocked,
    /// It held nothing of the app.
    Unread {
        /// The instant of the last draft that was stored before the machine was there.
        last_draft: Instant,
    },
    /// It holds these entries.
    Holds(RawEntries),
}

/// A setting of this device that a person changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Everything has just been exported.
    Exported,
    /// The person does not want to name the device.
    Unnamed,
    /// The notices about recovered records and full local storage are closed.
    NoticesDismissed,
    /// The consultation whose urn this device is, or none.
    Urn(Option<String>),
}

/// A change of an entry that is not a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryChange {
    /// This entry is written; one without a text deletes its key, and nothing else knows of it.
    Put(Entry),
    /// Everything in this scope is removed, in both stores and for ever.
    Remove(Scope),
}

/// When local storage gets opaque entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MirrorOrder {
    /// At once.
    First,
    /// After `IndexedDB`: with a removal and half of the entries after it, a local storage that a
    /// killed browser has cut off would take the rest from `IndexedDB`.
    Last,
}

/// What local storage is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Records of an action: whether there is room for them is worth telling.
    Records,
    /// Entries that `IndexedDB` is about to get.
    Entries,
    /// What `IndexedDB` has and local storage lacks.
    Mirror,
}

/// A timer of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Pending entries are written.
    Flush,
    /// The notice about an action appears; the number is that of the action.
    Notice(u32),
    /// `IndexedDB` is tried again.
    Retry,
}

/// What an executor must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write these entries to local storage, up to the first that it does not take;
    /// [`Input::LocalPut`] follows at once.
    PutLocal {
        /// What for.
        purpose: Purpose,
        /// The entries, in this order.
        entries: Vec<Entry>,
        /// The removals that this tab knows: what another one covers is older and is not written.
        known: BTreeMap<Scope, u64>,
    },
    /// Read `IndexedDB` and then, at the same moment, local storage; [`Input::Read`] follows.
    Read {
        /// Whether to read nothing where nobody else has written since the last reading.
        unless_unchanged: bool,
    },
    /// Write a batch to `IndexedDB`, all of it or nothing; [`Input::Written`] follows.
    Write {
        /// The entries, in this order.
        entries: Vec<Entry>,
        /// The removals that this tab knows, as for local storage.
        known: BTreeMap<Scope, u64>,
    },
    /// Delete the database; [`Input::Deleted`] follows.
    Delete,
    /// Send a message to the other tabs.
    Tell(TabMessage),
    /// Set a timer, in milliseconds; [`Input::Rang`] follows.
    SetTimer(Timer, i32),
    /// Ask the browser to keep what is stored.
    AskPersistence,
    /// A part of the contents has changed.
    Show(Part),
    /// Opaque entries have changed elsewhere; `None` when all of them are gone.
    ShowOpaque(Option<Vec<StoredElsewhere>>),
    /// Tell the person how far an action is saved.
    Report(ActionKind, SaveStatus),
    /// Everything has been erased, here or in another tab.
    ReportErased,
    /// Answer a caller.
    Answer(Ticket, Answer),
}

/// The answer to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// How far a change is saved.
    Saved(SaveStatus),
    /// Whether a replacement or an erasure has been carried out.
    Done(Result<(), IdbError>),
}

/// A part of the contents that screens follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The journal.
    Journal,
    /// The versions that lost a conflict.
    Losers,
    /// The undo data of the last merge.
    Merged,
    /// Whether the device stays unnamed.
    Name,
    /// The consultation whose urn this device is.
    Urn,
    /// Whether the stores have been read, and how they are.
    Health,
}
