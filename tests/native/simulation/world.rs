//! The world of a life: tabs, two stores, messages and timers, in one queue ordered by time.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jalons::codec::backup::RawEntries;
use jalons::codec::consultation::OpaqueKey;
use jalons::codec::stored::{self, DraftId, Entry, Key, Scope, wrap};
use jalons::domain::journal::ActionKind;
use jalons::domain::note::NoteDraft;
use jalons::domain::record::{Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use jalons::platform::events::StoredElsewhere;
use jalons::storage::sync::{
    self, Answer, Early, Effect, EntryChange, Event, Fault, Input, LocalAtStart, MirrorOrder,
    PhaseName, Purpose, SaveStatus, Setting, State, Ticket, Timer, Wish,
};
use jalons::storage::{IdbError, TabMessage};

use super::luck::Luck;
use super::oracle::{self, Oracle, Violation};
use super::stores::{Idb, IdbMood, Local, Removals, spoil};
use super::story::{Move, Story, What};

/// The app gives up waiting for `IndexedDB` after this long.
const TIMEOUT_MS: u64 = 5_000;

/// After the last move, this many events must be enough for everything to come to rest.
const CALM_EVENTS: u64 = 3_000;

/// The events of a life, by phase and kind.
pub(crate) type Coverage = BTreeMap<(PhaseName, &'static str), u64>;

/// What a life has seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) events: u64,
    pub(crate) coverage: Coverage,
    pub(crate) faults: BTreeMap<&'static str, u64>,
}

/// A page in a tab.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Tab {
    pub(crate) state: State,
    /// Distinguishes this page from those that were in its place before.
    page: u64,
    frozen: bool,
    /// What a frozen page gets when it thaws.
    deferred: Vec<Happening>,
    /// What waits for the storage chunk.
    early: Early,
    chunk_loading: bool,
    chunk_loaded: bool,
    /// The records written before the chunk was loaded.
    own: BTreeSet<(String, String)>,
    /// The batch of the last merged reading or own write.
    merged_turn: u64,
    missed: bool,
    cut: bool,
    /// What actions have written and nobody has called saved.
    acted: Vec<(String, String)>,
    /// What callers wait for.
    pub(crate) tickets: BTreeMap<Ticket, Asked>,
    last_ticket: Ticket,
    /// The tickets that were answered because the chunk did not arrive.
    refused: BTreeSet<Ticket>,
    /// The last import, while it can be taken back: its records, each with what it has replaced.
    import: Vec<(Record, Option<Record>)>,
    /// Whether a message was lost to it since it last read.
    pub(crate) deaf: bool,
}

/// What a caller waits for.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// These texts are saved.
    Texts(Vec<(String, String)>),
    /// These records are gone, and what they had replaced is back.
    Gone(Vec<(Record, Option<Record>)>),
    /// Everything is erased: these texts, which both stores held.
    Erased(Vec<(String, String)>),
}

/// Something that happens at some time.
#[derive(Clone, Debug)]
enum Happening {
    /// The storage chunk arrives, or not.
    Chunk {
        tab: usize,
        page: u64,
        arrives: bool,
    },
    Idb {
        tab: usize,
        page: u64,
        request: Request,
    },
    Input {
        tab: usize,
        page: u64,
        input: Input,
    },
    /// A transaction that was given up is carried out after all, unless that has happened.
    Late {
        number: u64,
    },
}

#[derive(Clone, Debug)]
enum Request {
    Read { unless_unchanged: bool },
    Write((Vec<Entry>, Removals)),
    Delete,
}

/// A browser and those who use it.
pub(crate) struct World {
    story: Story,
    fault: Option<Fault>,
    pub(crate) now: u64,
    clock: i64,
    luck: Luck,
    pub(crate) local: Local,
    pub(crate) idb: Idb,
    pub(crate) tabs: Vec<Option<Tab>>,
    pages: u64,
    queue: BTreeMap<(u64, u64), Happening>,
    queued: u64,
    /// When the last message from one tab to another arrives.
    lines: BTreeMap<(usize, usize), u64>,
    chunk_missing: bool,
    /// The transactions that pages have given up and that may still be carried out.
    late: Vec<(u64, (Vec<Entry>, Removals))>,
    texts: u64,
    /// The keys whose texts were damaged.
    pub(crate) spoilt: BTreeSet<String>,
    seen: Seen,
    pub(crate) oracle: Oracle,
    calm: bool,
    /// Whether every event is printed.
    is_told: bool,
}

impl World {
    /// Lives a story, and tells what it has seen, or what went wrong and after which move.
    pub(crate) fn live(story: &Story, fault: Option<Fault>) -> Result<Seen, (usize, Violation)> {
        Self::tell(story, fault, false)
    }

    /// Lives a story, and prints every event and effect if `is_told`.
    pub(crate) fn tell(
        story: &Story,
        fault: Option<Fault>,
        is_told: bool,
    ) -> Result<Seen, (usize, Violation)> {
        let mut world = Self {
            story: story.clone(),
            fault,
            now: 1_700_000_000_000,
            clock: 0,
            luck: Luck::new(1),
            local: Local::new(story.local_blocked),
            idb: Idb::default(),
            tabs: (0..story.tabs).map(|_| None).collect(),
            pages: 0,
            queue: BTreeMap::new(),
            queued: 0,
            lines: BTreeMap::new(),
            chunk_missing: false,
            late: Vec::new(),
            texts: 0,
            spoilt: BTreeSet::new(),
            seen: Seen::default(),
            oracle: Oracle::default(),
            calm: false,
            is_told,
        };
        if story.idb_refused {
            world.idb.mood = IdbMood::Refused;
        }
        world.open(0).map_err(|violation| (0, violation))?;
        for (at, step) in story.moves.iter().enumerate() {
            world.carry_out(*step).map_err(|violation| (at + 1, violation))?;
        }
        world.come_to_rest().map_err(|violation| (story.moves.len(), violation))?;
        Ok(world.seen)
    }

