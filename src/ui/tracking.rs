//! All markers, narrowed by filters that live in the address.

mod filters;

use leptos::prelude::*;

use super::element::{El, el, link};
use super::shared::family::titled;
use super::shared::heading::heading;
use super::shared::look::dress;
use super::shared::marker_row::marker_row;
use super::store;
use crate::domain::convention::{Item, OperationalObjective};
use crate::domain::item::MarkerId;
use crate::domain::tracking::TrackingFilter;
use crate::route::{BilanPlace, Route};
use crate::store::AppStore;
use crate::text;
use filters::filters;

/// What is shown under a filter.
#[derive(Clone, PartialEq)]
struct Shown {
    filter: TrackingFilter,
    markers: Vec<MarkerId>,
}

/// The tracking screen.
pub(super) fn tracking() -> Vec<El> {
    dress(include_str!("../../style/tracking.css"));
    let store = store();
    let filter = Memo::new(move |_| match &*store.route().read() {
        Route::Tracking(filter) => *filter,
        _ => TrackingFilter::default(),
    });
    let shown = shown(store, filter);
    let attention = Route::Bilan(BilanPlace::Attention.to_string());
    let total = store.convention().markers().count();
    let count = move || text::tracking::count(shown.read().markers.len(), total);
    let none = move || shown.read().markers.is_empty();
    let groups = move || {
        let shown = shown.read();
        let filled = |objective: &&OperationalObjective| {
            objective.progress_markers.iter().any(|marker| shown.markers.contains(&marker.id))
        };
        store.convention().operationals().filter(filled).collect()
    };
    let key = |objective: &&OperationalObjective| objective.code.to_string();
    vec![
        heading(text::tracking::title()),
        el("p").add(link(&attention).class("more").text(text::attention::title())),
        filters(filter),
        el("p").class("tracking__count").attr("role", "status").text_now(count),
        el("p").class("quiet").text_while(text::tracking::none(), none),
        el("div").class("groups").each(groups, key, move |objective| group(objective, shown)),
    ]
}

/// The markers that match. One that stops matching while the filter stays, because it was just
/// ticked, stays too: it must not vanish under the finger that touched it.
fn shown(store: AppStore, filter: Memo<TrackingFilter>) -> Memo<Shown> {
    Memo::new(move |former: Option<&Shown>| {
        let filter = filter.get();
        let mut markers = store.markers_matching(filter);
        if let Some(former) = former.filter(|former| former.filter == filter) {
            let gone: Vec<_> =
                former.markers.iter().copied().filter(|id| !markers.contains(id)).collect();
            markers.extend(gone);
        }
        Shown { filter, markers }
    })
}

/// The shown markers of one objective.
fn group(objective: &'static OperationalObjective, shown: Memo<Shown>) -> El {
    let markers = move || {
        let shown = shown.read();
        let ids = objective.progress_markers.iter().map(|marker| marker.id);
        ids.filter(|id| shown.markers.contains(id)).collect()
    };
    el("section")
        .class("group")
        .family(objective.code)
        .add(el("h2").class("group__title").add(titled(Item::Operational(objective))))
        .add(el("ul").class("markers").each(markers, MarkerId::to_string, marker_row))
}
