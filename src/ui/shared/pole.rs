//! The ranging pole: one stripe a marker, in the document's order.

use leptos::prelude::*;

use crate::domain::item::Code;
use crate::domain::observation::Level;
use crate::ui::element::{El, el};
use crate::ui::store;

/// The name of a level in `data-level`, which the style sheet reads.
pub(in crate::ui) fn level_name(level: Option<Level>) -> &'static str {
    match level {
        None => "unobserved",
        Some(Level::NotYet) => "not-yet",
        Some(Level::InProgress) => "in-progress",
        Some(Level::Reached) => "reached",
        Some(Level::NotObservable) => "not-observable",
    }
}

impl El {
    /// Keeps `data-level` in step.
    pub(in crate::ui) fn level_now(self, level: impl Fn() -> Option<Level> + 'static) -> Self {
        self.attr_now("data-level", move || Some(level_name(level()).to_owned()))
    }
}

/// A picture of the counts beside it; screen readers have those.
pub(in crate::ui) fn pole(code: Code) -> El {
    let store = store();
    let stripes = store.convention().markers_under(code).map(|marker| {
        let state = store.state(marker.id);
        el("i").level_now(move || state.get().map(|(level, _)| level))
    });
    el("span").class("pole").attr("aria-hidden", "true").with(stripes)
}
