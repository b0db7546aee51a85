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
        .add(heading(words::title()))
        .with(part(words::what_title(), words::what()))
        .with(part(words::method_title(), words::method()))
        .with(part(words::privacy_title(), words::privacy()))
        .with(part(words::glossary_title(), words::glossary_lead()))
        .add(el("dl").class("glossary").with(terms))
        .with(part(words::text_title(), words::text()))
        .add(el("ul").with(repairs))
        .with(part(words::access_title(), words::access()))
        .with(part(words::licence_title(), words::licence()))
        .with(part(words::version_title(), words::version_lead()))
        .add(version());
    vec![about]
}

/// The version of the app and the id of its build.
fn version() -> El {
    let build = page::build().map(|id| el("p").text(&words::build(&id)));
    el("div").attr("translate", "no").add(el("p").text(words::version())).with(build)
}

fn part(title: &str, words: &str) -> [El; 2] {
    [el("h2").text(title), el("p").text(words)]
}
