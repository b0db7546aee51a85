//! Tests of the selection, with notes on one objective.

use super::*;
use crate::domain::journal::{Action, ActionContext};
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
        let context =
            ActionContext { now: Instant(token.0), today, device: DeviceId(Token(1)), token };
        let draft = NoteDraft { kind, text: "Un banc".to_owned(), private };
        let item = "1.2.1".parse().expect("an id");
        journal
            .apply(crate::convention::convention(), Action::Write(item, draft), &context)
            .expect("a note");
    }
    journal
}

fn quoted(choice: &NoteSelection, journal: &Journal) -> Vec<u64> {
    let offered = offered(journal, None, &|_| day("2021-03-12"));
    choice.of(&offered).into_iter().map(|id| id.token.0).collect()
}

#[test]
fn alerts_and_findings_are_quoted_and_the_rest_while_it_is_little() {
    let mut kinds = vec![(NoteKind::Alert, false), (NoteKind::Finding, false)];
    kinds.extend([(NoteKind::Idea, false); FEW]);
    let choice = NoteSelection::default();
    assert_eq!(quoted(&choice, &journal(&kinds)).len(), 2 + FEW);
    kinds.push((NoteKind::Question, false));
    assert_eq!(quoted(&choice, &journal(&kinds)), [1, 2]);
}

#[test]
fn what_was_said_of_a_note_counts_and_comes_back_from_its_text() {
    let journal = journal(&[(NoteKind::Alert, false), (NoteKind::Idea, false)]);
    let ids: Vec<_> = journal.all_notes().iter().map(|noted| noted.id).collect();
    let mut choice = NoteSelection::default();
    choice.say(ids[0], false);
    choice.say(ids[1], true);
    assert_eq!(quoted(&choice, &journal), [2]);
    let text = choice.to_string();
    assert_eq!(NoteSelection::parse(&text), choice);
    assert_eq!(NoteSelection::parse(&format!("{text}?\n\n+device/0000000000000001\n é")), choice);
}

#[test]
fn a_private_note_is_not_offered_whatever_was_said() {
    let journal = journal(&[(NoteKind::Alert, true)]);
    let mut choice = NoteSelection::default();
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
