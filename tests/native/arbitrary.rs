//! Proptest strategies for journals, with few ids and few stamps, so that versions collide.

use jalons::domain::device::{Device, DeviceLabel, Voice};
use jalons::domain::follow_up::FollowUp;
use jalons::domain::journal::Journal;
use jalons::domain::note::{Note, NoteKind, NoteText};
use jalons::domain::observation::{Confidence, Evidence, Level, Observation};
use jalons::domain::record::{Body, Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use jalons::domain::wording::WordingHash;
use proptest::prelude::*;
use proptest::sample::select;

/// The number of cases for a property: 10,000, or `JALONS_CASES`.
pub(crate) fn cases() -> ProptestConfig {
    let asked = std::env::var("JALONS_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(10_000))
}

/// A tenth of that, for laws whose cases write and read whole files: 10,000 of them took half the
/// time of the native tests.
pub(crate) fn fewer_cases() -> ProptestConfig {
    ProptestConfig { cases: cases().cases / 10, ..cases() }
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (1_u32..4, 0_u64..3, 1_u64..4).prop_map(|(edit, at, device)| Stamp {
        edit,
        at: Instant(at),
        device: DeviceId(Token(device)),
    })
}

fn observation() -> impl Strategy<Value = (RecordId, Body)> {
    let id = (select(&["1.1.1-m1", "1.2.1-m3", "3.3.3-m2"]), 1_u8..3, 1_u64..4).prop_map(
        |(marker, day, device)| {
            let id = format!("observation/{marker}/2021-03-{day:02}/{device:016x}");
            id.parse().expect("an id")
        },
    );
    let body = (select(&Level::ALL), proptest::option::of(select(&Confidence::ALL)), 0_u8..2)
        .prop_map(|(level, confidence, evidence)| {
            Body::Observation(Observation {
                level,
                confidence,
                evidence: (evidence > 0).then(|| Evidence::new("vu").expect("short")),
                wording: WordingHash::of("même texte"),
            })
        });
    (id, body)
}

fn note() -> impl Strategy<Value = (RecordId, Body)> {
    let id = (select(&["1", "1.2.1", "2.1.2-r1", "1.2.1-m3"]), 1_u64..3)
        .prop_map(|(item, token)| format!("note/{item}/{token:016x}").parse().expect("an id"));
    let body = (select(&NoteKind::ALL), select(&["un", "deux", "=trois;\"\n<b>"]), any::<bool>())
        .prop_map(|(kind, text, private)| {
            Body::Note(Note {
                kind,
                text: NoteText::new(text).expect("short"),
                private,
                created: Instant(7),
                wording: WordingHash::of("même texte"),
            })
        });
    (id, body)
}

fn device() -> impl Strategy<Value = (RecordId, Body)> {
    let id = (1_u64..4).prop_map(|device| RecordId::Device(DeviceId(Token(device))));
    let body = (select(&["Accueil", "École"]), select(&Voice::ALL)).prop_map(|(label, voice)| {
        Body::Device(Device { label: DeviceLabel::new(label).expect("short"), speaks_for: voice })
    });
    (id, body)
}

fn follow_up() -> impl Strategy<Value = (RecordId, Body)> {
    let id = (select(&["1.1.1-m1", "1.2.1-m3"]), 1_u64..4)
        .prop_map(|(marker, device)| format!("follow-up/{marker}/{device:016x}"));
    let due = proptest::option::of(1_u8..3);
    let body = (due, any::<bool>()).prop_map(|(due, watched)| {
        let due = due.map(|day| format!("2026-12-{day:02}").parse().expect("a day"));
        Body::FollowUp(FollowUp { due, watched })
    });
    (id.prop_map(|id| id.parse().expect("an id")), body)
}

/// Any version of any record, including tombstones.
pub(crate) fn record() -> impl Strategy<Value = Record> {
    let content = prop_oneof![4 => observation(), 4 => note(), 2 => follow_up(), 1 => device()];
    let deleted = prop::bool::weighted(0.2);
    (content, stamp(), deleted).prop_map(|((id, body), stamp, deleted)| {
        let body = if deleted { Body::Deleted } else { body };
        Record::new(id, stamp, body).expect("id and body of one kind")
    })
}

/// A journal with such versions.
pub(crate) fn journal() -> impl Strategy<Value = Journal> {
    proptest::collection::vec(record(), 0..12).prop_map(|records| records.into_iter().collect())
}
