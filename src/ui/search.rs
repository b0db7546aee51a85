//! The search of the convention and of the device's notes, with results while typing.

use jalons_macros::lazy_chunk;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::element::{El, el, event_target_value, link};
use super::lazy_screen::LazyScreen;
use super::shared::field::field;
use super::shared::styles::mount_style;
use super::store;
use crate::domain::convention::Item;
use crate::domain::search::{Hit, Target};
use crate::platform::keys;
use crate::route::Route;
use crate::text;

mod themes;

/// The search.
pub(super) const SEARCH: LazyScreen = LazyScreen { chunk: "search", content: search };

/// The search screen. The words are in the address.
#[lazy_chunk(search)]
fn search() -> Vec<El> {
    mount_style(include_str!("../../style/search.css"));
    let store = store();
    let words = Memo::new(move |_| match &*store.route().read() {
        Route::Search(words) => words.clone(),
        _ => String::new(),
    });
    let found = store.hits(words);
    let asked = move || !words.read().trim().is_empty();
    let status = move || match found.read().hits.len() {
        _ if !asked() => text::search::hint().to_owned(),
        // Until then, a note may still turn out to match, or to match better.
        count if !store.storage().has_read() && (count == 0 || found.read().are_near) => {
            text::stored::reading().to_owned()
        }
        0 => text::search::none_for(&words.read()),
        _ if found.read().are_near => text::search::near().to_owned(),
        count => text::search::count(count),
    };
    let none = move || asked() && found.read().hits.is_empty() && store.storage().has_read();
    let list = el("ul").class("hits").attr("aria-label", text::search::results());
    let input = input(words, list.clone());
    let back = input.clone();
    let list = {
        let rows = list.clone();
        list.on(ev::keydown, move |event| move_in_list(&event, &rows, &back))
            .dyn_children(move || found.read().hits.iter().map(row).collect())
    };
    let form = el("form")
        .class("search")
        .attr("role", "search")
        .on(ev::submit, |event| event.prevent_default())
        .child(field(text::search::label(), input));
    vec![
        // The field takes the focus, not the title.
        el("h1").class("heading").text(text::search::title()),
        form,
        el("p").class("search__status").attr("role", "status").text(status),
        el("p").text_when(text::search::none_hint(), none),
        list,
        el("div").dyn_children(move || {
            if asked() { Vec::new() } else { untrack(themes::themes).into_iter().collect() }
        }),
    ]
}

fn input(words: Memo<String>, list: El) -> El {
    let store = store();
    let leave = move |event: KeyboardEvent| {
        if matches!(keys::name(&event).as_str(), "ArrowDown" | "Enter") && focus_hit(&list, 0) {
            event.prevent_default();
        }
    };
    el("input")
        .dir_auto()
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("placeholder", text::search::placeholder())
        .prop("value", move || words.get().into())
        .on(ev::input, move |event| store.refine(Route::Search(event_target_value(&event))))
        .on(ev::keydown, leave)
        .on_mount(|input| {
            let _ = input.focus();
        })
}

/// The links of the hits, in order.
fn links(list: &El) -> Vec<HtmlElement> {
    let Ok(links) = list.raw().query_selector_all("a") else { return Vec::new() };
    let links = (0..links.length()).filter_map(|position| links.item(position));
    links.filter_map(|link| link.dyn_into().ok()).collect()
}

/// Focuses the hit at an index; returns whether there is one.
fn focus_hit(list: &El, position: usize) -> bool {
    links(list).get(position).is_some_and(|link| link.focus().is_ok())
}

/// Arrows move from hit to hit, and from the first back to the field.
fn move_in_list(event: &Event, list: &El, field: &El) {
    let links = links(list);
    let target = event.target().map(JsValue::from);
    let here = links.iter().position(|link| Some(link.as_ref()) == target.as_ref());
    let Some(here) = here else { return };
    let moved = match keys::name(event).as_str() {
        "ArrowDown" => focus_hit(list, here + 1),
        "ArrowUp" if here == 0 => {
            field.focus();
            true
        }
        "ArrowUp" => focus_hit(list, here - 1),
        "Home" => focus_hit(list, 0),
        "End" => focus_hit(list, links.len() - 1),
        _ => false,
    };
    if moved {
        event.prevent_default();
    }
}

/// One hit, with what matched marked.
fn row(hit: &Hit) -> El {
    let store = store();
    let item = hit.target.item();
    let (wording, plain) = if let Target::Note(id) = hit.target {
        (store.note_text(id), None)
    } else {
        let found = store.convention().find(item);
        (found.map(|found| found.text().to_owned()), found.and_then(Item::plain))
    };
    let wording = wording.unwrap_or_default();
    // Where nothing else matches, the plain words say why the item is a hit.
    let plain = plain.filter(|_| hit.is_everyday).map(|plain| {
        let label = text::items::plain_label();
        el("span").class("hit__plain").text(label).text(&text::typeset(plain))
    });
    let words = hit.pieces(&wording).fold(
        el("span").class("hit__text").dir_auto(),
        |words, (piece, marked)| {
            let piece = text::typeset(piece);
            if marked { words.child(el("mark").text(&piece)) } else { words.text(&piece) }
        },
    );
    let link = link(&Route::Item(item))
        .class("hit")
        .family(item.code())
        .child(el("span").class("hit__kind").text(&text::search::target(hit.target)))
        .text(" ")
        .child(words)
        .children(plain);
    el("li").child(link)
}
