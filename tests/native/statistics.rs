//! The statistics of the bilan agree with the journal.

use jalons::convention::convention;
use jalons::domain::day::Day;
use jalons::domain::evidence_stats::EvidenceStats;
use jalons::domain::evolution::Evolution;
use jalons::domain::item::{Code, MarkerId, ObjectiveLevel};
use jalons::domain::journal::Journal;
use jalons::domain::note::NoteKind;
use jalons::domain::note_counts::NoteCounts;
use jalons::domain::observation::{Confidence, Evidence, Level, Observation};
use jalons::domain::progress::Progress;
use jalons::domain::record::{Body, ObservationId, Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use jalons::domain::wording::WordingHash;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::arbitrary;

fn day(text: &str) -> Day {
    text.parse().expect(text)
}

fn code(text: &str) -> Code {
    text.parse().expect(text)
}

fn seen(level: Level) -> Observation {
    let wording = WordingHash::of("même texte");
    Observation { level, confidence: None, evidence: None, wording }
}

fn observed(marker: &str, on: &str, device: u64, tick: u64, seen: Observation) -> Record {
    let marker: MarkerId = marker.parse().expect(marker);
    let device = DeviceId(Token(device));
    let id = RecordId::Observation(ObservationId { marker, day: day(on), device });
    let stamp = Stamp { edit: 1, at: Instant(tick), device };
    Record::new(id, stamp, Body::Observation(seen)).expect("one kind")
}

/// Observations that collide: few markers, days, devices and stamps; some of a marker that the
/// convention lacks, some withdrawn.
fn observations() -> impl Strategy<Value = Journal> {
    let marker = select(&["1.1.1-m1", "1.2.1-m2", "1.2.1-m3", "3.3.3-m2", "1.2.1-m99", "9.9.9-m1"]);
    let record = (marker, 1_u8..8, 1_u64..4, 0_u64..3, select(&Level::ALL), 0_u8..8).prop_map(
        |(marker, on, device, tick, level, deleted)| {
            let record = observed(marker, &format!("2021-03-{on:02}"), device, tick, seen(level));
            match deleted {
                0 => Record::new(record.id(), record.stamp(), Body::Deleted).expect("any kind"),
                _ => record,
            }
        },
    );
    vec(record, 0..24).prop_map(|records| records.into_iter().collect())
}

/// Every day of the generated observations, and one on either side.
fn days() -> impl Iterator<Item = Day> {
    (0..10).map(|later| day("2021-02-28").days_later(later))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn an_evolution_says_on_every_day_what_the_journal_says(journal in observations()) {
        for under in ["1", "1.2", "1.2.1", "2"] {
            let under = code(under);
            let evolution = Evolution::of(convention(), &journal, Some(under), day("2021-12-31"));
            for on in days() {
                let progress = Progress::under(convention(), &journal, under, on);
                prop_assert_eq!(evolution.at(on), progress, "{} on {}", under, on);
            }
        }
    }

    #[test]
    fn the_evolution_of_all_is_the_sum_of_those_of_the_global_objectives(journal in observations()) {
        let all = Evolution::of(convention(), &journal, None, day("2021-12-31"));
        let parts: Vec<_> = convention().globals().iter().map(|global| {
            Evolution::of(convention(), &journal, Some(global.code), day("2021-12-31"))
        }).collect();
        for on in days() {
            for level in Level::ALL.map(Some).into_iter().chain([None]) {
                let sum: usize = parts.iter().map(|part| part.at(on).at(level)).sum();
                prop_assert_eq!(all.at(on).at(level), sum);
            }
        }
    }

    #[test]
    fn each_step_is_of_a_later_day_and_of_other_counts(journal in observations()) {
        let evolution = Evolution::of(convention(), &journal, None, day("2021-03-05"));
        let nothing = evolution.at(day("1900-01-01"));
        prop_assert_eq!(nothing, Progress { total: 105, ..Progress::default() });
        let mut before = (None, nothing);
        for step in evolution.steps() {
            prop_assert!(Some(step.day) > before.0 && step.progress != before.1);
            before = (Some(step.day), step.progress);
        }
        prop_assert!(evolution.last() <= Some(day("2021-03-05")));
        prop_assert_eq!(evolution.at(day("2999-12-31")), before.1);
    }

    #[test]
    fn no_evolution_changes_by_looking_less_far(journal in observations()) {
        let far = Evolution::of(convention(), &journal, None, day("2021-12-31"));
        let near = Evolution::of(convention(), &journal, None, day("2021-03-04"));
        for on in days().filter(|on| *on <= day("2021-03-04")) {
            prop_assert_eq!(near.at(on), far.at(on));
        }
    }

    #[test]
    fn grounds_add_up_and_every_observation_is_in_them(journal in arbitrary::journal()) {
        let grounds = EvidenceStats::of(convention(), &journal, None, day("2999-12-31"));
        prop_assert_eq!(grounds.total, journal.observation_count());
        let degrees: usize = Confidence::ALL.map(Some).into_iter().chain([None])
            .map(|confidence| grounds.at(confidence)).sum();
        prop_assert_eq!(degrees, grounds.total);
        let either = grounds.with_confidence() + grounds.with_evidence - grounds.with_both;
        prop_assert_eq!(either + grounds.with_neither(), grounds.total);
    }

    #[test]
    fn every_note_is_in_one_place_at_every_level(journal in arbitrary::journal()) {
        use ObjectiveLevel::{Global, Operational, Strategic};
        for by in [Global, Strategic, Operational] {
            let places = NoteCounts::of(convention(), &journal, by, |_| true);
            prop_assert_eq!(places.sum().total(), journal.note_count());
            let open = NoteCounts::of(convention(), &journal, by, |note| !note.private);
            let own = journal.all_notes().iter().filter(|noted| noted.note.private).count();
            prop_assert_eq!(open.sum().total() + own, journal.note_count());
        }
    }
}

#[test]
fn of_two_devices_on_one_day_the_greater_stamp_counts() {
    let journal: Journal = [
        observed("1.2.1-m3", "2021-03-12", 1, 9, seen(Level::Reached)),
        observed("1.2.1-m3", "2021-03-12", 2, 4, seen(Level::NotYet)),
        observed("1.2.1-m3", "2021-03-20", 2, 1, seen(Level::Reached)),
    ]
    .into_iter()
    .collect();
    let evolution = Evolution::of(convention(), &journal, None, day("2021-12-31"));
    // A repeated observation changes no count.
    assert_eq!(evolution.steps().len(), 1);
    assert_eq!((evolution.first(), evolution.last()), (Some(day("2021-03-12")), evolution.first()));
    assert_eq!(evolution.at(day("2021-03-11")).observed(), 0);
    assert_eq!(evolution.at(day("2021-03-12")).reached, 1);
}

#[test]
fn all_observations_are_grounds_not_only_the_latest() {
    let sure = |confidence, evidence: bool| Observation {
        confidence,
        evidence: evidence.then(|| Evidence::new("le banc est là").expect("short")),
        ..seen(Level::Reached)
    };
    let journal: Journal = [
        observed("1.2.1-m3", "2021-03-12", 1, 1, sure(Some(Confidence::High), true)),
        observed("1.2.1-m3", "2021-03-13", 1, 1, sure(None, true)),
        observed("1.2.1-m3", "2021-03-14", 1, 1, sure(None, false)),
        observed("1.1.1-m1", "2021-03-14", 1, 1, sure(Some(Confidence::Low), false)),
    ]
    .into_iter()
    .collect();
    let of =
        |under: Option<Code>, until| EvidenceStats::of(convention(), &journal, under, day(until));
    let all = of(None, "2021-12-31");
    assert_eq!((all.total, all.high, all.low, all.at(None)), (4, 1, 1, 2));
    assert_eq!((all.with_evidence, all.without_evidence(), all.with_both), (2, 2, 1));
    assert_eq!(all.with_neither(), 1);
    assert_eq!(of(Some(code("1.2")), "2021-03-13").total, 2);
}

#[test]
fn a_note_above_the_level_belongs_to_none_of_its_objectives() {
    let note = |item: &str, token: u64, kind| {
        let id = format!("note/{item}/{token:016x}").parse().expect("an id");
        let stamp = Stamp { edit: 1, at: Instant(1), device: DeviceId(Token(1)) };
        let note = jalons::domain::note::Note {
            kind,
            text: jalons::domain::note::NoteText::new("un").expect("short"),
            private: false,
            created: Instant(1),
            wording: WordingHash::of("même texte"),
        };
        Record::new(id, stamp, Body::Note(note)).expect("one kind")
    };
    let journal: Journal = [
        note("1", 1, NoteKind::Alert),
        note("1.2", 2, NoteKind::Idea),
        note("1.2.1-m3", 3, NoteKind::Idea),
        note("9", 4, NoteKind::Idea),
    ]
    .into_iter()
    .collect();
    let by = |level| NoteCounts::of(convention(), &journal, level, |_| true);
    let global = by(ObjectiveLevel::Global);
    assert_eq!(
        global.places.iter().map(|place| place.kinds.total()).collect::<Vec<_>>(),
        [3, 0, 0]
    );
    let strategic = by(ObjectiveLevel::Strategic);
    assert_eq!((strategic.places.len(), strategic.above.at(NoteKind::Alert)), (7, 1));
    let operational = by(ObjectiveLevel::Operational);
    assert_eq!((operational.above.total(), operational.sum().at(NoteKind::Idea)), (2, 2));
}