    fn carry_out(&mut self, step: Move) -> Result<(), Violation> {
        self.run_until(self.now + step.after)?;
        self.luck = Luck::new(step.luck);
        if let Some(fault) = step.what.fault() {
            *self.seen.faults.entry(fault).or_default() += 1;
        }
        self.happen(step.what)?;
        self.local.keep_past(self.now);
        Ok(())
    }

    /// Ends all faults, shows all tabs, waits until nothing happens any more, and checks everything.
    fn come_to_rest(&mut self) -> Result<(), Violation> {
        let is_undisturbed = self.story.moves.iter().all(|step| step.what.fault().is_none());
        if is_undisturbed && !self.story.idb_refused && !self.story.local_blocked {
            // Where nothing went wrong, all tabs follow each other without being shown again.
            self.run_until(self.now + 10_000)?;
            self.check_contents()?;
        }
        self.calm = true;
        self.local.room = None;
        self.chunk_missing = false;
        if !self.story.idb_refused {
            self.idb.mood = IdbMood::Quick;
        }
        for round in 0..3 {
            for tab in 0..self.tabs.len() {
                if self.tabs[tab].is_none() && round == 0 && tab == 0 {
                    self.open(0)?;
                }
                self.thaw(tab)?;
                self.input(tab, Input::Retried)?;
                self.show(tab)?;
            }
            let before = self.seen.events;
            self.run_until(u64::MAX)?;
            if self.seen.events - before > CALM_EVENTS {
                return Err(Violation::new("it does not come to rest"));
            }
        }
        self.check_rest(false)?;
        // A new page finds everything, and mends what a full store had to leave out.
        for tab in 0..self.tabs.len() {
            self.close(tab)?;
        }
        self.run_until(u64::MAX)?;
        self.open(0)?;
        self.run_until(u64::MAX)?;
        self.check_rest(true)
    }

    fn run_until(&mut self, end: u64) -> Result<(), Violation> {
        let before = self.seen.events;
        while let Some(entry) = self.queue.first_entry() {
            let (at, _) = *entry.key();
            if at > end {
                break;
            }
            let happening = entry.remove();
            self.now = self.now.max(at);
            self.come(happening)?;
            self.local.keep_past(self.now);
            if self.seen.events - before > 10 * CALM_EVENTS {
                return Err(Violation::new("it goes on and on"));
            }
        }
        if end != u64::MAX {
            self.now = self.now.max(end);
        }
        Ok(())
    }

    fn schedule(&mut self, delay: u64, happening: Happening) {
        self.queued += 1;
        self.queue.insert((self.now + delay, self.queued), happening);
    }

    fn page(&mut self, tab: usize, page: u64) -> Option<&mut Tab> {
        self.tabs[tab].as_mut().filter(|open| open.page == page)
    }

    fn come(&mut self, happening: Happening) -> Result<(), Violation> {
        match happening {
            Happening::Chunk { tab, page, arrives } => {
                let Some(open) = self.page(tab, page) else { return Ok(()) };
                if open.frozen {
                    open.deferred.push(Happening::Chunk { tab, page, arrives });
                    return Ok(());
                }
                self.chunk_arrives(tab, arrives)
            }
            Happening::Late { number } => {
                self.carry_out_late(number);
                Ok(())
            }
            Happening::Idb { tab, page, request } => {
                self.answer_idb(tab, page, request);
                Ok(())
            }
            Happening::Input { tab, page, input } => {
                let is_message = matches!(input, Input::Heard { .. });
                let loses = is_message && self.luck.once_in(2);
                let Some(open) = self.page(tab, page) else { return Ok(()) };
                if open.frozen {
                    if loses {
                        open.deaf = true;
                    } else {
                        open.deferred.push(Happening::Input { tab, page, input });
                    }
                    return Ok(());
                }
                let input = match input {
                    Input::Heard { message, .. } => self.heard(message),
                    Input::Read { idb: idb @ (Ok(Some(_)) | Err(IdbError::Refused)), .. } => {
                        Input::Read { idb, local: self.local.texts.clone() }
                    }
                    input => input,
                };
                self.input(tab, input)
            }
        }
    }

    /// A message arrives, with what local storage holds of the drafts in it.
    fn heard(&self, message: TabMessage) -> Input {
        let mut local = Vec::new();
        if let TabMessage::Stored(entries) = &message {
            let held = |entry: &StoredElsewhere| {
                stored::is_draft(&entry.key).then(|| self.local.texts.get(&entry.key).cloned())?
            };
            local = entries.iter().map(held).collect();
        }
        Input::Heard { message, local }
    }

    /// Carries out the transactions up to this one whose pages have given up waiting, or are gone. They
    /// come before all that were begun later.
    fn carry_out_late(&mut self, last: u64) {
        while self.late.first().is_some_and(|(number, _)| *number <= last) {
            let (_, batch) = self.late.remove(0);
            let _ = self.idb.write(&batch, &mut self.luck);
            self.idb.turn = self.luck.next();
        }
    }

