//! All that one device holds: a map from id to the latest version of each record.
//!
//! The map is the only state there is. It changes by [`Journal::apply`], which is pure (instants,
//! days and ids come in with the [`ActionContext`]), and by [`Journal::keep`], which takes a version from
//! elsewhere and lets the greater stamp win. Either way an older version never replaces a newer
//! one, and a deletion is a version like any other.

use std::collections::BTreeMap;

use super::convention::Convention;
use super::day::Day;
use super::device::Device;
use super::follow_up::{Due, FollowUp};
use super::item::{ItemId, MarkerId};
use super::note::{Note, NoteText};
use super::observation::{Level, Observation};
use super::record::{Body, FollowUpId, NoteId, ObservationId, Record, RecordId};
use super::stamp::{DeviceId, Instant, Stamp, Token};
use super::wording::WordingHash;

mod action;
mod merge;
mod plan;
mod standing;
#[cfg(test)]
mod tests;
mod undo;

pub use action::{Action, ActionKind, ApplyError, Change, Sighting};
pub use merge::{Merged, RolledBack};
pub use plan::{
    Conflict, ImportRecordError, Kind, MergeCounts, MergePlan, Merging, RecordError, Verdict,
};
pub use standing::Standing;
pub use undo::UndoStack;

/// Where and when an action is taken: everything about it that is not the person's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionContext {
    /// The clock's reading.
    pub now: Instant,
    /// The day where the person is.
    pub today: Day,
    /// The device in use.
    pub device: DeviceId,
    /// A random token for the id of what the action creates.
    pub token: Token,
}

/// What became of a version that was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is the one the journal now holds.
    Taken,
    /// The journal holds the same or a greater version already.
    Known,
}

/// The records of one device. See the module for its invariant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal(BTreeMap<RecordId, Record>);

/// An observation, where it stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed<'a> {
    /// Marker, day and device.
    pub id: ObservationId,
    /// Which version it is.
    pub stamp: Stamp,
    /// What was seen.
    pub seen: &'a Observation,
}

/// A note, where it stands in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted<'a> {
    /// The note's id, and with it the item it is about.
    pub id: NoteId,
    /// Which version it is: its instant is that of the last edit.
    pub stamp: Stamp,
    /// What was written.
    pub note: &'a Note,
}

impl Journal {
    /// Offers a version of a record; of two versions the one that supersedes stays.
    pub fn keep(&mut self, record: Record) -> Kept {
        match self.0.get(&record.id()) {
            Some(held) if !record.supersedes(held) => Kept::Known,
            _ => {
                self.0.insert(record.id(), record);
                Kept::Taken
            }
        }
    }

    /// Lets go of records as if they had never been here: for taking back what was taken in from
    /// elsewhere. What a person deletes gets a tombstone instead.
    pub fn forget(&mut self, is_gone: impl Fn(RecordId) -> bool) {
        let held = std::mem::take(&mut self.0);
        for record in held.into_values().filter(|record| !is_gone(record.id())) {
            self.keep(record);
        }
    }

