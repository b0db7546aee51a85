//! The screen of an address without a page: it follows what the link was meant to be, or else shows
//! it, with links to the search and home.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::element::{El, el, link};
use super::lazy_screen::LazyScreen;
use super::shared::heading::heading;
use super::store;
use crate::route::{Route, mended};
use crate::text::shell;

/// The screen of an address without a page.
pub(super) const UNKNOWN: LazyScreen = LazyScreen { chunk: "reference", content: unknown };

/// Replaces the address by the one that it was meant to be, or shows it with two links.
#[lazy_chunk(reference)]
fn unknown() -> Vec<El> {
    let store = store();
    let route = store.route().get_untracked();
    let asked = route.to_string();
    if let Some(meant) = mended(&asked).filter(|meant| *meant != route) {
        // Not within the effect that shows this screen: it follows the route.
        queue_microtask(move || store.refine(meant));
        return Vec::new();
    }
    let search = link(&Route::Search(String::new())).class("button button--primary");
    let home = link(&Route::Home).class("button");
    vec![
        heading(shell::unknown_title()),
        el("p").class("lead").text(shell::unknown_lead()),
        el("p").class("muted").text(&shell::unknown_asked(&asked)),
        el("p")
            .class("form__actions")
            .child(search.text(shell::unknown_search()))
            .child(home.text(shell::unknown_home())),
    ]
}
