//! Searches in the real convention.

use jalons::convention::convention;
use jalons::domain::search::{Hit, Index, Target, search};

/// The tables of the crate that the browser's `normalize` stands for.
fn nfkd(text: &str) -> String {
    let nfkd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd();
    nfkd.normalize(text).to_lowercase()
}

fn hits(query: &str) -> Vec<Hit> {
    search(query, &[&Index::of_convention(convention(), nfkd)], nfkd)
}

fn ids(query: &str) -> Vec<String> {
    hits(query).iter().map(|hit| hit.target.item().to_string()).collect()
}

#[test]
fn accents_case_ligatures_and_apostrophes_do_not_matter() {
    for (query, id) in [
        ("ECOLE ORCHESTRE", "3.3.1-m3"),
        ("oeuvrer", "2.1.1-r3"),
        ("Œuvrer", "2.1.1-r3"),
        ("coeur du quartier", "3.1.3-r1"),
        ("l’isolement", "2.1.1"),
        ("l'isolement", "2.1.1"),
        ("isolement", "2.1.1"),
        ("punaises", "3.1.1-m6"),
        ("E\u{301}COLE ORCHESTRE", "3.3.1-m3"),
        ("é\u{ad}cole orche\u{200b}stre", "3.3.1-m3"),
        ("ｅｃｏｌｅ orcheﬆre", "3.3.1-m3"),
    ] {
        assert!(ids(query).contains(&id.to_owned()), "{query}: {:?}", ids(query));
    }
}

#[test]
fn all_words_are_found_in_any_order_and_form() {
    assert_eq!(ids("bus fréquence"), ["3.3.3-m1"]);
    assert_eq!(ids("frequences du bus"), ["3.3.3-m1"]);
    assert!(ids("seniors isolé").contains(&"2.1.1-m9".to_owned()));
    assert!(ids("animer quartier").contains(&"3.3.2".to_owned()));
    assert!(ids("parents anglais").is_empty());
}

#[test]
fn a_word_still_being_typed_finds_those_it_begins() {
    assert_eq!(ids("signalét"), ["3.3.3-r3", "3.3.3-m5"]);
    assert!(!ids("par").is_empty());
}

#[test]
fn titles_come_first_then_results_then_markers() {
    let kinds: Vec<_> = hits("quartier")
        .iter()
        .map(|hit| match hit.target {
            Target::Objective(_) => 0,
            Target::Result(_) => 1,
            Target::Marker(_) => 2,
            Target::Note(_) => 3,
        })
        .collect();
    assert!(kinds.is_sorted(), "{kinds:?}");
    assert!([0, 1, 2].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
}

#[test]
fn codes_are_found_and_can_go_with_words() {
    assert_eq!(ids("3.2.1").first().map(String::as_str), Some("3.2.1"));
    assert_eq!(ids("1.2.1-m3"), ["1.2.1-m3"]);
    assert_eq!(ids("1.2.1 français"), ["1.2.1-m4"]);
}

#[test]
fn what_matched_is_marked() {
    let hit = &hits("frequence bus")[0];
    let text = convention().find(hit.target.item()).expect("an item").text();
    let marked: Vec<_> =
        hit.pieces(text).filter(|(_, marked)| *marked).map(|(piece, _)| piece).collect();
    assert_eq!(marked, ["fréquences", "bus"]);
    assert_eq!(hit.pieces(text).map(|(piece, _)| piece).collect::<String>(), text);
}

#[test]
fn marks_of_a_text_that_has_changed_mark_nothing_wrong() {
    let hit = &hits("frequence bus")[0];
    let other = "été";
    assert_eq!(hit.pieces(other).map(|(piece, _)| piece).collect::<String>(), other);
}

#[test]
fn nothing_is_found_without_words() {
    for query in ["", "   ", "' - !"] {
        assert!(hits(query).is_empty(), "{query}");
    }
}
