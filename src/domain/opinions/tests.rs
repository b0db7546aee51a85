//! Tests of opinions: worked examples and laws.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::convention::convention;
use crate::domain::device::{Device, DeviceLabel};
use crate::domain::record::{ObservationId, Record};
use crate::domain::stamp::{Instant, Token};
use crate::domain::wording::WordingHash;

const PLACES: [Level; 3] = [Level::NotYet, Level::InProgress, Level::Reached];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn device(number: u64) -> DeviceId {
    DeviceId(Token(number))
}

/// The observation of a marker by device `number` on a day.
fn saw(number: u64, marker: &str, on: &str, level: Level) -> Record {
    let id = ObservationId {
        marker: marker.parse().expect("an id"),
        day: day(on),
        device: device(number),
    };
    let stamp = Stamp { edit: 1, at: Instant(number), device: device(number) };
    let wording = WordingHash::of("même texte");
    Record::observation(id, stamp, Observation { level, confidence: None, evidence: None, wording })
}

fn speaks_for(number: u64, speaks_for: Voice) -> Record {
    let label = DeviceLabel::new("Accueil").expect("short");
    let stamp = Stamp { edit: 1, at: Instant(0), device: device(number) };
    Record::device(device(number), stamp, Device { label, speaks_for })
}

fn marker() -> MarkerId {
    "1.2.1-m3".parse().expect("an id")
}

fn views(journal: &Journal) -> Opinions<'_> {
    Opinions::of(journal, marker(), day("2021-12-31"))
}

#[test]
fn steps_are_what_all_together_would_have_to_move() {
    for (counts, steps) in [
        ([0, 0, 0], 0),
        ([5, 0, 0], 0),
        ([1, 1, 0], 1),
        ([1, 0, 1], 2),
        ([3, 0, 1], 2),
        ([1, 1, 1], 2),
        ([2, 0, 2], 4),
        ([1, 5, 2], 3),
    ] {
        assert_eq!(Spread::of(counts).steps, steps, "{counts:?}");
    }
}

#[test]
fn one_devices_changed_mind_is_history() {
    let journal: Journal = [
        saw(1, "1.2.1-m3", "2021-01-01", Level::Reached),
        saw(1, "1.2.1-m3", "2021-06-01", Level::NotYet),
        saw(2, "1.2.1-m3", "2021-03-01", Level::NotYet),
    ]
    .into_iter()
    .collect();
    let views = views(&journal);
    assert_eq!((views.devices(), views.are_contested()), (2, false));
    let before = Opinions::of(&journal, marker(), day("2021-05-31"));
    assert!(before.are_contested(), "until then they differed");
}

#[test]
fn what_cannot_be_observed_disagrees_with_nobody() {
    let journal: Journal = [
        saw(1, "1.2.1-m3", "2021-01-01", Level::Reached),
        saw(2, "1.2.1-m3", "2021-01-02", Level::NotObservable),
    ]
    .into_iter()
    .collect();
    let views = views(&journal);
    assert_eq!((views.devices(), views.counts().not_observable), (2, 1));
    assert_eq!((views.are_contested(), views.days_apart()), (false, None));
    assert_eq!(views.spread().placed, 1);
}

#[test]
fn each_voice_is_counted_apart() {
    let journal: Journal = [
        saw(1, "1.2.1-m3", "2021-01-01", Level::NotYet),
        saw(2, "1.2.1-m3", "2021-01-01", Level::NotYet),
        saw(3, "1.2.1-m3", "2021-01-01", Level::Reached),
        saw(4, "1.2.1-m3", "2021-01-01", Level::InProgress),
        speaks_for(1, Voice::Residents),
        speaks_for(2, Voice::Residents),
        speaks_for(3, Voice::Staff),
    ]
    .into_iter()
    .collect();
    let said: Vec<_> = views(&journal)
        .by_voice()
        .into_iter()
        .map(|(voice, counts)| (voice, counts.not_yet, counts.in_progress, counts.reached))
        .collect();
    let expected =
        [(Some(Voice::Residents), 2, 0, 0), (Some(Voice::Staff), 0, 0, 1), (None, 0, 1, 0)];
    assert_eq!(said, expected);
}

