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

/// Parses the page like `platform/page.rs`.
fn lines(document: &Html) -> String {
    let block = all(document, ".text")[0];
    let mut lines = block.attr("data-head").expect("the head").to_owned();
    let mut add = |name: &str, text: &str| lines.extend(["\n", name, "\t", text]);
    for repair in all(document, ".text .repairs li") {
        add("repair", &words(repair));
    }
    let terms = all(document, ".text dt").into_iter().zip(all(document, ".text dd"));
    for (term, meaning) in terms {
        add("term", &format!("{}\t{}", words(term), words(meaning)));
    }
    for link in all(document, ".text a") {
        let id = link.attr("href").expect("an address").rsplit('/').next().expect("an id");
        let words = words(link);
        add(id, words.strip_prefix(id).unwrap_or(&words).trim_start());
    }
    lines
}

#[test]
fn the_convention_can_be_read_out_of_the_page() {
    let read = Convention::from_lines(&plain(&lines(&document())));
    assert_eq!(read.as_ref(), Some(convention()));
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
