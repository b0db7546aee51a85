//! What a person is told when storing goes wrong, in the machine and in ARCHITECTURE.

use std::collections::{BTreeSet, VecDeque};

use jalons::codec::backup::RawEntries;
use jalons::codec::stored::{Entry, Key};
use jalons::domain::journal::ActionKind;
use jalons::domain::record::Record;
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use jalons::storage::IdbError;
use jalons::storage::sync::{
    self, Effect, Event, Input, LocalAtStart, Purpose, QuotaNotice, SaveStatus, State, Timer,
};
use jalons::text::notices;

use super::luck::Luck;
use super::stores::{Idb, IdbMood, Local};
use super::world::{note_id, note_record};

/// A page over two stores that answer at once.
struct Page {
    state: State,
    local: Local,
    idb: Idb,
    luck: Luck,
    timers: VecDeque<Timer>,
    /// How far the last action was said to be saved.
    reported: Option<SaveStatus>,
}

impl Page {
    fn new(local: Local, idb: Idb) -> Self {
        let state = State::new(DeviceId(Token(7)));
        let (luck, timers, reported) = (Luck::new(1), VecDeque::new(), None);
        Self { state, local, idb, luck, timers, reported }
    }

    fn start(&mut self) {
        let start = if self.local.is_blocked {
            LocalAtStart::Blocked
        } else if self.local.holds_any() || self.idb.exists {
            LocalAtStart::Holds(self.local.texts.clone())
        } else {
            LocalAtStart::Unread { last_draft: Instant(0) }
        };
        self.input(Input::Started(start));
        self.input(Input::Begun);
    }

    fn write(&mut self) {
        let record = written();
        self.state.contents.journal.put(record.clone());
        self.input(Input::Acted { kind: ActionKind::Written, records: vec![record] });
        while let Some(timer) = self.timers.pop_front() {
            // A retry would change nothing.
            if timer != Timer::Retry {
                self.input(Input::Rang(timer));
            }
        }
    }

    fn input(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let event = Event { now: Instant(9), random: Token(self.luck.next()), input };
            for effect in sync::step(&mut self.state, event) {
                inputs.extend(self.carry_out(effect));
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::PutLocal { purpose, entries, known } => {
                let (mut failed, mut error) = (Vec::new(), None);
                for entry in entries {
                    let random = Token(self.luck.next());
                    let put = self.local.put(&entry, &known, random, true, |_, _| true);
                    if error.is_some() && purpose != Purpose::Entries {
                        failed.push(entry);
                    } else if let Err(refused) = put {
                        error = error.or(Some(refused));
                        failed.push(entry);
                    }
                }
                Some(Input::LocalPut { purpose, failed, error })
            }
            Effect::Read { .. } => {
                let silent = self.idb.mood == IdbMood::Silent;
                let idb = if silent { Err(IdbError::Timeout) } else { self.idb.read() };
                Some(Input::Read { idb: idb.map(Some), local: self.local.texts.clone() })
            }
            Effect::Write { entries, known } => {
                let silent = self.idb.mood == IdbMood::Silent;
                let written = self.idb.write(&(entries, known), &mut self.luck);
                Some(Input::Written(if silent { Err(IdbError::Timeout) } else { written }))
            }
            Effect::SetTimer(timer, _) => {
                self.timers.push_back(timer);
                None
            }
            Effect::Report(_, status) => {
                self.reported = Some(status);
                None
            }
            _ => None,
        }
    }

    /// The stores that hold the written record.
    fn kept_in(&self) -> &'static str {
        let key = Key::Record(written().id()).to_string();
        let has = |texts: &RawEntries| texts.contains_key(&key);
        match (has(&self.idb.texts), has(&self.local.texts)) {
            (true, true) => "both stores",
            (true, false) => "IndexedDB",
            (false, true) => "local storage",
            (false, false) if self.state.is_at_risk() => "the tab",
            (false, false) => "–",
        }
    }

    /// What the person reads: about the action, and the banners.
    fn said(&self) -> String {
        let status = self.state.status();
        let mut said = Vec::new();
        said.extend(self.reported.map(|status| match status {
            SaveStatus::Saved => notices::kept(),
            SaveStatus::LocalStorageOnly => notices::kept_less(),
            SaveStatus::Pending => notices::not_kept(),
            SaveStatus::Failed => notices::failed(),
        }));
        let banners = [
            (status.awaits_idb, notices::late_title()),
            (status.blocked, notices::blocked_title()),
            (status.full, notices::full_title()),
            (status.other_version, notices::newer_title()),
            (status.unreadable > 0, notices::unreadable_title()),
            (status.recovered > 0, notices::found_title()),
            (status.quota_notice == QuotaNotice::Shown, notices::quota_notice_title()),
        ];
        said.extend(banners.into_iter().filter_map(|(is_shown, title)| is_shown.then_some(title)));
        // A sentence's second half explains the first.
        let short = |words: &str| {
            let words = words.replace(['\u{a0}', '\u{202f}'], " ");
            words.split(" :").next().unwrap_or_default().to_owned()
        };
        let mut said: Vec<_> =
            said.into_iter().map(|words| format!("« {} »", short(words))).collect();
        if self.state.is_at_risk() {
            said.push("the browser asks before it closes the tab".to_owned());
        }
        said.join(", ")
    }
}

