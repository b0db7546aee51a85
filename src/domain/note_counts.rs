//! Counts of notes by kind, for every objective of one level.

use super::convention::Convention;
use super::item::{Code, ObjectiveLevel};
use super::journal::Journal;
use super::note::{Note, NoteKind};

/// Notes by kind, in the order of [`NoteKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountByKind(pub [usize; 4]);

/// The counts of notes on an objective and on everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemNoteCount {
    /// The objective.
    pub code: Code,
    /// How many notes of each kind.
    pub kinds: CountByKind,
}

/// The counts of notes on the whole convention. Each counted note is in exactly one entry of
/// `places`, or in `above`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteCounts {
    /// Every objective of the level, in the document's order, including those without notes.
    pub places: Vec<ItemNoteCount>,
    /// The notes on objectives above that level, which belong to no entry of `places`.
    pub above: CountByKind,
}

impl CountByKind {
    /// The number of notes of one kind.
    #[must_use]
    pub fn at(self, kind: NoteKind) -> usize {
        NoteKind::ALL.into_iter().zip(self.0).find(|pair| pair.0 == kind).map_or(0, |pair| pair.1)
    }

    /// The number of notes of all kinds.
    #[must_use]
    pub fn total(self) -> usize {
        self.0.iter().sum()
    }

    fn add(&mut self, kind: NoteKind) {
        for (of, count) in NoteKind::ALL.into_iter().zip(&mut self.0) {
            *count += usize::from(of == kind);
        }
    }
}

impl NoteCounts {
    /// Counts the notes for which `counts` returns true, by objective of one level. Private notes
    /// count where the owner sees the numbers; whatever is shared passes `|note| !note.private`.
    /// Notes on objectives that this convention lacks are skipped.
    #[must_use]
    pub fn of(
        convention: &Convention,
        journal: &Journal,
        by: ObjectiveLevel,
        counts: impl Fn(&Note) -> bool,
    ) -> Self {
        let codes: Vec<Code> = convention
            .items()
            .filter(|item| item.id().is_objective())
            .map(|item| item.id().code())
            .collect();
        let at_level = codes.iter().filter(|code| code.level() == by);
        let mut places: Vec<_> =
            at_level.map(|&code| ItemNoteCount { code, kinds: CountByKind::default() }).collect();
        let mut above = CountByKind::default();
        let noted = journal.all_notes().into_iter().filter(|noted| counts(noted.note));
        // The codes are in the document's order, so they are sorted.
        for noted in noted.filter(|noted| codes.binary_search(&noted.id.item.code()).is_ok()) {
            let place = places.iter_mut().find(|place| place.code.covers(noted.id.item.code()));
            place.map_or(&mut above, |place| &mut place.kinds).add(noted.note.kind);
        }
        Self { places, above }
    }

    /// The sum over all entries, by kind.
    #[must_use]
    pub fn sum(&self) -> CountByKind {
        let mut sum = self.above;
        for place in &self.places {
            for (sum, count) in sum.0.iter_mut().zip(place.kinds.0) {
                *sum += count;
            }
        }
        sum
    }
}
