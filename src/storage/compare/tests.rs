//! Random lives of both stores: writes, removals, reloads and kills in any order.
//!
//! The model stores what the browser stores: IndexedDB the acknowledged entries, local storage all
//! entries, or after a kill its contents at some earlier moment.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::codec::stored::{Resolution, Scope, resolve, wrap};
use crate::domain::stamp::Instant;

/// One key of each kind that can be removed; one removal covers two of them.
const KEYS: [&str; 5] = [
    "jalons/v1/record/note/1.2/00c0ffee00c0ffee",
    "jalons/v1/lost/0000000000000001",
    "jalons/v1/local/urn",
    "jalons/v1/consultation/00c0ffee00c0ffee",
    "jalons/v1/ballot/00c0ffee00c0ffee/ffffffff-ffff-4fff-bfff-ffffffffffff",
];

#[derive(Clone, Debug)]
enum Event {
    /// A new text is written under a key.
    Put(usize),
    /// The entry under a key is removed, with the others that the removal covers.
    Remove(usize),
    /// Everything is erased, which reads IndexedDB first.
    Erase,
    /// The stores are compared if they have not been, and the pending entries are written to IndexedDB.
    Flush,
    /// The same, but IndexedDB fails.
    Fail,
    /// A new text is written to IndexedDB alone, as large batches are.
    PutInVault(usize),
    /// The page is loaded again: the entries pending for IndexedDB are gone.
    Reload,
    /// The browser is killed: local storage loses its latest writes.
    Kill(Index),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..KEYS.len()).prop_map(Event::Put),
        3 => (0..KEYS.len()).prop_map(Event::Remove),
        1 => Just(Event::Erase),
        4 => Just(Event::Flush),
        1 => Just(Event::Fail),
        2 => (0..KEYS.len()).prop_map(Event::PutInVault),
        2 => Just(Event::Reload),
        2 => any::<Index>().prop_map(Event::Kill),
    ]
}

/// A text under a key, greater than every one with a smaller number.
fn text(key: &Key, number: u64) -> String {
    match key {
        Key::Record(id) => format!(
            r#"{{"id":"{id}","stamp":{{"edit":{number},"at":5,"device":"0000000000000001"}},"body":"deleted"}}"#
        ),
        // The key is derived from the text.
        Key::ConflictLoser(_) => "a version".to_owned(),
        Key::Opaque(_) => wrap(&format!("{number:020}"), "content"),
        _ => format!("{number:020}"),
    }
}

/// Offers an entry to a store, by the rule of both stores.
fn offer_to(store: &mut RawEntries, entry: &Entry) {
    let name = entry.key.to_string();
    let Some(text) = &entry.text else { return drop(store.remove(&name)) };
    if store.get(&name).is_some_and(|held| resolve(&entry.key, held, text) == Resolution::KeepHeld)
    {
        return;
    }
    if let Key::Removal(scope) = &entry.key {
        store.retain(|key, _| !covers(scope, key));
    }
    store.insert(name, text.clone());
}

fn covers(scope: &Scope, key: &str) -> bool {
    scope.ranges().iter().any(|(first, last)| (first.as_str()..=last.as_str()).contains(&key))
}

/// The history of one key.
#[derive(Default)]
struct History {
    /// The text that is in both stores for certain; `None` for no text.
    settled: Option<String>,
    /// The changes since, the latest last.
    since: Vec<Option<String>>,
}

struct Device {
    idb: RawEntries,
    local: RawEntries,
    /// The contents of local storage since the browser was started, one after each change.
    past: Vec<RawEntries>,
    pending: Vec<Entry>,
    removals: BTreeMap<Scope, u64>,
    synced: bool,
    /// Whether the browser has been killed since the stores were compared.
    killed: bool,
    clock: u64,
    histories: BTreeMap<&'static str, History>,
}

impl Device {
    fn new() -> Self {
        let histories = KEYS.into_iter().map(|key| (key, History::default()));
        Self {
            idb: RawEntries::new(),
            local: RawEntries::new(),
            past: vec![RawEntries::new()],
            pending: Vec::new(),
            removals: BTreeMap::new(),
            synced: false,
            killed: false,
            clock: 0,
            histories: histories.collect(),
        }
    }

