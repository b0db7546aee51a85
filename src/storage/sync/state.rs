//! The machine's state, and what it does next when nothing is under way.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Answer, Effect, LocalAtStart, Ticket, Timer};
use super::fault::Fault;
use super::flush::{Pending, Replacement};
use super::status::Notices;
use super::{Contents, Effects, SaveStatus, contents};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, Entry, Key, Scope};
use crate::domain::journal::{ActionKind, Journal};
use crate::domain::record::RecordId;
use crate::domain::stamp::{DeviceId, Instant, Token};
use crate::storage::IdbError;

/// The delay before the first retry of a failed IndexedDB, in milliseconds; it doubles each time.
const RETRY_MIN_MS: i32 = 1_000;

/// The longest delay between two retries, in milliseconds.
const RETRY_MAX_MS: i32 = 60_000;

/// What the machine is doing with `IndexedDB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing: nothing was stored when the page started, so nothing has been read.
    Unread,
    /// Reading, in order to reconcile both stores.
    Reading {
        /// Whether they have never been reconciled.
        first: bool,
        /// Whether another tab has dropped records since: then what is read may hold them still.
        stale: bool,
        /// Why the operation before has failed, if it has.
        error: Option<IdbError>,
    },
    /// Nothing: both stores have been reconciled, and the last operation has succeeded.
    Synced,
    /// Writing a batch.
    Flushing {
        /// The batch, in case it fails.
        batch: Pending,
        /// The removals that IndexedDB has once it is written.
        removals: BTreeMap<Scope, u64>,
        /// Whether it is too large for a message: the other tabs read again once it is written.
        told_later: bool,
        /// Why the operation before has failed, if it has.
        error: Option<IdbError>,
    },
    /// Replacing records, to take an import back.
    Replacing {
        /// What is replaced.
        replacement: Replacement,
        /// Why the operation before has failed, if it has.
        error: Option<IdbError>,
    },
    /// Nothing: the last operation has failed.
    Degraded {
        /// Whether the stores have never been reconciled.
        first: bool,
        /// Why it has failed.
        error: IdbError,
    },
    /// Erasing everything.
    Erasing {
        /// How far.
        step: Erasing,
        /// Whether the stores have never been reconciled.
        first: bool,
        /// Why the operation before has failed, if it has.
        error: Option<IdbError>,
        /// Who waits.
        ticket: Ticket,
    },
}

/// How far an erasure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasing {
    /// `IndexedDB` is read, for the number of its last erasure.
    Counting,
    /// The removal of everything is written.
    Removing,
    /// The database, which can be neither read nor written, is deleted.
    Deleting,
}

/// The name of a phase, as documents and tables have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseName {
    /// [`Phase::Unread`].
    Unread,
    /// [`Phase::Reading`] for the first time.
    Reading,
    /// [`Phase::Reading`] again.
    Rereading,
    /// [`Phase::Synced`].
    Synced,
    /// [`Phase::Flushing`].
    Flushing,
    /// [`Phase::Replacing`].
    Replacing,
    /// [`Phase::Degraded`] before the stores have been reconciled.
    DegradedUnread,
    /// [`Phase::Degraded`] after that.
    Degraded,
    /// [`Phase::Erasing`].
    Erasing,
}

impl PhaseName {
    /// Every name.
    pub const ALL: [Self; 9] = [
        Self::Unread,
        Self::Reading,
        Self::Rereading,
        Self::Synced,
        Self::Flushing,
        Self::Replacing,
        Self::DegradedUnread,
        Self::Degraded,
        Self::Erasing,
    ];
}

/// When pending entries are to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FlushAt {
    /// With the next action.
    #[default]
    Never,
    /// When the timer rings.
    Soon,
    /// As soon as nothing else is under way.
    Now,
}

/// The last action, until its result has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LastAction {
    pub(super) kind: ActionKind,
    /// How many actions there have been.
    pub(super) number: u32,
    /// Whether its records are in the batch that is being written.
    pub(super) in_batch: bool,
    /// What has been told last.
    pub(super) told: Option<SaveStatus>,
}

