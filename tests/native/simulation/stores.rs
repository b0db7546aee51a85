//! The two stores as browsers have them: what they take, what they lose, and how late they answer.

use std::collections::{BTreeMap, VecDeque};

use jalons::codec::backup::RawEntries;
use jalons::codec::stored::{self, Entry, KEY_NAMESPACE, Key, Resolution, Scope, resolve};
use jalons::domain::stamp::Token;
use jalons::storage::{IdbError, LocalStoreError};

use super::luck::Luck;

/// `localStorage` commits to the disk at most this much later (`docs/storage.md`, the assumptions).
pub(crate) const LOCAL_LAG_MS: u64 = 60_000;

/// `localStorage`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Local {
    pub(crate) is_blocked: bool,
    /// How many characters it takes; `None` for more than a life writes.
    pub(crate) room: Option<usize>,
    pub(crate) texts: RawEntries,
    /// What it held after each change of the last minute, oldest first.
    past: VecDeque<(u64, RawEntries)>,
    /// Whether it was written since.
    is_changed: bool,
}

/// How `IndexedDB` behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum IdbMood {
    /// It answers within 30 ms.
    #[default]
    Quick,
    /// It answers within 4 s.
    Slow,
    /// It does not answer, or only after the app has given up waiting.
    Silent,
    /// The browser refuses it.
    Refused,
    /// Transactions are aborted.
    Aborting,
    /// It has no room.
    Full,
}

/// `IndexedDB`: one database with one store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Idb {
    pub(crate) mood: IdbMood,
    /// Whether there is a database: a page that finds one loads the storage chunk before it starts.
    pub(crate) exists: bool,
    pub(crate) texts: RawEntries,
    /// Changes with each batch.
    pub(crate) turn: u64,
    /// Transactions are carried out one after the other.
    pub(crate) busy_until: u64,
}

/// The keys of removals begin like this.
const FIRST_REMOVAL: &str = "jalons/v1/removed/";

/// Removals with their numbers.
pub(crate) type Removals = BTreeMap<Scope, u64>;

/// Applies an entry to a store by the rule that both executors follow: the quarantined text's key is
/// returned, and whether anything was written.
fn apply(texts: &mut RawEntries, entry: &Entry, known: &Removals, random: Token) {
    let stored = |scope: &Scope| {
        stored::removal_number(texts.get(&Key::Removal(scope.clone()).to_string())?)
    };
    let has_removals = texts.range(FIRST_REMOVAL.to_owned()..).next();
    let has_removals = has_removals.is_some_and(|(key, _)| key.starts_with(FIRST_REMOVAL));
    if has_removals && stored::is_overtaken(entry, known, &stored) {
        return;
    }
    let name = entry.key.to_string();
    let Some(offered) = &entry.text else { return drop(texts.remove(&name)) };
    if let Some(held) = texts.get(&name) {
        match resolve(&entry.key, held, offered) {
            Resolution::KeepHeld => return,
            Resolution::Replace => {}
            Resolution::ReplaceAndQuarantine => {
                let held = held.clone();
                texts.insert(entry.key.quarantine(random).to_string(), held);
            }
        }
    }
    if let Key::Removal(scope) = &entry.key {
        for (first, last) in scope.ranges() {
            if first == last {
                texts.remove(&first);
                continue;
            }
            let covered: Vec<_> = texts.range(first..=last).map(|(key, _)| key.clone()).collect();
            for key in covered {
                texts.remove(&key);
            }
        }
    }
    texts.insert(name, offered.clone());
}

impl Local {
    pub(crate) fn new(is_blocked: bool) -> Self {
        let past = VecDeque::from([(0, RawEntries::new())]);
        Self { is_blocked, past, ..Self::default() }
    }

