//! Files written by earlier versions, which must stay readable for ever.

use std::fs;
use std::path::Path;

use jalons::codec::carnet::{Opened, Selection, open, to_json};
use jalons::codec::stored::{self, DeviceSetting, Entry, Key, StoredError, note_draft, record};
use jalons::convention::convention;
use jalons::domain::device::Voice;
use jalons::domain::journal::{Journal, Kind, MergeCounts, Merging};
use jalons::domain::note::NoteKind;
use jalons::domain::observation::{Confidence, Level};
use jalons::domain::record::{Body, Record, RecordId};
use jalons::domain::stamp::Token;

use crate::spreadsheet::cells;

/// The number of records of the journal of version 1.
const RECORDS: usize = 30;

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1");
    fs::read_to_string(folder.join(name)).expect("a fixture")
}

fn opened(name: &str) -> Opened {
    open(fixture(name).as_bytes(), convention()).expect("a carnet of version 1")
}

fn journal() -> Journal {
    opened("carnet.json").records().map(|record| record.expect("a record of version 1")).collect()
}

fn body(journal: &Journal, id: &str) -> Body {
    let id = id.parse().expect("an id");
    journal.get(id).map(Record::body).expect("a record of version 1").clone()
}

#[test]
fn a_carnet_of_version_1_is_read_in_every_value() {
    let journal = journal();
    assert_eq!(journal.records().count(), RECORDS);
    assert_eq!(journal.observation_count(), 16);
    for level in Level::ALL {
        for confidence in Confidence::ALL.map(Some).into_iter().chain([None]) {
            let said = journal.records().filter(|record| {
                matches!(record.body(), Body::Observation(seen)
                    if seen.level == level && seen.confidence == confidence)
            });
            assert_eq!(said.count(), 1, "{level:?} {confidence:?}");
        }
    }
    for kind in NoteKind::ALL {
        for private in [true, false] {
            let notes = journal.all_notes().into_iter();
            let notes = notes.filter(|n| n.note.kind == kind && n.note.private == private);
            assert_eq!(notes.count(), 1, "{kind:?}, private: {private}");
        }
    }
    for voice in Voice::ALL {
        let devices = journal.records().filter(
            |record| matches!(record.body(), Body::Device(device) if device.speaks_for == voice),
        );
        assert_eq!(devices.count(), 1, "{voice:?}");
    }
    assert_eq!(journal.records().filter(|r| matches!(r.body(), Body::Deleted)).count(), 2);

    let Body::Note(note) = body(&journal, "note/1.2.1-m3/7e57000000000104") else { panic!() };
    assert_eq!(note.text.as_str(), "=HYPERLINK(\"http://ailleurs.example\";\"ici\")");
    let Body::Note(note) = body(&journal, "note/2/7e57000000000105") else { panic!() };
    assert_eq!(note.text.as_str(), "À garder : e\u{301}té, cœur, 12 €");
    let seen = body(&journal, "observation/1.1.2-m5/2021-02-02/ec01e00000000002");
    let Body::Observation(seen) = seen else { panic!() };
    let evidence = seen.evidence.expect("evidence");
    assert_eq!(evidence.as_str(), "Deux ateliers, douze personnes à chaque fois.");
    assert_eq!(seen.wording.to_string(), "76572953");
    let edited = "note/1.2.1/7e57000000000102".parse().expect("an id");
    assert_eq!(journal.get(edited).map(|record| record.stamp().edit), Some(3));
}

#[test]
fn a_carnet_of_version_1_leaves_again_with_the_same_bytes() {
    let everything = Selection { with_private: true, ..Selection::default() };
    for name in ["carnet.json", "carnet-autre-appareil.json", "carnet-suivis.json"] {
        let journal: Journal = opened(name).records().map(|r| r.expect("a record")).collect();
        let again = to_json(convention(), &everything.of(&journal)).expect("JSON");
        assert_eq!(again, fixture(name), "{name}");
    }
}

