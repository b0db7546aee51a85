//! Combining journals, and taking that back.
//!
//! Merging keeps, of each record, the version that [`Record::supersedes`] all others. That order
//! is total, so merging is a join: commutative, associative and idempotent, whatever the clocks
//! said.

use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};

use super::{Body, Journal, Record, RecordId, Stamp};

/// What a merge changed, for taking it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged(Vec<Step>);

/// What stood before a merge, and which version stands since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    id: RecordId,
    after: Stamp,
    /// A fingerprint of what that version says: two copies of one device can write two bodies
    /// under one stamp.
    says: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Record>,
}

impl Step {
    /// Whether this is the version that the merge left.
    fn left(&self, held: &Record) -> bool {
        held.stamp() == self.after && fingerprint(held.body()) == self.says
    }
}

/// FNV-1a of 64 bits over a body's JSON, which is the same in every build.
fn fingerprint(body: &Body) -> u64 {
    let mut hasher = FnvHasher::default();
    // Every body has a JSON form; without one all would be taken for unchanged.
    hasher.write(&serde_json::to_vec(body).unwrap_or_default());
    hasher.finish()
}

impl Merged {
    /// Notes that a version has taken the place of another. Records come in the order of their
    /// ids; of one that changes twice, what stood first is what goes back.
    fn note(&mut self, after: &Record, before: Option<&Record>) {
        let (id, stamp, says) = (after.id(), after.stamp(), fingerprint(after.body()));
        match self.0.last_mut().filter(|last| last.id == id) {
            Some(step) => (step.after, step.says) = (stamp, says),
            None => self.0.push(Step { id, after: stamp, says, before: before.cloned() }),
        }
    }

    /// How many records are other than they were.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.0.len()
    }

    /// The versions that the journal holds since, as long as they have not been changed again.
    pub fn written<'a>(&'a self, journal: &'a Journal) -> impl Iterator<Item = &'a Record> {
        self.0.iter().filter_map(|step| journal.get(step.id).filter(|held| step.left(held)))
    }
}

/// What taking a merge back has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolledBack {
    /// Former versions that are held again.
    pub restored: Vec<Record>,
    /// Records that are no longer held in any version.
    pub removed: Vec<RecordId>,
    /// How many stay as they are, because they have been changed since.
    pub changed_since: usize,
}

impl Journal {
    /// Merges versions from elsewhere: of each record the version stays that supersedes all
    /// others. Both sides are gone through once, in the order of their ids.
    pub fn merge(&mut self, offered: impl IntoIterator<Item = Record>) -> Merged {
        let mut offered: Vec<Record> = offered.into_iter().collect();
        offered.sort_by_key(Record::id);
        let mut held = std::mem::take(&mut self.0).into_iter().peekable();
        let mut records: Vec<(RecordId, Record)> = Vec::with_capacity(held.len() + offered.len());
        let mut merged = Merged::default();
        for record in offered {
            let id = record.id();
            while let Some(before) = held.next_if(|(held, _)| *held <= id) {
                records.push(before);
            }
            let last = records.last_mut().filter(|(last, _)| *last == id).map(|(_, last)| last);
            match last {
                None => {
                    merged.note(&record, None);
                    records.push((id, record));
                }
                Some(last) if record.supersedes(last) => {
                    merged.note(&record, Some(last));
                    *last = record;
                }
                Some(_) => {}
            }
        }
        records.extend(held);
        self.0 = records.into_iter().collect();
        merged
    }

    /// Takes a merge back, as if it had never been: nothing is deleted for others, and the same
    /// file can be merged again. What has been changed since stays as it is.
    pub fn roll_back(&mut self, merged: &Merged) -> RolledBack {
        let mut rolled_back = RolledBack::default();
        for step in &merged.0 {
            let id = step.id;
            // One that is absent was on its way back when something stopped it.
            if self.get(id).is_some_and(|held| !step.left(held)) {
                rolled_back.changed_since += 1;
                continue;
            }
            if let Some(before) = &step.before {
                self.0.insert(id, before.clone());
                rolled_back.restored.push(before.clone());
            } else {
                self.0.remove(&id);
                rolled_back.removed.push(id);
            }
        }
        rolled_back
    }
}
