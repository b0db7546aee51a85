//! Carries out what the machine asks for, and tells it what has happened.
//!
//! Until the storage chunk has arrived, what happens waits in [`Early`]; all else here is in the chunk.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};

use super::deferred::Deferred;
use super::idb::{IdbError, IdbStore};
use super::local::LocalStore;
use super::sync::{
    self, Answer, Early, Effect, EntryChange, Event, FLUSH_DELAY_MS, Input, NOTICE_DELAY_MS, Part,
    Purpose, State, Ticket, Timer, Wish,
};
use super::tabs::{TabMessage, Tabs};
use super::{Reports, SaveStatus, Storage};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, DraftId, Entry, Inventory, Key, Scope};
use crate::domain::note::NoteDraft;
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::events::StoredElsewhere;
use crate::platform::storage_quota::{self, Persisted, StorageQuota};
use crate::platform::{clock, rng, timers};

/// Called with opaque entries that another tab saved, or with `None` when all of them were erased.
pub(super) type OpaqueListener = Box<dyn Fn(Option<Vec<StoredElsewhere>>)>;

/// The machine, its executors and those who listen to it. It lives as long as the page.
pub(super) struct Core {
    pub(super) state: RefCell<State>,
    /// What waits for the storage chunk.
    early: RefCell<Early>,
    /// Whether the chunk is being loaded.
    loading: Cell<bool>,
    /// What has happened while an event was being handled.
    inputs: RefCell<VecDeque<Input>>,
    busy: Cell<bool>,
    pub(super) idb: IdbStore,
    /// How many closed connections the machine knows of.
    closings: Cell<u32>,
    pub(super) tabs: Option<Tabs>,
    tickets: Cell<Ticket>,
    waiting: RefCell<Vec<(Ticket, Deferred<Answer>)>>,
    /// What the machine said of its state at last.
    pub(super) is_at_risk: Cell<bool>,
    pub(super) has_read: Cell<bool>,
    pub(super) is_reading: Cell<bool>,
    pub(super) opaque_listener: RefCell<Option<OpaqueListener>>,
    pub(super) reports: RefCell<Option<Reports>>,
    pub(super) in_idb: RefCell<Inventory>,
    pub(super) quota: Cell<Option<StorageQuota>>,
    pub(super) persisted: Cell<Persisted>,
}

impl Core {
    /// `has_read` says whether there is nothing to be read.
    pub(super) fn new(state: State, has_read: bool) -> &'static Self {
        Box::leak(Box::new(Self {
            state: RefCell::new(state),
            early: RefCell::default(),
            loading: Cell::default(),
            inputs: RefCell::default(),
            busy: Cell::default(),
            idb: IdbStore::default(),
            closings: Cell::default(),
            tabs: Tabs::open(),
            tickets: Cell::default(),
            waiting: RefCell::default(),
            is_at_risk: Cell::default(),
            has_read: Cell::new(has_read),
            is_reading: Cell::new(!has_read),
            opaque_listener: RefCell::default(),
            reports: RefCell::default(),
            in_idb: RefCell::default(),
            quota: Cell::default(),
            persisted: Cell::default(),
        }))
    }

    /// Whether the machine is told what happens; before, it waits.
    fn has_machine(&self) -> bool {
        chunks::is_loaded(STORAGE_CHUNK) && self.early.borrow().is_empty()
    }

    fn resolve(&self, ticket: Ticket, answer: Answer) {
        let mut waiting = self.waiting.borrow_mut();
        if let Some(at) = waiting.iter().position(|(of, _)| *of == ticket) {
            waiting.swap_remove(at).1.resolve(answer);
        }
    }
}

/// Tells the machine what has happened.
#[lazy_chunk(storage)]
fn run(storage: Storage, input: Input) -> bool {
    storage.run(input);
    true
}

impl Storage {
    /// Tells the machine what has happened, or keeps it until the machine is there. Once the owner of
    /// the signals is gone, nobody follows any more.
    pub(super) fn send(self, input: Input) {
        let Some(core) = self.core.try_get_value() else { return };
        if core.has_machine() {
            run(self, input);
        } else {
            self.wait(input);
        }
    }

    /// Writes a draft to local storage as long as there is no machine.
    pub(super) fn put_early_draft(self, id: DraftId, draft: &NoteDraft) {
        let Some(core) = self.core.try_get_value() else { return };
        if core.has_machine() {
            return;
        }
        let entry = core.early.borrow_mut().draft(id, draft, clock::now());
        if let Some(entry) = entry {
            self.put_early(&[entry]);
        }
    }

    fn put_early(self, entries: &[Entry]) {
        let core = self.core();
        let took = entries.iter().all(|entry| self.put_local(entry));
        core.early.borrow_mut().put(took);
        core.is_at_risk.set(core.early.borrow().is_at_risk());
    }