#[test]
fn a_carnet_of_another_device_meets_it_as_version_1_had_it() {
    let held = journal();
    let plan = Merging::default().plan(
        convention(),
        &held,
        opened("carnet-autre-appareil.json").records(),
    );
    let zero = MergeCounts::default();
    assert_eq!(plan.refused, []);
    assert_eq!(plan.tally(Kind::Observation), MergeCounts { new: 1, conflicts: 1, ..zero });
    let expected = MergeCounts { new: 1, newer: 1, older: 2, conflicts: 1, ..zero };
    assert_eq!(plan.tally(Kind::Note), expected);
    assert_eq!(plan.tally(Kind::Device), MergeCounts { identical: 1, ..zero });
    assert_eq!(plan.tally(Kind::Deletion), MergeCounts { newer: 1, ..zero });

    let mut both = held.clone();
    let merge = both.merge(opened("carnet-autre-appareil.json").records().filter_map(Result::ok));
    let [observed, written] = plan.conflicts.as_slice() else { panic!("{:?}", plan.conflicts) };
    assert_eq!(
        observed.winner.id(),
        "observation/1.1.1-m1/2021-01-01/acc0e11000000001".parse().expect("an id")
    );
    assert!(observed.offered_wins);
    assert_eq!(written.winner.id(), "note/1.2/7e57000000000101".parse().expect("an id"));
    let Body::Note(note) = body(&both, "note/1.2/7e57000000000101") else { panic!() };
    assert_eq!(note.text.as_str(), "Idée : planter des arbres fruitiers ;\ndemander à la mairie.");
    assert!(matches!(body(&both, "note/3/7e57000000000200"), Body::Deleted));
    assert!(matches!(body(&both, "note/1.2.1-r2/7e57000000000103"), Body::Deleted));
    assert_eq!(both.records().count(), RECORDS + 2);
    both.roll_back(&merge);
    assert_eq!(both, held);
}

/// The first fixture with follow-ups; earlier ones have none.
#[test]
fn a_carnet_with_follow_ups_is_read_in_every_value() {
    let journal: Journal =
        opened("carnet-suivis.json").records().map(|record| record.expect("a record")).collect();
    let said = |id: &str| match body(&journal, id) {
        Body::FollowUp(follow_up) => (follow_up.due.map(|day| day.to_string()), follow_up.watched),
        _ => panic!("{id} is no follow-up"),
    };
    assert_eq!(said("follow-up/1.1.1-m1/5a11a00000000003"), (None, true));
    assert_eq!(said("follow-up/1.1.1-m1/ec01e00000000002"), (Some("2021-09-30".to_owned()), false));
    assert_eq!(said("follow-up/2.1.1-m8/ec01e00000000002"), (Some("1999-12-31".to_owned()), true));
    assert!(matches!(body(&journal, "follow-up/3.1.2-m5/0b1b110000000004"), Body::Deleted));
    let plan = Merging::default().plan(
        convention(),
        &Journal::default(),
        opened("carnet-suivis.json").records(),
    );
    assert_eq!(plan.tally(Kind::FollowUp), MergeCounts { new: 3, ..MergeCounts::default() });
    assert_eq!(plan.refused, []);
}

#[test]
fn the_stores_of_version_1_are_read_key_by_key() {
    let copy: serde_json::Value = serde_json::from_str(&fixture("store.json")).expect("JSON");
    let entries = copy["entries"].as_object().expect("entries");
    let mut records = Vec::new();
    let (mut drafts, mut aside, mut unreadable) = (Vec::new(), 0, 0);
    for (key, value) in entries {
        let value = value.as_str().expect("text");
        match Key::parse(key).expect("a key of version 1") {
            Key::Record(id) => match record(id, value) {
                Ok(record) => records.push(record),
                Err(StoredError::Json(_)) => unreadable += 1,
                Err(error) => panic!("{error}"),
            },
            Key::Draft(_) => drafts.push(note_draft(value).expect("a draft of version 1")),
            Key::Device => assert_eq!(value, "acc0e11000000001"),
            Key::Quarantine(_) => aside += 1,
            other @ (Key::ConflictLoser(_) | Key::Local(_) | Key::Opaque(_) | Key::Removal(_)) => {
                panic!("no {other} was written then")
            }
        }
    }
    assert_eq!(records.into_iter().collect::<Journal>(), journal());
    assert_eq!((drafts.len(), aside, unreadable), (2, 1, 1));
    assert_eq!(drafts[0].text, "À moitié écr");
    assert!(drafts[0].private);
}

