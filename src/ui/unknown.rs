//! The screen of an unknown address, with links to the search and home.

use super::element::{El, el, link};
use super::shared::heading::heading;
use crate::route::Route;
use crate::text::shell;

/// Shows the unknown address, with two links.
pub(super) fn unknown(fragment: &str) -> Vec<El> {
    let search = link(&Route::Search(String::new())).class("button button--primary");
    let home = link(&Route::Home).class("button");
    vec![
        heading(shell::unknown_title()),
        el("p").class("lead").text(shell::unknown_lead()),
        el("p").class("muted").text(&shell::unknown_asked(fragment)),
        el("p")
            .class("form__actions")
            .child(search.text(shell::unknown_search()))
            .child(home.text(shell::unknown_home())),
    ]
}