    /// Writes an entry, as `LocalStore::put` does. A page that has not loaded the storage chunk cannot
    /// compare records.
    pub(crate) fn put(
        &mut self,
        entry: &Entry,
        known: &Removals,
        random: Token,
        can_compare: bool,
        is_own: impl Fn(&str, &str) -> bool,
    ) -> Result<(), LocalStoreError> {
        if self.is_blocked {
            return Err(LocalStoreError::Refused);
        }
        let name = entry.key.to_string();
        if let (Some(held), Some(offered), Key::Record(_), false) =
            (self.texts.get(&name), &entry.text, &entry.key, can_compare)
            && held != offered
            && !is_own(&name, held)
        {
            return Err(LocalStoreError::Unread);
        }
        self.is_changed = true;
        let mut next = None;
        if let Some(room) = self.room
            && entry.text.is_some()
        {
            let mut tried = self.texts.clone();
            apply(&mut tried, entry, known, random);
            let size: usize = tried.iter().map(|(key, text)| key.len() + text.len()).sum();
            let before: usize = self.texts.iter().map(|(key, text)| key.len() + text.len()).sum();
            if size > room && size > before {
                return Err(LocalStoreError::Full);
            }
            next = Some(tried);
        }
        match next {
            Some(next) => self.texts = next,
            None => apply(&mut self.texts, entry, known, random),
        }
        Ok(())
    }

    pub(crate) fn holds_any(&self) -> bool {
        !self.is_blocked && self.texts.keys().any(|key| key.starts_with(KEY_NAMESPACE))
    }

    /// Keeps what it holds now, in case the browser is killed.
    pub(crate) fn keep_past(&mut self, now: u64) {
        if std::mem::take(&mut self.is_changed) {
            self.past.push_back((now, self.texts.clone()));
        }
        // The state from before the last minute is the oldest that can come back.
        while self.past.get(1).is_some_and(|(since, _)| since + LOCAL_LAG_MS < now) {
            self.past.pop_front();
        }
    }

    /// The browser is killed: what it wrote lately is lost.
    pub(crate) fn lose_latest(&mut self, luck: &mut Luck) {
        self.is_changed = false;
        let at = usize::try_from(luck.below(self.past.len() as u64)).expect("an index");
        self.past.truncate(at + 1);
        if let Some((_, texts)) = self.past.back() {
            self.texts = texts.clone();
        }
    }

    /// What it holds is on the disk.
    pub(crate) fn commit(&mut self) {
        self.past.clear();
        self.past.push_back((0, self.texts.clone()));
    }
}

impl Idb {
    /// Carries out a batch, all of it or nothing.
    pub(crate) fn write(
        &mut self,
        (entries, known): &(Vec<Entry>, Removals),
        luck: &mut Luck,
    ) -> Result<(), IdbError> {
        match self.mood {
            IdbMood::Quick | IdbMood::Slow | IdbMood::Silent => {}
            IdbMood::Refused => return Err(IdbError::Refused),
            IdbMood::Aborting => return Err(IdbError::Aborted),
            IdbMood::Full => return Err(IdbError::Full),
        }
        self.exists = true;
        for entry in entries {
            apply(&mut self.texts, entry, known, Token(luck.next()));
        }
        Ok(())
    }

    pub(crate) fn read(&self) -> Result<RawEntries, IdbError> {
        match self.mood {
            IdbMood::Quick | IdbMood::Slow | IdbMood::Silent | IdbMood::Full => {
                Ok(self.texts.clone())
            }
            IdbMood::Refused => Err(IdbError::Refused),
            IdbMood::Aborting => Err(IdbError::Aborted),
        }
    }
}

/// Damages a text: a bit flips, or its end is missing.
pub(crate) fn spoil(text: &str, luck: &mut Luck) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.is_empty() || luck.once_in(3) {
        bytes.truncate(usize::try_from(luck.below(bytes.len() as u64)).expect("an index"));
    } else {
        let at = usize::try_from(luck.below(bytes.len() as u64)).expect("an index");
        bytes[at] ^= 1 << luck.below(7);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
