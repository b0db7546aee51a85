//! What a person who comes back has here: a ballot that is not handed over, a vote in progress,
//! their records and where they left.
//!
//! Their place is in the first load; the lines are in chunks that a first visit does not load, and
//! the votes among them in the consultations' chunk, which reads them.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::consult;
use super::element::{El, el, link};
use super::lazy_screen::LazyScreen;
use super::shared::item::code;
use super::store;
use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::route::Route;
use crate::text::{self, home as words};

/// The lines.
const RETURNING: LazyScreen = LazyScreen { chunk: "marking", content: returning };

/// The lines of votes.
const VOTES: LazyScreen = LazyScreen { chunk: "consult", content: votes };

/// Replaces what the home screen says to everybody with what is here.
pub(super) fn own_place(place: &El) {
    let store = store();
    let is_loaded = RwSignal::new(false);
    place.clone().effect(move || {
        if store.storage().has_read() && store.storage().holds_any() {
            RETURNING.fetch(move |loaded| {
                let _ = is_loaded.try_set(loaded);
            });
        }
    });
    place.clone().dyn_children(move || {
        let lines = if is_loaded.get() { untrack(RETURNING.content) } else { None };
        lines.unwrap_or_else(|| vec![for_everybody()])
    });
}

fn for_everybody() -> El {
    el("p").text(words::private())
}

/// The lines, the most urgent first.
#[lazy_chunk(marking)]
fn returning() -> Vec<El> {
    let has_votes = RwSignal::new(false);
    if store().storage().has_votes() {
        VOTES.fetch(move |loaded| {
            let _ = has_votes.try_set(loaded);
        });
    }
    vec![el("div").dyn_children(move || {
        let votes = if has_votes.get() { (VOTES.content)() } else { None };
        let mut lines = votes.unwrap_or_default();
        lines.extend(records());
        if lines.is_empty() { vec![for_everybody()] } else { lines }
    })]
}

/// The ballots that are not handed over, and the votes in progress. Tracked.
#[lazy_chunk(consult)]
fn votes() -> Vec<El> {
    consult::waiting_and_open(consult::consultations())
}

/// « 3 coches, 1 note · Reprendre à Se déplacer »
fn records() -> Option<El> {
    let store = store();
    // Not followed: the whole journal is read for it.
    let own = untrack(|| store.own_records());
    let objective = ItemId::objective(own.latest?.code());
    let counts = words::own_counts(own.ticks, own.notes);
    let way = link(&Route::Item(objective)).text(words::go_on()).text(" ");
    let name = store.convention().find(objective).and_then(Item::short_name);
    let way = match name {
        Some(name) => way.text(&text::typeset(name)),
        None => way.child(code(objective)),
    };
    Some(el("p").text(&counts).text(" · ").child(way))
}
