//! Tests of the list "à regarder", told as a person would meet it.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::convention::convention;
use crate::domain::follow_up::FollowUp;
use crate::domain::journal::{Action, ActionContext, ObservationInput};
use crate::domain::stamp::{Instant, Token};

const OWN: DeviceId = DeviceId(Token(1));
const OTHER: DeviceId = DeviceId(Token(2));
const TODAY: &str = "2026-11-23";

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn act(journal: &mut Journal, device: DeviceId, on: &str, action: Action) {
    let context = ActionContext { now: Instant(1), today: day(on), device, token: Token(1) };
    journal.apply(convention(), action, &context).expect("a sensible action");
}

fn observe(journal: &mut Journal, device: DeviceId, marker: &str, on: &str, level: Level) {
    let sighting = ObservationInput { level, day: day(on), confidence: None, evidence: None };
    let marker = marker.parse().expect("an id");
    act(journal, device, on, Action::Observe(marker, sighting));
}

fn follow(journal: &mut Journal, device: DeviceId, marker: &str, due: &str, watched: bool) {
    let follow_up = FollowUp { due: due.parse().ok(), watched };
    let marker = marker.parse().expect("an id");
    act(journal, device, TODAY, Action::FollowUp(marker, follow_up));
}

/// Why a marker is on the list today.
fn why(journal: &Journal, marker: &str) -> Vec<AttentionReason> {
    let marker: MarkerId = marker.parse().expect("an id");
    let list = attention(convention(), journal, OWN, day(TODAY));
    let found = list.iter().find(|attention| attention.marker == marker);
    found.map(|attention| attention.reasons().collect()).unwrap_or_default()
}

#[test]
fn of_an_empty_journal_nothing_has_been_observed() {
    let list = attention(convention(), &Journal::default(), OWN, day(TODAY));
    assert_eq!(list.len(), convention().markers().count());
    assert!(list.iter().all(|a| a.first == AttentionReason::NeverObserved && a.others.is_empty()));
    let order: Vec<_> = convention().markers().map(|marker| marker.id).collect();
    assert_eq!(list.iter().map(|a| a.marker).collect::<Vec<_>>(), order);
}

#[test]
fn a_look_is_stale_after_six_months_and_not_on_the_day() {
    for (last, today, stale) in [
        ("2026-05-23", "2026-11-23", false),
        ("2026-05-22", "2026-11-23", true),
        ("2026-02-28", "2026-08-31", false),
        ("2026-02-27", "2026-08-31", true),
        ("2024-02-29", "2024-08-31", false),
        ("2024-02-28", "2024-08-31", true),
    ] {
        let mut journal = Journal::default();
        observe(&mut journal, OWN, "1.2.1-m3", last, Level::InProgress);
        let list = attention(convention(), &journal, OWN, day(today));
        let found = list.iter().find(|a| a.marker.to_string() == "1.2.1-m3");
        assert_eq!(
            found.map(|a| a.first),
            stale.then(|| AttentionReason::Stale(day(last))),
            "{last}"
        );
    }
}

#[test]
fn what_is_reached_is_neither_stale_nor_due() {
    let mut journal = Journal::default();
    observe(&mut journal, OWN, "1.2.1-m3", "2021-01-01", Level::Reached);
    follow(&mut journal, OWN, "1.2.1-m3", "2026-01-01", true);
    assert_eq!(why(&journal, "1.2.1-m3"), [AttentionReason::Watched]);
}

#[test]
fn a_planned_day_is_told_thirty_days_before() {
    for (due, reason) in [
        ("2026-11-22", Some(AttentionReason::Due(day("2026-11-22")))),
        ("2026-11-23", Some(AttentionReason::Due(day("2026-11-23")))),
        ("2026-11-24", Some(AttentionReason::DueSoon(day("2026-11-24")))),
        ("2026-12-23", Some(AttentionReason::DueSoon(day("2026-12-23")))),
        ("2026-12-24", None),
    ] {
        let mut journal = Journal::default();
        observe(&mut journal, OWN, "1.2.1-m3", "2026-11-01", Level::NotYet);
        follow(&mut journal, OTHER, "1.2.1-m3", due, false);
        assert_eq!(why(&journal, "1.2.1-m3"), Vec::from_iter(reason), "{due}");
    }
}

