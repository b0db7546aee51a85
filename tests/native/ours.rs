//! Every kind of file of the app, given to the screen for another kind.

use std::collections::BTreeMap;

use jalons::codec::backup::Backup;
use jalons::codec::carnet::{self, Selection, open};
use jalons::codec::ours::{Ours, recognise};
use jalons::codec::poll_file::{self, ballot_to_json, read};
use jalons::codec::{csv, transfer};
use jalons::convention::convention;
use jalons::domain::consultation::MethodKind;
use jalons::domain::journal::{Journal, MergePlan, Merging, RecordError};
use jalons::domain::stamp::StampError;
use jalons::report::{self, carnet_markdown, tables};

use crate::bilan_report::{composed, season};
use crate::spreadsheet::cells;
use crate::storage::examples;
use crate::transfer::{APP, ID, ballot, rules};

/// The app's own files, except carnets and consultations.
fn others() -> Vec<(Ours, String)> {
    let journal: Journal = examples().into_iter().collect();
    let day = "2021-03-12".parse().expect("a day");
    let document = composed(&season(), None, &[]);
    let rules = rules(MethodKind::Dots);
    let ballot = ballot(&rules);
    let parcel = transfer::TransferPayload::invitation(convention(), ID, rules.clone());
    let link = transfer::link(APP, &transfer::pack(&parcel).expect("bytes"));
    let text = include_str!("../../src/convention/illkirch-graffenstaden-2020-2022.json");
    vec![
        (Ours::Ballot, ballot_to_json(ID, &rules, &ballot).expect("JSON")),
        (Ours::Link, format!("Votez ici : {link}")),
        (Ours::Convention, text.to_owned()),
        (Ours::Table, csv::write(tables::observations(convention(), &journal))),
        (Ours::Table, csv::write(tables::notes(convention(), &journal, |_| day))),
        (Ours::Page, carnet_markdown::markdown(convention(), &journal, day)),
        (Ours::Page, report::markdown(&document)),
        (Ours::Page, report::html(&document, &|_| String::new())),
        (Ours::Page, include_str!("../../index.html").to_owned()),
    ]
}

fn carnet() -> String {
    let journal: Journal = examples().into_iter().collect();
    carnet::to_json(convention(), &Selection::default().of(&journal)).expect("JSON")
}

fn consultation() -> String {
    let poll = crate::poll_file::poll(MethodKind::Dots);
    poll_file::to_json(convention(), &poll).expect("JSON")
}

#[test]
fn the_carnet_knows_every_file_of_ours() {
    let files = [(Ours::Consultation, consultation())].into_iter().chain(others());
    for (kind, file) in files {
        assert_eq!(recognise(&file), Some(kind));
        let refused = open(file.as_bytes(), convention()).expect_err("no carnet");
        assert_eq!(refused, carnet::FileError::Ours(kind), "{file:.200}");
    }
    let empty = BTreeMap::new();
    let copy = Backup::of(&empty, &empty, &empty).to_json().expect("JSON");
    assert_eq!(recognise(&copy), Some(Ours::RawCopy));
    assert_eq!(recognise(&carnet()), Some(Ours::Carnet));
}

#[test]
fn consultations_know_every_file_of_ours() {
    let files = [(Ours::Carnet, carnet())].into_iter().chain(others());
    for (kind, file) in files {
        // The consultations' screen reads these two.
        if matches!(kind, Ours::Ballot | Ours::Link) {
            assert!(read(&file, convention()).is_ok());
            continue;
        }
        let refused = read(&file, convention()).expect_err("no consultation");
        assert_eq!(refused.ours(), Some(kind), "{file:.200}");
    }
}

#[test]
fn what_others_make_is_not_taken_for_ours() {
    for text in ["Bonjour", "{}", "[1]", "{\"format\":\"geojson\"}", "a;b\n1;2", "* une liste"] {
        assert_eq!(recognise(text), None, "{text}");
    }
}

fn planned(file: &str) -> (MergePlan, Journal) {
    let opened = open(file.as_bytes(), convention()).expect("a carnet");
    let mut merging = Merging::default();
    let plan = merging.plan(convention(), &Journal::default(), opened.records());
    (plan, merging.finish().into_iter().collect())
}

/// Regression: "Écrite le 1er janvier -9999".
#[test]
fn a_note_of_an_impossible_year_is_refused_with_its_place() {
    let (plan, taken) =
        planned(include_str!("../fixtures/hostile/6b-note-ecrite-an-impossible.json"));
    assert_eq!((plan.total(), taken.is_empty()), (0, true));
    let [refused] = plan.refused.as_slice() else { panic!("{:?}", plan.refused) };
    assert_eq!(refused.path, ".body.note.created");
    assert_eq!(refused.why, RecordError::Stamp(StampError::Instant));
}

#[test]
fn a_formula_between_commas_stays_text() {
    let (_, journal) = planned(include_str!("../fixtures/hostile/6c-csv-virgule.json"));
    let day = "2023-11-14".parse().expect("a day");
    let table = csv::write(tables::notes(convention(), &journal, |_| day));
    let note = &cells(&table)[1][3];
    assert!(note.starts_with("Bonjour,'=1+1,'=HYPERLINK("), "{note}");
}

/// Regression: line breaks in the name created lists and titles.
#[test]
fn a_name_of_several_lines_is_one_line_in_every_file() {
    let (_, journal) =
        planned(include_str!("../fixtures/hostile/6d-nom-appareil-sur-plusieurs-lignes.json"));
    let name = "Tablette - puce injectée 1. liste code";
    let day = "2023-11-14".parse().expect("a day");
    let markdown = carnet_markdown::markdown(convention(), &journal, day);
    assert!(markdown.lines().any(|line| line.contains(&format!("({name})"))), "{markdown}");
    let table = csv::write(tables::observations(convention(), &journal));
    assert_eq!(cells(&table)[1][6], name);
    let records: Vec<_> = journal.records().cloned().collect();
    let file = carnet::to_json(convention(), &records).expect("JSON");
    assert!(file.contains(&format!("\"label\":\"{name}\"")), "{file}");
}
