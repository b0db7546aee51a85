//! The journal of a device: a map from record id to the latest version of that record.
//!
//! The map is the only state. It changes by [`Journal::apply`], which is pure (the
//! [`ActionContext`] passes in instants, days and ids), and by [`Journal::put`], which takes a
//! version from another device and lets the greater stamp win. Either way, an older version never
//! replaces a newer one, and a deletion is a version like any other.

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
mod marker_status;
mod merge;
mod plan;
#[cfg(test)]
mod tests;
mod undo;

pub(crate) use action::Deed;
pub use action::{Action, ActionKind, ApplyError, Change, ObservationInput};
pub use marker_status::MarkerStatus;
pub use merge::{Merged, RolledBack};
pub use plan::{
    Conflict, ImportRecordError, Kind, MergeCounts, MergePlan, Merging, RecordError, Verdict,
};
pub use undo::UndoStack;

/// The context of an action: everything about it that is not the person's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionContext {
    /// The current instant.
    pub now: Instant,
    /// The current day in the local time zone.
    pub today: Day,
    /// The device in use.
    pub device: DeviceId,
    /// A random token for the id of a record that the action creates.
    pub token: Token,
}

/// The result of offering a version to the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutResult {
    /// The journal now holds the offered version.
    Taken,
    /// The journal already held the same or a greater version.
    Known,
}

/// The records of one device. The module's documentation has its invariant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal(BTreeMap<RecordId, Record>);

/// A reference to an observation in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObservationRef<'a> {
    /// Marker, day and device.
    pub id: ObservationId,
    /// Its version.
    pub stamp: Stamp,
    /// Its content.
    pub seen: &'a Observation,
}

/// A reference to a note in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteRef<'a> {
    /// Its id, which contains the item that the note is about.
    pub id: NoteId,
    /// Its version; the instant is that of the last edit.
    pub stamp: Stamp,
    /// Its content.
    pub note: &'a Note,
}

impl Journal {
    /// Offers a version of a record; the greater of the two versions stays.
    pub fn put(&mut self, record: Record) -> PutResult {
        match self.0.get(&record.id()) {
            Some(held) if !record.supersedes(held) => PutResult::Known,
            _ => {
                self.0.insert(record.id(), record);
                PutResult::Taken
            }
        }
    }

    /// Removes records without a trace, to undo an import. A deletion by a person writes a
    /// tombstone instead.
    pub fn forget(&mut self, is_gone: impl Fn(RecordId) -> bool) {
        let held = std::mem::take(&mut self.0);
        for record in held.into_values().filter(|record| !is_gone(record.id())) {
            self.put(record);
        }
    }

    /// Whether the journal is empty, without even a tombstone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The version held of a record, which may be a tombstone.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&Record> {
        self.0.get(&id)
    }

    /// Every version held, tombstones included, by id.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }

    /// Every observation of a marker, by day, then stamp.
    #[must_use]
    pub fn history(&self, marker: MarkerId) -> Vec<ObservationRef<'_>> {
        let history = self.observed(marker, Day::LAST);
        sorted_by(history, |observed| (observed.id.day, observed.stamp))
    }

    /// Every observation, by marker, then day, then device.
    pub fn observations(&self) -> impl Iterator<Item = ObservationRef<'_>> {
        self.0.iter().filter_map(observed)
    }

    /// The state of a marker on a day: its latest observation up to that day; of several devices'
    /// observations on that day, the one with the greatest stamp.
    #[must_use]
    pub fn state(&self, marker: MarkerId, on: Day) -> Option<ObservationRef<'_>> {
        let mut latest: Option<ObservationRef<'_>> = None;
        // Scans backwards from the last day, so that earlier days are not read.
        for observed in self.observed(marker, on).rev() {
            match latest {
                Some(held) if held.id.day != observed.id.day => break,
                Some(held) if held.stamp >= observed.stamp => {}
                _ => latest = Some(observed),
            }
        }
        latest
    }

    /// The observations of a marker up to a day, by day, then device.
    fn observed(
        &self,
        marker: MarkerId,
        until: Day,
    ) -> impl DoubleEndedIterator<Item = ObservationRef<'_>> {
        let id = |day, token| {
            RecordId::Observation(ObservationId { marker, day, device: DeviceId(Token(token)) })
        };
        self.0.range(id(Day::FIRST, 0)..=id(until, u64::MAX)).filter_map(observed)
    }

    /// The notes on one item, oldest first.
    #[must_use]
    pub fn notes(&self, item: ItemId) -> Vec<NoteRef<'_>> {
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

    /// Every note, by item; those on one item oldest first.
    #[must_use]
    pub fn all_notes(&self) -> Vec<NoteRef<'_>> {
        let start = RecordId::Note(NoteId { item: ItemId::FIRST, token: Token(0) });
        let notes = self.0.range(start..).map_while(|(id, record)| match *id {
            RecordId::Note(id) => Some((id, record)),
            _ => None,
        });
        let mut notes: Vec<_> = notes.filter_map(|(id, record)| noted(id, record)).collect();
        // After merging a season's carnets there are thousands of notes, in random order.
        notes.sort_unstable_by_key(|noted| (noted.id.item, noted.note.created, noted.id.token));
        notes
    }

    /// The owner's description of a device.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        match self.get(RecordId::Device(id)).map(Record::body) {
            Some(Body::Device(device)) => Some(device),
            _ => None,
        }
    }

    /// A device's follow-up of a marker.
    #[must_use]
    pub fn follow_up(&self, marker: MarkerId, device: DeviceId) -> Option<&FollowUp> {
        match self.get(RecordId::FollowUp(FollowUpId { marker, device })).map(Record::body) {
            Some(Body::FollowUp(follow_up)) => Some(follow_up),
            _ => None,
        }
    }

    /// The planned days of a marker, in the order of the devices that set them.
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

    /// The planned day that counts for a marker on a device: its own, else the one with the
    /// greatest stamp among other devices'.
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

/// Sorts by insertion: the input is short and nearly sorted, and the standard library's sorts weigh
/// 5 kB for each type.
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

fn observed<'a>((id, record): (&'a RecordId, &'a Record)) -> Option<ObservationRef<'a>> {
    match (*id, record.body()) {
        (RecordId::Observation(id), Body::Observation(seen)) => {
            Some(ObservationRef { id, stamp: record.stamp(), seen })
        }
        _ => None,
    }
}

fn noted(id: NoteId, record: &Record) -> Option<NoteRef<'_>> {
    match record.body() {
        Body::Note(note) => Some(NoteRef { id, stamp: record.stamp(), note }),
        _ => None,
    }
}

impl FromIterator<Record> for Journal {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut journal = Self::default();
        for record in records {
            journal.put(record);
        }
        journal
    }
}