#[test]
fn each_keeps_an_eye_on_their_own_markers() {
    let mut journal = Journal::default();
    observe(&mut journal, OWN, "1.2.1-m3", "2026-11-01", Level::NotYet);
    follow(&mut journal, OTHER, "1.2.1-m3", "", true);
    assert_eq!(why(&journal, "1.2.1-m3"), []);
    follow(&mut journal, OWN, "1.2.1-m3", "", true);
    assert_eq!(why(&journal, "1.2.1-m3"), [AttentionReason::Watched]);
}

#[test]
fn a_marker_stands_under_its_most_urgent_reason_and_says_the_others() {
    let mut journal = Journal::default();
    observe(&mut journal, OWN, "1.2.1-m3", "2026-01-01", Level::NotYet);
    observe(&mut journal, OTHER, "1.2.1-m3", "2026-02-01", Level::InProgress);
    follow(&mut journal, OWN, "1.2.1-m3", "2026-10-01", true);
    let reasons = [
        AttentionReason::Due(day("2026-10-01")),
        AttentionReason::Contested,
        AttentionReason::Stale(day("2026-02-01")),
        AttentionReason::Watched,
    ];
    assert_eq!(why(&journal, "1.2.1-m3"), reasons);
    follow(&mut journal, OWN, "1.1.1-m1", "2026-12-01", true);
    let unseen = [
        AttentionReason::DueSoon(day("2026-12-01")),
        AttentionReason::Watched,
        AttentionReason::NeverObserved,
    ];
    assert_eq!(why(&journal, "1.1.1-m1"), unseen);
}

#[test]
fn the_earliest_comes_first() {
    let mut journal = Journal::default();
    follow(&mut journal, OWN, "1.1.2-m1", "2026-11-01", false);
    follow(&mut journal, OWN, "1.1.2-m2", "2026-10-01", false);
    follow(&mut journal, OWN, "1.1.2-m3", "2026-12-01", false);
    follow(&mut journal, OWN, "1.1.2-m4", "2026-10-01", false);
    let list = attention(convention(), &journal, OWN, day(TODAY));
    let order: Vec<_> = list.iter().take(4).map(|a| a.marker.to_string()).collect();
    assert_eq!(order, ["1.1.2-m2", "1.1.2-m4", "1.1.2-m1", "1.1.2-m3"]);
}

proptest! {
    /// Each marker is listed at most once, its reasons sort by urgency, the list sorts by first
    /// reasons, and markers without an observation are always listed.
    #[test]
    fn each_marker_stands_there_once(
        actions in proptest::collection::vec(
            (select(&["1.1.1-m1", "1.2.1-m3", "2.1.1-m1"]), 1_u8..13, select(&Level::ALL),
             select(&[OWN, OTHER]), any::<bool>(), any::<bool>()),
            0..16,
        )
    ) {
        let mut journal = Journal::default();
        for (marker, month, level, device, plans, watched) in actions {
            let on = format!("2026-{month:02}-15");
            if plans {
                follow(&mut journal, device, marker, &on, watched);
            } else {
                observe(&mut journal, device, marker, &on, level);
            }
        }
        let list = attention(convention(), &journal, OWN, day(TODAY));
        let firsts: Vec<_> = list.iter().map(|a| (a.first, a.marker)).collect();
        prop_assert!(firsts.is_sorted());
        for attention in &list {
            prop_assert!(attention.reasons().is_sorted());
            prop_assert_eq!(list.iter().filter(|a| a.marker == attention.marker).count(), 1);
        }
        for marker in convention().markers() {
            let never = journal.state(marker.id, day(TODAY)).is_none();
            let said = list.iter().any(|a| {
                a.marker == marker.id && a.reasons().any(|r| r == AttentionReason::NeverObserved)
            });
            prop_assert_eq!(never, said);
        }
    }
}