    fn wait(self, input: Input) {
        let core = self.core();
        let wishes = core.early.borrow_mut().wait(input);
        for wish in wishes {
            match wish {
                Wish::Put(entries) => {
                    self.put_early(&entries);
                    let late = move || self.report_early(SaveStatus::Pending);
                    timers::set_timeout(NOTICE_DELAY_MS, Box::new(late));
                }
                Wish::LoadSoon => {
                    timers::set_timeout(FLUSH_DELAY_MS, Box::new(move || self.load_chunk()));
                }
                Wish::Load => self.load_chunk(),
            }
        }
    }

    /// Reports how far the last action is saved that waits for the chunk.
    fn report_early(self, status: SaveStatus) {
        let core = self.core();
        let kind = core.early.borrow().last_action();
        if let (Some(kind), Some(reports)) = (kind, &*core.reports.borrow()) {
            (reports.saved)(kind, status);
        }
    }

    fn load_chunk(self) {
        let core = self.core();
        if core.early.borrow().is_empty() || core.loading.replace(true) {
            return;
        }
        timers::spawn(Box::pin(async move {
            let loaded = chunks::load(STORAGE_CHUNK).await;
            core.loading.set(false);
            if loaded {
                self.start_machine();
                return;
            }
            let (status, answers) = core.early.borrow().missing();
            self.report_early(status);
            for (ticket, answer) in answers {
                core.resolve(ticket, answer);
            }
            let blocked = status == SaveStatus::Failed;
            if self.status.get_untracked().blocked != blocked {
                self.status.update(|now| now.blocked = blocked);
            }
            self.checked.notify();
        }));
    }

    /// Tells the machine everything that has happened before it was there.
    pub(super) fn start_machine(self) {
        let early = self.core().early.borrow_mut().take();
        for input in early {
            run(self, input);
        }
        run(self, Input::Rang(Timer::Flush));
    }

    fn run(self, input: Input) {
        let core = self.core();
        core.inputs.borrow_mut().push_back(input);
        if core.busy.replace(true) {
            return;
        }
        loop {
            let closings = core.idb.closings();
            let input = if core.closings.replace(closings) == closings {
                core.inputs.borrow_mut().pop_front()
            } else {
                Some(Input::Cut)
            };
            let Some(input) = input else { break };
            let event = Event { now: clock::now(), random: rng::token(), input };
            let effects = sync::step(&mut core.state.borrow_mut(), event);
            // Local storage answers at once: its answers come before all that waits, in their order.
            let mut answers = Vec::new();
            for effect in effects {
                answers.extend(self.carry_out(core, effect));
            }
            let mut inputs = core.inputs.borrow_mut();
            for answer in answers.into_iter().rev() {
                inputs.push_front(answer);
            }
        }
        core.busy.set(false);
        let state = core.state.borrow();
        core.is_at_risk.set(state.is_at_risk());
        core.has_read.set(state.has_read());
        core.is_reading.set(state.is_reading());
        let status = state.status();
        drop(state);
        if self.status.get_untracked() != status {
            self.status.set(status);
        }
    }

    /// Tells the machine, and resolves to its answer.
    pub(super) fn ask(self, input: impl FnOnce(Ticket) -> Input) -> Deferred<Answer> {
        let core = self.core();
        let ticket = core.tickets.get();
        core.tickets.set(ticket + 1);
        let answer = Deferred::default();
        core.waiting.borrow_mut().push((ticket, answer.clone()));
        self.send(input(ticket));
        answer
    }

