//! The words of the bilan's tables and pictures, for the real convention.

use jalons::convention::convention;
use jalons::domain::note_counts::{CountByKind, ItemNoteCount, NoteCounts};
use jalons::domain::progress::Progress;
use jalons::text::bilan::{Table, levels, note_places, source, source_of_notes, views};

fn counts(table: &Table) -> Vec<String> {
    table.rows[0][1..].iter().map(ToString::to_string).collect()
}

/// Whether each row has a cell for each heading.
fn is_whole(table: &Table) -> bool {
    table.rows.iter().all(|row| row.len() == table.head.len())
}

#[test]
fn a_source_says_of_what_and_when_it_is() {
    let day = "2021-03-12".parse().expect("a day");
    let said = source(convention(), day, 1);
    assert!(said.starts_with("Jalons · Convention"));
    assert!(said.ends_with(" · état au 12 mars 2021 · 1 appareil"));
    assert!(source_of_notes(convention(), day).ends_with(" · état au 12 mars 2021"));
}

#[test]
fn the_table_of_objectives_has_every_state_and_their_sum() {
    let code = "1.2".parse().expect("a code");
    let progress = Progress { total: 13, reached: 2, ..Progress::default() };
    let on = "2021-03-12".parse().expect("a day");
    let table = levels::table(convention(), on, &[(code, progress)]);
    assert!(is_whole(&table));
    assert!(table.rows[0][0].to_string().ends_with(" (objectif 1.2)"));
    assert_eq!(counts(&table), ["2", "0", "0", "0", "11", "13"]);
}

#[test]
fn every_view_has_its_column_and_the_sum_is_that_of_devices() {
    let id = "1.2.1-m3".parse().expect("an id");
    let said = Progress { total: 5, not_yet: 2, reached: 2, not_observable: 1, in_progress: 0 };
    let table = views::table(convention(), &[(id, said)]);
    assert!(is_whole(&table));
    assert_eq!(counts(&table), ["2", "0", "2", "1", "5"]);
    assert!(table.rows[0][0].to_string().ends_with(" (marqueur 1.2.1-m3)"));
}

#[test]
fn notes_above_every_bar_have_a_row_too() {
    let place =
        ItemNoteCount { code: "1.2".parse().expect("a code"), kinds: CountByKind([1, 0, 0, 2]) };
    let places = NoteCounts { places: vec![place], above: CountByKind([0, 1, 0, 0]) };
    let table = note_places::table(convention(), &places);
    assert!(is_whole(&table) && table.rows.len() == 2);
}