    /// Answers a request to `IndexedDB`.
    fn answer_idb(&mut self, tab: usize, page: u64, request: Request) {
        self.carry_out_late(u64::MAX);
        let is_there = self.page(tab, page).is_some();
        if !is_there {
            // The transaction of a page that is gone is carried out, or not.
            if let Request::Write(entries) = request
                && self.luck.once_in(2)
            {
                let _ = self.idb.write(&entries, &mut self.luck);
                self.idb.turn = self.luck.next();
            }
            return;
        }
        let turn = self.idb.turn;
        let input = match request {
            Request::Read { unless_unchanged } => {
                let is_emptied = !self.story.local_blocked && !self.local.holds_any();
                let read = self.idb.read();
                let Some(open) = self.page(tab, page) else { return };
                let is_unchanged = !open.missed && open.merged_turn == turn && !is_emptied;
                let idb = match read {
                    Ok(_) if unless_unchanged && is_unchanged => Ok(None),
                    Ok(texts) => {
                        open.merged_turn = turn;
                        open.missed = false;
                        open.deaf = false;
                        Ok(Some(texts))
                    }
                    Err(error) => Err(error),
                };
                Input::Read { idb, local: RawEntries::new() }
            }
            Request::Write(entries) => {
                let written = self.idb.write(&entries, &mut self.luck);
                if written.is_ok() {
                    self.idb.turn = self.luck.next();
                    let next = self.idb.turn;
                    let Some(open) = self.page(tab, page) else { return };
                    open.missed |= open.merged_turn != turn;
                    open.merged_turn = next;
                }
                Input::Written(written)
            }
            Request::Delete => {
                let deleted = if self.idb.mood == IdbMood::Refused {
                    Err(IdbError::Refused)
                } else {
                    self.idb.texts.clear();
                    self.idb.turn = 0;
                    self.cut_all();
                    Ok(())
                };
                Input::Deleted(deleted)
            }
        };
        // The page gets to know it a little later.
        let delay = self.luck.below(8);
        self.schedule(delay, Happening::Input { tab, page, input });
    }

    /// What happens before the storage chunk has arrived waits; actions and drafts are in local storage
    /// at once.
    fn wait(&mut self, tab: usize, input: Input) {
        let now = Instant(self.now.saturating_add_signed(self.clock));
        let Some(open) = self.tabs[tab].as_mut() else { return };
        let draft = match &input {
            Input::Drafted(id, draft) => open.early.draft(*id, draft, now),
            Input::DraftClosed(id) => open.early.draft(*id, &NoteDraft::default(), now),
            _ => None,
        };
        if let Some(entry) = draft {
            self.put_early(tab, vec![entry]);
        }
        let Some(open) = self.tabs[tab].as_mut() else { return };
        for wish in open.early.wait(input) {
            let delay = match wish {
                Wish::Put(entries) => {
                    self.put_early(tab, entries);
                    continue;
                }
                Wish::LoadSoon => 80,
                Wish::Load => 0,
            };
            let Some(open) = self.tabs[tab].as_mut() else { return };
            if !std::mem::replace(&mut open.chunk_loading, true) {
                let arrives = !self.chunk_missing;
                let page = open.page;
                let delay = delay + 5 + self.luck.below(300);
                self.queued += 1;
                let chunk = Happening::Chunk { tab, page, arrives };
                self.queue.insert((self.now + delay, self.queued), chunk);
            }
        }
    }

    fn put_early(&mut self, tab: usize, entries: Vec<Entry>) {
        let Some(open) = self.tabs[tab].as_mut() else { return };
        let mut took_all = true;
        for entry in entries {
            let is_own =
                |key: &str, text: &str| open.own.contains(&(key.to_owned(), text.to_owned()));
            let random = Token(self.luck.next());
            let put = self.local.put(&entry, &Removals::new(), random, false, is_own);
            took_all &= put.is_ok();
            if put.is_ok()
                && let Some(text) = &entry.text
            {
                open.own.insert((entry.key.to_string(), text.clone()));
            }
        }
        open.early.put(took_all);
    }