#[test]
fn days_apart_tell_what_may_be_progress() {
    let told = |looks: &[(u64, &str, Level)]| {
        let looks = looks.iter().map(|(device, on, level)| saw(*device, "1.2.1-m3", on, *level));
        let journal: Journal = looks.collect();
        let views = views(&journal);
        (views.days_apart(), views.may_be_progress())
    };
    let same_day = [(1, "2021-03-01", Level::NotYet), (2, "2021-03-01", Level::Reached)];
    assert_eq!(told(&same_day), (Some(0), false));
    let progress = [(1, "2021-03-01", Level::NotYet), (2, "2021-04-01", Level::InProgress)];
    assert_eq!(told(&progress), (Some(31), true));
    let decline = [(1, "2021-03-01", Level::Reached), (2, "2021-03-11", Level::NotYet)];
    assert_eq!(told(&decline), (Some(10), false));
    // The earliest and the latest day have the same level, so the most distant differing pair is 1
    // March and 20 March.
    let between = [
        (1, "2021-03-01", Level::NotYet),
        (2, "2021-03-20", Level::Reached),
        (3, "2021-03-30", Level::NotYet),
    ];
    assert_eq!(told(&between), (Some(19), false));
}

#[test]
fn the_most_disagreement_comes_first() {
    use Level::{InProgress, NotYet, Reached};

    let levels = |marker: &str, levels: &[Level]| -> Vec<Record> {
        (1..).zip(levels).map(|(n, level)| saw(n, marker, "2021-03-01", *level)).collect()
    };
    let journal: Journal = [
        levels("1.1.1-m1", &[NotYet, InProgress]),
        levels("1.1.1-m2", &[NotYet, Reached, NotYet, Reached]),
        levels("1.1.2-m3", &[Reached, Reached]),
        levels("1.2.1-m1", &[NotYet, InProgress, NotYet, InProgress]),
        levels("2.1.1-m1", &[NotYet, InProgress]),
        levels("3.1.1-m1", &[NotYet, Reached]),
    ]
    .into_iter()
    .flatten()
    .collect();
    let order: Vec<_> = Agreement::of(convention(), &journal, day("2021-12-31"))
        .contested
        .iter()
        .map(|contested| contested.marker.to_string())
        .collect();
    assert_eq!(order, ["1.1.1-m2", "3.1.1-m1", "1.2.1-m1", "1.1.1-m1", "2.1.1-m1"]);
    let whole = Agreement::of(convention(), &journal, day("2021-12-31"));
    assert_eq!((whole.devices, whole.shared), (4, 6));
    assert!(Agreement::of(convention(), &journal, day("2021-02-28")).contested.is_empty());
}

#[test]
fn markers_that_the_convention_does_not_have_count_for_nothing() {
    let elsewhere = |n, level| saw(n, "9.9.9-m1", "2021-03-01", level);
    let journal: Journal = [
        elsewhere(1, Level::NotYet),
        elsewhere(2, Level::Reached),
        saw(3, "1.1.1-m1", "2021-03-01", Level::Reached),
    ]
    .into_iter()
    .collect();
    let agreement = Agreement::of(convention(), &journal, day("2021-12-31"));
    assert_eq!((agreement.devices, agreement.shared, agreement.contested.len()), (1, 0, 0));
}

/// Leik's published formula, for any number of levels.
fn leik(counts: &[usize]) -> f64 {
    let total: usize = counts.iter().sum();
    let mut below = 0;
    let mut sum = 0.0;
    for count in counts {
        below += count;
        #[expect(clippy::cast_precision_loss, reason = "the counts are small")]
        let share = below as f64 / total as f64;
        sum += if share <= 0.5 { share } else { 1.0 - share };
    }
    #[expect(clippy::cast_precision_loss, reason = "there are three")]
    let levels = counts.len() as f64;
    2.0 * sum / (levels - 1.0)
}

