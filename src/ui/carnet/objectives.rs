//! A field that selects one objective, or all.

use leptos::ev;
use leptos::prelude::*;

use crate::domain::convention::Item;
use crate::domain::item::Code;
use crate::text;
use crate::ui::element::{El, el, event_target_value};
use crate::ui::store;

/// A list of every objective, headed by an option for all of them.
pub(super) fn objectives(all: &str, chosen: RwSignal<Option<Code>>) -> El {
    let option = |item: Item<'_>| {
        let code = item.id().code().to_string();
        let label = text::items::short(store().convention(), item.id());
        el("option").attr("value", &code).text(&label)
    };
    let items = store().convention().items().filter(|item| item.id().is_objective()).map(option);
    let value = move || chosen.get().map(|code| code.to_string()).unwrap_or_default();
    el("select")
        .child(el("option").attr("value", "").text(all))
        .children(items)
        .prop("value", move || value().into())
        .on(ev::change, move |event| chosen.set(event_target_value(&event).parse().ok()))
}
