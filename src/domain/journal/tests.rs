//! Tests of the journal's promises, told as a person would see them.

use super::*;
use crate::convention::convention;
use crate::domain::follow_up::{Due, FollowUp};
use crate::domain::note::{NoteDraft, NoteKind};
use crate::domain::observation::{Confidence, Evidence};

mod following;

const HERE: DeviceId = DeviceId(Token(1));
const ELSEWHERE: DeviceId = DeviceId(Token(2));

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn marker() -> MarkerId {
    "1.2.1-m3".parse().expect("an id")
}

fn context(device: DeviceId, today: &str, tick: u64) -> ActionContext {
    ActionContext { now: Instant(tick), today: day(today), device, token: Token(tick) }
}

fn sighting(level: Level, on: &str) -> ObservationInput {
    ObservationInput { level, day: day(on), confidence: None, evidence: None }
}

/// A journal with its clock: each action comes a millisecond after the last.
struct Diary {
    journal: Journal,
    clock: u64,
}

impl Diary {
    fn new() -> Self {
        Self { journal: Journal::default(), clock: 0 }
    }

    fn act_as(
        &mut self,
        device: DeviceId,
        today: &str,
        action: Action,
    ) -> Result<Change, ApplyError> {
        self.clock += 1;
        self.journal.apply(convention(), action, &context(device, today, self.clock))
    }

    fn act(&mut self, today: &str, action: Action) -> Change {
        self.act_as(HERE, today, action).expect("a sensible action")
    }

    fn level(&self, on: &str) -> Option<Level> {
        self.journal.state(marker(), day(on)).map(|state| state.seen.level)
    }
}

fn draft(text: &str) -> NoteDraft {
    NoteDraft { kind: NoteKind::Idea, text: text.to_owned(), private: true }
}

#[test]
fn nothing_is_written_on_a_clock_after_the_year_2999() {
    let mut journal = Journal::default();
    let context = ActionContext {
        now: Instant::END,
        today: Day::LAST,
        device: DeviceId(Token(1)),
        token: Token(1),
    };
    let marker = "1.2.1-m3".parse().expect("an id");
    let refused = journal.apply(crate::convention::convention(), Action::Tick(marker), &context);
    assert_eq!(refused, Err(ApplyError::WrongClock));
    assert!(journal.is_empty());
}

#[test]
fn a_tick_says_reached_today_and_a_second_tap_takes_it_back() {
    let mut diary = Diary::new();
    diary.act("2021-03-12", Action::Tick(marker()));
    assert_eq!(diary.level("2021-03-12"), Some(Level::Reached));
    assert_eq!(diary.level("2021-03-11"), None);
    diary.act("2021-03-12", Action::Untick(marker()));
    assert_eq!(diary.level("2021-03-12"), None);
}

#[test]
fn a_marker_unticked_is_not_reached_however_often_it_was_said() {
    let mut diary = Diary::new();
    diary.act("2021-03-01", Action::Observe(marker(), sighting(Level::InProgress, "2021-03-01")));
    diary.act("2021-03-02", Action::Tick(marker()));
    diary.act("2021-03-05", Action::Observe(marker(), sighting(Level::Reached, "2021-03-05")));
    diary.act("2021-03-09", Action::Untick(marker()));
    assert_eq!(diary.level("2021-03-09"), Some(Level::InProgress));
}

#[test]
fn unticking_leaves_what_others_saw_and_says_not_yet_beside_it() {
    let mut diary = Diary::new();
    diary.act_as(ELSEWHERE, "2021-03-01", Action::Tick(marker())).expect("a tick");
    diary.act("2021-03-09", Action::Untick(marker()));
    assert_eq!(diary.level("2021-03-09"), Some(Level::NotYet));
    assert_eq!(diary.level("2021-03-08"), Some(Level::Reached));
    assert_eq!(diary.journal.history(marker()).len(), 2);
}

#[test]
fn unticking_what_was_not_ticked_changes_nothing() {
    let mut diary = Diary::new();
    let before = diary.journal.clone();
    let error = diary.act_as(HERE, "2021-03-09", Action::Untick(marker()));
    assert_eq!(error, Err(ApplyError::Gone));
    assert_eq!(diary.journal, before);
}

