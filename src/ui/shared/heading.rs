//! Titles of screens and sections, and the sentence that says that a section is empty.

use crate::text;
use crate::ui::element::{El, el};
use crate::ui::store;

/// The screen's only `h1`. It takes the focus when a person comes from another screen, so that the
/// keyboard continues from the top and a screen reader announces the screen.
pub(in crate::ui) fn heading(title: &str) -> El {
    let heading = el("h1").class("heading").attr("tabindex", "-1").text(title);
    if store().has_navigated() {
        heading.clone().on_mount(crate::platform::address::focus_quietly)
    } else {
        heading
    }
}

/// A section and its title; `name` is unique on the screen.
pub(in crate::ui) fn section(name: &str, title: &str) -> El {
    let id = format!("{name}/title");
    el("section").attr("aria-labelledby", &id).child(el("h2").attr("id", &id).text(title))
}

/// Shows this sentence while a list is empty; while a store is still being read, it says so
/// instead.
pub(in crate::ui) fn empty(says: &'static str, is_empty: impl Fn() -> bool + 'static) -> El {
    let store = store();
    el("p").class("muted").text(move || {
        match (is_empty(), store.storage().has_read()) {
            (false, _) => "",
            (true, true) => says,
            (true, false) => text::stored::reading(),
        }
        .to_owned()
    })
}