/// The record that the person writes.
fn written() -> Record {
    note_record(note_id(1), Stamp { edit: 1, at: Instant(9), device: DeviceId(Token(7)) }, 1)
}

/// A store that holds the record.
fn filled() -> RawEntries {
    let Entry { key, text } = Entry::record(&written()).expect("a record");
    RawEntries::from([(key.to_string(), text.expect("a text"))])
}

fn local(texts: RawEntries, room: Option<usize>) -> Local {
    let mut local = Local::new(false);
    (local.texts, local.room) = (texts, room);
    local
}

fn idb(texts: RawEntries, mood: IdbMood) -> Idb {
    Idb { exists: !texts.is_empty(), texts, mood, ..Idb::default() }
}

/// A page on which the person writes a note.
fn acts(local: Local, idb: Idb) -> Page {
    let mut page = Page::new(local, idb);
    page.start();
    page.write();
    page
}

/// A page that finds what these stores hold.
fn finds(local: Local, idb: Idb) -> Page {
    let mut page = Page::new(local, idb);
    page.start();
    page
}

/// What happens, and the page that has lived it.
fn cases() -> Vec<(&'static str, Page)> {
    use IdbMood::{Aborting, Full, Quick, Refused, Silent};
    let none = RawEntries::new;
    let damaged = || filled().into_keys().map(|key| (key, "{".to_owned())).collect::<RawEntries>();
    let newer = || RawEntries::from([("jalons/v2/record".to_owned(), "?".to_owned())]);
    let marked = || RawEntries::from([("jalons/v1/local/paired".to_owned(), "1".to_owned())]);
    vec![
        ("nothing goes wrong", acts(local(none(), None), idb(none(), Quick))),
        ("local storage is full", acts(local(none(), Some(0)), idb(none(), Quick))),
        ("local storage is blocked", acts(Local::new(true), idb(none(), Quick))),
        ("IndexedDB is refused", acts(local(none(), None), idb(none(), Refused))),
        ("IndexedDB aborts transactions", acts(local(none(), None), idb(none(), Aborting))),
        ("IndexedDB is full", acts(local(none(), None), idb(none(), Full))),
        ("IndexedDB does not answer", acts(local(none(), None), idb(none(), Silent))),
        ("both are full", acts(local(none(), Some(0)), idb(none(), Full))),
        ("both are refused", acts(Local::new(true), idb(none(), Refused))),
        ("IndexedDB, which may hold records, does not answer at the start", {
            finds(local(marked(), None), idb(filled(), Silent))
        }),
        ("local storage was emptied", finds(local(none(), None), idb(filled(), Quick))),
        ("IndexedDB was emptied", {
            let mut held = filled();
            held.extend(marked());
            finds(local(held, None), idb(none(), Quick))
        }),
        ("a text is damaged in one store", finds(local(damaged(), None), idb(filled(), Quick))),
        ("a text is damaged in both", finds(local(damaged(), None), idb(damaged(), Quick))),
        ("a newer version has stored something", finds(local(newer(), None), idb(none(), Quick))),
    ]
}

/// ARCHITECTURE's table says what the machine says.
#[test]
fn the_table_of_what_is_said_is_the_machines() {
    let page = include_str!("../../../ARCHITECTURE.md");
    let (_, table) = page.split_once("| what happens | kept in | what is said |").expect("a table");
    let (table, _) = table.split_once("\n\n").expect("its end");
    let written: BTreeSet<_> = table.lines().skip(2).collect();
    let lived: Vec<_> = cases()
        .into_iter()
        .map(|(what, page)| format!("| {what} | {} | {} |", page.kept_in(), page.said()))
        .collect();
    let expected: BTreeSet<_> = lived.iter().map(String::as_str).collect();
    assert!(written == expected, "the table should be\n{}", lived.join("\n"));
}