    fn chunk_arrives(&mut self, tab: usize, arrives: bool) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        open.chunk_loading = false;
        if arrives {
            open.chunk_loaded = true;
            for input in open.early.take() {
                self.input(tab, input)?;
            }
            return self.input(tab, Input::Rang(Timer::Flush));
        }
        let (status, answers) = open.early.missing();
        let acted =
            if open.early.last_action().is_some() { open.acted.clone() } else { Vec::new() };
        for (ticket, _) in answers {
            open.tickets.remove(&ticket);
            open.refused.insert(ticket);
        }
        self.reported(&acted, status)
    }

    fn cut_all(&mut self) {
        for open in self.tabs.iter_mut().flatten() {
            open.cut = true;
        }
    }

    /// Tells a tab's machine what has happened, and carries out what it asks for.
    fn input(&mut self, tab: usize, input: Input) -> Result<(), Violation> {
        if self.tabs[tab].as_ref().is_some_and(|open| !open.chunk_loaded) {
            self.wait(tab, input);
            return Ok(());
        }
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let now = Instant(self.now.saturating_add_signed(self.clock));
            let random = Token(self.luck.next());
            let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
            if std::mem::take(&mut open.cut) && open.chunk_loaded {
                inputs.push_front(input);
                inputs.push_front(Input::Cut);
                continue;
            }
            self.seen.events += 1;
            let kind = kind(&input);
            *self.seen.coverage.entry((open.state.phase_name(), kind)).or_default() += 1;
            let is_told = self.is_told;
            if is_told {
                println!(
                    "{} tab {tab} {:?} <- {input:?}",
                    self.now % 1_000_000_000,
                    open.state.phase_name()
                );
            }
            let effects = sync::step(&mut open.state, Event { now, random, input });
            if is_told {
                for effect in &effects {
                    println!("        -> {effect:?}");
                }
            }
            let mut answers = VecDeque::new();
            for effect in effects {
                self.effect(tab, effect, &mut answers)?;
            }
            for answer in answers.into_iter().rev() {
                inputs.push_front(answer);
            }
        }
        self.oracle.check_tab(self, tab)
    }

    fn effect(
        &mut self,
        tab: usize,
        effect: Effect,
        answers: &mut VecDeque<Input>,
    ) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let page = open.page;
        match effect {
            Effect::PutLocal { purpose, entries, known } => {
                let can_compare = open.chunk_loaded;
                let mut failed = Vec::new();
                let mut error = None;
                for entry in entries {
                    let is_tried = error.is_none() || purpose == Purpose::Entries;
                    let put = if is_tried {
                        let is_own = |key: &str, text: &str| {
                            open.own.contains(&(key.to_owned(), text.to_owned()))
                        };
                        let random = Token(self.luck.next());
                        self.local.put(&entry, &known, random, can_compare, is_own)
                    } else {
                        Err(error.unwrap_or(jalons::storage::LocalStoreError::Refused))
                    };
                    match put {
                        Ok(()) => {
                            if !can_compare && let Some(text) = &entry.text {
                                open.own.insert((entry.key.to_string(), text.clone()));
                            }
                        }
                        Err(refused) => {
                            error = error.or(Some(refused));
                            failed.push(entry);
                        }
                    }
                }
                answers.push_back(Input::LocalPut { purpose, failed, error });
            }
            Effect::Read { unless_unchanged } => {
                self.request(tab, page, Request::Read { unless_unchanged });
            }
            Effect::Write { entries, known } => {
                self.request(tab, page, Request::Write((entries, known)));
            }
            Effect::Delete => self.request(tab, page, Request::Delete),
            Effect::Tell(message) => self.send(tab, &message),
            Effect::SetTimer(timer, milliseconds) => {
                let delay = u64::try_from(milliseconds).expect("a delay");
                let input = Input::Rang(timer);
                if !(self.calm && matches!(timer, Timer::Notice(_))) {
                    self.schedule(delay, Happening::Input { tab, page, input });
                }
            }
            Effect::AskPersistence | Effect::Show(_) | Effect::ShowOpaque(_) => {}
            Effect::Report(_, status) => {
                let acted = open.acted.clone();
                if status == SaveStatus::Saved {
                    open.acted.clear();
                }
                self.reported(&acted, status)?;
            }
            Effect::ReportErased => {
                open.acted.clear();
                open.import.clear();
            }
            Effect::Answer(ticket, answer) => {
                let asked = open.tickets.remove(&ticket);
                let Some(asked) = asked else {
                    if open.refused.contains(&ticket) {
                        // The chunk came after the caller had been told that it had not.
                        return Ok(());
                    }
                    return Err(Violation::new("a ticket is answered twice"));
                };
                self.answered(tab, asked, answer)?;
            }
        }
        Ok(())
    }

    fn request(&mut self, tab: usize, page: u64, request: Request) {
        // Opening the database makes it.
        self.idb.exists |= self.idb.mood != IdbMood::Refused;
        let latency = match self.idb.mood {
            IdbMood::Slow => 200 + self.luck.below(3_800),
            IdbMood::Silent => {
                let input = match &request {
                    Request::Read { .. } => {
                        Input::Read { idb: Err(IdbError::Timeout), local: RawEntries::new() }
                    }
                    Request::Write(entries) => {
                        if self.luck.once_in(2) {
                            self.queued += 1;
                            let number = self.queued;
                            self.late.push((number, entries.clone()));
                            let delay = 4_000 + self.luck.below(20_000);
                            self.schedule(delay, Happening::Late { number });
                        }
                        Input::Written(Err(IdbError::Timeout))
                    }
                    Request::Delete => Input::Deleted(Err(IdbError::Timeout)),
                };
                return self.schedule(TIMEOUT_MS, Happening::Input { tab, page, input });
            }
            _ => 1 + self.luck.below(30),
        };
        let at = (self.now + latency).max(self.idb.busy_until + 1);
        self.idb.busy_until = at;
        self.schedule(at - self.now, Happening::Idb { tab, page, request });
    }

    fn send(&mut self, from: usize, message: &TabMessage) {
        for to in 0..self.tabs.len() {
            let Some(page) = self.tabs[to].as_ref().map(|open| open.page) else { continue };
            if to == from {
                continue;
            }
            let line = self.lines.get(&(from, to)).copied().unwrap_or_default();
            let at = (self.now + self.luck.below(60)).max(line);
            self.lines.insert((from, to), at);
            let local = Vec::new();
            let input = Input::Heard { message: message.clone(), local };
            self.schedule(at - self.now, Happening::Input { tab: to, page, input });
        }
    }

    fn open(&mut self, tab: usize) -> Result<(), Violation> {
        if self.tabs[tab].is_some() {
            return Ok(());
        }
        self.pages += 1;
        let mut state = State::new(DeviceId(Token(self.luck.next())));
        state.fault = self.fault;
        // The page loads the chunk before it starts, where something is stored.
        let may_hold = self.local.holds_any() || self.idb.exists;
        if may_hold && self.chunk_missing {
            return Ok(());
        }
        self.tabs[tab] = Some(Tab {
            state,
            page: self.pages,
            frozen: false,
            deferred: Vec::new(),
            early: Early::default(),
            chunk_loading: false,
            chunk_loaded: may_hold,
            own: BTreeSet::new(),
            merged_turn: u64::MAX,
            missed: false,
            cut: false,
            acted: Vec::new(),
            tickets: BTreeMap::new(),
            last_ticket: 0,
            refused: BTreeSet::new(),
            import: Vec::new(),
            deaf: false,
        });
        let local = if self.story.local_blocked {
            LocalAtStart::Blocked
        } else if may_hold {
            LocalAtStart::Holds(self.local.texts.clone())
        } else {
            LocalAtStart::Unread { last_draft: Instant(0) }
        };
        self.input(tab, Input::Started(local))?;
        self.input(tab, Input::Begun)
    }

    fn close(&mut self, tab: usize) -> Result<(), Violation> {
        if self.tabs[tab].as_ref().is_some_and(|open| !open.frozen) {
            self.input(tab, Input::Hidden)?;
        }
        self.tabs[tab] = None;
        self.forget_lost();
        Ok(())
    }

    fn show(&mut self, tab: usize) -> Result<(), Violation> {
        if self.tabs[tab].as_ref().is_none_or(|open| open.frozen) {
            return Ok(());
        }
        let found = self.local.holds_any();
        self.input(tab, Input::Hidden)?;
        self.input(tab, Input::Shown { found })
    }

    fn thaw(&mut self, tab: usize) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_mut().filter(|open| open.frozen) else { return Ok(()) };
        open.frozen = false;
        for happening in std::mem::take(&mut open.deferred) {
            self.come(happening)?;
        }
        self.show(tab)
    }

    /// A store or a tab has lost something: what nobody holds any more is nobody's promise.
    fn forget_lost(&mut self) {
        let mut oracle = std::mem::take(&mut self.oracle);
        oracle.forget_lost(self);
        self.oracle = oracle;
    }

    /// A store has lost something, which no tab can know of before it reads the store again.
    fn forget_spoilt(&mut self) {
        let mut oracle = std::mem::take(&mut self.oracle);
        oracle.forget_spoilt(self);
        self.oracle = oracle;
    }

    /// The browser is killed: of the transactions under way, the first have been carried out.
    fn end_transactions(&mut self) {
        let late = std::mem::take(&mut self.late).into_iter().map(|(_, batch)| batch);
        let queue = std::mem::take(&mut self.queue).into_values();
        let writes = queue.filter_map(|happening| match happening {
            Happening::Idb { request: Request::Write(batch), .. } => Some(batch),
            _ => None,
        });
        for batch in late.chain(writes) {
            if self.luck.once_in(2) {
                break;
            }
            let _ = self.idb.write(&batch, &mut self.luck);
            self.idb.turn = self.luck.next();
        }
    }

    fn happen(&mut self, what: What) -> Result<(), Violation> {
        match what {
            What::Open(tab) => self.open(tab)?,
            What::Close(tab) => self.close(tab)?,
            What::Reload(tab) => {
                self.close(tab)?;
                self.open(tab)?;
            }
            What::Hide(tab) => {
                if self.tabs[tab].as_ref().is_some_and(|open| !open.frozen) {
                    self.input(tab, Input::Hidden)?;
                }
            }
            What::Show(tab) => self.show(tab)?,
            What::Freeze(tab) => {
                if self.tabs[tab].as_ref().is_some_and(|open| !open.frozen) {
                    self.input(tab, Input::Hidden)?;
                    if let Some(open) = self.tabs[tab].as_mut() {
                        open.frozen = true;
                    }
                }
            }
            What::Thaw(tab) => self.thaw(tab)?,
            What::Kill => {
                self.tabs.iter_mut().for_each(|open| *open = None);
                self.end_transactions();
                self.local.lose_latest(&mut self.luck);
                self.local.commit();
                self.forget_lost();
                self.open(0)?;
            }
            What::Clock(seconds) => self.clock += 1_000 * seconds,
            What::LocalFull => {
                let size: usize =
                    self.local.texts.iter().map(|(key, text)| key.len() + text.len()).sum();
                self.local.room = Some(size + 100);
            }
            What::LocalRoom => self.local.room = None,
            What::LocalCleared => {
                self.oracle.local_was_damaged();
                self.local.texts.clear();
                self.local.commit();
                self.forget_spoilt();
            }
            What::LocalCommitted => self.local.commit(),
            What::LocalSpoilt => {
                self.oracle.local_was_damaged();
                self.spoilt.extend(spoil_one(&mut self.local.texts, &mut self.luck));
                self.forget_spoilt();
            }
            What::Idb(mood) if !self.story.idb_refused => self.idb.mood = mood,
            What::Idb(_) | What::Wait => {}
            What::IdbCleared => {
                self.oracle.idb_was_damaged();
                self.idb.texts.clear();
                self.idb.exists = false;
                self.idb.turn = 0;
                self.cut_all();
                self.forget_spoilt();
            }
            What::IdbSpoilt => {
                self.oracle.idb_was_damaged();
                self.spoilt.extend(spoil_one(&mut self.idb.texts, &mut self.luck));
                self.forget_spoilt();
            }
            What::Cut => self.cut_all(),
            What::ChunkMissing => self.chunk_missing = true,
            What::ChunkBack => self.chunk_missing = false,
            deed => return self.deed(deed),
        }
        Ok(())
    }

    /// A person does something in a tab that is open and awake.
    fn deed(&mut self, deed: What) -> Result<(), Violation> {
        let (What::Write(tab, _)
        | What::DeleteNote(tab, _)
        | What::Retry(tab)
        | What::CloseNotice(tab)
        | What::DropLoser(tab)
        | What::Import(tab, _)
        | What::UndoImport(tab)
        | What::Type(tab, _)
        | What::CloseDraft(tab, _)
        | What::Prepare(tab, _)
        | What::Cast(tab, _)
        | What::CastMany(tab, _, _)
        | What::DeleteConsultation(tab, _)
        | What::ReplaceConsultation(tab, _)
        | What::BecomeUrn(tab, _)
        | What::LeaveUrn(tab)
        | What::Export(tab)
        | What::DeclineName(tab)
        | What::DismissNotices(tab)
        | What::Ask(tab)
        | What::RetryReading(tab)
        | What::Erase(tab)) = deed
        else {
            return Ok(());
        };
        if self.tabs[tab].as_ref().is_none_or(|open| open.frozen) {
            return Ok(());
        }
        self.texts += 1;
        match deed {
            What::Write(_, note) => self.write(tab, note, false),
            What::DeleteNote(_, note) => self.write(tab, note, true),
            What::Retry(_) => {
                self.input(tab, Input::Acted { kind: ActionKind::Written, records: Vec::new() })
            }
            What::CloseNotice(_) => self.input(tab, Input::NoticeClosed),
            What::DropLoser(_) => self.drop_loser(tab),
            What::Import(_, count) => self.import(tab, count),
            What::UndoImport(_) => self.undo_import(tab),
            What::Type(_, draft) => {
                let text = format!("typed {}", self.texts);
                let draft_text = NoteDraft { text, ..NoteDraft::default() };
                self.input(tab, Input::Drafted(draft_id(draft), draft_text))
            }
            What::CloseDraft(_, draft) => self.close_draft(tab, draft),
            What::Prepare(_, poll) => {
                let entry = self.poll_entry(poll);
                self.save_opaque(tab, vec![EntryChange::Put(entry)], MirrorOrder::First)
            }
            What::Cast(_, poll) => {
                let entry = ballot(poll, self.texts);
                self.save_opaque(tab, vec![EntryChange::Put(entry)], MirrorOrder::First)
            }
            What::CastMany(_, poll, count) => {
                let first = 1_000_000 * self.texts;
                let entries =
                    (0..u64::from(count)).map(|at| EntryChange::Put(ballot(poll, first + at)));
                self.save_opaque(tab, entries.collect(), MirrorOrder::First)
            }
            What::DeleteConsultation(_, poll) => {
                let changes = vec![EntryChange::Remove(poll_scope(poll))];
                self.save_opaque(tab, changes, MirrorOrder::First)
            }
            What::ReplaceConsultation(_, poll) => {
                let mut changes = vec![EntryChange::Remove(poll_scope(poll))];
                changes.push(EntryChange::Put(self.poll_entry(poll)));
                changes.push(EntryChange::Put(ballot(poll, self.texts)));
                self.save_opaque(tab, changes, MirrorOrder::Last)
            }
            What::BecomeUrn(_, poll) => {
                // A device stops being one urn before it becomes another.
                self.leave_urn(tab)?;
                let id = Some(format!("{:016x}", (self.texts << 8) + u64::from(poll)));
                self.input(tab, Input::Set(Setting::Urn(id)))
            }
            What::LeaveUrn(_) => self.leave_urn(tab),
            What::Export(_) => self.input(tab, Input::Set(Setting::Exported)),
            What::DeclineName(_) => self.input(tab, Input::Set(Setting::Unnamed)),
            What::DismissNotices(_) => self.input(tab, Input::Set(Setting::NoticesDismissed)),
            What::Ask(_) => self.input(tab, Input::Asked),
            What::RetryReading(_) => self.input(tab, Input::Retried),
            _ => self.erase(tab),
        }
    }

    fn write(&mut self, tab: usize, note: u8, deletes: bool) -> Result<(), Violation> {
        let at = Instant(self.now.saturating_add_signed(self.clock));
        let text = self.texts;
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let id = note_id(note);
        let held = open.state.contents.journal.get(id);
        if deletes && held.is_none() {
            return Ok(());
        }
        let device = open.state.contents.device;
        let stamp = Stamp::after(held.map(Record::stamp), at, device);
        let record = if deletes { tombstone(id, stamp) } else { note_record(id, stamp, text) };
        // As a dispatched action: the journal has changed before the machine is told.
        open.state.contents.journal.put(record.clone());
        let stored = text_of(&record);
        open.acted.push(stored);
        self.input(tab, Input::Acted { kind: ActionKind::Written, records: vec![record] })
    }

    fn drop_loser(&mut self, tab: usize) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let Some(loser) = open.state.contents.losers.first().cloned() else { return Ok(()) };
        let key = Entry::conflict_loser(loser.clone()).key;
        let known = vec![(key.to_string(), loser.clone())];
        self.hear_removal(tab, &Scope::of(&key))?;
        self.input(tab, Input::LoserDropped(loser))?;
        self.removed(tab, &Scope::of(&key), known);
        Ok(())
    }

    /// The tab reads the removals of local storage before it makes one.
    fn hear_removal(&mut self, tab: usize, scope: &Scope) -> Result<(), Violation> {
        let key = Key::Removal(scope.clone()).to_string();
        let can_read = self.tabs[tab].as_ref().is_some_and(|open| open.chunk_loaded);
        if let (Some(value), true) = (self.local.texts.get(&key).cloned(), can_read) {
            let entry = StoredElsewhere { key, value: Some(value) };
            let message = TabMessage::Stored(vec![entry]);
            self.input(tab, Input::Heard { message, local: vec![None] })?;
        }
        Ok(())
    }

    /// The number of the last removal of a scope that a tab knows. With a clock that was set back, a store
    /// may have a greater one that the tab has not read; what it will be is not known yet.
    fn number(&self, tab: usize, scope: &Scope) -> Option<u64> {
        let number = self.tabs[tab].as_ref()?.state.removals().get(scope).copied()?;
        let key = Key::Removal(scope.clone()).to_string();
        let held = |texts: &RawEntries| stored::removal_number(texts.get(&key)?);
        let is_behind =
            held(&self.local.texts) > Some(number) || held(&self.idb.texts) > Some(number);
        (!is_behind).then_some(number)
    }

    /// Notes that a removal was made, of what both stores and the tab held.
    fn removed(&mut self, tab: usize, scope: &Scope, mut known: Vec<(String, String)>) {
        for store in [&self.local.texts, &self.idb.texts] {
            for (first, last) in scope.ranges() {
                let texts = store.range(first..=last);
                known.extend(texts.map(|(key, text)| (key.clone(), text.clone())));
            }
        }
        if let Some(number) = self.number(tab, scope) {
            self.oracle.removed(scope, number, known);
        }
    }

    fn import(&mut self, tab: usize, count: u32) -> Result<(), Violation> {
        let text = self.texts;
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let device = DeviceId(Token(0xfeed));
        let mut records = Vec::new();
        let journal = &mut open.state.contents.journal;
        open.import.clear();
        // Another device has edited the first note, if there is one.
        if let Some(held) = journal.get(note_id(0)).cloned() {
            let stamp = Stamp::after(Some(held.stamp()), Instant(5), device);
            let edited = note_record(held.id(), stamp, text);
            open.import.push((edited.clone(), Some(held)));
            records.push(edited);
        }
        for at in 0..count {
            let stamp = Stamp { edit: 1, at: Instant(5), device };
            let record = note_record(imported_id(text, u64::from(at)), stamp, text);
            open.import.push((record.clone(), None));
            records.push(record);
        }
        for record in &records {
            journal.put(record.clone());
        }
        let texts = records.iter().map(text_of).collect();
        let ticket = open.ask(Asked::Texts(texts));
        self.input(tab, Input::Imported { records, entries: Vec::new(), ticket })
    }

    fn undo_import(&mut self, tab: usize) -> Result<(), Violation> {
        let local = self.local.texts.clone();
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        // As a journal is rolled back: what has been edited since stays.
        let mut import = std::mem::take(&mut open.import);
        let journal = &mut open.state.contents.journal;
        import.retain(|(record, _)| journal.get(record.id()) == Some(record));
        if import.is_empty() {
            return Ok(());
        }
        let removed: Vec<_> = import.iter().map(|(record, _)| record.id()).collect();
        let gone: BTreeSet<_> = removed.iter().copied().collect();
        journal.forget(|id| gone.contains(&id));
        let restored: Vec<_> = import.iter().filter_map(|(_, before)| before.clone()).collect();
        for record in &restored {
            journal.put(record.clone());
        }
        let is_in_local = |id: &&RecordId| local.contains_key(&Key::Record(**id).to_string());
        let in_local = removed.iter().filter(is_in_local).copied().collect();
        let ticket = open.ask(Asked::Gone(import));
        let changes = Vec::new();
        self.input(tab, Input::Replaced { removed, in_local, restored, changes, ticket })
    }

    fn close_draft(&mut self, tab: usize, draft: u8) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_ref() else { return Ok(()) };
        let mut drafts = open.state.contents.drafts.iter();
        let id = draft_id(draft);
        let shown = drafts.find(|open| open.id == id).map(|open| open.key);
        let key = Key::Draft(shown.unwrap_or(id)).to_string();
        let mut known = Vec::new();
        // A draft that the tab does not show cannot be discarded there.
        for store in [&self.local.texts, &self.idb.texts].into_iter().filter(|_| shown.is_some()) {
            known.extend(store.get(&key).map(|text| (key.clone(), text.clone())));
        }
        self.input(tab, Input::DraftClosed(draft_id(draft)))?;
        // The end of a draft is a text of its own; where it is stored, the draft is gone.
        let ended = self.tabs[tab].as_ref().map(|open| open.state.entries());
        if let Some(text) = ended.and_then(|entries| entries.get(&key).cloned()) {
            self.oracle.ended(&key, &text, known);
        }
        Ok(())
    }

    fn leave_urn(&mut self, tab: usize) -> Result<(), Violation> {
        let Some(open) = self.tabs[tab].as_ref() else { return Ok(()) };
        if open.state.contents.urn.is_none() {
            return Ok(());
        }
        let scope = Scope::of(&Key::Local(stored::DeviceSetting::Urn));
        self.hear_removal(tab, &scope)?;
        self.input(tab, Input::Set(Setting::Urn(None)))?;
        self.removed(tab, &scope, Vec::new());
        Ok(())
    }

    fn erase(&mut self, tab: usize) -> Result<(), Violation> {
        let known = [&self.local.texts, &self.idb.texts].into_iter().flatten();
        let known = known.map(|(key, text)| (key.clone(), text.clone())).collect();
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let ticket = open.ask(Asked::Erased(known));
        self.input(tab, Input::Erased(ticket))
    }

    fn save_opaque(
        &mut self,
        tab: usize,
        changes: Vec<EntryChange>,
        mirror: MirrorOrder,
    ) -> Result<(), Violation> {
        let mut texts = Vec::new();
        let mut scopes = Vec::new();
        for change in &changes {
            match change {
                EntryChange::Put(entry) => {
                    texts.extend(entry.text.clone().map(|text| (entry.key.to_string(), text)));
                }
                EntryChange::Remove(scope) => scopes.push(scope.clone()),
            }
        }
        for scope in &scopes {
            self.hear_removal(tab, scope)?;
        }
        let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
        let ticket = open.ask(Asked::Texts(texts));
        let before: Vec<_> = scopes.iter().map(|scope| self.covered(scope)).collect();
        self.input(tab, Input::OpaqueChanged { changes, mirror, ticket })?;
        for (scope, known) in scopes.iter().zip(before) {
            if let Some(number) = self.number(tab, scope) {
                self.oracle.removed(scope, number, known);
            }
        }
        Ok(())
    }

    /// What both stores hold in a scope.
    fn covered(&self, scope: &Scope) -> Vec<(String, String)> {
        let mut known = Vec::new();
        for store in [&self.local.texts, &self.idb.texts] {
            for (first, last) in scope.ranges() {
                let texts = store.range(first..=last);
                known.extend(texts.map(|(key, text)| (key.clone(), text.clone())));
            }
        }
        known
    }

    fn poll_entry(&self, poll: u8) -> Entry {
        Entry { key: poll_key(poll), text: Some(wrap(&format!("{:012}", self.texts), "rules")) }
    }

    /// A tab tells how far its actions are saved.
    fn reported(
        &mut self,
        acted: &[(String, String)],
        status: SaveStatus,
    ) -> Result<(), Violation> {
        let mut oracle = std::mem::take(&mut self.oracle);
        let checked = oracle.acknowledge(self, acted, status);
        self.oracle = oracle;
        checked
    }

    fn answered(&mut self, tab: usize, asked: Asked, answer: Answer) -> Result<(), Violation> {
        match (asked, answer) {
            (Asked::Texts(texts), Answer::Saved(status)) => self.reported(&texts, status),
            (Asked::Gone(import), Answer::Done(Ok(()))) => {
                self.oracle.gone(import.iter().map(|(record, _)| text_of(record)).collect());
                Ok(())
            }
            (Asked::Gone(import), Answer::Done(Err(_))) => {
                // The caller takes its records back, with the undo data.
                let Some(open) = self.tabs[tab].as_mut() else { return Ok(()) };
                for (record, _) in &import {
                    open.state.contents.journal.put(record.clone());
                }
                open.import = import;
                Ok(())
            }
            (Asked::Erased(known), Answer::Done(Ok(()))) => {
                self.oracle.erased();
                let scope = Scope::everything();
                if let Some(number) = self.number(tab, &scope) {
                    self.oracle.removed(&scope, number, written(known));
                }
                Ok(())
            }
            (Asked::Erased(_), Answer::Done(Err(_))) => Ok(()),
            (asked, answer) => Err(Violation::new(&format!("{asked:?} is answered by {answer:?}"))),
        }
    }

    fn check_rest(&mut self, is_fresh: bool) -> Result<(), Violation> {
        let mut oracle = std::mem::take(&mut self.oracle);
        let checked = oracle.check_rest(self, is_fresh);
        self.oracle = oracle;
        checked
    }

    fn check_contents(&mut self) -> Result<(), Violation> {
        oracle::check_contents(self, false)
    }

    pub(crate) fn is_local_blocked(&self) -> bool {
        self.story.local_blocked
    }

    pub(crate) fn is_idb_refused(&self) -> bool {
        self.story.idb_refused
    }
}

