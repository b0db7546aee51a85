//! Where many markers stand, in one reading.

use std::ops::Bound;

use super::{Journal, RecordId};
use crate::domain::day::Day;
use crate::domain::item::{ItemId, MarkerId};
use crate::domain::observation::Level;
use crate::domain::record::{NoteId, ObservationId};
use crate::domain::stamp::{DeviceId, Token};

/// Where a marker stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its latest level, and the day that was seen.
    pub seen: Option<(Level, Day)>,
    /// How many notes it has.
    pub notes: usize,
}

impl Standing {
    /// Its latest level.
    #[must_use]
    pub fn level(self) -> Option<Level> {
        self.seen.map(|(level, _)| level)
    }
}

impl Journal {
    /// Where each of these markers stands on a day, as [`Journal::state`] and [`Journal::notes`]
    /// have it one by one. They are to come in the order of their ids, which is the document's:
    /// then those that nobody has written about are passed without a search, and of thousands a
    /// person has written about few.
    pub fn standings(
        &self,
        markers: impl Iterator<Item = MarkerId>,
        on: Day,
    ) -> impl Iterator<Item = Standing> {
        // The next that something has been written about.
        let (mut observed, mut noted) = (self.observed_after(None), self.noted_after(None));
        markers.map(move |marker| {
            let item = ItemId::from(marker);
            let mut standing = Standing::default();
            if observed.is_some_and(|observed| observed <= marker) {
                let state = self.state(marker, on);
                standing.seen = state.map(|state| (state.seen.level, state.id.day));
                observed = self.observed_after(Some(marker));
            }
            if noted.is_some_and(|noted| noted <= item) {
                standing.notes = self.notes(item).len();
                noted = self.noted_after(Some(item));
            }
            standing
        })
    }

    /// The first marker after this one, or of all, that somebody has looked at.
    fn observed_after(&self, marker: Option<MarkerId>) -> Option<MarkerId> {
        let last = |marker| {
            let device = DeviceId(Token(u64::MAX));
            RecordId::Observation(ObservationId { marker, day: Day::LAST, device })
        };
        match self.next(marker.map_or(Bound::Unbounded, |marker| Bound::Excluded(last(marker)))) {
            Some(RecordId::Observation(id)) => Some(id.marker),
            _ => None,
        }
    }

    /// The first item after this one, or of all, that there has been a note on.
    fn noted_after(&self, item: Option<ItemId>) -> Option<ItemId> {
        let note = |item, token| RecordId::Note(NoteId { item, token: Token(token) });
        let first = Bound::Included(note(ItemId::FIRST, 0));
        match self.next(item.map_or(first, |item| Bound::Excluded(note(item, u64::MAX)))) {
            Some(RecordId::Note(id)) => Some(id.item),
            _ => None,
        }
    }

    fn next(&self, start: Bound<RecordId>) -> Option<RecordId> {
        self.0.range((start, Bound::Unbounded)).next().map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::convention;
    use crate::domain::journal::{Action, Moment};
    use crate::domain::note::{NoteDraft, NoteKind};
    use crate::domain::stamp::Instant;

    /// Deeds on a few markers, the first and the last of all among them; some taken back.
    fn journal(markers: &[MarkerId], today: Day) -> Journal {
        let mut journal = Journal::default();
        let last = markers.len() - 1;
        let deeds = [0, 3, 4, 17, last - 1, last].into_iter().flat_map(|at| {
            let note = NoteDraft { kind: NoteKind::Finding, text: "vu".to_owned(), private: false };
            let id = markers[at];
            let write = (at % 2 == 0).then_some(Action::Write(id.into(), note));
            let untick = (at == 4).then_some(Action::Untick(id));
            [Some(Action::Tick(id)), write, untick].into_iter().flatten()
        });
        for (deed, device) in deeds.zip((0..3).cycle()) {
            let now = Instant(journal.0.len() as u64 + 1);
            let moment =
                Moment { now, today, device: DeviceId(Token(device)), token: Token(now.0) };
            journal.apply(convention(), deed, &moment).expect("a sensible action");
        }
        journal
    }

    #[test]
    fn all_at_once_are_as_one_by_one() {
        let today: Day = "2021-03-12".parse().expect("a day");
        let markers: Vec<_> = convention().markers().map(|marker| marker.id).collect();
        assert!(markers.is_sorted());
        let journal = journal(&markers, today);
        let one = |marker: &MarkerId| Standing {
            seen: journal.state(*marker, today).map(|state| (state.seen.level, state.id.day)),
            notes: journal.notes((*marker).into()).len(),
        };
        for some in [&markers[..], &markers[2..5], &markers[60..]] {
            let expected: Vec<_> = some.iter().map(one).collect();
            assert_eq!(
                journal.standings(some.iter().copied(), today).collect::<Vec<_>>(),
                expected
            );
            assert!(expected.iter().any(|standing| *standing != Standing::default()));
        }
    }
}
