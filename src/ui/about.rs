//! The screen about the app.

use jalons_macros::lazy_chunk;

use super::element::{El, el};
use super::lazy_screen::LazyScreen;
use super::shared::heading::heading;
use super::shared::styles::mount_style;
use super::store;
use crate::platform::page;
use crate::text::{self, about as words};

/// The screen about the app.
pub(super) const ABOUT: LazyScreen = LazyScreen { chunk: "reference", content: about };

/// Explains purpose, method, privacy, text, abbreviations, accessibility, licence and version.
#[lazy_chunk(reference)]
fn about() -> Vec<El> {
    mount_style(include_str!("../../style/prose.css"));
    let convention = store().convention();
    let repairs = convention.repairs().iter().map(|repair| el("li").text(&text::typeset(repair)));
    let terms = convention
        .glossary()
        .iter()
        .flat_map(|term| [el("dt").text(&term.term), el("dd").text(&text::typeset(&term.meaning))]);
    let about = el("div")
        .class("prose")
        .child(heading(words::title()))
        .children(part(words::what_title(), words::what()))
        .children(part(words::method_title(), words::method()))
        .children(part(words::privacy_title(), words::privacy()))
        .children(part(words::glossary_title(), words::glossary_lead()))
        .child(el("dl").class("glossary").children(terms))
        .children(part(words::text_title(), words::text()))
        .child(el("ul").children(repairs))
        .children(part(words::access_title(), words::access()))
        .children(part(words::licence_title(), words::licence()))
        .children(part(words::version_title(), words::version_lead()))
        .child(version());
    vec![about]
}

/// The version of the app and the id of its build.
fn version() -> El {
    let build = page::build().map(|id| el("p").text(&words::build(&id)));
    el("div").attr("translate", "no").child(el("p").text(words::version())).children(build)
}

fn part(title: &str, words: &str) -> [El; 2] {
    [el("h2").text(title), el("p").text(words)]
}
