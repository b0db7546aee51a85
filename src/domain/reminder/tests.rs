//! Tests of the reminder.

use super::*;
use crate::convention::convention;
use crate::domain::day::Day;
use crate::domain::journal::{Action, ActionContext};
use crate::domain::stamp::Token;

const OWN: DeviceId = DeviceId(Token(1));
const START: u64 = 1_600_000_000_000;

fn day(number: u64) -> Instant {
    Instant(START + number * DAY)
}

/// A journal in which `device` ticked one marker on each of these days.
fn ticked(device: DeviceId, days: &[u64]) -> Journal {
    let mut journal = Journal::default();
    for number in days {
        let context = ActionContext {
            now: day(*number),
            today: Day::new(2020, 9, 1).expect("a day"),
            device,
            token: Token(*number),
        };
        let marker = format!("1.2.1-m{}", number % 5 + 1).parse().expect("an id");
        journal.apply(convention(), Action::Tick(marker), &context).expect("a tick");
    }
    journal
}

#[test]
fn without_a_copy_the_first_record_counts() {
    let journal = ticked(OWN, &[0, 3]);
    assert!(!is_due(&journal, OWN, None, day(4), false));
    assert!(is_due(&journal, OWN, None, day(5), false));
    assert!(!is_due(&journal, OWN, None, day(29), true));
    assert!(is_due(&journal, OWN, None, day(30), true));
}

#[test]
fn a_copy_that_has_everything_is_enough_for_ever() {
    let journal = ticked(OWN, &[0, 3]);
    assert!(!is_due(&journal, OWN, Some(day(3)), day(300), false));
    assert!(is_due(&journal, OWN, Some(day(2)), day(7), false));
    assert!(!is_due(&journal, OWN, Some(day(2)), day(6), false));
}

#[test]
fn what_others_wrote_is_theirs_to_copy() {
    let journal = ticked(DeviceId(Token(2)), &[0]);
    assert!(!is_due(&journal, OWN, None, day(300), false));
}

#[test]
fn a_clock_set_back_reminds_of_nothing() {
    let journal = ticked(OWN, &[10]);
    assert!(!is_due(&journal, OWN, None, day(1), false));
}