#[test]
fn a_second_look_on_the_same_day_replaces_the_first() {
    let mut diary = Diary::new();
    diary.act("2021-03-12", Action::Observe(marker(), sighting(Level::NotYet, "2021-03-12")));
    diary.act("2021-03-12", Action::Observe(marker(), sighting(Level::InProgress, "2021-03-12")));
    let history = diary.journal.history(marker());
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].stamp.edit, 2);
    assert_eq!(diary.level("2021-03-12"), Some(Level::InProgress));
}

#[test]
fn a_tick_keeps_the_evidence_of_the_same_day() {
    let mut diary = Diary::new();
    let told = ObservationInput {
        confidence: Some(Confidence::High),
        evidence: Some(Evidence::new("trois bancs").expect("short")),
        ..sighting(Level::InProgress, "2021-03-12")
    };
    diary.act("2021-03-12", Action::Observe(marker(), told));
    diary.act("2021-03-12", Action::Tick(marker()));
    let state = diary.journal.state(marker(), day("2021-03-12")).expect("a state");
    assert_eq!(state.seen.level, Level::Reached);
    assert_eq!(state.seen.confidence, Some(Confidence::High));
    assert_eq!(state.seen.evidence.as_ref().map(Evidence::as_str), Some("trois bancs"));
}

#[test]
fn of_one_day_the_later_word_counts_and_what_was_withdrawn_does_not() {
    let mut diary = Diary::new();
    let at = |level, on| Action::Observe(marker(), sighting(level, on));
    diary.act_as(ELSEWHERE, "2021-03-12", at(Level::NotYet, "2021-03-12")).expect("sense");
    diary.act("2021-03-12", at(Level::InProgress, "2021-03-12"));
    diary.act_as(ELSEWHERE, "2021-03-12", at(Level::Reached, "2021-03-12")).expect("sense");
    assert_eq!(diary.level("2021-03-12"), Some(Level::Reached));
    diary.act("2021-04-01", at(Level::NotObservable, "2021-04-01"));
    assert_eq!(diary.level("2021-04-01"), Some(Level::NotObservable));
    let id = ObservationId { marker: marker(), day: day("2021-04-01"), device: HERE };
    diary.act("2021-04-02", Action::Withdraw(id));
    assert_eq!(diary.level("2021-04-02"), Some(Level::Reached));
    assert_eq!(diary.level("2021-03-11"), None);
    for on in ["2021-03-11", "2021-03-12", "2021-04-02"] {
        let told = diary.journal.history(marker()).into_iter().rfind(|seen| seen.id.day <= day(on));
        assert_eq!(diary.journal.state(marker(), day(on)), told, "{on}");
    }
}

#[test]
fn the_state_on_a_day_is_the_latest_up_to_that_day() {
    let mut diary = Diary::new();
    diary.act("2021-06-01", Action::Observe(marker(), sighting(Level::Reached, "2021-05-01")));
    diary.act("2021-06-01", Action::Observe(marker(), sighting(Level::NotYet, "2021-01-01")));
    assert_eq!(diary.level("2020-12-31"), None);
    assert_eq!(diary.level("2021-04-30"), Some(Level::NotYet));
    assert_eq!(diary.level("2021-06-01"), Some(Level::Reached));
}

#[test]
fn a_day_that_has_not_come_is_refused() {
    let mut diary = Diary::new();
    let future = Action::Observe(marker(), sighting(Level::Reached, "2021-03-13"));
    let error = diary.act_as(HERE, "2021-03-12", future);
    assert_eq!(error, Err(ApplyError::FutureDay(day("2021-03-13"))));
}

#[test]
fn an_unknown_item_is_refused() {
    let mut diary = Diary::new();
    let unknown: ItemId = "9.9.9-m1".parse().expect("an id");
    let error = diary.act_as(HERE, "2021-03-12", Action::Write(unknown, draft("ici")));
    assert_eq!(error, Err(ApplyError::UnknownItem(unknown)));
}

#[test]
fn a_withdrawn_observation_leaves_the_one_before() {
    let mut diary = Diary::new();
    diary.act("2021-03-01", Action::Observe(marker(), sighting(Level::InProgress, "2021-03-01")));
    diary.act("2021-03-02", Action::Tick(marker()));
    let id = ObservationId { marker: marker(), day: day("2021-03-02"), device: HERE };
    diary.act("2021-03-03", Action::Withdraw(id));
    assert_eq!(diary.level("2021-03-03"), Some(Level::InProgress));
    assert_eq!(diary.act_as(HERE, "2021-03-03", Action::Withdraw(id)), Err(ApplyError::Gone));
}