fn looks() -> impl Strategy<Value = Vec<Record>> {
    let markers = select(&["1.1.1-m1", "1.2.1-m3"]);
    let look = (markers, 1_u64..6, 1_u8..28, select(&Level::ALL), 0_u64..3);
    let look = look.prop_map(|(marker, number, on, level, at)| {
        let record = saw(number, marker, &format!("2021-03-{on:02}"), level);
        record.rewritten(Stamp { edit: 1, at: Instant(at), device: device(number) })
    });
    proptest::collection::vec(look, 0..20)
}

proptest! {
    /// The exact fraction equals the published formula.
    #[test]
    fn the_spread_is_leiks_dispersion(counts in [0_usize..9, 0..9, 0..9]) {
        let spread = Spread::of(counts);
        prop_assume!(spread.placed > 0);
        #[expect(clippy::cast_precision_loss, reason = "the counts are small")]
        let exact = spread.steps as f64 / spread.placed as f64;
        prop_assert!((exact - leik(&counts)).abs() < 1e-9, "{exact}");
    }

    /// The steps equal the sum of the distances to the median, wherever that is.
    #[test]
    fn the_steps_are_the_distances_to_the_median(counts in [0_usize..9, 0..9, 0..9]) {
        let places: Vec<usize> =
            (0..3).flat_map(|place| std::iter::repeat_n(place, counts[place])).collect();
        let median = places.get(places.len() / 2).copied().unwrap_or_default();
        let steps: usize = places.iter().map(|place| place.abs_diff(median)).sum();
        prop_assert_eq!(Spread::of(counts).steps, steps);
    }

    /// The spread is greatest with half at each end, and zero only with agreement.
    #[test]
    fn the_spread_lies_between_agreement_and_two_camps(counts in [0_usize..9, 0..9, 0..9]) {
        let spread = Spread::of(counts);
        prop_assert!(spread >= Spread::of([1, 0, 0]) && spread <= Spread::of([1, 0, 1]));
        let agree = counts.iter().filter(|count| **count > 0).count() < 2;
        prop_assert_eq!(spread.steps == 0, agree);
        let camps = counts[1] == 0 && counts[0] == counts[2] && counts[0] > 0;
        prop_assert_eq!(spread == Spread::of([1, 0, 1]), camps);
    }

    /// Reversing the scale or doubling every count does not change the spread.
    #[test]
    fn the_spread_is_of_shares_not_of_sides([low, middle, high] in [0_usize..9, 0..9, 0..9]) {
        let spread = Spread::of([low, middle, high]);
        prop_assert_eq!(spread, Spread::of([high, middle, low]));
        prop_assert_eq!(spread, Spread::of([2 * low, 2 * middle, 2 * high]));
    }

    /// Opinions are the same whether computed for all markers or for one, and the latest of them is
    /// the journal's state of the marker.
    #[test]
    fn views_hold_the_state(looks in looks(), until in 1_u8..31) {
        let journal: Journal = looks.into_iter().collect();
        let on = Day::new(2021, 3, until).expect("a day");
        let mut all = Opinions::of_all(&journal, on);
        for marker in ["1.1.1-m1", "1.2.1-m3"] {
            let marker = marker.parse().expect("an id");
            let views = Opinions::of(&journal, marker, on);
            let state = journal.state(marker, on);
            prop_assert_eq!(
                views.latest().map(|view| (view.day, view.stamp, view.seen)),
                state.map(|state| (state.id.day, state.stamp, state.seen))
            );
            let counted: usize = views.by_voice().iter().map(|(_, counts)| counts.total).sum();
            prop_assert_eq!(counted, views.devices());
            prop_assert_eq!(views.days_apart().is_some(), views.are_contested());
            let placed = PLACES.map(|level| views.counts().at(Some(level)));
            prop_assert_eq!(views.spread().placed, placed.iter().sum::<usize>());
            prop_assert_eq!(all.remove(&marker).unwrap_or_default(), views);
        }
    }
}
