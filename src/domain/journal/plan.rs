//! The plan of a merge, computed before anything changes: new versions, conflicts between versions
//! with one common predecessor, and records that are refused.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use thiserror::Error;

use super::super::stamp::StampError;
use super::{Body, Convention, Device, DeviceId, ItemId, Journal, Record, RecordId};

/// How an offered version compares with the one held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No version of the record is held.
    New,
    /// The very same version is held.
    Identical,
    /// It comes after the version held, and replaces it.
    Newer,
    /// It comes before the version held.
    Older,
    /// Both follow the same version and differ. One wins, the same on every device; the other is
    /// quarantined.
    Conflict {
        /// Whether the offered version wins.
        wins: bool,
    },
}

impl Verdict {
    /// Compares an offered version with the one held of the same record.
    #[must_use]
    pub fn of(held: Option<&Record>, offered: &Record) -> Self {
        let Some(held) = held else { return Self::New };
        let wins = offered.supersedes(held);
        match () {
            () if held == offered => Self::Identical,
            () if held.stamp().edit == offered.stamp().edit && held.body() != offered.body() => {
                Self::Conflict { wins }
            }
            () if wins => Self::Newer,
            () => Self::Older,
        }
    }

    /// Whether the offered version replaces the one held.
    fn takes(self) -> bool {
        matches!(self, Self::New | Self::Newer | Self::Conflict { wins: true })
    }
}

/// Two versions of one record of which neither follows the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The version that wins, the same on every device.
    pub winner: Record,
    /// The version that loses; it can be viewed and restored.
    pub loser: Record,
    /// Whether the offered version wins.
    pub offered_wins: bool,
}

/// The kind of an offered version, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An observation of a marker.
    Observation,
    /// A note.
    Note,
    /// A follow-up of a marker.
    FollowUp,
    /// The name of a device.
    Device,
    /// The deletion of any of these.
    Deletion,
}

impl Kind {
    /// Every kind, in the order of the screen.
    pub const ALL: [Self; 5] =
        [Self::Observation, Self::Note, Self::FollowUp, Self::Device, Self::Deletion];

    fn of(record: &Record) -> Self {
        match record.body() {
            Body::Observation(_) => Self::Observation,
            Body::Note(_) => Self::Note,
            Body::FollowUp(_) => Self::FollowUp,
            Body::Device(_) => Self::Device,
            Body::Deleted => Self::Deletion,
        }
    }
}

/// How many offered versions of one kind got which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// New to the journal.
    pub new: usize,
    /// The same as the version held.
    pub identical: usize,
    /// Replacing the version held.
    pub newer: usize,
    /// Older than the version held.
    pub older: usize,
    /// In conflict with the version held.
    pub conflicts: usize,
}

impl MergeCounts {
    fn count(&mut self, verdict: Verdict) {
        let counter = match verdict {
            Verdict::New => &mut self.new,
            Verdict::Identical => &mut self.identical,
            Verdict::Newer => &mut self.newer,
            Verdict::Older => &mut self.older,
            Verdict::Conflict { .. } => &mut self.conflicts,
        };
        *counter += 1;
    }

    /// How many were offered.
    #[must_use]
    pub fn total(self) -> usize {
        self.new + self.identical + self.newer + self.older + self.conflicts
    }
}

/// A record that is refused, with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("records[{index}]{path}: {why}")]
pub struct ImportRecordError {
    /// The index of the record in the file, from 0.
    pub index: usize,
    /// The path to the offending value within the record, such as `.body.note.text`.
    pub path: String,
    /// Why the record is refused.
    pub why: RecordError,
}

/// Why an offered record is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// The convention has no such item.
    #[error("the convention has no item {0}")]
    UnknownItem(ItemId),
    /// The stamp is out of range.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The same file has an earlier version of it.
    #[error("a second record of this id")]
    Twice,
    /// It cannot be parsed as a record; the parser's own message.
    #[error("{0}")]
    Unreadable(String),
}

/// The effect of merging one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergePlan {
    tallies: [MergeCounts; 5],
    seen: BTreeSet<RecordId>,
    /// The conflicts with versions held.
    pub conflicts: Vec<Conflict>,
    /// The records that are refused.
    pub refused: Vec<ImportRecordError>,
}