/// Everything that the machine knows.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct State {
    /// What the tab holds.
    pub contents: Contents,
    pub(super) phase: Phase,
    /// Whether local storage works: the browser does not block it.
    pub(super) local_works: bool,
    /// Whether local storage had no room for the last records.
    pub(super) local_full: bool,
    /// Whether local storage has not been read, because nothing was stored at the start.
    pub(super) local_unread: bool,
    /// How many answers of local storage are due.
    pub(super) local_offers: u32,
    /// Whether it is to be told then how far the pending entries are saved.
    pub(super) concludes: bool,
    /// What waits for `IndexedDB`.
    pub(super) pending: Pending,
    /// The pending records that local storage has not taken: they are in this tab only.
    pub(super) unsaved: Journal,
    pub(super) flush: FlushAt,
    /// The records that were heard of since the last reconciliation: IndexedDB may not have them.
    pub(super) heard: BTreeSet<RecordId>,
    /// Whether something else was heard of since.
    pub(super) heard_other: bool,
    /// Whether the stores are to be reconciled, first or again.
    pub(super) wants_reading: bool,
    /// An erasure that waits, with who waits for it.
    pub(super) wants_erasing: Option<Ticket>,
    /// Replacements that wait.
    pub(super) replacements: Vec<Replacement>,
    /// The removals that this tab knows, with their numbers.
    pub(super) removals: BTreeMap<Scope, u64>,
    /// The removals that `IndexedDB` is known to have.
    pub(super) idb_removals: BTreeMap<Scope, u64>,
    /// The keys that the last reconciliation wrote to local storage: another tab may have removed them
    /// meanwhile.
    pub(super) mirrored: Vec<Key>,
    /// Whether the connection was cut since the last reconciliation.
    pub(super) was_cut: bool,
    /// What local storage held at the start, until the first reconciliation.
    pub(super) start_texts: RawEntries,
    /// How many records the last reconciliation gives back to local storage, until that has taken them.
    pub(super) returning: Option<usize>,
    pub(super) last_action: Option<LastAction>,
    /// How many actions there have been.
    pub(super) actions: u32,
    /// The last delay before a retry of `IndexedDB`, in milliseconds.
    pub(super) retry_delay_ms: i32,
    /// Whether a retry of `IndexedDB` is scheduled.
    pub(super) retry_scheduled: bool,
    /// Whether the browser has been asked for persistent storage.
    pub(super) asked: bool,
    /// Whether local storage knows that `IndexedDB` has held records.
    pub(super) noted_synced: bool,
    /// The latest instant of any draft: after a clock is set back, new typing must still be newer.
    pub(super) last_draft: Instant,
    pub(super) notices: Notices,
    /// The moment of the event that is being handled.
    pub(super) now: Instant,
    pub(super) random: Token,
    /// A fault that a test has planted.
    pub fault: Option<Fault>,
}

impl State {
    /// The state before anything has happened. `device` is a fresh id, in case none is stored.
    #[must_use]
    pub fn new(device: DeviceId) -> Self {
        Self {
            contents: Contents::new(device),
            phase: Phase::Unread,
            local_works: false,
            local_full: false,
            local_unread: false,
            local_offers: 0,
            concludes: false,
            pending: Pending::default(),
            unsaved: Journal::default(),
            flush: FlushAt::Never,
            heard: BTreeSet::new(),
            heard_other: false,
            wants_reading: false,
            wants_erasing: None,
            replacements: Vec::new(),
            removals: BTreeMap::new(),
            idb_removals: BTreeMap::new(),
            mirrored: Vec::new(),
            was_cut: false,
            start_texts: RawEntries::new(),
            returning: None,
            last_action: None,
            actions: 0,
            retry_delay_ms: 0,
            retry_scheduled: false,
            asked: false,
            noted_synced: false,
            last_draft: Instant(0),
            notices: Notices::default(),
            now: Instant(0),
            random: Token(0),
            fault: None,
        }
    }

    pub(super) fn take_moment(&mut self, now: Instant, random: Token) {
        (self.now, self.random) = (now, random);
    }

    /// Whether a test has planted this fault.
    pub(super) fn has_fault(&self, fault: Fault) -> bool {
        cfg!(feature = "faults") && self.fault == Some(fault)
    }