    pub(super) fn core(self) -> &'static Core {
        self.core.get_value()
    }

    pub(super) fn with_state<T>(self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.core().state.borrow())
    }

    /// Carries out an effect, and returns what local storage has answered.
    fn carry_out(self, core: &'static Core, effect: Effect) -> Option<Input> {
        match effect {
            Effect::PutLocal { purpose, entries, known } => {
                return Some(self.put_in_local(purpose, entries, &known));
            }
            Effect::Read { unless_unchanged } => {
                timers::spawn(Box::pin(self.read(core.idb.clone(), unless_unchanged)));
            }
            Effect::Write { entries, known } => {
                let idb = core.idb.clone();
                timers::spawn(Box::pin(async move {
                    self.send(Input::Written(idb.write(entries, known).await));
                }));
            }
            Effect::Delete => {
                let idb = core.idb.clone();
                timers::spawn(Box::pin(async move {
                    self.send(Input::Deleted(idb.erase().await));
                }));
            }
            Effect::Tell(message) => {
                if let Some(tabs) = &core.tabs {
                    tabs.send(&message);
                }
            }
            Effect::SetTimer(timer, milliseconds) => {
                timers::set_timeout(milliseconds, Box::new(move || self.send(Input::Rang(timer))));
            }
            Effect::AskPersistence => self.ask_for_persistence(),
            Effect::Show(part) => self.show(core, part),
            Effect::ShowOpaque(entries) => {
                if let Some(listener) = &*core.opaque_listener.borrow() {
                    listener(entries);
                }
            }
            Effect::Report(kind, status) => {
                if let Some(reports) = &*core.reports.borrow() {
                    (reports.saved)(kind, status);
                }
            }
            Effect::ReportErased => {
                if let Some(reports) = &*core.reports.borrow() {
                    (reports.erased)();
                }
            }
            Effect::Answer(ticket, answer) => core.resolve(ticket, answer),
        }
        None
    }

    fn show(self, core: &Core, part: Part) {
        let contents = &core.state.borrow().contents;
        match part {
            Part::Journal => self.journal.notify(),
            Part::Losers => self.conflict_losers.set(contents.losers.clone()),
            Part::Merged => self.merged.set(contents.merged.clone()),
            Part::Name => self.name_declined.set(contents.unnamed),
            Part::Urn => {
                if self.urn.get_untracked() != contents.urn {
                    self.urn.set(contents.urn.clone());
                }
            }
            Part::Health => self.checked.notify(),
        }
    }

    /// Writes entries to local storage: settings and removals each, others up to the first that it does
    /// not take.
    fn put_in_local(
        self,
        purpose: Purpose,
        entries: Vec<Entry>,
        known: &BTreeMap<Scope, u64>,
    ) -> Input {
        let mut failed = Vec::new();
        let mut error = None;
        for entry in entries {
            let is_tried = error.is_none() || purpose == Purpose::Entries;
            let put =
                self.local.filter(|_| is_tried).map(|local| local.put(&entry, known, rng::token()));
            match put {
                Some(Ok(())) => {}
                Some(Err(refused)) => {
                    error = error.or(Some(refused));
                    failed.push(entry);
                }
                None => failed.push(entry),
            }
        }
        Input::LocalPut { purpose, failed, error }
    }

    async fn read(self, idb: IdbStore, unless_unchanged: bool) {
        let is_emptied = self.local.is_some_and(LocalStore::is_empty);
        let held = if unless_unchanged && !is_emptied && idb.is_unchanged().await {
            Ok(None)
        } else {
            idb.read().await.map(Some)
        };
        let local = match &held {
            Ok(Some(_)) | Err(IdbError::Refused) => self.local.map(LocalStore::entries),
            _ => None,
        };
        if let Ok(Some(_)) = &held {
            idb.mark_merged();
        }
        self.send(Input::Read { idb: held, local: local.unwrap_or_default() });
    }

    /// Passes on a message of another tab.
    pub(super) fn hear(self, message: TabMessage) {
        let mut local = Vec::new();
        if let TabMessage::Stored(entries) = &message {
            let held = |entry: &StoredElsewhere| {
                let key = stored::is_draft(&entry.key).then(|| Key::parse(&entry.key).ok())??;
                self.local?.text(&key)
            };
            local = entries.iter().map(held).collect();
        }
        self.send(Input::Heard { message, local });
    }

    /// Passes on what another tab has written to local storage, where tabs have no channel. A key that is
    /// missing there says nothing: the records of many devices are in IndexedDB alone.
    pub fn hear_local(self, stored: StoredElsewhere) {
        if stored.value.is_some() {
            self.hear(TabMessage::Stored(vec![stored]));
        }
    }

    /// Tells the machine the removals of these scopes that another tab has made, should its message be
    /// late: the next removal must be newer.
    pub(super) fn hear_removals(self, changes: &[EntryChange]) {
        let mut entries = Vec::new();
        for change in changes {
            if let (EntryChange::Remove(scope), Some(local)) = (change, self.local) {
                let key = Key::Removal(scope.clone());
                let value = local.text(&key);
                if value.is_some() {
                    entries.push(StoredElsewhere { key: key.to_string(), value });
                }
            }
        }
        if !entries.is_empty() {
            self.hear(TabMessage::Stored(entries));
        }
    }

    /// Writes an entry that IndexedDB need not have to local storage.
    pub(crate) fn put_local(self, entry: &Entry) -> bool {
        let known = self.with_state(State::removals);
        self.local.is_some_and(|storage| storage.put(entry, &known, rng::token()).is_ok())
    }

    /// Asks the browser for persistent storage.
    pub fn ask_for_persistence(self) {
        let core = self.core();
        timers::spawn(Box::pin(async move {
            core.persisted.set(storage_quota::request_persistence().await);
            self.checked.notify();
        }));
    }

    /// What IndexedDB and local storage hold now; of an unreadable IndexedDB nothing.
    pub(super) async fn both_stores(self) -> (RawEntries, RawEntries, bool) {
        let idb = self.core().idb.read().await;
        let local = self.local.map(LocalStore::entries).unwrap_or_default();
        let may_have = self.with_state(State::may_have_database);
        let is_whole = idb.is_ok() || (idb == Err(IdbError::Refused) && !may_have);
        (idb.unwrap_or_default(), local, is_whole)
    }
}
