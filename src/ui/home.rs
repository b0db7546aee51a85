//! The home screen: the introduction, the objectives to open, read and tick, and the bars.
//!
//! It is in the page from the start (`ui/page.rs`) and is hydrated, never built: changing elements
//! are bound while the screen is shown, the rest stays as it was first painted.

mod chart;

use leptos::prelude::*;

use super::element::El;
use super::returning::own_place;
use super::shared::markers::Rows;
use super::shared::progress;
use super::store;
use crate::domain::item::Code;
use crate::platform::address::focus_quietly;
use crate::text;
use chart::Chart;

/// The elements of the home screen that change.
pub(super) struct Home {
    screen: Vec<El>,
    title: El,
    counts: Vec<(Code, El)>,
    observed: Vec<(Code, El)>,
    chart: Chart,
    rows: Rows,
    own: El,
}

impl Home {
    /// Hydrates the home screen in `place`, and replays the taps that came before the app started.
    pub(super) fn hydrate(place: &El) -> Self {
        // Removes the prerendered anchor ids, so that route links don't scroll the page before
        // their screen is shown.
        for anchor in place.find_all("[id^='/']") {
            anchor.remove_attr("id");
        }
        let of = |selector| place.find_all(selector).filter_map(coded).collect();
        let rows = Rows::hydrate(place.find(".text"));
        rows.replay_early_taps();
        Self {
            screen: place.child_elements(),
            title: place.find(".heading"),
            counts: of(".counts"),
            observed: of(".objective__counts"),
            chart: Chart::hydrate(&place.find(".chart")),
            rows,
            own: place.find(".hero__own"),
        }
    }

    /// Keeps the screen in step with the store, for as long as it is shown.
    pub(super) fn show(&self) -> Vec<El> {
        let store = store();
        for (code, element) in self.counts.iter().cloned() {
            element.dyn_children(move || untrack(|| progress::count_parts(code).into()));
        }
        for (code, element) in self.observed.iter().cloned() {
            element.text(move || text::progress::observed(store.progress(code)));
        }
        self.chart.show();
        self.rows.show();
        own_place(&self.own);
        if store.has_navigated() {
            self.title.clone().on_mount(focus_quietly);
        }
        self.screen.clone()
    }
}

/// The objective of an element with counts.
fn coded(element: El) -> Option<(Code, El)> {
    Some((element.get_attr("data-of")?.parse().ok()?, element))
}