    /// The phase.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The phase's name.
    #[must_use]
    pub fn phase_name(&self) -> PhaseName {
        match &self.phase {
            Phase::Unread => PhaseName::Unread,
            Phase::Reading { first: true, .. } => PhaseName::Reading,
            Phase::Reading { .. } => PhaseName::Rereading,
            Phase::Synced => PhaseName::Synced,
            Phase::Flushing { .. } => PhaseName::Flushing,
            Phase::Replacing { .. } => PhaseName::Replacing,
            Phase::Degraded { first: true, .. } => PhaseName::DegradedUnread,
            Phase::Degraded { .. } => PhaseName::Degraded,
            Phase::Erasing { .. } => PhaseName::Erasing,
        }
    }

    /// Why the last operation on `IndexedDB` has failed, until one succeeds.
    #[must_use]
    pub fn error(&self) -> Option<IdbError> {
        match &self.phase {
            Phase::Unread | Phase::Synced => None,
            Phase::Degraded { error, .. } => Some(*error),
            Phase::Reading { error, .. }
            | Phase::Flushing { error, .. }
            | Phase::Replacing { error, .. }
            | Phase::Erasing { error, .. } => *error,
        }
    }

    /// Whether both stores have been reconciled.
    #[must_use]
    pub fn is_reconciled(&self) -> bool {
        match &self.phase {
            Phase::Unread => false,
            Phase::Synced | Phase::Flushing { .. } | Phase::Replacing { .. } => true,
            Phase::Reading { first, .. }
            | Phase::Degraded { first, .. }
            | Phase::Erasing { first, .. } => !first,
        }
    }

    fn is_idle(&self) -> bool {
        matches!(self.phase, Phase::Unread | Phase::Synced | Phase::Degraded { .. })
    }

    /// Takes over what local storage holds at the start.
    pub(super) fn start(&mut self, local: LocalAtStart, effects: &mut Effects) {
        self.local_works = local != LocalAtStart::Blocked;
        match local {
            LocalAtStart::Blocked => {}
            LocalAtStart::Unread { last_draft } => {
                self.local_unread = true;
                self.last_draft = last_draft;
            }
            LocalAtStart::Holds(local) => {
                self.take_local(&local, effects);
                self.start_texts = local;
            }
        }
    }

    /// Reads `IndexedDB` for the first time, unless nothing was stored.
    pub(super) fn begin(&mut self) {
        if !self.local_unread {
            self.wants_reading = true;
        }
    }

    /// Reconciles again after the page was hidden, in case it has missed something; where nothing was
    /// stored, if local storage is not empty any more.
    pub(super) fn shown(&mut self, found: bool) {
        if found || self.is_reconciled() || self.error().is_some() {
            self.wants_reading = true;
        }
    }

    pub(super) fn want_reading(&mut self) {
        self.wants_reading = true;
    }

    /// Reads or writes again what has failed.
    pub(super) fn retry(&mut self) {
        if self.error().is_some() {
            self.wants_reading |= !self.is_reconciled();
            self.flush = FlushAt::Now;
        }
    }

    /// The time of a timer has come.
    pub(super) fn rang(&mut self, timer: Timer, effects: &mut Effects) {
        match timer {
            Timer::Flush => self.flush_soon_is_now(),
            Timer::Notice(number) => self.report_late(number, effects),
            Timer::Retry => {
                self.retry_scheduled = false;
                if self.error().is_some_and(IdbError::is_retryable) {
                    self.retry();
                }
            }
        }
    }

    /// Schedules a retry of `IndexedDB`: a slow disk may only have been late, and a browser that was
    /// killed may still hold the database.
    pub(super) fn schedule_retry(&mut self, effects: &mut Effects) {
        let may_help = self.error().is_some_and(IdbError::is_retryable);
        let is_needed = !self.is_reconciled() || !self.pending.is_empty();
        if !may_help || !is_needed || self.retry_scheduled {
            return;
        }
        self.retry_scheduled = true;
        self.retry_delay_ms = (2 * self.retry_delay_ms).clamp(RETRY_MIN_MS, RETRY_MAX_MS);
        effects.push(Effect::SetTimer(Timer::Retry, self.retry_delay_ms));
    }