/// The copy can be merged like a carnet; its truncated value is refused at its place.
#[test]
fn a_raw_copy_of_version_1_is_read_as_a_carnet() {
    let opened = opened("store.json");
    let mut merging = Merging::default();
    let plan = merging.plan(convention(), &Journal::default(), opened.records());
    assert_eq!(plan.refused.len(), 1, "{:?}", plan.refused);
    assert_eq!(merging.finish().into_iter().collect::<Journal>(), journal());
}

/// A copy that the app saved after a merge with a conflict: the losing version and the data for
/// undoing are in it and usable.
#[test]
fn a_copy_of_version_1_has_the_way_back_in_it() {
    let copy: serde_json::Value = serde_json::from_str(&fixture("copie.json")).expect("JSON");
    let mut journal = Journal::default();
    let (mut lost, mut merge, mut drafts) = (Vec::new(), None, Vec::new());
    for (key, value) in copy["entries"].as_object().expect("entries") {
        let value = value.as_str().expect("text");
        match Key::parse(key).expect("a key of version 1") {
            Key::Record(id) => {
                journal.put(record(id, value).expect("a record"));
            }
            Key::ConflictLoser(_) => {
                assert_eq!(Entry::conflict_loser(value.to_owned()).key.to_string(), *key);
                lost.extend(stored::conflict_loser(value));
            }
            Key::Local(DeviceSetting::Merge) => merge = stored::merged(value),
            Key::Draft(_) => drafts.extend(note_draft(value)),
            Key::Device => assert!(value.parse::<Token>().is_ok()),
            Key::Local(_) => {}
            Key::Quarantine(_) => panic!("nothing was spoilt"),
            Key::Opaque(_) => panic!("no consultation was held"),
            Key::Removal(_) => panic!("removals left nothing then"),
        }
    }
    assert_eq!(drafts[0].text, "À moitié écr");
    let [loser] = lost.as_slice() else { panic!("{lost:?}") };
    let Body::Note(note) = body(&journal, "note/1.2.1/7e57000000000001") else { panic!() };
    assert_eq!(note.text.as_str(), "Le banc est réparé");
    let rolled_back = journal.roll_back(&merge.expect("a merge"));
    assert_eq!(rolled_back.changed_since, 0);
    assert_eq!(journal.get(loser.id()), Some(loser));
    assert_eq!(opened("copie.json").records().flatten().count(), 2);
}

#[test]
fn the_tables_of_version_1_have_a_row_a_record() {
    for (name, columns, records) in [("observations.csv", 8, 16), ("notes.csv", 9, 8)] {
        let text = fixture(name);
        assert!(text.starts_with('\u{feff}'), "{name}");
        let rows = cells(&text);
        assert_eq!(rows.len(), records + 1, "{name}");
        assert!(rows.iter().all(|row| row.len() == columns), "{name}");
        assert!(!rows.iter().flatten().any(|cell| cell.starts_with('=')), "{name}");
    }
    let notes = cells(&fixture("notes.csv"));
    let said = |text: &str| notes.iter().any(|row| row[3] == text);
    assert!(said("'=HYPERLINK(\"http://ailleurs.example\";\"ici\")"));
    assert!(said("'1.2.1"));
    assert!(said("Idée : planter des arbres ;\ndemander à la mairie."));
}

#[test]
fn the_report_of_version_1_tells_of_its_notes() {
    let report = fixture("report.md");
    assert!(report.starts_with("# "));
    for said in
        ["30\u{a0}juin 2021", "16 observations, 8 notes", "Qui s'en occupe ?", "\\<b\\>gras"]
    {
        let plain = report.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(plain.contains(&said.replace('\u{a0}', " ")), "{said}");
    }
}

/// Every id in a fixture prints as it was written.
#[test]
fn the_ids_of_version_1_print_as_they_were_written() {
    for record in journal().records() {
        let id = record.id().to_string();
        assert!(fixture("carnet.json").contains(&format!("\"{id}\"")));
        assert_eq!(id.parse::<RecordId>(), Ok(record.id()));
    }
}
