//! The filters of the list of markers.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;

use crate::domain::convention::Item;
use crate::domain::observation::Level;
use crate::domain::tracking::{MarkerOrder, SeenFilter, TrackingFilter};
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, button, el, event_target_open, event_target_value};
use crate::ui::shared::field::{check, field};
use crate::ui::store;

thread_local! {
    /// Whether the row is unfolded: who comes back finds it as they left it, and the list at its
    /// place.
    static OPEN: Cell<bool> = const { Cell::new(false) };
}

/// Every filter by observation, in display order.
const SEEN: [SeenFilter; 7] = [
    SeenFilter::Any,
    SeenFilter::Observed,
    SeenFilter::Unobserved,
    SeenFilter::At(Level::NotYet),
    SeenFilter::At(Level::InProgress),
    SeenFilter::At(Level::Reached),
    SeenFilter::At(Level::NotObservable),
];

/// Every order, in display order.
const ORDERS: [MarkerOrder; 3] = [MarkerOrder::Text, MarkerOrder::Latest, MarkerOrder::Unobserved];

/// The filters, folded into a row that says what is chosen. Each choice goes into the address at once, so that a reload keeps it and the link
/// can be shared.
pub(super) fn filters(filter: Memo<TrackingFilter>) -> El {
    let store = store();
    let choose = move |filter: TrackingFilter| store.refine(Route::Tracking(filter));
    let noted = check(
        text::tracking::notes(),
        move || filter.read().with_notes,
        move |with_notes| choose(TrackingFilter { with_notes, ..filter.get_untracked() }),
    );
    // Not `disabled`: that would remove the focus from the pressed button.
    let all = move || (*filter.read() == TrackingFilter::default()).then(|| "true".to_owned());
    let reset = button(move || choose(TrackingFilter::default()))
        .class("button button--ghost")
        .attr("aria-disabled", all)
        .text(text::tracking::reset());
    let chosen = move || text::tracking::chosen(filter.get(), store.convention());
    let summary = el("summary")
        .child(el("strong").text(text::tracking::filter()))
        .text(" ")
        .child(el("span").class("filters__chosen").text(chosen));
    let form = el("form")
        .class("filters__form")
        .attr("aria-label", text::tracking::filters())
        .on(ev::submit, |event| event.prevent_default())
        .child(field(text::tracking::objective(), objectives(filter)))
        .child(field(text::tracking::seen(), seen(filter)))
        .child(field(text::tracking::order(), order(filter)))
        .child(noted)
        .child(reset);
    el("details")
        .class("filters")
        .prop("open", || OPEN.get().into())
        .on(ev::toggle, |event| OPEN.set(event_target_open(&event)))
        .child(summary)
        .child(form)
}

fn objectives(filter: Memo<TrackingFilter>) -> El {
    let store = store();
    let option = |item: Item<'_>| {
        let code = item.id().code().to_string();
        let name = text::typeset(item.short_name().unwrap_or(item.text()));
        let label = format!("{name} · {code}");
        el("option").attr("value", &code).text(&label)
    };
    let items = store.convention().items().filter(|item| item.id().is_objective()).map(option);
    let chosen = move || filter.read().objective.map(|code| code.to_string()).unwrap_or_default();
    el("select")
        .child(el("option").attr("value", "").text(text::tracking::all_objectives()))
        .children(items)
        .prop("value", move || chosen().into())
        .on(ev::change, move |event| {
            let objective = event_target_value(&event).parse().ok();
            store.refine(Route::Tracking(TrackingFilter { objective, ..filter.get_untracked() }));
        })
}

fn seen(filter: Memo<TrackingFilter>) -> El {
    let choose = move |seen| TrackingFilter { seen, ..filter.get_untracked() };
    select(&SEEN, text::tracking::seen_label, move || filter.read().seen, choose)
}

fn order(filter: Memo<TrackingFilter>) -> El {
    let choose = move |order| TrackingFilter { order, ..filter.get_untracked() };
    select(&ORDERS, text::tracking::order_label, move || filter.read().order, choose)
}

/// A choice of one of these values.
fn select<T: Copy + Default + PartialEq>(
    all: &'static [T],
    label: fn(T) -> &'static str,
    chosen: impl Fn() -> T + 'static,
    choose: impl Fn(T) -> TrackingFilter + 'static,
) -> El {
    let store = store();
    let options = all.iter().enumerate().map(|(position, choice)| {
        el("option").attr("value", &position.to_string()).text(label(*choice))
    });
    let position = move || all.iter().position(|choice| *choice == chosen());
    el("select")
        .children(options)
        .prop("value", move || position().unwrap_or_default().to_string().into())
        .on(ev::change, move |event| {
            let position = event_target_value(&event).parse().ok();
            let choice = position.and_then(|position: usize| all.get(position).copied());
            store.refine(Route::Tracking(choose(choice.unwrap_or_default())));
        })
}
