//! What a merge would do, told before it is done: which versions are new, where two people wrote
//! different things over the same former version, and what cannot be taken.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use thiserror::Error;

use super::super::stamp::StampError;
use super::{Body, Convention, Device, DeviceId, ItemId, Journal, Record, RecordId};

/// How an offered version stands to the one that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No version of the record is held.
    New,
    /// The very same version is held.
    Identical,
    /// It comes after the one that is held, and takes its place.
    Newer,
    /// It comes before the one that is held.
    Older,
    /// Both were written over the same former version and differ. One wins, on every device the
    /// same one; the other is set aside.
    Conflict {
        /// Whether the offered one wins.
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

    /// Whether the offered version is the one that is held from then on.
    fn takes(self) -> bool {
        matches!(self, Self::New | Self::Newer | Self::Conflict { wins: true })
    }
}

/// Two versions of one record of which neither followed from the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The version that stays, here as everywhere.
    pub winner: Record,
    /// The version that is set aside, to be seen and restored.
    pub loser: Record,
    /// Whether it is the offered one that stays.
    pub offered_wins: bool,
}

/// What an offered version is, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody observed a marker.
    Observation,
    /// Somebody wrote a note.
    Note,
    /// Somebody follows a marker up.
    FollowUp,
    /// Somebody named a device.
    Device,
    /// Somebody took away one of these.
    Deletion,
}

impl Kind {
    /// Every kind, in the order people are told of them.
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

/// How many offered versions of one kind met which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// New to the journal.
    pub new: usize,
    /// Held already.
    pub identical: usize,
    /// Taking the place of what is held.
    pub newer: usize,
    /// Behind what is held.
    pub older: usize,
    /// Differing from what is held.
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

/// A record that will not be taken, with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("records[{index}]{path}: {why}")]
pub struct ImportRecordError {
    /// Which record of the file, counted from 0.
    pub index: usize,
    /// The way to the offending value within the record, such as `.body.note.text`.
    pub path: String,
    /// What is wrong with it.
    pub why: RecordError,
}

/// What is wrong with an offered record.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecordError {
    /// It is about an item that the convention does not have.
    #[error("the convention has no item {0}")]
    UnknownItem(ItemId),
    /// Its stamp claims what no device can have written.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// Another version of it stands before in the same file.
    #[error("a second record of this id")]
    Twice,
    /// It cannot be read as a record; the reader's own words.
    #[error("{0}")]
    Unreadable(String),
}

/// What merging one source would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergePlan {
    tallies: [MergeCounts; 5],
    seen: BTreeSet<RecordId>,
    /// Where the source differs from what is held.
    pub conflicts: Vec<Conflict>,
    /// What will not be taken.
    pub refused: Vec<ImportRecordError>,
}

impl MergePlan {
    /// The counts of one kind.
    #[must_use]
    pub fn tally(&self, kind: Kind) -> MergeCounts {
        self.tallies[kind as usize]
    }

    /// How many records were offered and not refused.
    #[must_use]
    pub fn total(&self) -> usize {
        self.tallies.iter().map(|tally| tally.total()).sum()
    }

    /// How many records would be other than they are.
    #[must_use]
    pub fn changes(&self) -> usize {
        let won = self.conflicts.iter().filter(|conflict| conflict.offered_wins).count();
        self.tallies.iter().map(|tally| tally.new + tally.newer).sum::<usize>() + won
    }
}

/// Plans the merge of one source after another, without touching the journal.
#[derive(Clone, Debug, Default)]
pub struct Merging {
    taken: Journal,
}

impl Merging {
    /// What this source changes after those before it. What could not be read of it comes as a
    /// refusal, in its place.
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

    /// Adds the record at a place of a source to its plan: one step of [`Merging::plan`], for
    /// those who cannot take all of them at once.
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

    /// What the sources so far say of a device.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.taken.device(id)
    }

    /// The records to be merged, by id. The losers of conflicts are in the plans.
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

/// Puts a version where its record has its place.
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

/// Lets a record pass that this convention and the coming years can bear.
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
