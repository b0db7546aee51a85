//! The home screen: what the convention is, where it stands, and its whole text to read and tick.
//!
//! It stands in the page from the start (`ui/page.rs`) and is taken over here, never made: what
//! changes is bound while the screen is shown, the rest stays as it was painted first.

mod chart;

use leptos::prelude::*;

use super::element::El;
use super::shared::markers::{Rows, defer_layout};
use super::shared::progress;
use super::store;
use crate::domain::item::Code;
use crate::platform::address::focus_quietly;
use crate::text;
use chart::Chart;

/// The elements of the home screen that say what changes.
pub(super) struct Home {
    screen: Vec<El>,
    title: El,
    counts: Vec<(Code, El)>,
    observed: Vec<(Code, El)>,
    chart: Chart,
    rows: Rows,
    deferred: Vec<El>,
}

impl Home {
    /// Takes over the home screen that stands in `place`. What was ticked before the app had
    /// started is done now.
    pub(super) fn hydrate(place: &El) -> Self {
        // Only before the app starts are its addresses places of the page. From here on a link
        // must not move the page before its screen is there.
        for anchor in place.find_all("[id^='/']") {
            anchor.forget("id");
        }
        let of = |selector| place.find_all(selector).filter_map(coded).collect();
        let rows = Rows::hydrate(place.find(".text"));
        rows.replay_early_taps();
        Self {
            screen: place.children(),
            title: place.find(".heading"),
            counts: of(".counts"),
            observed: of(".operational__counts"),
            chart: Chart::hydrate(&place.find(".chart")),
            rows,
            deferred: place.find_all(".text__objective").collect(),
        }
    }

    /// Brings the screen in step with the store, for as long as it is shown.
    pub(super) fn show(&self) -> Vec<El> {
        let store = store();
        for (code, element) in self.counts.iter().cloned() {
            element.fill(move || untrack(|| progress::count_parts(code).into()));
        }
        for (code, element) in self.observed.iter().cloned() {
            element.say_now(move || text::progress::observed(store.progress(code)));
        }
        self.chart.show();
        self.rows.show();
        defer_layout(self.deferred.clone());
        if store.has_moved() {
            self.title.clone().once_shown(focus_quietly);
        }
        self.screen.clone()
    }
}

/// The objective whose counts an element says.
fn coded(element: El) -> Option<(Code, El)> {
    Some((element.get("data-of")?.parse().ok()?, element))
}
