//! Ranks options by buttons, by keys, or by dragging.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::dots::round;
use super::{At, drag, option};
use crate::platform::keys;
use crate::text::ballot as words;
use crate::ui::element::{El, button, el};

/// The ranked options, and below them those that can still be ranked.
pub(super) fn ranking(booth: &At) -> Vec<El> {
    let (vote, at) = (booth.vote, booth.clone());
    let none = move || vote.read().ranked().is_empty();
    let ranked = el("ol").class("ranking").attr("aria-label", words::ranked()).for_each(
        move || vote.read().ranked(),
        usize::to_string,
        move |option| ranked_row(&at, option),
    );
    let (at, rows) = (booth.clone(), booth.clone());
    let rest = move || {
        let ranked = at.vote.read().ranked();
        at.form.order.iter().copied().filter(|option| !ranked.contains(option)).collect()
    };
    let all = {
        let options = booth.form.rules.options().len();
        move || vote.read().given() == options
    };
    let unranked = el("ul").class("ballot__list").attr("aria-label", words::unranked()).for_each(
        rest,
        usize::to_string,
        move |option| unranked_row(&rows, option),
    );
    vec![
        el("h2").class("ballot__part").text(words::ranked()),
        el("p").class("muted").text_when(words::ranked_empty(), none),
        ranked,
        el("h2").class("ballot__part").text(words::unranked()),
        el("p").class("muted").text_when(words::all_ranked(), all),
        unranked,
    ]
}

fn ranked_row(booth: &At, option: usize) -> El {
    let vote = booth.vote;
    let place = move || vote.read().ranked().iter().position(|other| *other == option);
    let rank = move || place().map_or_else(String::new, |place| words::rank(place + 1));
    let row = el("li").class("option option--ranked");
    let (at, moved, held) = (booth.clone(), row.clone(), booth.clone());
    let keys = move |key: KeyboardEvent| {
        let name = keys::name(&key);
        let up = name == "ArrowUp";
        if key.alt_key() && (up || name == "ArrowDown") {
            key.prevent_default();
            shift(&at, option, up, &moved);
        }
    };
    let handle = drag::handle(&row, move |to| place_at(&held, option, to));
    let top = el("div")
        .class("option__top")
        .child(el("span").class("ranking__place").text(rank))
        .child(option::named(booth, option, "p").attr("id", &option::name_id(option)));
    let group = el("div")
        .class("option__body")
        .attr("role", "group")
        .attr("aria-labelledby", &option::name_id(option))
        .child(top)
        .child(ways(booth, option, &row, handle))
        .children(option::wording(booth, option));
    row.on(ev::keydown, keys).child(group)
}

fn ways(booth: &At, option: usize, row: &El, handle: El) -> El {
    let vote = booth.vote;
    let name = booth.name(option);
    let way = |up: bool| {
        let (at, row) = (booth.clone(), row.clone());
        let end = move || {
            let ranked = vote.read().ranked();
            let end = if up { ranked.first() } else { ranked.last() };
            end == Some(&option)
        };
        let (sign, name) =
            if up { ("↑", words::move_up(&name)) } else { ("↓", words::move_down(&name)) };
        round(move || shift(&at, option, up, &row), sign, &name, end)
    };
    let (at, from) = (booth.clone(), row.clone());
    let take_out = button(move || {
        focus_beside(&from);
        let next = at.vote.get_untracked().with_rank(option, None);
        at.change(next, words::taken_out(&at.name(option)));
    });
    let take_out = take_out
        .class("button button--ghost")
        .attr("aria-label", &words::take_out_named(&name))
        .text(words::take_out());
    el("div")
        .class("ranking__actions")
        .child(handle)
        .child(way(true))
        .child(way(false))
        .child(take_out)
}

/// Moves an option by one position. A row that is moved on the page loses the focus, so the focus
/// is given back to the same button.
fn shift(booth: &At, option: usize, up: bool, row: &El) {
    let ranked = booth.vote.get_untracked().ranked();
    let Some(place) = ranked.iter().position(|other| *other == option) else { return };
    let to = if up { place.saturating_sub(1) } else { place + 1 };
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    let held = active.filter(|active| row.raw().contains(Some(active)));
    place_at(booth, option, to);
    focus_later(held);
}

fn place_at(booth: &At, option: usize, place: usize) {
    if booth.blank.get_untracked() {
        return;
    }
    let next = booth.vote.get_untracked().with_rank(option, Some(place));
    let ranked = next.ranked();
    let now = ranked.iter().position(|other| *other == option).unwrap_or_default();
    let said = words::ranked_at(&booth.name(option), now + 1, ranked.len());
    booth.change(next, said);
}

fn unranked_row(booth: &At, option: usize) -> El {
    let at = booth.clone();
    let row = el("li").class("option");
    let from = row.clone();
    let add = button(move || {
        focus_beside(&from);
        place_at(&at, option, usize::MAX);
    });
    let add = add
        .class("ranking__add")
        .attr("aria-label", &words::rank_named(&booth.name_and_code(option)))
        .child(el("span").class("round").attr("aria-hidden", "true").text("+"))
        .child(option::named(booth, option, "span"));
    row.child(add).children(option::wording(booth, option))
}

/// Focuses the row after one that is about to be removed, or before it where it is the last.
fn focus_beside(row: &El) {
    let row = row.raw();
    let beside = row.next_element_sibling().or_else(|| row.previous_element_sibling());
    let button = beside.and_then(|beside| beside.query_selector("button").ok().flatten());
    focus_later(button);
}

/// Focuses an element once the lists have followed the change.
fn focus_later(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that takes no focus leaves it where it is.
        request_animation_frame(move || drop(element.focus()));
    }
}
