//! Which notes a report quotes.
//!
//! Alerts and findings are in it by themselves; ideas and questions too while they are [`FEW`].
//! What a person says of a note counts more than that, and only of that note: notes that come
//! later are chosen as if nothing had been said. A note that is kept for oneself is never offered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::day::Day;
use super::journal::{Journal, Noted};
use super::note::NoteKind;
use super::period::Period;
use super::record::{NoteId, RecordId};
use super::stamp::Instant;

/// How many ideas and questions are few.
pub const FEW: usize = 12;

/// What a person has said of notes: to quote them, or to leave them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteSelection(BTreeMap<NoteId, bool>);

/// The notes that can be quoted: those that nobody keeps for themselves, written in the period if
/// there is one. `day_of` tells on which day an instant was.
#[must_use]
pub fn offered<'a>(
    journal: &'a Journal,
    period: Option<Period>,
    day_of: &dyn Fn(Instant) -> Day,
) -> Vec<Noted<'a>> {
    let mut notes = journal.all_notes();
    notes.retain(|noted| {
        let inside = period.is_none_or(|period| period.holds(day_of(noted.note.created)));
        !noted.note.private && inside
    });
    notes
}

impl NoteSelection {
    /// Says it of a note.
    pub fn say(&mut self, id: NoteId, quote: bool) {
        self.0.insert(id, quote);
    }

    /// Those of the notes that are quoted.
    #[must_use]
    pub fn of(&self, offered: &[Noted<'_>]) -> BTreeSet<NoteId> {
        let quiet =
            |noted: &Noted<'_>| matches!(noted.note.kind, NoteKind::Idea | NoteKind::Question);
        let few = offered.iter().filter(|noted| quiet(noted)).count() <= FEW;
        let quoted = |noted: &&Noted<'_>| {
            self.0.get(&noted.id).copied().unwrap_or_else(|| few || !quiet(noted))
        };
        offered.iter().filter(quoted).map(|noted| noted.id).collect()
    }

    /// Reads what was written; a line that says nothing is passed over.
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

/// A line for each note, with a sign before its id.
impl fmt::Display for NoteSelection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(id, quote)| {
            writeln!(f, "{}{}", if *quote { '+' } else { '-' }, RecordId::Note(*id))
        })
    }
}

#[cfg(test)]
mod tests;
