//! Merging of journals, and rolling a merge back.
//!
//! Of each record, merging keeps the version that [`Record::supersedes`] all others. That order is
//! total, so merging is a join: commutative, associative and idempotent, whatever the clocks.

use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Serialize};

use super::{Body, Journal, Record, RecordId, Stamp};

/// The changes of a merge, for rolling it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged(Vec<Step>);

/// The version of one record before a merge, and the stamp of the one after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    id: RecordId,
    after: Stamp,
    /// A fingerprint of the new version's body: two copies of one device can write two bodies under
    /// one stamp.
    says: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Record>,
}

impl Step {
    /// Whether the version held is still the one that the merge wrote.
    fn left(&self, held: &Record) -> bool {
        held.stamp() == self.after && fingerprint(held.body()) == self.says
    }
}

/// FNV-1a of 64 bits over a body's JSON, which is the same in every build.
fn fingerprint(body: &Body) -> u64 {
    let mut hasher = FnvHasher::default();
    // Every body can be written as JSON; a failure would make all bodies look unchanged.
    hasher.write(&serde_json::to_vec(body).unwrap_or_default());
    hasher.finish()
}

impl Merged {
    /// Records that a version replaced another. Records come in the order of their ids; if one
    /// changes twice, the first former version is the one to restore.
    fn note(&mut self, after: &Record, before: Option<&Record>) {
        let (id, stamp, says) = (after.id(), after.stamp(), fingerprint(after.body()));
        match self.0.last_mut().filter(|last| last.id == id) {
            Some(step) => (step.after, step.says) = (stamp, says),
            None => self.0.push(Step { id, after: stamp, says, before: before.cloned() }),
        }
    }

    /// How many records the merge changed.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.0.len()
    }

    /// The merged versions that the journal still holds unchanged.
    pub fn written<'a>(&'a self, journal: &'a Journal) -> impl Iterator<Item = &'a Record> {
        self.0.iter().filter_map(|step| journal.get(step.id).filter(|held| step.left(held)))
    }
}

/// The effect of rolling a merge back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolledBack {
    /// Former versions that are held again.
    pub restored: Vec<Record>,
    /// Records that are no longer held in any version.
    pub removed: Vec<RecordId>,
    /// How many records stay because they have been changed since.
    pub changed_since: usize,
}

impl Journal {
    /// Merges versions from another device: of each record, the version that supersedes all others
    /// stays. Passes over both sides once, in the order of their ids.
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

    /// Undoes a merge without a trace: it writes no tombstones, so nothing is deleted on other
    /// devices and the same file can be merged again. Records changed since then stay.
    pub fn roll_back(&mut self, merged: &Merged) -> RolledBack {
        let mut rolled_back = RolledBack::default();
        for step in &merged.0 {
            let id = step.id;
            // A record is absent if a former roll-back was interrupted; it is then rolled back
            // again.
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