#[test]
fn a_note_is_written_edited_and_deleted_by_versions() {
    let mut diary = Diary::new();
    let item: ItemId = "2.1".parse().expect("an id");
    diary.act("2021-03-12", Action::Write(item, draft(" un banc \r\n")));
    let written = diary.journal.notes(item);
    let (id, created) = (written[0].id, written[0].note.created);
    assert_eq!(written[0].note.text.as_str(), "un banc");

    diary.act("2021-03-13", Action::Edit(id, draft("deux bancs")));
    let edited = diary.journal.notes(item);
    assert_eq!((edited.len(), edited[0].stamp.edit), (1, 2));
    assert_eq!(edited[0].note.created, created);

    diary.act("2021-03-14", Action::Delete(id));
    assert!(diary.journal.notes(item).is_empty());
    assert!(diary.journal.get(RecordId::Note(id)).is_some(), "the tombstone stays");
    assert_eq!(
        diary.act_as(HERE, "2021-03-15", Action::Edit(id, draft("x"))),
        Err(ApplyError::Gone)
    );
}

#[test]
fn a_level_by_one_tap_keeps_the_evidence_of_the_same_day() {
    let mut diary = Diary::new();
    let evidence = Evidence::new("Vu à l’arrêt").ok();
    let told = ObservationInput { evidence, ..sighting(Level::Reached, "2021-03-12") };
    diary.act("2021-03-12", Action::Observe(marker(), told));
    diary.act("2021-03-12", Action::Mark(marker(), Level::NotYet));
    let history = diary.journal.history(marker());
    assert_eq!((history.len(), history[0].seen.level), (1, Level::NotYet));
    assert!(history[0].seen.evidence.is_some());
}

#[test]
fn a_corrected_day_moves_the_observation() {
    let mut diary = Diary::new();
    diary.act("2021-03-12", Action::Tick(marker()));
    let id = ObservationId { marker: marker(), day: day("2021-03-12"), device: HERE };
    let late = Action::Correct(id, sighting(Level::Reached, "2021-03-13"));
    assert!(diary.act_as(HERE, "2021-03-12", late).is_err(), "the day has not come");
    let moved = Action::Correct(id, sighting(Level::Reached, "2020-09-01"));
    let change = diary.act("2021-03-12", moved);
    let days = |diary: &Diary| -> Vec<_> {
        diary.journal.history(marker()).iter().map(|seen| seen.id.day).collect()
    };
    assert_eq!(days(&diary), [day("2020-09-01")]);
    diary.act("2021-03-12", Action::Undo(change));
    assert_eq!(days(&diary), [day("2021-03-12")]);
}

/// Regression: who deleted a note of another device and undid it became its author.
#[test]
fn a_note_that_comes_back_is_still_its_authors() {
    let mut diary = Diary::new();
    let item: ItemId = "2.1".parse().expect("an id");
    diary.act_as(ELSEWHERE, "2021-03-12", Action::Write(item, draft("un banc"))).expect("a note");
    let id = diary.journal.notes(item)[0].id;
    let deleted = diary.act("2021-03-13", Action::Delete(id));
    diary.act("2021-03-13", Action::Undo(deleted));
    let stamp = diary.journal.notes(item)[0].stamp;
    assert_eq!((stamp.edit, stamp.device), (3, ELSEWHERE));
}

#[test]
fn every_deed_can_be_undone_and_undoing_is_a_new_version() {
    let item: ItemId = marker().into();
    let mut diary = Diary::new();
    diary.act("2021-03-01", Action::Observe(marker(), sighting(Level::InProgress, "2021-03-01")));
    diary.act("2021-03-02", Action::Write(item, draft("avant")));
    let note = diary.journal.notes(item)[0].id;
    let seen = ObservationId { marker: marker(), day: day("2021-03-01"), device: HERE };
    let actions = [
        Action::Tick(marker()),
        Action::Mark(marker(), Level::NotYet),
        Action::Observe(marker(), sighting(Level::NotYet, "2021-03-01")),
        Action::Correct(seen, sighting(Level::NotYet, "2021-02-28")),
        Action::Withdraw(seen),
        Action::Write(item, draft("autre")),
        Action::Edit(note, draft("après")),
        Action::Delete(note),
    ];
    for action in actions {
        let said = format!("{action:?}");
        let before = contents(&diary.journal);
        let change = diary.act("2021-03-05", action);
        assert_ne!(contents(&diary.journal), before, "{said}");
        let stamps: Vec<_> = change.written().map(|record| (record.id(), record.stamp())).collect();
        diary.act("2021-03-05", Action::Undo(change));
        assert_eq!(contents(&diary.journal), before, "{said}");
        for (id, stamp) in stamps {
            let now = diary.journal.get(id).expect("a version").stamp();
            assert!(now > stamp, "undoing {said} must win over what it undoes");
        }
    }
}

