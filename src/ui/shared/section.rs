//! A part of a screen, under a title that names it.

use crate::ui::element::{El, el};

/// A section and its title; `name` tells it from the others on the screen.
pub(in crate::ui) fn section(name: &str, title: &str) -> El {
    let id = format!("{name}/title");
    el("section").attr("aria-labelledby", &id).add(el("h2").attr("id", &id).text(title))
}
