//! The stored form, against examples that must never change.

use jalons::codec::backup::Backup;
use jalons::codec::stored::{Key, Resolution, encode, record, resolve};
use jalons::convention::convention;
use jalons::domain::device::{Device, DeviceLabel, Voice};
use jalons::domain::follow_up::FollowUp;
use jalons::domain::journal::{Action, ActionContext, Journal, ObservationInput};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::observation::{Confidence, Evidence, Level};
use jalons::domain::record::Record;
use jalons::domain::stamp::{DeviceId, Instant, Token};
use proptest::prelude::*;

fn journal() -> Journal {
    let mut journal = Journal::default();
    let marker = "1.2.1-m3".parse().expect("an id");
    let context = |tick| ActionContext {
        now: Instant(1_600_000_000_000 + tick),
        today: "2021-03-12".parse().expect("a day"),
        device: DeviceId(Token(0x00c0_ffee)),
        token: Token(tick),
    };
    let told = ObservationInput {
        level: Level::InProgress,
        day: "2021-03-11".parse().expect("a day"),
        confidence: Some(Confidence::Low),
        evidence: Evidence::new("deux ateliers").ok(),
    };
    let draft =
        NoteDraft { kind: NoteKind::Alert, text: "Un « banc »\n:-)".into(), private: true };
    let note = NoteDraft { kind: NoteKind::Finding, text: "à effacer".into(), private: false };
    let actions = [
        Action::Tick(marker),
        Action::Observe(marker, told),
        Action::Write(marker.into(), draft),
        Action::Write("2".parse().expect("an id"), note),
        Action::Name(Device {
            label: DeviceLabel::new("Tablette de l'accueil").expect("short"),
            speaks_for: Voice::Association,
        }),
        Action::FollowUp(marker, FollowUp { due: "2026-12-31".parse().ok(), watched: true }),
    ];
    for (action, tick) in actions.into_iter().zip(1..) {
        journal.apply(convention(), action, &context(tick)).expect("a sensible action");
    }
    let deleted = journal.notes("2".parse().expect("an id"))[0].id;
    journal.apply(convention(), Action::Delete(deleted), &context(9)).expect("a deletion");
    journal
}

/// One record of each kind, a tombstone included.
pub(crate) fn examples() -> Vec<Record> {
    journal().records().cloned().collect()
}

/// Browsers of users hold these bytes. Changing them needs a new schema version and a migration,
/// not a new expectation.
#[test]
fn the_stored_form_of_version_1_stays() {
    let stored: Vec<_> = examples()
        .iter()
        .map(|record| {
            let value = encode(record).expect("JSON");
            format!("{} = {value}", Key::Record(record.id()))
        })
        .collect();
    insta::assert_snapshot!(stored.join("\n"));
}

#[test]
fn what_is_stored_is_read_again() {
    for example in examples() {
        let text = encode(&example).expect("JSON");
        assert_eq!(record(example.id(), &text).expect("readable"), example);
    }
}

#[test]
fn a_raw_copy_holds_what_is_stored_and_what_could_not_be() {
    let journal = journal();
    let texts = |entries: &[(&str, &str)]| {
        entries.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    };
    let record = journal.records().next().expect("a record");
    let key = Key::Record(record.id()).to_string();
    let local =
        texts(&[("jalons/v1/draft/new/1", "half"), (&key, "{spoilt"), ("jalons/v1/x", "a")]);
    let idb =
        texts(&[("jalons/v1/draft/new/2", "other half"), (&key, "older"), ("jalons/v1/x", "a")]);
    let tab = journal
        .records()
        .map(|record| (Key::Record(record.id()).to_string(), encode(record).expect("JSON")));
    let copy = Backup::of(&tab.collect(), &local, &idb).to_json().expect("JSON");
    let copy: serde_json::Value = serde_json::from_str(&copy).expect("JSON");
    assert_eq!(copy["version"], 3);
    assert_eq!(copy["entries"]["jalons/v1/draft/new/1"], "half");
    assert_eq!(copy["entries"]["jalons/v1/draft/new/2"], "other half");
    assert_eq!(copy["shelf"], serde_json::json!({ &key: "{spoilt" }));
    assert_eq!(copy["vault"], serde_json::json!({ &key: "older" }));
    for record in journal.records() {
        let text = copy["entries"][Key::Record(record.id()).to_string()].as_str();
        assert_eq!(text.map(str::to_owned), encode(record).ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Reading any stored text never panics.
    #[test]
    fn any_text_is_read_or_refused(key in ".{0,80}", text in ".{0,200}") {
        let _ = Key::parse(&key);
        let id = examples()[0].id();
        prop_assert!(record(id, &text).is_err());
    }

    /// Resolving two texts under one key does not depend on their order, and a readable text never
    /// gives way to an unreadable one.
    #[test]
    fn two_stores_agree_whichever_is_asked_first(one in 0_usize..8, other in 0_usize..8, at in 0_usize..60) {
        let examples = examples();
        let id = examples[0].id();
        let key = Key::Record(id);
        let versions: Vec<String> = (1..8)
            .map(|edit| encode(&examples[0]).expect("JSON").replace("\"edit\":1", &format!("\"edit\":{edit}")))
            .chain([encode(&examples[0]).expect("JSON")[..at].to_owned()])
            .collect();
        let (one, other) = (&versions[one], &versions[other]);
        let after = |held: &String, offered: &String| match resolve(&key, held, offered) {
            Resolution::KeepHeld => held.clone(),
            Resolution::Replace | Resolution::ReplaceAndQuarantine => offered.clone(),
        };
        let [readable, other_readable] = [one, other].map(|text| record(id, text).is_ok());
        if readable || other_readable {
            prop_assert_eq!(after(one, other), after(other, one));
        }
        if readable && !other_readable {
            prop_assert_eq!(resolve(&key, one, other), Resolution::KeepHeld);
            prop_assert_eq!(resolve(&key, other, one), Resolution::ReplaceAndQuarantine);
        }
    }

    /// A stored record with one changed byte is refused or read as a record of its key, never of
    /// another.
    #[test]
    fn a_damaged_record_is_never_anothers(at in 0_usize..400, byte in 0_u8..128) {
        for example in examples() {
            let mut bytes = encode(&example).expect("JSON").into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Ok(text) = String::from_utf8(bytes)
                && let Ok(read) = record(example.id(), &text)
            {
                prop_assert_eq!(read.id(), example.id());
            }
        }
    }

    /// The order in which versions arrive does not matter.
    #[test]
    fn versions_converge_in_any_order(order in Just((0..examples().len()).collect::<Vec<_>>()).prop_shuffle()) {
        let all = examples();
        let shuffled: Journal = order.iter().map(|at| all[*at].clone()).collect();
        prop_assert_eq!(shuffled, all.into_iter().collect::<Journal>());
    }
}
