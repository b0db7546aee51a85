//! A marker in a list: one tap ticks it, its text leads to the rest.

use leptos::prelude::*;

use super::icon::{Picture, icon};
use crate::domain::convention::Item;
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::Action;
use crate::domain::observation::Level;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, button, el, link};
use crate::ui::store;

/// One row: the tick, the wording, the latest state and the number of notes.
pub(in crate::ui) fn marker_row(id: MarkerId) -> El {
    let store = store();
    let wording = store.convention().find(id.into()).map(Item::text).unwrap_or_default();
    let state = store.state(id);
    let said = move || {
        text::marker::standing(state.get(), store.note_count(id.into()), store.today().get())
    };
    let act = move |action| {
        // A refusal is said by the store; there is nothing more to do here.
        let _ = store.dispatch(action);
    };
    let body = el("div")
        .class("marker__body")
        .add(link(&Route::Item(id.into())).class("marker__text").text(&text::typeset(wording)))
        .add(el("p").class("marker__state").text_now(said));
    el("li").class("marker").add(tick(id, wording, state, act)).add(body)
}

/// The round button that says "reached", and by a second tap takes it back.
pub(in crate::ui) fn tick(
    id: MarkerId,
    wording: &str,
    state: Memo<Option<(Level, Day)>>,
    act: impl Fn(Action) + 'static,
) -> El {
    let level = move || state.get().map(|(level, _)| level);
    let reached = move || level() == Some(Level::Reached);
    let tap = move || act(if untrack(reached) { Action::Untick(id) } else { Action::Tick(id) });
    button(tap)
        .class("tick")
        .attr("aria-label", &text::marker::tick(wording))
        .attr_now("aria-pressed", move || Some(reached().to_string()))
        .level_now(level)
        .add(icon(Picture::Check))
}
