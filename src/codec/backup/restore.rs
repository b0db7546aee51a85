//! The plan for restoring a raw copy, and the data for undoing it.

use std::collections::BTreeMap;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};

use super::RawEntries;
use super::read::{BackupExtras, RefusedPoll, book_among, entries_of, poll_among};
use crate::codec::stored::{Entry, Key, Resolution, Scope, StoredKind, encode, merged, resolve};
use crate::domain::consultation::{JoinError, JoinPlan, Poll, StageChange};
use crate::domain::journal::{MergeCounts, Merged};
use crate::domain::record::Record;

/// The effect of restoring the entries other than records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restoring {
    /// For each kind, how its entries compare with those held.
    pub tallies: BTreeMap<StoredKind, MergeCounts>,
    /// Entries to store.
    pub entries: Vec<Entry>,
    /// Versions to store again as losers of a conflict.
    pub set_aside: Vec<Record>,
    /// Consultations that exist here too: their ballots are joined as from a file.
    pub joined: Vec<JoinPlan>,
    /// Titles of consultations that are closed in the copy and stay open here.
    pub stays_open: Vec<String>,
    /// Titles of consultations that have other rules here.
    pub other_rules: Vec<String>,
    /// Consultations that are invalid.
    pub refused: Vec<RefusedPoll>,
    /// How many values only another version of the app can read.
    pub strange: usize,
}

impl Restoring {
    /// Plans restoring `beside` over the entries `held`. If `adopts`, no device has written here
    /// yet, so this browser takes the device id of the copy.
    #[must_use]
    pub fn plan(beside: BackupExtras, held: &RawEntries, adopts: bool) -> Self {
        let BackupExtras {
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
            let is_held = held.contains_key(&Entry::conflict_loser(text).key.to_string());
            plan.tally(
                StoredKind::ConflictLoser,
                if is_held { Comparison::Same } else { Comparison::New },
            );
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

    /// How many entries restoring would change.
    #[must_use]
    pub fn changes(&self) -> usize {
        let disputed = self.joined.iter().map(|plan| plan.disputed.len()).sum::<usize>();
        self.tallies.values().map(|tally| tally.new + tally.newer).sum::<usize>() + disputed
    }

    fn offer(&mut self, held: &RawEntries, entry: Entry) {
        let Entry { key, text: Some(offered) } = &entry else { return };
        let met = match held.get(&key.to_string()) {
            None => Comparison::New,
            Some(held) if held == offered => Comparison::Same,
            Some(held) if resolve(key, held, offered) == Resolution::KeepHeld => Comparison::Older,
            Some(_) => Comparison::Newer,
        };
        self.tally(StoredKind::of(key), met);
        if matches!(met, Comparison::New | Comparison::Newer) {
            self.entries.push(entry);
        }
    }

    fn poll(&mut self, held: &RawEntries, poll: &Poll) {
        let Some(here) = poll_among(held, poll.consultation.id) else {
            self.tally(StoredKind::Consultation, Comparison::New);
            for _ in poll.urn.ballots() {
                self.tally(StoredKind::Ballot, Comparison::New);
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
        self.tally(
            StoredKind::Consultation,
            if is_same { Comparison::Same } else { Comparison::Newer },
        );
        let ballots = self.tallies.entry(StoredKind::Ballot).or_default();
        *(if plan.late { &mut ballots.older } else { &mut ballots.new }) += plan.fresh.len();
        ballots.identical += plan.identical;
        ballots.older += plan.refused.len();
        ballots.conflicts += plan.conflicts.len() + plan.disputed.len() + plan.waiting.len();
        if plan.changes() {
            self.joined.push(plan);
        }
    }

    /// A paper with readings here stays as it is: the copy's readings of it are not restored.
    fn paper(&mut self, held: &RawEntries, entry: Entry) {
        let met = match held.get(&entry.key.to_string()) {
            None => Comparison::New,
            Some(held) if Some(held) == entry.text.as_ref() => Comparison::Same,
            Some(_) => Comparison::Older,
        };
        self.tally(StoredKind::Paper, met);
        if met == Comparison::New {
            self.entries.push(entry);
        }
    }

    fn tally(&mut self, kind: StoredKind, met: Comparison) {
        let tally = self.tallies.entry(kind).or_default();
        *match met {
            Comparison::New => &mut tally.new,
            Comparison::Same => &mut tally.identical,
            Comparison::Newer => &mut tally.newer,
            Comparison::Older => &mut tally.older,
        } += 1;
    }
}

/// How an offered entry compares with the one held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    New,
    Same,
    Newer,
    Older,
}

/// A restored entry other than a record, for undoing the restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredEntry {
    /// The key; for a consultation, that of the consultation itself.
    key: String,
    /// A fingerprint of the restored text.
    wrote: u64,
    /// The text before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

/// The data for undoing the storing of these entries over `held`.
#[must_use]
pub fn undo_data(entries: &[Entry], held: &RawEntries) -> Vec<RestoredEntry> {
    let texts = texts_of(entries);
    let mut brought: BTreeMap<String, RestoredEntry> = BTreeMap::new();
    for Entry { key, .. } in entries {
        // A consultation's ballots and papers are removed together with it.
        let whole = Scope::of(key).opaque_key().filter(|whole| texts.contains_key(whole));
        let name = whole.unwrap_or_else(|| key.to_string());
        let wrote = || RestoredEntry {
            before: held.get(&name).cloned(),
            wrote: fingerprint(&texts, &name),
            key: name.clone(),
        };
        brought.entry(name.clone()).or_insert_with(wrote);
    }
    brought.into_values().collect()
}

/// The entries as the content of a store.
#[must_use]
pub fn texts_of(entries: &[Entry]) -> RawEntries {
    let lies = |Entry { key, text }: &Entry| Some((key.to_string(), text.clone()?));
    entries.iter().filter_map(lies).collect()
}

/// The data for undoing the last merge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreUndo {
    /// The changes to records.
    pub records: Merged,
    /// The other restored entries.
    pub beside: Vec<RestoredEntry>,
    /// How many consultations were joined with existing ones; their joins are undone on the
    /// consultations' screen.
    #[serde(default)]
    pub joined: usize,
}

impl RestoreUndo {
    /// The stored text. Without other entries it is that of `records`, the older form.
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

    /// Parses the stored text, in either form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let records = || merged(text).map(|records| Self { records, ..Self::default() });
        serde_json::from_str(text).ok().or_else(records)
    }
}

/// The steps that undo the restoring of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// The key to remove.
    pub gone: Key,
    /// The removal that covers the key; `None` if it can only be removed with its consultation.
    pub scope: Option<Scope>,
    /// The text to put back.
    pub before: Option<String>,
}

impl RestoredEntry {
    /// The steps that undo this entry; `None` if it has been changed since.
    #[must_use]
    pub fn back(&self, held: &RawEntries) -> Option<Back> {
        let gone = Key::parse(&self.key).ok()?;
        let scope = Some(Scope::of(&gone)).filter(|_| is_whole(&gone));
        let before = self.before.clone();
        (fingerprint(held, &self.key) == self.wrote).then_some(Back { gone, scope, before })
    }
}

/// Whether a removal of this key covers only entries that were restored together with it.
fn is_whole(key: &Key) -> bool {
    match key {
        Key::Opaque(_) => {
            matches!(StoredKind::of(key), StoredKind::Consultation | StoredKind::Waiting)
        }
        _ => true,
    }
}

/// A fingerprint of the text under a key, and of all texts that its removal covers.
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
