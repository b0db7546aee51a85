//! Shows how far an objective is: its pole, with one stripe a marker, and its counts.

use std::cell::Cell;

use leptos::prelude::*;

use crate::domain::item::Code;
use crate::domain::journal::MarkerStatus;
use crate::domain::observation::Level;
use crate::text;
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
    /// Binds `data-level`.
    pub(in crate::ui) fn level_now(self, level: impl Fn() -> Option<Level> + 'static) -> Self {
        self.attr("data-level", move || Some(level_name(level()).to_owned()))
    }
}

/// The most stripes that can be told apart. A larger convention shows its counts in words alone.
const MOST: usize = 150;

/// The number of stripes for that many markers.
pub(in crate::ui) fn stripes(markers: usize) -> usize {
    if markers > MOST { 0 } else { markers }
}

/// The pole, a picture of the counts next to it; screen readers read the counts.
pub(in crate::ui) fn pole(code: Code) -> El {
    let store = store();
    let markers = store.convention().markers_under(code).map(|marker| marker.id);
    let mut markers: Vec<_> = markers.collect();
    markers.truncate(stripes(markers.len()));
    let row: Vec<_> = markers.iter().map(|_| el("i")).collect();
    let shown = Cell::new(None);
    let pole = el("span").class("pole").attr("aria-hidden", "true").children(row.iter().cloned());
    // One effect for all stripes: an effect each would have hundreds of memos read the journal.
    pole.effect(move || {
        let today = store.today().get();
        let levels: Vec<_> = store.with_journal(|journal| {
            journal.statuses(&markers, today).into_iter().map(MarkerStatus::level).collect()
        });
        let former: Option<Vec<_>> = shown.take();
        for (at, level) in levels.iter().enumerate() {
            if former.as_ref().is_none_or(|former| former[at] != *level) {
                row[at].set_attr("data-level", level_name(*level));
            }
        }
        shown.set(Some(levels));
    })
}

/// « 4 observés sur 13, dont 3 atteints » under one stripe a marker.
pub(in crate::ui) fn counts(code: Code) -> El {
    el("span").class("counts").children(count_parts(code))
}

/// The pole and the words of an objective's counts.
pub(in crate::ui) fn count_parts(code: Code) -> [El; 2] {
    let store = store();
    let words = move || text::progress::summary(store.progress(code));
    [pole(code), el("span").class("counts__words").text(words)]
}
