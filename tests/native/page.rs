//! What `index.html` holds before the app starts, against the convention and the words it is made of.

use std::path::{Path, PathBuf};

use jalons::convention::{LINES, convention};
use jalons::domain::convention::Convention;
use jalons::text::{plain, typeset};
use jalons::ui::page::page;
use scraper::{ElementRef, Html, Selector};

const START: &str = "<!-- Written by `cargo xtask page`. -->\n";
const END: &str = "\n    <!-- Until here. -->";

fn index() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("index.html")
}

/// The page with another content between the marks.
fn with(former: &str, convention: &Convention) -> String {
    let (before, rest) = former.split_once(START).expect("the first mark");
    let (_, after) = rest.split_once(END).expect("the second mark");
    format!("{before}{START}    <div id=\"app\">{}</div>{END}{after}", page(convention))
}

/// `cargo xtask page` sets the variable that writes the page.
#[test]
fn the_page_holds_what_is_made_of_the_convention() {
    let held = std::fs::read_to_string(index()).expect("the page");
    let made = with(&held, convention());
    if std::env::var_os("JALONS_WRITE_PAGE").is_some() {
        std::fs::write(index(), &made).expect("the folder is there");
    } else {
        assert!(held == made, "index.html is out of date: run `cargo xtask page`");
    }
}

/// `cargo xtask bench --peers` has it write the page of a large convention that nobody has made.
#[test]
#[ignore = "the bench names the convention's file in JALONS_CONVENTION, and the page's in JALONS_PAGE"]
fn any_convention_has_a_page() {
    let path = |name| std::env::var_os(name).expect(name);
    let file = std::fs::read_to_string(path("JALONS_CONVENTION")).expect("the convention's file");
    let convention = Convention::from_json(&file).expect("a valid convention");
    std::fs::write(path("JALONS_PAGE"), page(&convention)).expect("the folder is there");
}

fn document() -> Html {
    Html::parse_document(&page(convention()))
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// As `platform/page.rs` reads it.
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
    // The brand leads to where one is.
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