    fn happen(&mut self, event: &Event) -> Result<(), TestCaseError> {
        self.clock += 1;
        match event {
            Event::Put(at) => {
                let key = Key::parse(KEYS[*at]).expect("a key");
                let text = text(&key, self.clock);
                self.store(Entry { key, text: Some(text.clone()) });
                self.done(|key| (key == KEYS[*at]).then(|| Some(text.clone())));
            }
            Event::Remove(at) => {
                let scope = Scope::of(&Key::parse(KEYS[*at]).expect("a key"));
                self.remove(&scope);
                self.done(|key| covers(&scope, key).then_some(None));
            }
            Event::Erase => {
                self.merge_removals(stored::removals(&self.idb));
                self.pending.clear();
                let scope = Scope::everything();
                self.remove(&scope);
                self.done(|key| covers(&scope, key).then_some(None));
            }
            Event::Flush => return self.flush(),
            // The batch stays pending.
            Event::Fail => {}
            Event::PutInVault(at) => {
                self.start_sync()?;
                let key = Key::parse(KEYS[*at]).expect("a key");
                let text = text(&key, self.clock);
                offer_to(&mut self.idb, &Entry { key, text: Some(text.clone()) });
                let history = self.histories.entry(KEYS[*at]).or_default();
                *history = History { settled: Some(text), since: Vec::new() };
            }
            Event::Reload => self.start(),
            Event::Kill(context) => {
                self.local = self.past[context.index(self.past.len())].clone();
                self.killed = true;
                self.start();
                self.past = vec![self.local.clone()];
            }
        }
        self.past.push(self.local.clone());
        Ok(())
    }

    fn start(&mut self) {
        self.pending.clear();
        self.synced = false;
        self.removals = stored::removals(&self.local);
    }

    /// As [`SyncState::merge_removals`](super::super::state::SyncState::merge_removals).
    fn merge_removals(&mut self, incoming: BTreeMap<Scope, u64>) {
        let everything = Scope::everything();
        if incoming.get(&everything) > self.removals.get(&everything) {
            self.removals.clear();
            self.pending.retain(|entry| !stored::is_removal(entry));
        }
        for (scope, number) in incoming {
            let known = self.removals.entry(scope).or_default();
            *known = number.max(*known);
        }
    }

    fn remove(&mut self, scope: &Scope) {
        let known =
            [&self.removals, &stored::removals(&self.local)].map(|all| all.get(scope).copied());
        let known = known.into_iter().flatten().max().unwrap_or_default();
        let number = stored::next_removal(known, Instant(self.clock));
        self.merge_removals(BTreeMap::from([(scope.clone(), number)]));
        self.pending.retain(|entry| !covers(scope, &entry.key.to_string()));
        self.store(Entry::removal(scope, number));
    }

    fn store(&mut self, entry: Entry) {
        offer_to(&mut self.local, &entry);
        self.pending.push(entry);
    }

    fn done(&mut self, what: impl Fn(&str) -> Option<Option<String>>) {
        for (key, history) in &mut self.histories {
            history.since.extend(what(key));
        }
    }

    /// Compares the stores as a start does, and begins a batch for IndexedDB.
    fn start_sync(&mut self) -> Result<(), TestCaseError> {
        if !self.synced {
            let (mut held, mut local) = (self.idb.clone(), self.local.clone());
            stored::drop_removed(&mut held, &mut local);
            for texts in [&held, &local] {
                self.merge_removals(stored::removals(texts));
            }
            let compared = compare(&Journal::default(), &held, &local);
            compared.to_local.iter().for_each(|entry| offer_to(&mut self.local, entry));
            compared.to_idb.iter().for_each(|entry| offer_to(&mut self.idb, entry));
            self.synced = true;
            prop_assert_eq!(&self.idb, &self.local);
        }
        for (scope, number) in &self.removals {
            // The removals that IndexedDB lacks go before all other entries.
            offer_to(&mut self.idb, &Entry::removal(scope, *number));
        }
        Ok(())
    }

    /// Compares the stores and writes the pending entries.
    fn flush(&mut self) -> Result<(), TestCaseError> {
        self.start_sync()?;
        for entry in std::mem::take(&mut self.pending) {
            offer_to(&mut self.local, &entry);
            offer_to(&mut self.idb, &entry);
        }
        let killed = std::mem::take(&mut self.killed);
        for (key, history) in &mut self.histories {
            let lies = self.idb.get(*key).cloned();
            let since = std::mem::take(&mut history.since);
            if killed {
                let may_be = lies == history.settled || since.contains(&lies);
                prop_assert!(may_be, "{} is {:?}", key, lies);
            } else {
                let latest = since.into_iter().last().unwrap_or(history.settled.take());
                prop_assert_eq!(&lies, &latest, "{}", key);
            }
            history.settled = lies;
        }
        self.past.push(self.local.clone());
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// A quarantined version that the person had discarded came back when the page was loaded again
    /// within 80 ms: one store had deleted it, the other still had it, and nothing told which was newer.
    #[test]
    fn what_is_removed_stays_removed_and_what_is_written_stays_there(
        events in proptest::collection::vec(event(), 1..40),
    ) {
        let mut device = Device::new();
        for event in &events {
            device.happen(event)?;
        }
        device.happen(&Event::Flush)?;
    }
}
