//! Searches in the real convention.

use jalons::convention::convention;
use jalons::domain::search::{Found, Hit, Index, Target, search};

/// The tables of the crate that the browser's `normalize` stands for.
fn nfkd(text: &str) -> String {
    let nfkd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd();
    nfkd.normalize(text).to_lowercase()
}

fn found(query: &str) -> Found {
    search(query, &[&Index::of_convention(convention(), nfkd)], nfkd)
}

fn hits(query: &str) -> Vec<Hit> {
    found(query).hits
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
    assert!(found("parents anglais").are_near);
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

#[test]
fn everyday_words_lead_somewhere_sensible() {
    for (query, id) in [
        ("déchets", "2.2.1-m1"),
        ("poubelles", "2.2.1-m8"),
        ("creche", "3.3.1-m6"),
        ("médecin", "1.2.1-m7"),
        ("bruit", "3.1.2-m8"),
        ("tramway", "3.3.3-m4"),
        ("personnes âgées", "2.1.1-m9"),
        ("boulot", "2.1.2"),
        ("trou dans la route", "3.1.2-m3"),
        ("bus plus souvent", "3.3.3-m1"),
        ("punaize", "3.1.1-m6"),
        ("faire mes papiers", "1.2.1-m2"),
    ] {
        let found = found(query);
        let ids: Vec<_> = found.hits.iter().map(|hit| hit.target.item().to_string()).collect();
        assert!(ids.contains(&id.to_owned()), "{query}: {ids:?}");
        assert!(ids.len() < 30, "{query}: {ids:?}");
    }
}

#[test]
fn where_no_text_has_all_words_the_nearest_are_said_to_be_near() {
    let found = found("bus licorne");
    assert!(found.are_near);
    assert!(found.hits.iter().any(|hit| hit.target.item().to_string() == "3.3.3-m1"));
    for query in ["licorne", "xylophone licorne", "1 xylophone"] {
        assert!(!super::search::found(query).are_near && hits(query).is_empty(), "{query}");
    }
}

#[test]
fn the_official_words_come_before_everyday_ones() {
    let markers: Vec<_> = hits("bus").iter().map(|hit| hit.target).collect();
    assert_eq!(markers[0].item().to_string(), "3.3.3");
    let markers: Vec<_> = markers.iter().filter(|it| matches!(it, Target::Marker(_))).collect();
    assert_eq!(markers[0].item().to_string(), "3.3.3-m1");
}

#[test]
fn every_theme_has_a_name_and_leads_to_hits_but_not_to_everything() {
    let themes = convention().themes();
    assert!((8..=10).contains(&themes.len()));
    for theme in themes {
        let found = found(&theme.search);
        assert!(
            !found.are_near && (5..60).contains(&found.hits.len()),
            "{}: {}",
            theme.name,
            found.hits.len()
        );
    }
}
