//! The home screen: what the convention is, where it stands, and a way in for everyone.

mod chart;
mod tree;
mod ways;

use super::element::{El, el, link};
use super::shared::heading::heading;
use super::store;
use crate::route::Route;
use crate::text;
pub(super) use chart::overview;
use chart::overview_chart;
use tree::tree;
use ways::ways;

/// The home screen.
pub(super) fn home() -> Vec<El> {
    let convention = store().convention();
    let (globals, markers) = (convention.globals().len(), convention.markers().count());
    let hero = el("div")
        .class("hero")
        .add(el("p").class("kicker").text(&text::home::kicker(convention)))
        .add(heading(text::home::title()))
        .add(el("p").class("lead").text(&text::home::lead(globals, markers)))
        .add(el("p").class("hero__private").text(text::home::private()));
    let whole = link(&Route::FullText).class("more").text(text::items::full_text_link());
    vec![hero, ways(), overview_chart(), tree(), el("p").add(whole)]
}
