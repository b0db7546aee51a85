//! What bringing a copy back would do to what is held, and the way back from it.

use std::collections::BTreeMap;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};

use super::RawEntries;
use super::read::{Beside, RefusedPoll, book_among, entries_of, poll_among};
use crate::codec::stored::{Entry, Key, Resolution, Scope, StoredKind, encode, merged, resolve};
use crate::domain::consultation::{JoinError, JoinPlan, Poll, StageChange};
use crate::domain::journal::{MergeCounts, Merged};
use crate::domain::record::Record;

/// What comes back of what lies beside records, and what that changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restoring {
    /// What each kind of thing meets.
    pub tallies: BTreeMap<StoredKind, MergeCounts>,
    /// What is to be stored.
    pub entries: Vec<Entry>,
    /// Versions to be set aside again.
    pub set_aside: Vec<Record>,
    /// Consultations that are held here too: their ballots come together as those of files do.
    pub joined: Vec<JoinPlan>,
    /// The titles of those of them whose vote is closed in the copy and goes on here.
    pub stays_open: Vec<String>,
    /// The titles of consultations that are held here with other rules.
    pub other_rules: Vec<String>,
    /// Consultations that this app could not have written.
    pub refused: Vec<RefusedPoll>,
    /// How many values only another version of the app can read.
    pub strange: usize,
}

impl Restoring {
    /// Plans the return of `beside` to where `held` is in use. `adopts` says whether nobody has been
    /// anybody there yet, so that the device of the copy comes back with it.
    #[must_use]
    pub fn plan(beside: Beside, held: &RawEntries, adopts: bool) -> Self {
        let Beside {
            device,
            facts,
            drafts,
            set_aside,
            bytes,
            polls,
            papers,
            waiting,
            refused,
            strange,
        } = beside;
        let mut plan = Self { refused, strange, ..Self::default() };
        if adopts {
            let device = device.map(|id| Entry { key: Key::Device, text: Some(id.to_string()) });
            plan.entries.extend(device);
            plan.entries.extend(facts);
        }
        for entry in drafts.into_iter().chain(bytes).chain(waiting) {
            plan.offer(held, entry);
        }
        for record in set_aside {
            let Ok(text) = encode(&record) else { continue };
            let is_held = held.contains_key(&Entry::lost(text).key.to_string());
            plan.tally(StoredKind::SetAside, if is_held { Met::Same } else { Met::New });
            if !is_held {
                plan.set_aside.push(record);
            }
        }
        for poll in polls {
            plan.poll(held, &poll);
        }
        for entry in papers {
            plan.paper(held, entry);
        }
        plan
    }

    /// How many things would be other than they are.
    #[must_use]
    pub fn changes(&self) -> usize {
        let disputed = self.joined.iter().map(|plan| plan.disputed.len()).sum::<usize>();
        self.tallies.values().map(|tally| tally.new + tally.newer).sum::<usize>() + disputed
    }

    fn offer(&mut self, held: &RawEntries, entry: Entry) {
        let Entry { key, text: Some(offered) } = &entry else { return };
        let met = match held.get(&key.to_string()) {
            None => Met::New,
            Some(held) if held == offered => Met::Same,
            Some(held) if resolve(key, held, offered) == Resolution::KeepHeld => Met::Older,
            Some(_) => Met::Newer,
        };
        self.tally(StoredKind::of(key), met);
        if matches!(met, Met::New | Met::Newer) {
            self.entries.push(entry);
        }
    }

    fn poll(&mut self, held: &RawEntries, poll: &Poll) {
        let Some(here) = poll_among(held, poll.consultation.id) else {
            self.tally(StoredKind::Consultation, Met::New);
            for _ in poll.urn.ballots() {
                self.tally(StoredKind::Ballot, Met::New);
            }
            return self.entries.extend(entries_of(poll));
        };
        let book = book_among(held, poll.consultation.id);
        let title = || poll.consultation.title().to_owned();
        let plan = match JoinPlan::new(Some(&here), &book, poll) {
            Ok(plan) => plan,
            Err(JoinError::Rules(..)) => return self.other_rules.push(title()),
            Err(why) => {
                let why = why.into();
                return self.refused.push(RefusedPoll { title: title(), why });
            }
        };
        let is_same = matches!(plan.stage, StageChange::Stays | StageChange::Closes);
        if plan.stage == StageChange::Closes {
            self.stays_open.push(title());
        }
        self.tally(StoredKind::Consultation, if is_same { Met::Same } else { Met::Newer });
        let ballots = self.tallies.entry(StoredKind::Ballot).or_default();
        *(if plan.late { &mut ballots.older } else { &mut ballots.new }) += plan.fresh.len();
        ballots.identical += plan.identical;
        ballots.older += plan.refused.len();
        ballots.conflicts += plan.conflicts.len() + plan.disputed.len() + plan.waiting.len();
        if plan.changes() {
            self.joined.push(plan);
        }
    }

