//! Selects the notes that a report quotes.
//!
//! Alerts and findings are quoted by default; ideas and questions only if there are at most
//! [`FEW`]. A person's choice for a note overrides the default, for that note only: choices do not
//! affect notes written later. Private notes are never offered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::day::Day;
use super::journal::{Journal, NoteRef};
use super::note::NoteKind;
use super::period::Period;
use super::record::{NoteId, RecordId};
use super::stamp::Instant;

/// Up to this many ideas and questions together are quoted by default.
pub const FEW: usize = 12;

/// A person's choices: to quote a note, or to leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteSelection(BTreeMap<NoteId, bool>);

/// The notes that can be quoted: not private and, if there is a period, written in it. `day_of`
/// converts an instant into a local day.
#[must_use]
pub fn offered<'a>(
    journal: &'a Journal,
    period: Option<Period>,
    day_of: &dyn Fn(Instant) -> Day,
) -> Vec<NoteRef<'a>> {
    let mut notes = journal.all_notes();
    notes.retain(|noted| {
        let inside = period.is_none_or(|period| period.holds(day_of(noted.note.created)));
        !noted.note.private && inside
    });
    notes
}

impl NoteSelection {
    /// Records the choice for a note.
    pub fn say(&mut self, id: NoteId, quote: bool) {
        self.0.insert(id, quote);
    }

    /// The ids of the offered notes that are quoted.
    #[must_use]
    pub fn of(&self, offered: &[NoteRef<'_>]) -> BTreeSet<NoteId> {
        let quiet =
            |noted: &NoteRef<'_>| matches!(noted.note.kind, NoteKind::Idea | NoteKind::Question);
        let few = offered.iter().filter(|noted| quiet(noted)).count() <= FEW;
        let quoted = |noted: &&NoteRef<'_>| {
            self.0.get(&noted.id).copied().unwrap_or_else(|| few || !quiet(noted))
        };
        offered.iter().filter(quoted).map(|noted| noted.id).collect()
    }

    /// Parses the text that `Display` writes; invalid lines are skipped.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let said = |line: &str| {
            let (sign, id) = line.split_at_checked(1)?;
            match id.parse().ok()? {
                RecordId::Note(id) if sign == "+" || sign == "-" => Some((id, sign == "+")),
                _ => None,
            }
        };
        Self(text.lines().filter_map(said).collect())
    }
}

/// One line per note: `+` or `-`, then its id.
impl fmt::Display for NoteSelection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(id, quote)| {
            writeln!(f, "{}{}", if *quote { '+' } else { '-' }, RecordId::Note(*id))
        })
    }
}

#[cfg(test)]
mod tests;
