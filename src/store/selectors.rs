//! Selectors of the store for screens: memos, so that only changed parts are drawn again.

use std::iter::zip;

use leptos::prelude::*;

use super::{AppStore, Notice};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::device::Device;
use crate::domain::item::{Code, ItemId, MarkerId};
use crate::domain::journal::{Journal, MarkerStatus, NoteRef, ObservationRef};
use crate::domain::note::Note;
use crate::domain::observation::{Level, Observation};
use crate::domain::progress::Progress;
use crate::domain::record::{Body, NoteId, ObservationId, Record, RecordId};
use crate::domain::search::{Found, Index, search};
use crate::domain::stamp::{DeviceId, Stamp};
use crate::domain::tracking::TrackingFilter;
use crate::platform::clock;
use crate::platform::unicode::decomposed;
use crate::route::Route;
use crate::storage::StorageStatus;

/// One observation of a marker's history.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HistoryRow {
    /// Marker, day and device.
    pub id: ObservationId,
    /// The stamp of the version.
    pub stamp: Stamp,
    /// The observation.
    pub seen: Observation,
    /// Whether it was made with this device.
    pub own: bool,
    /// The name and voice of its device, if they are known.
    pub device: Option<Device>,
}

/// The records of this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnRecords {
    /// The number of markers that it has observed.
    pub ticks: usize,
    /// The number of its notes.
    pub notes: usize,
    /// The item of its latest record.
    pub latest: Option<ItemId>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// The note's id, and with it the item it is about.
    pub id: NoteId,
    /// The stamp of the version.
    pub stamp: Stamp,
    /// The note.
    pub note: Note,
    /// The day it was first written, in the time zone of this device.
    pub written: Day,
}

impl From<NoteRef<'_>> for NoteRow {
    fn from(noted: NoteRef<'_>) -> Self {
        let NoteRef { id, stamp, note } = noted;
        Self { id, stamp, note: note.clone(), written: clock::day_of(note.created) }
    }
}

