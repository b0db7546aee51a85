//! The filters of the list of markers.

use leptos::ev;
use leptos::prelude::*;

use crate::domain::convention::Item;
use crate::domain::observation::Level;
use crate::domain::tracking::{SeenFilter, TrackingFilter};
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{check, field};
use crate::ui::store;

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

/// The filters. Each choice goes into the address at once, so that a reload keeps it and the link
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
    let all = move || filter.read().is_all().then(|| "true".to_owned());
    let reset = button(move || choose(TrackingFilter::default()))
        .class("button button--ghost")
        .attr("aria-disabled", all)
        .text(text::tracking::reset());
    el("form")
        .class("filters")
        .attr("aria-label", text::tracking::filters())
        .on(ev::submit, |event| event.prevent_default())
        .child(field(text::tracking::objective(), objectives(filter)))
        .child(field(text::tracking::seen(), seen(filter)))
        .child(noted)
        .child(reset)
}

fn objectives(filter: Memo<TrackingFilter>) -> El {
    let store = store();
    let option = |item: Item<'_>| {
        let code = item.id().code().to_string();
        let label = format!("{code} {}", text::typeset(item.text()));
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
    let store = store();
    let options = SEEN.into_iter().enumerate().map(|(position, choice)| {
        let label = text::tracking::seen_label(choice);
        el("option").attr("value", &position.to_string()).text(label)
    });
    let position = move || SEEN.iter().position(|choice| *choice == filter.read().seen);
    el("select")
        .children(options)
        .prop("value", move || position().unwrap_or_default().to_string().into())
        .on(ev::change, move |event| {
            let position = event_target_value(&event).parse().ok();
            let seen = position.and_then(|position: usize| SEEN.get(position).copied());
            let seen = seen.unwrap_or_default();
            store.refine(Route::Tracking(TrackingFilter { seen, ..filter.get_untracked() }));
        })
}