    /// A paper that is being keyed here goes on being keyed: what a copy has of it stays there.
    fn paper(&mut self, held: &RawEntries, entry: Entry) {
        let met = match held.get(&entry.key.to_string()) {
            None => Met::New,
            Some(held) if Some(held) == entry.text.as_ref() => Met::Same,
            Some(_) => Met::Older,
        };
        self.tally(StoredKind::Paper, met);
        if met == Met::New {
            self.entries.push(entry);
        }
    }

    fn tally(&mut self, kind: StoredKind, met: Met) {
        let tally = self.tallies.entry(kind).or_default();
        *match met {
            Met::New => &mut tally.new,
            Met::Same => &mut tally.identical,
            Met::Newer => &mut tally.newer,
            Met::Older => &mut tally.older,
        } += 1;
    }
}

/// How something that is offered stands to what is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    New,
    Same,
    Newer,
    Older,
}

/// Something beside records that a merge has stored, for taking it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// Where; of a consultation the key of the whole.
    key: String,
    /// A fingerprint of what was stored there.
    wrote: u64,
    /// What lay there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

/// The way back from storing these entries where `held` is in use.
#[must_use]
pub fn way_back(entries: &[Entry], held: &RawEntries) -> Vec<Brought> {
    let texts = texts_of(entries);
    let mut brought: BTreeMap<String, Brought> = BTreeMap::new();
    for Entry { key, .. } in entries {
        // What came with its consultation goes with it.
        let whole = Scope::of(key).sealed().filter(|whole| texts.contains_key(whole));
        let name = whole.unwrap_or_else(|| key.to_string());
        let wrote = || Brought {
            before: held.get(&name).cloned(),
            wrote: fingerprint(&texts, &name),
            key: name.clone(),
        };
        brought.entry(name.clone()).or_insert_with(wrote);
    }
    brought.into_values().collect()
}

/// Entries as they lie in a store.
#[must_use]
pub fn texts_of(entries: &[Entry]) -> RawEntries {
    let lies = |Entry { key, text }: &Entry| Some((key.to_string(), text.clone()?));
    entries.iter().filter_map(lies).collect()
}

/// What taking the last merge back needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreUndo {
    /// What it changed among the records.
    pub records: Merged,
    /// What it stored beside them.
    pub beside: Vec<Brought>,
    /// How many consultations it joined to what was held, which the screen of consultations takes
    /// back.
    #[serde(default)]
    pub joined: usize,
}

impl RestoreUndo {
    /// As it is stored. Where there are only records, as before there was anything else.
    ///
    /// # Errors
    /// None that today's types can cause.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        if self.beside.is_empty() && self.joined == 0 {
            encode(&self.records)
        } else {
            encode(self)
        }
    }

    /// Read again.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let records = || merged(text).map(|records| Self { records, ..Self::default() });
        serde_json::from_str(text).ok().or_else(records)
    }
}

/// What undoes something that a merge has stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// What goes.
    pub gone: Key,
    /// The removal that covers it; `None` for what cannot be removed without its consultation.
    pub scope: Option<Scope>,
    /// What is put back in its place.
    pub before: Option<String>,
}

impl Brought {
    /// What undoes this; `None` where something else lies there by now.
    #[must_use]
    pub fn back(&self, held: &RawEntries) -> Option<Back> {
        let gone = Key::parse(&self.key).ok()?;
        let scope = Some(Scope::of(&gone)).filter(|_| is_whole(&gone));
        let before = self.before.clone();
        (fingerprint(held, &self.key) == self.wrote).then_some(Back { gone, scope, before })
    }
}

/// Whether a removal of this key covers nothing beyond what came with it.
fn is_whole(key: &Key) -> bool {
    match key {
        Key::Opaque(_) => {
            matches!(StoredKind::of(key), StoredKind::Consultation | StoredKind::Waiting)
        }
        _ => true,
    }
}

/// A fingerprint of what lies under a key, and of what goes with it.
fn fingerprint(texts: &RawEntries, name: &str) -> u64 {
    let exactly = || vec![(name.to_owned(), name.to_owned())];
    let ranges = match Key::parse(name) {
        Ok(key) if is_whole(&key) => Scope::of(&key).ranges(),
        _ => exactly(),
    };
    let mut hasher = FnvHasher::default();
    for (first, last) in ranges {
        for (key, text) in texts.range(first..=last) {
            for part in [key, text] {
                hasher.write(part.as_bytes());
                hasher.write_u8(0xff);
            }
        }
    }
    hasher.finish()
}