impl AppStore {
    /// The convention.
    #[must_use]
    pub fn convention(self) -> &'static Convention {
        self.convention
    }

    /// The current route.
    #[must_use]
    pub fn route(self) -> ReadSignal<Route> {
        self.route.read_only()
    }

    /// The current day.
    #[must_use]
    pub fn today(self) -> ReadSignal<Day> {
        self.today.read_only()
    }

    /// The current notice.
    #[must_use]
    pub fn notice(self) -> ReadSignal<Option<Notice>> {
        self.notice.read_only()
    }

    /// The problems with storing, and the notices about them.
    #[must_use]
    pub fn storage_status(self) -> ReadSignal<StorageStatus> {
        self.storage.status.read_only()
    }

    /// A marker's latest level and the day of its observation.
    #[must_use]
    pub fn state(self, marker: MarkerId) -> Memo<Option<(Level, Day)>> {
        self.memo(move |journal, today| {
            journal.state(marker, today).map(|state| (state.seen.level, state.id.day))
        })
    }

    /// A marker's latest level. Not tracked.
    #[must_use]
    pub fn level(self, marker: MarkerId) -> Option<Level> {
        let today = self.today.get_untracked();
        let state = |journal: &Journal| Some(journal.state(marker, today)?.seen.level);
        self.storage.journal.with_untracked(state)
    }

    /// A marker's history, the latest first.
    #[must_use]
    pub fn history(self, marker: MarkerId) -> Memo<Vec<HistoryRow>> {
        self.memo(move |journal, _| {
            let own = self.storage.device();
            let row = |ObservationRef { id, stamp, seen }: ObservationRef<'_>| HistoryRow {
                id,
                stamp,
                seen: seen.clone(),
                own: id.device == own,
                device: journal.device(id.device).cloned(),
            };
            journal.history(marker).into_iter().rev().map(row).collect()
        })
    }

    /// This device's observation of a marker on a day. Tracked.
    #[must_use]
    pub fn own_observation(self, marker: MarkerId, day: Day) -> Option<Observation> {
        let id = ObservationId { marker, day, device: self.storage.device() };
        self.storage.journal.with(|journal| match journal.get(RecordId::Observation(id))?.body() {
            Body::Observation(seen) => Some(seen.clone()),
            _ => None,
        })
    }

    /// The notes on an item of this device, or else those of all others, the first written first. A
    /// note is its last writer's.
    #[must_use]
    pub fn notes(self, item: ItemId, own: bool) -> Memo<Vec<NoteRow>> {
        self.memo(move |journal, _| self.rows_of(journal.notes(item), own).collect())
    }

    /// How many notes an item has. Tracked.
    #[must_use]
    pub fn note_count(self, item: ItemId) -> usize {
        self.storage.journal.with(|journal| journal.notes(item).len())
    }

    /// The first notes of all of this device, or else of all others, by item, as many as `first`.
    #[must_use]
    pub fn all_notes(self, own: bool, first: ReadSignal<usize>) -> Memo<Vec<NoteRow>> {
        self.memo(move |journal, _| {
            self.rows_of(journal.all_notes(), own).take(first.get()).collect()
        })
    }

    fn rows_of<'a>(
        self,
        notes: impl IntoIterator<Item = NoteRef<'a>>,
        own: bool,
    ) -> impl Iterator<Item = NoteRow> {
        let is_listed = move |noted: &NoteRef<'_>| self.is_own(noted.stamp.device) == own;
        notes.into_iter().filter(is_listed).map(NoteRow::from)
    }

    /// How many notes there are, on any item. Tracked.
    #[must_use]
    pub fn notes_total(self) -> usize {
        self.storage.journal.with(Journal::note_count)
    }

    /// How many of all notes are this device's, or else the others'. Tracked.
    #[must_use]
    pub fn notes_total_of(self, own: bool) -> usize {
        self.storage.journal.with(|journal| {
            let is_counted = |record: &&Record| {
                matches!(record.body(), Body::Note(_)) && self.is_own(record.stamp().device) == own
            };
            journal.records().filter(is_counted).count()
        })
    }

    /// Whether a filter lets each marker through, in the convention's order. Tracked.
    #[must_use]
    pub fn markers_matching(self, filter: TrackingFilter) -> Vec<bool> {
        let markers = self.convention.markers().map(|marker| marker.id);
        if filter.is_by_place() {
            // The result does not depend on the journal.
            return markers.map(|marker| filter.shows(marker, None, false)).collect();
        }
        let (today, markers) = (self.today.get(), markers.collect::<Vec<_>>());
        let statuses = self.storage.journal.with(|journal| journal.statuses(&markers, today));
        let matches = |(marker, status): (&MarkerId, MarkerStatus)| {
            filter.shows(*marker, status.level(), status.notes > 0)
        };
        zip(&markers, statuses).map(matches).collect()
    }

    /// Reads the whole journal. Tracked.
    pub fn with_journal<T>(self, read: impl FnOnce(&Journal) -> T) -> T {
        self.storage.journal.with(read)
    }

    /// The id of this device.
    #[must_use]
    pub fn device_id(self) -> DeviceId {
        self.storage.device()
    }

    /// What this device has recorded. Tracked.
    #[must_use]
    pub fn own_records(self) -> OwnRecords {
        let device = self.device_id();
        self.storage.journal.with(|journal| {
            let own = journal.observations().filter(|observed| observed.id.device == device);
            let mut observed: Vec<_> = own.map(|observed| observed.id.marker).collect();
            observed.dedup();
            let notes = journal.all_notes().into_iter().filter(|note| note.stamp.device == device);
            let written = journal.records().filter(|record| {
                record.stamp().device == device
                    && matches!(record.body(), Body::Observation(_) | Body::Note(_))
            });
            let latest = written.max_by_key(|record| record.stamp());
            OwnRecords {
                ticks: observed.len(),
                notes: notes.count(),
                latest: latest.and_then(|record| record.id().item()),
            }
        })
    }

    /// How many observations there are, of any device. Tracked.
    #[must_use]
    pub fn observation_count(self) -> usize {
        self.storage.journal.with(Journal::observation_count)
    }

    /// The counts of an objective and all below it. Tracked.
    #[must_use]
    pub fn progress(self, code: Code) -> Progress {
        let today = self.today.get();
        self.storage.journal.with(|journal| Progress::under(self.convention, journal, code, today))
    }

    /// The texts that contain all words of a query, or else the nearest ones; notes included.
    #[must_use]
    pub fn hits(self, query: Memo<String>) -> Memo<Found> {
        let texts = Index::of_convention(self.convention, decomposed);
        Memo::new(move |_| {
            let notes = self.storage.journal.with(|journal| Index::of_notes(journal, decomposed));
            search(&query.read(), &[&texts, &notes], decomposed)
        })
    }

    /// The text of a note, for showing where a search found it. Tracked.
    #[must_use]
    pub fn note_text(self, id: NoteId) -> Option<String> {
        let notes = |journal: &Journal| {
            let found = journal.notes(id.item).into_iter().find(|noted| noted.id == id)?;
            Some(found.note.text.to_string())
        };
        self.storage.journal.with(notes)
    }

    pub(super) fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        select: impl Fn(&Journal, Day) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.storage.journal.with(|journal| select(journal, self.today.get())))
    }
}
