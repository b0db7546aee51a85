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
pub struct NoteChoice(BTreeMap<NoteId, bool>);

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

impl NoteChoice {
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
impl fmt::Display for NoteChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(id, quote)| {
            writeln!(f, "{}{}", if *quote { '+' } else { '-' }, RecordId::Note(*id))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::{Action, Moment};
    use crate::domain::note::NoteDraft;
    use crate::domain::stamp::{DeviceId, Token};

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn journal(notes: &[(NoteKind, bool)]) -> Journal {
        let mut journal = Journal::default();
        for (number, &(kind, private)) in notes.iter().enumerate() {
            let token = Token(number as u64 + 1);
            let today = day("2021-03-12");
            let moment = Moment { now: Instant(token.0), today, device: DeviceId(Token(1)), token };
            let draft = NoteDraft { kind, text: "Un banc".to_owned(), private };
            let item = "1.2.1".parse().expect("an id");
            journal
                .apply(crate::convention::convention(), Action::Write(item, draft), &moment)
                .expect("a note");
        }
        journal
    }

    fn quoted(choice: &NoteChoice, journal: &Journal) -> Vec<u64> {
        let offered = offered(journal, None, &|_| day("2021-03-12"));
        choice.of(&offered).into_iter().map(|id| id.token.0).collect()
    }

    #[test]
    fn alerts_and_findings_are_quoted_and_the_rest_while_it_is_little() {
        let mut kinds = vec![(NoteKind::Alert, false), (NoteKind::Finding, false)];
        kinds.extend([(NoteKind::Idea, false); FEW]);
        let choice = NoteChoice::default();
        assert_eq!(quoted(&choice, &journal(&kinds)).len(), 2 + FEW);
        kinds.push((NoteKind::Question, false));
        assert_eq!(quoted(&choice, &journal(&kinds)), [1, 2]);
    }

    #[test]
    fn what_was_said_of_a_note_counts_and_comes_back_from_its_text() {
        let journal = journal(&[(NoteKind::Alert, false), (NoteKind::Idea, false)]);
        let ids: Vec<_> = journal.all_notes().iter().map(|noted| noted.id).collect();
        let mut choice = NoteChoice::default();
        choice.say(ids[0], false);
        choice.say(ids[1], true);
        assert_eq!(quoted(&choice, &journal), [2]);
        let text = choice.to_string();
        assert_eq!(NoteChoice::parse(&text), choice);
        assert_eq!(NoteChoice::parse(&format!("{text}?\n\n+device/0000000000000001\n é")), choice);
    }

    #[test]
    fn a_private_note_is_not_offered_whatever_was_said() {
        let journal = journal(&[(NoteKind::Alert, true)]);
        let mut choice = NoteChoice::default();
        choice.say(journal.all_notes()[0].id, true);
        assert_eq!(quoted(&choice, &journal), [0; 0]);
    }

    #[test]
    fn only_notes_of_the_period_are_offered() {
        let journal = journal(&[(NoteKind::Alert, false)]);
        let period = |last: &str| Some(Period { first: day("2021-03-01"), last: day(last) });
        let count = |period| offered(&journal, period, &|_| day("2021-03-12")).len();
        assert_eq!([count(period("2021-03-11")), count(period("2021-03-12"))], [0, 1]);
    }
}