    /// Starts what waits, when nothing is under way: an erasure, then a reading, then what is to be
    /// written.
    pub(super) fn go_on(&mut self, effects: &mut Effects) {
        if !self.is_idle() {
            return;
        }
        if self.flush == FlushAt::Now && self.pending.is_empty() && !self.lacks_removals() {
            self.flush = FlushAt::Never;
        }
        let writes = self.flush == FlushAt::Now || !self.replacements.is_empty();
        if let Some(ticket) = self.wants_erasing.take() {
            self.phase = Phase::Erasing {
                step: Erasing::Counting,
                first: !self.is_reconciled(),
                error: self.error(),
                ticket,
            };
            effects.push(Effect::Read { unless_unchanged: false });
        } else if self.wants_reading || (writes && (!self.is_reconciled() || self.was_cut)) {
            self.wants_reading = false;
            let (first, error) = (!self.is_reconciled(), self.error());
            let has_heard = self.heard_other || !self.heard.is_empty();
            let unless_unchanged = !first && !self.was_cut && error.is_none() && !has_heard;
            self.phase = Phase::Reading { first, stale: false, error };
            effects.push(Effect::Read { unless_unchanged });
        } else if writes {
            self.begin_writing(effects);
        }
    }

    /// The removals that this tab knows, with their numbers.
    #[must_use]
    pub fn removals(&self) -> BTreeMap<Scope, u64> {
        self.removals.clone()
    }

    /// Makes a removal known that is newer than every known one of its scope.
    pub(super) fn remove(&mut self, scope: &Scope) -> Entry {
        let known = self.removals.get(scope).copied().unwrap_or_default();
        let number = stored::next_removal(known, self.now);
        self.merge_removals(BTreeMap::from([(scope.clone(), number)]));
        Entry::removal(scope, number)
    }

    /// Merges removals and returns the scopes of the new ones. Pending entries that a new removal covers
    /// are dropped; pending records stay.
    pub(super) fn merge_removals(&mut self, incoming: BTreeMap<Scope, u64>) -> BTreeSet<Scope> {
        let everything = Scope::everything();
        let is_new = |removals: &BTreeMap<Scope, u64>, scope: &Scope, number: u64| {
            removals.get(scope).is_none_or(|known| *known < number)
        };
        let erases = incoming.get(&everything);
        if erases.is_some_and(|number| is_new(&self.removals, &everything, *number)) {
            // The erasure covers all other removals.
            self.removals.clear();
        }
        let mut new_scopes = BTreeSet::new();
        for (scope, number) in incoming {
            if is_new(&self.removals, &scope, number) {
                self.removals.insert(scope.clone(), number);
                new_scopes.insert(scope);
            }
        }
        if !new_scopes.is_empty() {
            self.pending.drop_covered(&new_scopes);
            if let Phase::Flushing { batch, .. } = &mut self.phase {
                // Should it fail, it must not come after the removal.
                batch.drop_covered(&new_scopes);
            }
        }
        new_scopes
    }

    /// Resets this tab: an empty journal, and a new device id, which is stored when it is needed. Only
    /// the removals stay known.
    pub(super) fn start_over(&mut self, effects: &mut Effects) {
        let Self { contents, pending, unsaved, notices, last_action, .. } = self;
        *contents = Contents::new(DeviceId(self.random));
        let tickets = std::mem::take(&mut pending.tickets);
        *pending = Pending { tickets, ..Pending::default() };
        *unsaved = Journal::default();
        *notices = Notices::default();
        *last_action = None;
        match &mut self.phase {
            Phase::Flushing { batch, .. } => {
                // Should it fail, nothing of it is written later.
                batch.records = Journal::default();
                batch.entries.clear();
            }
            Phase::Replacing { replacement, .. } => replacement.restores_nothing(),
            _ => {}
        }
        for replacement in std::mem::take(&mut self.replacements) {
            // There is nothing left to be taken back.
            effects.push(Effect::Answer(replacement.ticket, Answer::Done(Ok(()))));
        }
        self.returning = None;
        self.start_texts.clear();
        self.heard.clear();
        self.heard_other = false;
        self.mark_stale();
        effects.push(Effect::ShowOpaque(None));
        effects.push(Effect::ReportErased);
        contents::show_all(effects);
    }

    /// Makes a reading that is under way be done again: it may have begun before records were dropped.
    pub(super) fn mark_stale(&mut self) {
        if let Phase::Reading { stale, .. } = &mut self.phase {
            *stale = true;
        }
    }
}