impl Tab {
    fn ask(&mut self, asked: Asked) -> Ticket {
        self.last_ticket += 1;
        self.tickets.insert(self.last_ticket, asked);
        self.last_ticket
    }
}

/// What people have written among these texts.
fn written(texts: Vec<(String, String)>) -> Vec<(String, String)> {
    let is_written = |(key, text): &(String, String)| match Key::parse(key) {
        Ok(Key::Record(_) | Key::Opaque(_) | Key::ConflictLoser(_)) => true,
        Ok(Key::Draft(_)) => !stored::is_no_draft(text),
        _ => false,
    };
    texts.into_iter().filter(is_written).collect()
}

/// Damages a text, and returns its key.
fn spoil_one(texts: &mut RawEntries, luck: &mut Luck) -> Option<String> {
    let at = usize::try_from(luck.below(texts.len() as u64)).expect("an index");
    let (key, text) = texts.iter_mut().nth(at)?;
    let whole = text.clone();
    *text = spoil(&whole, luck);
    let can_be_told = !stored::is_readable(key, "");
    if can_be_told && stored::is_readable(key, text) {
        // A record has no checksum: a letter that has become another one is nobody's business here.
        text.clear();
    }
    Some(key.clone())
}

pub(crate) fn note_id(note: u8) -> RecordId {
    format!("note/1.2/{:016x}", 0xa0 + u64::from(note)).parse().expect("an id")
}