    /// Whether there is nothing at all, not even a tombstone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The version held of a record, tombstones included.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&Record> {
        self.0.get(&id)
    }

    /// Every version held, tombstones included, by id.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }

    /// Every observation of a marker, by day; those of one day by stamp.
    #[must_use]
    pub fn history(&self, marker: MarkerId) -> Vec<Observed<'_>> {
        let history = self.observed(marker, Day::LAST);
        sorted_by(history, |observed| (observed.id.day, observed.stamp))
    }

    /// Every observation, by marker, then day, then device.
    pub fn observations(&self) -> impl Iterator<Item = Observed<'_>> {
        self.0.iter().filter_map(observed)
    }

    /// A marker's state on a day: its latest observation up to that day; the greater stamp where
    /// several devices looked on that same day.
    #[must_use]
    pub fn state(&self, marker: MarkerId, on: Day) -> Option<Observed<'_>> {
        let mut latest: Option<Observed<'_>> = None;
        // From the last day back: what lies before it need not be read.
        for observed in self.observed(marker, on).rev() {
            match latest {
                Some(held) if held.id.day != observed.id.day => break,
                Some(held) if held.stamp >= observed.stamp => {}
                _ => latest = Some(observed),
            }
        }
        latest
    }

    /// What was observed of a marker up to a day, by day, then device.
    fn observed(
        &self,
        marker: MarkerId,
        until: Day,
    ) -> impl DoubleEndedIterator<Item = Observed<'_>> {
        let id = |day, token| {
            RecordId::Observation(ObservationId { marker, day, device: DeviceId(Token(token)) })
        };
        self.0.range(id(Day::FIRST, 0)..=id(until, u64::MAX)).filter_map(observed)
    }

    /// The notes on one item, the first written first.
    #[must_use]
    pub fn notes(&self, item: ItemId) -> Vec<Noted<'_>> {
        let start = RecordId::Note(NoteId { item, token: Token(0) });
        let notes = self
            .0
            .range(start..)
            .map_while(|(id, record)| match *id {
                RecordId::Note(note) if note.item == item => Some((note, record)),
                _ => None,
            })
            .filter_map(|(id, record)| noted(id, record));
        sorted_by(notes, |noted| (noted.note.created, noted.id))
    }

    /// Every note, by item; those on one item the first written first.
    #[must_use]
    pub fn all_notes(&self) -> Vec<Noted<'_>> {
        let start = RecordId::Note(NoteId { item: ItemId::FIRST, token: Token(0) });
        let notes = self.0.range(start..).map_while(|(id, record)| match *id {
            RecordId::Note(id) => Some((id, record)),
            _ => None,
        });
        let mut notes: Vec<_> = notes.filter_map(|(id, record)| noted(id, record)).collect();
        // After a season's merge there are thousands, in the order of chance.
        notes.sort_unstable_by_key(|noted| (noted.id.item, noted.note.created, noted.id.token));
        notes
    }

    /// What a device's owner has said of it.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        match self.get(RecordId::Device(id)).map(Record::body) {
            Some(Body::Device(device)) => Some(device),
            _ => None,
        }
    }

    /// How a device follows a marker up.
    #[must_use]
    pub fn follow_up(&self, marker: MarkerId, device: DeviceId) -> Option<&FollowUp> {
        match self.get(RecordId::FollowUp(FollowUpId { marker, device })).map(Record::body) {
            Some(Body::FollowUp(follow_up)) => Some(follow_up),
            _ => None,
        }
    }

    /// The days that are planned for a marker, in the order of the devices they were set with.
    pub fn dues(&self, marker: MarkerId) -> impl Iterator<Item = (Due, Stamp)> {
        let start = FollowUpId { marker, device: DeviceId(Token(0)) };
        let of_marker =
            self.0.range(RecordId::FollowUp(start)..).map_while(move |(id, record)| match *id {
                RecordId::FollowUp(id) if id.marker == marker => Some((id.device, record)),
                _ => None,
            });
        of_marker.filter_map(|(device, record)| match record.body() {
            Body::FollowUp(FollowUp { due: Some(day), .. }) => {
                Some((Due { day: *day, device }, record.stamp()))
            }
            _ => None,
        })
    }

    /// The day that counts for a marker on a device: the one set with it, else of those set with
    /// others the one with the greatest stamp.
    #[must_use]
    pub fn due(&self, marker: MarkerId, own: DeviceId) -> Option<Due> {
        self.dues(marker).max_by_key(|(due, stamp)| (due.device == own, *stamp)).map(|(due, _)| due)
    }

    /// How many notes there are.
    #[must_use]
    pub fn note_count(&self) -> usize {
        self.0.values().filter(|r| matches!(r.body(), Body::Note(_))).count()
    }

    /// How many observations there are.
    #[must_use]
    pub fn observation_count(&self) -> usize {
        self.0.values().filter(|r| matches!(r.body(), Body::Observation(_))).count()
    }
}

/// Sorts by insertion: what comes in is short and nearly in order, and the standard library's
/// sorts weigh 5 kB for each type they sort.
pub(super) fn sorted_by<T, K: Ord>(
    items: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut sorted = Vec::new();
    for item in items {
        let place = sorted.partition_point(|other| key(other) <= key(&item));
        sorted.insert(place, item);
    }
    sorted
}

fn observed<'a>((id, record): (&'a RecordId, &'a Record)) -> Option<Observed<'a>> {
    match (*id, record.body()) {
        (RecordId::Observation(id), Body::Observation(seen)) => {
            Some(Observed { id, stamp: record.stamp(), seen })
        }
        _ => None,
    }
}

fn noted(id: NoteId, record: &Record) -> Option<Noted<'_>> {
    match record.body() {
        Body::Note(note) => Some(Noted { id, stamp: record.stamp(), note }),
        _ => None,
    }
}

impl FromIterator<Record> for Journal {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut journal = Self::default();
        for record in records {
            journal.keep(record);
        }
        journal
    }
}