impl MergePlan {
    /// The counts of one kind.
    #[must_use]
    pub fn tally(&self, kind: Kind) -> MergeCounts {
        self.tallies[kind as usize]
    }

    /// How many records were offered, without the refused ones.
    #[must_use]
    pub fn total(&self) -> usize {
        self.tallies.iter().map(|tally| tally.total()).sum()
    }

    /// How many records the merge would change.
    #[must_use]
    pub fn changes(&self) -> usize {
        let won = self.conflicts.iter().filter(|conflict| conflict.offered_wins).count();
        self.tallies.iter().map(|tally| tally.new + tally.newer).sum::<usize>() + won
    }
}

/// Plans the merges of several sources one after another, without changing the journal.
#[derive(Clone, Debug, Default)]
pub struct Merging {
    taken: Journal,
}

impl Merging {
    /// Plans the merge of the next source, after those before it. Unparsable records are passed in
    /// as refusals, at their places.
    pub fn plan(
        &mut self,
        convention: &Convention,
        held: &Journal,
        offered: impl IntoIterator<Item = Result<Record, ImportRecordError>>,
    ) -> MergePlan {
        let mut plan = MergePlan::default();
        for (index, offered) in offered.into_iter().enumerate() {
            self.offer(convention, held, &mut plan, index, offered);
        }
        plan
    }

    /// Adds one record of a source to its plan: one step of [`Merging::plan`], for callers that
    /// work in slices.
    pub fn offer(
        &mut self,
        convention: &Convention,
        held: &Journal,
        plan: &mut MergePlan,
        index: usize,
        offered: Result<Record, ImportRecordError>,
    ) {
        let offered = match offered.and_then(|record| plausible(convention, record, index)) {
            Ok(record) => record,
            Err(refusal) => return plan.refused.push(refusal),
        };
        if !plan.seen.insert(offered.id()) {
            let refusal =
                ImportRecordError { index, path: ".id".to_owned(), why: RecordError::Twice };
            return plan.refused.push(refusal);
        }
        let place = self.taken.0.entry(offered.id());
        let held = match &place {
            Entry::Occupied(taken) => Some(taken.get()),
            Entry::Vacant(_) => held.get(offered.id()),
        };
        let verdict = Verdict::of(held, &offered);
        plan.tallies[Kind::of(&offered) as usize].count(verdict);
        if let (Verdict::Conflict { wins }, Some(held)) = (verdict, held) {
            plan.conflicts.push(Conflict::between(held, &offered, wins));
        }
        if verdict.takes() {
            put(place, offered);
        }
    }

    /// The description of a device according to the sources so far.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.taken.device(id)
    }

    /// The records to merge, by id. The losers of conflicts are in the plans.
    #[must_use]
    pub fn finish(self) -> Vec<Record> {
        self.taken.0.into_values().collect()
    }
}

impl Conflict {
    fn between(held: &Record, offered: &Record, offered_wins: bool) -> Self {
        let (winner, loser) = if offered_wins { (offered, held) } else { (held, offered) };
        Self { winner: winner.clone(), loser: loser.clone(), offered_wins }
    }
}

/// Writes a version into its entry of the map.
fn put(place: Entry<'_, RecordId, Record>, record: Record) {
    match place {
        Entry::Occupied(mut held) => {
            held.insert(record);
        }
        Entry::Vacant(free) => {
            free.insert(record);
        }
    }
}

/// Accepts a record whose item the convention has and whose instants are in range; its stamp is
/// bounded.
fn plausible(
    convention: &Convention,
    record: Record,
    index: usize,
) -> Result<Record, ImportRecordError> {
    let refusal = |path: &str, why| ImportRecordError { index, path: path.to_owned(), why };
    if let Some(item) = record.id().item()
        && convention.find(item).is_none()
    {
        return Err(refusal(".id", RecordError::UnknownItem(item)));
    }
    let stamp = record.stamp().from_elsewhere().map_err(|excess| {
        let path = match excess {
            StampError::Edits => ".stamp.edit",
            StampError::Instant => ".stamp.at",
        };
        refusal(path, excess.into())
    })?;
    if record.is_created_too_late() {
        return Err(refusal(".body.note.created", StampError::Instant.into()));
    }
    Ok(if stamp == record.stamp() { record } else { record.rewritten(stamp) })
}