fn imported_id(import: u64, at: u64) -> RecordId {
    format!("note/2.1/{:016x}", (import << 32) + at).parse().expect("an id")
}

fn draft_id(draft: u8) -> DraftId {
    let item = ["1.1", "1.2", "2.1", "2.2"][usize::from(draft % 4)];
    DraftId::New(item.parse().expect("an id"))
}

fn poll_key(poll: u8) -> Key {
    Key::parse(&format!("jalons/v1/consultation/{:016x}", 0xc000 + u64::from(poll))).expect("a key")
}

fn poll_scope(poll: u8) -> Scope {
    Scope::of(&poll_key(poll))
}

fn ballot(poll: u8, number: u64) -> Entry {
    let poll = 0xc000 + u64::from(poll);
    let key = format!("jalons/v1/ballot/{poll:016x}/ffffffff-ffff-4fff-bfff-{number:012x}");
    debug_assert!(OpaqueKey::parse(&key).is_some());
    Entry { key: Key::parse(&key).expect("a key"), text: Some(wrap("1", "a ballot")) }
}

pub(crate) fn note_record(id: RecordId, stamp: Stamp, text: u64) -> Record {
    let Stamp { edit, at: Instant(at), device } = stamp;
    let json = format!(
        r#"{{"id":"{id}","stamp":{{"edit":{edit},"at":{at},"device":"{device}"}},"body":{{"note":{{"kind":"idea","text":"text {text}","private":false,"created":5,"wording":"00000000"}}}}}}"#
    );
    stored::record(id, &json).expect("a record")
}

