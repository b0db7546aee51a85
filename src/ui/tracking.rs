//! The list of all markers, with filters that are in the address.

mod filters;

use std::cell::{Cell, RefCell};
use std::iter::zip;

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::element::{El, el, link};
use super::lazy_screen::LazyScreen;
use super::shared::heading::{empty, heading};
use super::shared::item::{code, titled};
use super::shared::markers::{LONG, Row, Rows, defer_layout};
use super::shared::styles::mount_style;
use super::store;
use crate::domain::convention::{Item, OperationalObjective};
use crate::domain::tracking::{MarkerOrder, TrackingFilter};
use crate::route::{BilanPlace, Route};
use crate::store::AppStore;
use crate::text;
use filters::filters;

/// The markers that match a filter, in the convention's order.
#[derive(Clone, PartialEq)]
struct Shown {
    filter: TrackingFilter,
    markers: Vec<bool>,
}

/// The list of markers.
pub(super) const TRACKING: LazyScreen = LazyScreen { chunk: "marking", content: tracking };

/// The tracking screen.
#[lazy_chunk(marking)]
fn tracking() -> Vec<El> {
    mount_style(include_str!("../../style/tracking.css"));
    let store = store();
    let filter = Memo::new(move |_| match &*store.route().read() {
        Route::Tracking(filter) => *filter,
        _ => TrackingFilter::default(),
    });
    let shown = shown(store, filter);
    let attention = Route::Bilan(BilanPlace::Attention.to_string());
    let total = store.convention().markers().count();
    let shown_now = move || shown.read().markers.iter().filter(|shown| **shown).count();
    let count = move || text::tracking::count(shown_now(), total);
    vec![
        el("div")
            .class("tracking__head")
            .child(heading(text::tracking::title()))
            .child(el("p").class("muted").text(text::items::markers_lead()))
            .child(filters(filter))
            .child(el("p").class("tracking__count").attr("role", "status").text(count)),
        empty(text::tracking::none(), move || shown_now() == 0),
        groups(store, total, shown, ordered(store, filter)),
        el("p").child(link(&attention).class("more").text(text::attention::title())),
    ]
}

/// The matching markers. One that stops matching while the filter stays, because it was just
/// ticked, stays too: it must not vanish under the finger that touched it.
fn shown(store: AppStore, filter: Memo<TrackingFilter>) -> Memo<Shown> {
    Memo::new(move |former: Option<&Shown>| {
        let filter = filter.get();
        let mut markers = store.markers_matching(filter);
        if let Some(former) = former.filter(|former| former.filter == filter) {
            zip(&mut markers, &former.markers).for_each(|(now, before)| *now |= before);
        }
        Shown { filter, markers }
    })
}

/// The markers in the order of the filter, as indices. Ticks reorder nothing: a row must not move
/// under the finger that touched it.
fn ordered(store: AppStore, filter: Memo<TrackingFilter>) -> Memo<(MarkerOrder, Vec<usize>)> {
    let order = Memo::new(move |_| filter.read().order);
    let markers: Vec<_> = store.convention().markers().map(|marker| marker.id).collect();
    Memo::new(move |_| {
        let order = order.get();
        // What is read late counts.
        let _ = store.storage().has_read();
        let today = store.today().get_untracked();
        let places = untrack(|| store.with_journal(|journal| order.of(&markers, journal, today)));
        (order, places)
    })
}

/// The groups that filters show and hide. They are built once: thousands of rows take long to
/// build.
struct Hideable {
    element: El,
    hidden: Cell<bool>,
}

impl Hideable {
    fn new(element: El) -> Self {
        Self { element, hidden: Cell::new(false) }
    }

    fn show(&self, shown: bool) {
        if self.hidden.replace(!shown) == shown {
            self.element.set_hidden(!shown);
        }
    }
}

/// The markers of one objective.
struct Group {
    section: Hideable,
    list: El,
    rows: Vec<Hideable>,
}

/// All markers by objective, or in one list of another order, kept in step with the filter and with
/// the journal.
fn groups(
    store: AppStore,
    total: usize,
    shown: Memo<Shown>,
    ordered: Memo<(MarkerOrder, Vec<usize>)>,
) -> El {
    let mut rows = Vec::with_capacity(total);
    let groups: Vec<_> =
        store.convention().operationals().map(|objective| group(objective, &mut rows)).collect();
    let sections = groups.iter().map(|group| group.section.element.clone());
    let long = if total > LONG { "groups groups--long" } else { "groups" };
    let one_list = el("ul").class("markers");
    let list = el("div").class(long).children(sections).child(one_list.clone());
    defer_layout(groups.iter().map(|group| group.section.element.clone()).collect());
    let former = RefCell::new((MarkerOrder::Text, Vec::new()));
    let place = move |groups: &[Group]| {
        let now = ordered.get();
        let (order, was) = (now.0, former.replace(now.clone()));
        if was == now {
            // A row that is put in its place again loses the focus.
        } else if order != MarkerOrder::Text {
            let rows: Vec<_> = groups.iter().flat_map(|group| &group.rows).collect();
            let rows = now.1.iter().filter_map(|place| rows.get(*place));
            let _ = one_list.clone().children(rows.map(|row| row.element.clone()));
        } else if was.0 != MarkerOrder::Text {
            for group in groups {
                let rows = group.rows.iter().map(|row| row.element.clone());
                let _ = group.list.clone().children(rows);
            }
        }
        order == MarkerOrder::Text
    };
    Rows::of(list, rows).show().effect(move || {
        let by_objective = place(&groups);
        let shown = shown.read();
        let mut rest = &shown.markers[..];
        for group in &groups {
            let (markers, others) = rest.split_at(group.rows.len());
            rest = others;
            let any = by_objective && markers.contains(&true);
            group.section.show(any);
            // The rows of a hidden group are not updated.
            if any || !by_objective {
                zip(&group.rows, markers).for_each(|(row, shown)| row.show(*shown));
            }
        }
    })
}

/// A link to an objective, by its everyday name where it has one.
fn title(objective: &OperationalObjective) -> El {
    let item = Item::Operational(objective);
    match item.short_name() {
        Some(name) => link(&Route::Item(item.id()))
            .text(&text::typeset(name))
            .text(" ")
            .child(code(item.id())),
        None => titled(item),
    }
}

fn group(objective: &'static OperationalObjective, all: &mut Vec<Row>) -> Group {
    let (elements, rows): (Vec<_>, Vec<_>) =
        objective.progress_markers.iter().map(Row::new).unzip();
    all.extend(rows);
    let list = el("ul").class("markers").children(elements.clone());
    let section = el("section")
        .class("group")
        .family(objective.code)
        .child(el("h2").class("group__title").child(title(objective)))
        .child(list.clone());
    let rows = elements.into_iter().map(Hideable::new).collect();
    Group { section: Hideable::new(section), list, rows }
}
