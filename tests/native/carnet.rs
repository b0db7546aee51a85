//! The carnet file: writing, describing and reading it, and refusing other input.

use std::collections::BTreeSet;

use jalons::codec::backup::Backup;
use jalons::codec::carnet::{CarnetEnvelope, FileError, Selection, open, to_json};
use jalons::codec::stored::{Key, encode};
use jalons::convention::convention;
use jalons::domain::follow_up::FollowUp;
use jalons::domain::journal::{
    Action, ActionContext, ImportRecordError, Journal, Merging, RecordError,
};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::record::{Body, Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use proptest::prelude::*;
use proptest::sample::select;

use crate::arbitrary::{cases, journal};
use crate::storage::examples;

fn everything() -> Selection {
    Selection { with_private: true, ..Selection::default() }
}

fn export(journal: &Journal, selection: &Selection) -> String {
    to_json(convention(), &selection.of(journal)).expect("JSON")
}

fn import(text: &str) -> Result<Journal, FileError> {
    let opened = open(text.as_bytes(), convention())?;
    Ok(opened.records().map(|record| record.expect("a record")).collect())
}

/// A file with these raw texts as records.
fn file_of(records: &[&str]) -> String {
    let whole = to_json(convention(), &[]).expect("JSON");
    whole.replace("\n]", &format!("{}\n]", records.join(",")))
}

fn refusals(records: &[&str]) -> Vec<ImportRecordError> {
    let opened = open(file_of(records).as_bytes(), convention()).expect("a carnet");
    let mut merging = Merging::default();
    merging.plan(convention(), &Journal::default(), opened.records()).refused
}

/// The result of importing a file into an empty journal: the journal, and the refusals.
fn imported(text: &str) -> (Journal, Vec<ImportRecordError>) {
    let opened = open(text.as_bytes(), convention()).expect("a carnet");
    let mut merging = Merging::default();
    let plan = merging.plan(convention(), &Journal::default(), opened.records());
    (merging.finish().into_iter().collect(), plan.refused)
}

/// Stamps at and around all limits.
fn extreme() -> impl Strategy<Value = Stamp> {
    let most = Stamp::MAX_EDITS;
    let edits = [1, 2, most - 1, most, most + 1, 2 * most, u32::MAX];
    let last = Instant::END.0 - 1;
    let instants = [0, 1_700_000_000_000, 29_348_006_400_000, last, last + 1, u64::MAX];
    (select(edits.to_vec()), select(instants.to_vec()), 1_u64..4).prop_map(|(edit, at, device)| {
        Stamp { edit, at: Instant(at), device: DeviceId(Token(device)) }
    })
}

/// The action number `which` on the record at index `at`, if it applies.
fn action(journal: &Journal, which: usize, at: usize) -> Option<Action> {
    let record = journal.records().nth(at % journal.records().count().max(1))?;
    let draft = NoteDraft { kind: NoteKind::Idea, text: format!("{at}"), private: false };
    Some(match (record.id(), which % 3) {
        (RecordId::Note(id), 0) => Action::Delete(id),
        (RecordId::Note(id), _) => Action::Edit(id, draft),
        (RecordId::Observation(id), 0) => Action::Withdraw(id),
        (RecordId::Observation(id), 1) => Action::Tick(id.marker),
        (RecordId::Observation(id), _) => Action::Untick(id.marker),
        (RecordId::FollowUp(id), _) => {
            Action::FollowUp(id.marker, FollowUp { due: None, watched: which.is_multiple_of(2) })
        }
        (RecordId::Device(_), _) => Action::Restore(record.clone()),
    })
}

proptest! {
    #![proptest_config(cases())]

    /// Whatever is imported and done afterwards, with right and wrong clocks: the app can import
    /// its own export completely, with the same content.
    #[test]
    fn what_is_done_to_an_imported_carnet_can_be_exported_and_imported(
        journal in journal(),
        stamps in proptest::collection::vec(extreme(), 12),
        actions in proptest::collection::vec((any::<usize>(), any::<usize>(), any::<u64>()), 0..12),
    ) {
        let extreme = journal.records().zip(stamps).map(|(record, stamp)| {
            Record::new(record.id(), stamp, record.body().clone()).expect("as before")
        });
        let (mut held, _) = imported(&export(&extreme.collect(), &everything()));
        for (which, at, now) in actions {
            let Some(action) = action(&held, which, at) else { break };
            let context = ActionContext {
                now: Instant(now % (Instant::END.0 + 5)),
                today: "2021-03-01".parse().expect("a day"),
                device: DeviceId(Token(now % 4)),
                token: Token(now),
            };
            if let Ok(change) = held.apply(convention(), action, &context) {
                for written in change.written() {
                    prop_assert_eq!(held.get(written.id()), Some(written), "it was not kept");
                }
            }
        }
        let (again, refused) = imported(&export(&held, &everything()));
        prop_assert_eq!(refused, []);
        let said = |journal: &Journal| {
            journal.records().map(|held| (held.id(), held.body().clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(said(&again), said(&held));
    }

    /// Exporting, erasing, importing and exporting again gives the same bytes.
    #[test]
    fn what_leaves_comes_back(journal in journal(), with_private: bool) {
        let selection = Selection { with_private, ..Selection::default() };
        let file = export(&journal, &selection);
        let again = import(&file).expect("a carnet");
        prop_assert_eq!(export(&again, &selection), file.clone());
        if with_private {
            prop_assert_eq!(again, journal);
        } else {
            let private = |record: &Record| matches!(record.body(), Body::Note(n) if n.private);
            prop_assert!(!again.records().any(private));
        }
    }

    /// Any input is read or refused.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open(&bytes, convention()).is_err());
    }

    /// A file with some changed bytes is refused completely or in part, or read as another; every
    /// refusal has a path.
    #[test]
    fn a_damaged_file_is_read_or_refused(
        journal in journal(),
        wounds in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = export(&journal, &everything()).into_bytes();
        for (place, byte) in wounds {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(opened) = open(&bytes, convention()) {
            let mut merging = Merging::default();
            let plan = merging.plan(convention(), &Journal::default(), opened.records());
            for refusal in plan.refused {
                prop_assert!(refusal.to_string().starts_with("records["));
            }
        }
    }
}

#[test]
fn a_scope_takes_what_is_about_it_and_the_devices_of_that() {
    let text = file_of(&[
        r#"{"id":"note/1.2.1/0000000000000001","stamp":{"edit":1,"at":5,"device":"00000000000000aa"},"body":"deleted"}"#,
        r#"{"id":"observation/1.2.1-m3/2021-03-12/00000000000000bb","stamp":{"edit":1,"at":5,"device":"00000000000000aa"},"body":{"observation":{"level":"reached","wording":"00000000"}}}"#,
        r#"{"id":"note/2/0000000000000001","stamp":{"edit":1,"at":5,"device":"00000000000000cc"},"body":"deleted"}"#,
        r#"{"id":"device/00000000000000aa","stamp":{"edit":1,"at":5,"device":"00000000000000aa"},"body":{"device":{"label":"A","speaks_for":"staff"}}}"#,
        r#"{"id":"device/00000000000000bb","stamp":{"edit":1,"at":5,"device":"00000000000000bb"},"body":{"device":{"label":"B","speaks_for":"residents"}}}"#,
        r#"{"id":"device/00000000000000dd","stamp":{"edit":1,"at":5,"device":"00000000000000dd"},"body":{"device":{"label":"D","speaks_for":"staff"}}}"#,
        r#"{"id":"follow-up/1.2.1-m3/00000000000000dd","stamp":{"edit":1,"at":5,"device":"00000000000000dd"},"body":{"follow-up":{"watched":true}}}"#,
        r#"{"id":"follow-up/2.1.1-m1/00000000000000cc","stamp":{"edit":1,"at":5,"device":"00000000000000cc"},"body":{"follow-up":{"due":"2026-12-31"}}}"#,
        r#"{"id":"device/00000000000000cc","stamp":{"edit":1,"at":5,"device":"00000000000000cc"},"body":{"device":{"label":"C","speaks_for":"other"}}}"#,
    ]);
    let journal = import(&text).expect("a carnet");
    let selection = Selection { under: "1.2".parse().ok(), ..everything() };
    let ids: Vec<_> = selection.of(&journal).iter().map(|r| r.id().to_string()).collect();
    assert_eq!(
        ids,
        [
            "observation/1.2.1-m3/2021-03-12/00000000000000bb",
            "note/1.2.1/0000000000000001",
            "device/00000000000000aa",
            "device/00000000000000bb",
            "device/00000000000000dd",
            "follow-up/1.2.1-m3/00000000000000dd",
        ]
    );
    let left_out: BTreeSet<_> = journal.records().map(Record::id).collect();
    let none = Selection { without: left_out.clone(), ..selection };
    assert_eq!(none.of(&journal), []);
    assert_eq!(Selection { without: left_out, ..everything() }.of(&journal), []);
}

#[test]
fn exports_keep_the_published_schema_and_others_do_not() {
    let schema = schemars::schema_for!(CarnetEnvelope<Record>);
    let schema = serde_json::to_value(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let is_valid = |text: &str| validator.is_valid(&serde_json::from_str(text).expect("JSON"));
    let examples: Journal = examples().into_iter().collect();
    let file = export(&examples, &everything());
    assert!(is_valid(&file), "{file}");
    assert!(is_valid(&export(&Journal::default(), &everything())));
    assert!(!is_valid(&file.replace("\"level\":\"reached\"", "\"level\":\"done\"")));
    assert!(!is_valid(&file.replace("\"records\"", "\"entries\"")));
}

#[test]
fn a_raw_copy_is_read_too() {
    let journal: Journal = examples().into_iter().collect();
    let beside = [("jalons/v1/draft/new/1".to_owned(), "{}".to_owned())].into_iter().collect();
    let tab = journal
        .records()
        .map(|record| (Key::Record(record.id()).to_string(), encode(record).expect("JSON")));
    let copy = Backup::of(&tab.collect(), &beside, &beside).to_json().expect("JSON");
    assert_eq!(import(&copy), Ok(journal));
}

#[test]
fn each_strange_file_is_told_for_what_it_is() {
    let good = export(&examples().into_iter().collect(), &everything());
    let utf_16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = "[".repeat(100_000);
    let deep_value = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: Vec<(&str, Vec<u8>, FileError)> = vec![
        ("nothing", vec![], FileError::Empty),
        ("blanks", b" \n".to_vec(), FileError::Empty),
        ("a zip", b"PK\x03\x04rest".to_vec(), FileError::Zip),
        ("UTF-16", [vec![0xff, 0xfe], utf_16.clone()].concat(), FileError::Utf16),
        ("UTF-16 without a mark", utf_16, FileError::Utf16),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\xff".to_vec(), FileError::Binary),
        ("prose", b"Bonjour".to_vec(), FileError::NotJson { line: 1, column: 1 }),
        ("half a file", b"{\"format\":".to_vec(), FileError::NotJson { line: 1, column: 10 }),
        ("depth", deep.into_bytes(), FileError::TooDeep),
        ("closed depth", deep_value.into_bytes(), FileError::TooDeep),
        ("a list", b"[1,2]".to_vec(), FileError::OtherJson),
        ("an object", b"{\"format\":\"geojson\"}".to_vec(), FileError::OtherJson),
        ("a number", b"1e400".to_vec(), FileError::OtherJson),
        (
            "a later version",
            good.replace("\"version\":1", "\"version\":2").into_bytes(),
            FileError::LaterVersion(2),
        ),
        (
            "another convention",
            good.replace(convention().id(), "ailleurs-2021").into_bytes(),
            FileError::OtherConvention("ailleurs-2021".to_owned()),
        ),
    ];
    for (what, bytes, expected) in cases {
        assert_eq!(open(&bytes, convention()).expect_err(what), expected, "{what}");
    }
    let twice = good.replace("\"version\":1", "\"version\":1,\"version\":1");
    for damaged in [twice, good.replace("\"records\":", "\"others\":")] {
        let error = open(damaged.as_bytes(), convention()).expect_err("damaged");
        assert!(matches!(error, FileError::Damaged(_)), "{error}");
    }
}

/// Files are written without a warning up to the size that can be read, and no further.
#[test]
fn what_may_be_made_is_what_is_read() {
    let most = usize::try_from(FileError::LIMIT).expect("small");
    assert!(FileError::allows(most) && !FileError::allows(most + 1));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let good = export(&examples().into_iter().collect(), &everything());
    assert_eq!(import(&format!("\u{feff}{good}")), import(&good));
}

#[test]
fn another_wording_of_the_convention_is_told_and_read() {
    let fingerprint = convention().fingerprint().to_string();
    let good = export(&examples().into_iter().collect(), &everything());
    let opened = open(good.replace(&fingerprint, "0123456789abcdef").as_bytes(), convention());
    assert!(opened.expect("a carnet").has_other_wording());
    assert!(!open(good.as_bytes(), convention()).expect("a carnet").has_other_wording());
}

/// An invalid record is refused alone, with the path to the error.
#[test]
fn a_refusal_names_the_record_the_path_and_the_reason() {
    let good = r#"{"id":"note/1/0000000000000001","stamp":{"edit":1,"at":5,"device":"00000000000000aa"},"body":"deleted"}"#;
    let observed = r#"{"id":"observation/1.2.1-m3/2021-03-12/00000000000000bb","stamp":{"edit":1,"at":5,"device":"00000000000000aa"},"body":{"observation":{"level":"reached","wording":"00000000"}}}"#;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (bad, path, reason) in [
        (observed.replace("reached", "done"), ".body.observation.level", "unknown variant"),
        (observed.replace("\"edit\":1", "\"edit\":-1"), ".stamp.edit", "invalid value"),
        (observed.replace("\"at\":5", "\"at\":1e400"), ".stamp.at", "number out of range"),
        (observed.replace("\"at\":5", "\"at\":5,\"at\":6"), ".stamp", "duplicate field"),
        (observed.replace("\"at\":5", "\"at\":5,\"by\":6"), ".stamp.by", "unknown field"),
        (observed.replace("2021-03-12", "2021-02-30"), ".id", "not the id"),
        (good.replace("note/1/", r"note/\ud800\u0041/"), ".id", "surrogate"),
        (good.replace("\"deleted\"", &deep), ".body", "expected value"),
        (good.replace("\"deleted\"", "7"), ".body", "expected value"),
        ("7".to_owned(), "", "invalid type"),
    ] {
        let refused = refusals(&[good, &bad, &good.replace("note/1/", "note/2/")]);
        let [refusal] = refused.as_slice() else { panic!("{bad}: {refused:?}") };
        let said = refusal.to_string();
        assert_eq!(refusal.index, 1, "{said}");
        assert!(refusal.path.starts_with(path), "{path}: {said}");
        assert!(said.contains(reason), "{reason}: {said}");
    }
}

/// A note with this creation time.
fn written_at(created: u64) -> String {
    format!(
        r#"{{"id":"note/1.2.1/00000000000000a1","stamp":{{"edit":1000000,"at":1700000000000,"device":"00000000000000aa"}},"body":{{"note":{{"kind":"finding","text":"Modifiez-moi","private":false,"created":{created},"wording":"5e541b26"}}}}}}"#
    )
}

/// Regression: a note with a million edits was imported, edited, exported, and then refused for
/// ever.
#[test]
fn a_note_at_the_limit_is_edited_exported_and_taken_back() {
    let (mut held, refused) = imported(&file_of(&[&written_at(1_700_000_000_000)]));
    assert_eq!(refused, []);
    let id = held.all_notes()[0].id;
    let draft = NoteDraft { text: "Modifiée".to_owned(), ..NoteDraft::default() };
    // The clock is behind that of the record's writer.
    let context = ActionContext {
        now: Instant(1_600_000_000_000),
        today: "2021-03-12".parse().expect("a day"),
        device: DeviceId(Token(1)),
        token: Token(1),
    };
    held.apply(convention(), Action::Edit(id, draft), &context).expect("an edit");
    let (again, refused) = imported(&export(&held, &everything()));
    assert_eq!(refused, []);
    assert_eq!(again, held);
    assert_eq!(again.all_notes()[0].note.text.as_str(), "Modifiée");
}

/// Carnets imported before instants had a limit may have stored instants beyond it.
#[test]
fn what_was_stored_beyond_the_limits_leaves_within_them() {
    let beyond = written_at(u64::MAX).replace("1700000000000", "99999999999999");
    let stored: Journal = import(&file_of(&[&beyond])).expect("a carnet");
    let (again, refused) = imported(&export(&stored, &everything()));
    assert_eq!(refused, []);
    assert_eq!(again.all_notes()[0].note.text.as_str(), "Modifiez-moi");
}

#[test]
fn what_no_device_can_have_written_is_refused() {
    let record = |id: &str, edit: u64, at: u64| {
        format!(
            r#"{{"id":"{id}","stamp":{{"edit":{edit},"at":{at},"device":"00000000000000aa"}},"body":"deleted"}}"#
        )
    };
    for (bad, why) in [
        (record("note/3.3.4/0000000000000001", 1, 5), "3.3.4"),
        (record("note/1/0000000000000001", 4_294_967_295, 5), "edits"),
        (record("note/1/0000000000000001", 1, 99_999_999_999_999), "2999"),
        (written_at(u64::MAX), ".body.note.created"),
        (written_at(Instant::END.0), ".body.note.created"),
    ] {
        let refused = refusals(&[&bad]);
        assert!(!matches!(refused[0].why, RecordError::Unreadable(_)), "{bad}");
        assert!(refused[0].to_string().contains(why), "{}", refused[0]);
    }
}

/// Regression: a file with one id ten thousand times gave a plan with as many conflicts.
#[test]
fn a_second_record_of_an_id_is_refused() {
    let record = |edit: u32, at: u64| {
        format!(
            r#"{{"id":"note/1/0000000000000001","stamp":{{"edit":{edit},"at":{at},"device":"00000000000000aa"}},"body":"deleted"}}"#
        )
    };
    let refused = refusals(&[&record(1, 1), &record(1, 2), &record(2, 3)]);
    let places: Vec<_> = refused.iter().map(|refusal| (refusal.index, &refusal.why)).collect();
    assert_eq!(places, [(1, &RecordError::Twice), (2, &RecordError::Twice)]);
}