fn tombstone(id: RecordId, stamp: Stamp) -> Record {
    Record::new(id, stamp, jalons::domain::record::Body::Deleted).expect("a tombstone")
}

/// A record's key and text.
pub(crate) fn text_of(record: &Record) -> (String, String) {
    let entry = Entry::record(record).expect("JSON");
    (entry.key.to_string(), entry.text.unwrap_or_default())
}

/// The name of an input, for the table of what has been tried. A new kind of input does not compile
/// before it has one.
pub(crate) fn kind(input: &Input) -> &'static str {
    match input {
        Input::Started(_) => "started",
        Input::Begun => "begun",
        Input::LocalPut { error: None, .. } => "local storage took",
        Input::LocalPut { .. } => "local storage refused",
        Input::Read { idb: Ok(Some(_)), .. } => "read",
        Input::Read { idb: Ok(None), .. } => "unchanged",
        Input::Read { .. } => "reading failed",
        Input::Written(Ok(())) => "written",
        Input::Written(Err(_)) => "writing failed",
        Input::Deleted(_) => "deleted",
        Input::Cut => "cut",
        Input::Heard { .. } => "heard",
        Input::Rang(Timer::Flush) => "flush timer",
        Input::Rang(Timer::Notice(_)) => "notice timer",
        Input::Rang(Timer::Retry) => "retry timer",
        Input::Shown { .. } => "shown",
        Input::Hidden => "hidden",
        Input::Asked => "asked",
        Input::Retried => "retried",
        Input::Acted { .. } => "acted",
        Input::NoticeClosed => "notice closed",
        Input::Lost(_) => "conflict lost",
        Input::LoserDropped(_) => "loser dropped",
        Input::Drafted(..) => "drafted",
        Input::DraftClosed(_) => "draft closed",
        Input::Set(_) => "setting",
        Input::OpaqueChanged { .. } => "ballots",
        Input::Imported { .. } => "imported",
        Input::Replaced { .. } => "import undone",
        Input::Erased(_) => "erased",
    }
}
