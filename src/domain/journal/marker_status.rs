//! The status of many markers, computed in one pass over the journal.

use std::iter;
use std::ops::Bound;

use super::{Journal, RecordId};
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::observation::Level;
use crate::domain::record::{NoteId, ObservationId};
use crate::domain::stamp::{DeviceId, Token};

/// The status of a marker: its latest observation and its notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkerStatus {
    /// The latest level, and the day of that observation.
    pub seen: Option<(Level, Day)>,
    /// The number of notes.
    pub notes: usize,
}

impl MarkerStatus {
    /// The latest level.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        self.seen.map(|(level, _)| level)
    }
}

impl Journal {
    /// The status on a day of those of these markers that have observations or notes, each with its
    /// index in the slice; equal to [`Journal::state`] and [`Journal::notes`]. The slice must be
    /// sorted by id, which is the document's order. The cost depends on the number of records and
    /// hardly on the number of markers, of which a person writes about few.
    pub fn with_activity<'a>(
        &'a self,
        markers: &'a [MarkerId],
        on: Day,
    ) -> impl Iterator<Item = (usize, MarkerStatus)> + 'a {
        let mut place = 0;
        iter::from_fn(move || {
            loop {
                let from = *markers.get(place)?;
                let written = [self.observed_from(from), self.noted_from(from)];
                let written = written.into_iter().flatten().min()?;
                place += markers[place..].partition_point(|marker| *marker < written);
                // A record may be about a marker that is not in the slice.
                if markers.get(place) == Some(&written) {
                    place += 1;
                    return Some((place - 1, self.status(written, on)));
                }
            }
        })
    }

    /// The status of each of these markers on a day, with or without records; for the order of the
    /// slice see [`Journal::with_activity`].
    #[must_use]
    pub fn statuses(&self, markers: &[MarkerId], on: Day) -> Vec<MarkerStatus> {
        let mut statuses = vec![MarkerStatus::default(); markers.len()];
        for (place, standing) in self.with_activity(markers, on) {
            statuses[place] = standing;
        }
        statuses
    }

    fn status(&self, marker: MarkerId, on: Day) -> MarkerStatus {
        let state = self.state(marker, on);
        MarkerStatus {
            seen: state.map(|state| (state.seen.level, state.id.day)),
            notes: self.notes(marker.into()).len(),
        }
    }

    /// The first marker from this one on that has an observation.
    fn observed_from(&self, marker: MarkerId) -> Option<MarkerId> {
        let first = ObservationId { marker, day: Day::FIRST, device: DeviceId(Token(0)) };
        match self.next(Bound::Included(RecordId::Observation(first))) {
            Some(RecordId::Observation(id)) => Some(id.marker),
            _ => None,
        }
    }

    /// The first marker from this one on that has a note.
    fn noted_from(&self, marker: MarkerId) -> Option<MarkerId> {
        let note = |item, token| RecordId::Note(NoteId { item, token: Token(token) });
        let mut start = Bound::Included(note(marker.into(), 0));
        while let Some(RecordId::Note(NoteId { item, .. })) = self.next(start) {
            match item.marker() {
                Some(marker) => return Some(marker),
                None => start = Bound::Excluded(note(item, u64::MAX)),
            }
        }
        None
    }

    fn next(&self, start: Bound<RecordId>) -> Option<RecordId> {
        self.0.range((start, Bound::Unbounded)).next().map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::convention;
    use crate::domain::journal::{Action, ActionContext};
    use crate::domain::note::{NoteDraft, NoteKind};
    use crate::domain::stamp::Instant;

    /// Actions on a few markers, the first and the last of all among them; some are undone.
    fn journal(markers: &[MarkerId], today: Day) -> Journal {
        let mut journal = Journal::default();
        let last = markers.len() - 1;
        // Notes on an objective and on a result sort between those on markers.
        let elsewhere = ["1", "1.1.1", "1.1.1-r1", "3.3.3"].map(|item| {
            let note =
                NoteDraft { kind: NoteKind::Idea, text: "ailleurs".to_owned(), private: false };
            Action::Write(item.parse().expect("an item"), note)
        });
        let actions = [0, 3, 4, 17, last - 1, last].into_iter().flat_map(|at| {
            let note = NoteDraft { kind: NoteKind::Finding, text: "vu".to_owned(), private: false };
            let id = markers[at];
            let write = (at % 2 == 0).then_some(Action::Write(id.into(), note));
            let untick = (at == 4).then_some(Action::Untick(id));
            [Some(Action::Tick(id)), write, untick].into_iter().flatten()
        });
        for (action, device) in actions.chain(elsewhere).zip((0..3).cycle()) {
            let now = Instant(journal.0.len() as u64 + 1);
            let context =
                ActionContext { now, today, device: DeviceId(Token(device)), token: Token(now.0) };
            journal.apply(convention(), action, &context).expect("a sensible action");
        }
        journal
    }

    #[test]
    fn all_at_once_are_as_one_by_one() {
        let today: Day = "2021-03-12".parse().expect("a day");
        let markers: Vec<_> = convention().markers().map(|marker| marker.id).collect();
        assert!(markers.is_sorted());
        let journal = journal(&markers, today);
        let one = |marker: &MarkerId| MarkerStatus {
            seen: journal.state(*marker, today).map(|state| (state.seen.level, state.id.day)),
            notes: journal.notes((*marker).into()).len(),
        };
        let every_other: Vec<_> = markers.iter().copied().step_by(2).collect();
        for some in [&markers[..], &markers[2..5], &markers[60..], &every_other, &markers[18..90]] {
            let expected: Vec<_> = some.iter().map(one).collect();
            assert_eq!(journal.statuses(some, today), expected);
            let with_activity = journal.with_activity(some, today);
            let said =
                expected.iter().enumerate().filter(|(_, it)| **it != MarkerStatus::default());
            assert!(said.clone().count() <= with_activity.count());
            let places: Vec<_> =
                journal.with_activity(some, today).map(|(place, _)| place).collect();
            assert!(places.is_sorted() && said.clone().all(|(at, _)| places.contains(&at)));
            assert_eq!(said.count() > 0, some.len() != 72);
        }
    }
}
