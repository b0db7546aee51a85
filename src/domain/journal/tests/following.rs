//! Tests of planned days and watched markers.

use super::*;

const TODAY: &str = "2026-11-23";

fn planned(due: &str, watched: bool) -> FollowUp {
    FollowUp { due: due.parse().ok(), watched }
}

impl Diary {
    fn follow_up(&mut self, device: DeviceId, follow_up: FollowUp) -> ActionKind {
        let action = Action::FollowUp(marker(), follow_up);
        self.act_as(device, TODAY, action).expect("a sensible action").kind()
    }

    fn due(&self) -> Option<Due> {
        self.journal.due(marker(), HERE)
    }
}

#[test]
fn each_deed_has_its_name() {
    let mut diary = Diary::new();
    for (follow_up, kind) in [
        (planned("2026-12-31", false), ActionKind::Planned),
        (planned("2021-01-01", false), ActionKind::Planned),
        (planned("2021-01-01", true), ActionKind::Watched),
        (planned("", true), ActionKind::Unplanned),
        (planned("", false), ActionKind::Unwatched),
    ] {
        assert_eq!(diary.follow_up(HERE, follow_up), kind, "{follow_up:?}");
    }
}

#[test]
fn neither_date_nor_flag_is_a_deletion() {
    let mut diary = Diary::new();
    diary.follow_up(HERE, planned("2026-12-31", false));
    diary.follow_up(HERE, FollowUp::default());
    assert_eq!(diary.journal.follow_up(marker(), HERE), None);
    let held = diary.journal.records().next().expect("a version");
    assert_eq!((held.body(), held.stamp().edit), (&Body::Deleted, 2));
    let again = diary.act_as(HERE, TODAY, Action::FollowUp(marker(), FollowUp::default()));
    assert_eq!(again, Err(ApplyError::Gone));
}

#[test]
fn a_planned_day_is_undone_like_any_deed() {
    let mut diary = Diary::new();
    diary.follow_up(HERE, planned("2026-12-31", true));
    let moved = diary.act(TODAY, Action::FollowUp(marker(), planned("2027-01-31", true)));
    diary.act(TODAY, Action::Undo(moved));
    assert_eq!(diary.due().map(|due| due.day), Some(day("2026-12-31")));
}

#[test]
fn a_marker_that_the_convention_has_not_is_not_followed_up() {
    let mut diary = Diary::new();
    let unknown: MarkerId = "9.9.9-m9".parse().expect("an id");
    let refused =
        diary.act_as(HERE, TODAY, Action::FollowUp(unknown, planned("2026-12-31", false)));
    assert_eq!(refused, Err(ApplyError::UnknownItem(unknown.into())));
}

#[test]
fn ones_own_date_counts_and_else_the_latest_of_the_others() {
    let third = DeviceId(Token(3));
    let mut diary = Diary::new();
    assert_eq!(diary.due(), None);
    diary.follow_up(third, planned("2026-10-01", false));
    diary.follow_up(ELSEWHERE, planned("2026-12-01", false));
    assert_eq!(diary.due(), Some(Due { day: day("2026-12-01"), device: ELSEWHERE }));
    // Written again, so its stamp is the greatest.
    diary.follow_up(third, planned("2026-10-02", false));
    assert_eq!(diary.due(), Some(Due { day: day("2026-10-02"), device: third }));
    diary.follow_up(HERE, planned("2027-06-30", false));
    assert_eq!(diary.due(), Some(Due { day: day("2027-06-30"), device: HERE }));
    diary.follow_up(HERE, planned("", true));
    assert_eq!(diary.due().map(|due| due.device), Some(third));
    assert_eq!(diary.journal.due("1.2.1-m4".parse().expect("an id"), HERE), None);
}

/// Notes sort between observations and devices in the order of ids.
#[test]
fn the_list_of_notes_holds_notes_alone() {
    let mut diary = Diary::new();
    diary.act(TODAY, Action::Tick(marker()));
    diary.act(TODAY, Action::Write(marker().into(), draft("un banc")));
    diary.follow_up(HERE, planned("2026-12-31", true));
    assert_eq!(diary.journal.all_notes().len(), 1);
    assert_eq!(diary.journal.notes(marker().into()).len(), 1);
    assert_eq!(diary.journal.history(marker()).len(), 1);
}
