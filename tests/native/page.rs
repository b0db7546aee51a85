//! The content of `index.html` before the app starts, against the convention and the words it is
//! generated from.

use jalons::convention::{LINES, convention};
use jalons::domain::convention::Convention;
use jalons::text::{plain, typeset};
use jalons::ui::page::page;
use scraper::{ElementRef, Html, Selector};

fn document() -> Html {
    Html::parse_document(&page(convention()))
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect()
}

#[test]
fn the_convention_can_be_read_out_of_the_page() {
    let document = document();
    let lines = all(&document, "[data-lines]")[0].attr("data-lines").expect("the lines");
    assert_eq!(Convention::from_lines(&plain(lines)).as_ref(), Some(convention()));
}

#[test]
fn people_read_every_text_that_the_app_reads() {
    let document = document();
    let shown = words(all(&document, ".screen")[0]);
    let other = |line: &str| {
        line.contains("_year\t") || ["like\t", "theme\t"].iter().any(|kind| line.starts_with(kind))
    };
    for line in LINES.lines().filter(|line| !other(line)).skip(2) {
        let (name, texts) = line.split_once('\t').expect("a name and a text");
        // Everyday texts of items have no place in the whole text.
        let official = if name == "term" { 2 } else { 1 };
        for text in texts.split('\t').take(official) {
            assert!(shown.contains(&typeset(text)), "{line}");
        }
    }
}

#[test]
fn nothing_of_the_wording_is_lost_by_setting_it() {
    for line in LINES.lines() {
        assert_eq!(plain(&typeset(line)), line);
    }
}

#[test]
fn every_item_has_a_place_that_its_links_lead_to() {
    let document = document();
    for item in convention().items() {
        let address = jalons::route::Route::Item(item.id()).to_string();
        let place = all(&document, &format!("[id='{}']", &address[1..]));
        assert_eq!(place.len(), 1, "{address}");
        assert!(words(place[0]).contains(&typeset(item.text())), "{address}");
    }
}

#[test]
fn links_that_lead_nowhere_without_the_app_are_hidden_without_scripts() {
    let document = document();
    // Links that start.js handles, or that lead to the current page.
    let scripted = ".brand, .needs-scripts a, .nav a, .header__search, .header__about";
    let scripted: Vec<_> = all(&document, scripted).iter().map(|it| it.id()).collect();
    for link in all(&document, "a") {
        let place = &link.attr("href").expect("an address")[1..];
        let leads = !all(&document, &format!("[id='{place}']")).is_empty();
        assert!(leads || scripted.contains(&link.id()), "{place}");
    }
}

#[test]
fn ids_are_there_once() {
    let document = document();
    let mut ids: Vec<_> = all(&document, "[id]").iter().filter_map(|it| it.attr("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