/// The visible content of a journal: the bodies, without stamps and tombstones.
fn contents(journal: &Journal) -> Vec<(RecordId, Body)> {
    let seen = journal.records().filter(|record| *record.body() != Body::Deleted);
    seen.map(|record| (record.id(), record.body().clone())).collect()
}

/// Regression: undoing writes a new version, so the version written by an earlier action was gone,
/// and a second Ctrl+Z was refused as "changed since".
#[test]
fn deeds_are_undone_one_after_the_other() {
    let mut diary = Diary::new();
    let mut stack = UndoStack::default();
    let actions = [Action::Tick(marker()), Action::Untick(marker()), Action::Tick(marker())];
    for action in actions {
        stack.done(diary.act("2021-03-12", action));
    }
    for level in [None, Some(Level::Reached), None] {
        let latest = stack.latest().expect("an action");
        stack.undone(&diary.act("2021-03-12", Action::Undo(latest)));
        assert_eq!(diary.level("2021-03-12"), level);
    }
    assert!(stack.is_empty());
}

/// A version with the same content, written by another tab, is not this tab's to undo.
#[test]
fn the_same_words_of_another_tab_are_not_undone() {
    let mut diary = Diary::new();
    let ticked = diary.act("2021-03-12", Action::Tick(marker()));
    diary.act("2021-03-12", Action::Untick(marker()));
    diary.act("2021-03-12", Action::Tick(marker()));
    let undone = diary.act_as(HERE, "2021-03-12", Action::Undo(ticked));
    assert_eq!(undone, Err(ApplyError::ChangedSince));
}

#[test]
fn what_has_been_changed_since_is_not_undone() {
    let mut diary = Diary::new();
    let item: ItemId = "2.1".parse().expect("an id");
    let written = diary.act("2021-03-12", Action::Write(item, draft("un")));
    let id = diary.journal.notes(item)[0].id;
    diary.act("2021-03-12", Action::Edit(id, draft("deux")));
    let undone = diary.act_as(HERE, "2021-03-12", Action::Undo(written));
    assert_eq!(undone, Err(ApplyError::ChangedSince));
    assert_eq!(diary.journal.notes(item)[0].note.text.as_str(), "deux");
}

#[test]
fn an_older_version_never_replaces_a_newer_one() {
    let mut diary = Diary::new();
    let first = diary.act("2021-03-12", Action::Tick(marker()));
    let second = diary.act("2021-03-12", Action::Untick(marker()));
    let [old, new] = [first, second].map(|c| c.written().next().expect("a version").clone());
    let one: Journal = [old.clone(), new.clone()].into_iter().collect();
    let other: Journal = [new, old.clone()].into_iter().collect();
    assert_eq!(one, other);
    assert_eq!(diary.journal.put(old), PutResult::Known);
}

/// Regression: the notes on one item were listed in random order, because a note's id is the item
/// followed by a random token.
#[test]
fn notes_come_by_item_and_then_as_they_were_written() {
    let mut diary = Diary::new();
    for (item, text) in [("2.1", "b1"), ("1.2.1-m3", "a1"), ("2.1", "b2"), ("2.1", "b3")] {
        let item = item.parse().expect("an id");
        // Later notes get smaller tokens, so that the order of ids is the wrong one.
        diary.clock += 1;
        let now = ActionContext {
            token: Token(100 - diary.clock),
            ..context(HERE, "2021-03-12", diary.clock)
        };
        diary.journal.apply(convention(), Action::Write(item, draft(text)), &now).expect("a note");
    }
    let texts = |notes: Vec<NoteRef<'_>>| -> Vec<String> {
        notes.iter().map(|noted| noted.note.text.to_string()).collect()
    };
    assert_eq!(texts(diary.journal.all_notes()), ["a1", "b1", "b2", "b3"]);
    assert_eq!(texts(diary.journal.notes("2.1".parse().expect("an id"))), ["b1", "b2", "b3"]);
}
