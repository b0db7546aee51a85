//! The carnet's screen: storage health, devices, import, export, conflicts and erasing.

use crate::ui::shared::item::place_link;
use jalons_macros::lazy_chunk;
use leptos::prelude::*;

mod devices;
mod erase;
mod export;
mod health;
mod import;
mod install;
mod lost;
mod naming;
mod objectives;

use self::health::health;
use super::drafts::DRAFTS;
use super::element::{El, button, el, link};
use super::lazy_screen::{LazyScreen, lazy_screen};
use super::shared::buttons::save_copy;
use super::shared::heading::{heading, section};
use super::shared::notes::{mount_note_style, note_card, note_list, notes_section};
use super::shared::styles::mount_style;
use super::store;
use crate::domain::convention::Item;
use crate::domain::tracking::{SeenFilter, TrackingFilter};
use crate::route::{BilanPlace, Route};
use crate::store::NoteRow;
use crate::text::{self, carnet as words};

/// The carnet.
pub(super) const CARNET: LazyScreen = LazyScreen { chunk: "carnet", content: carnet };

/// The carnet's screen.
#[lazy_chunk(carnet)]
fn carnet() -> Vec<El> {
    mount_style(include_str!("../../style/prose.css"));
    // The controls of an export look like those of a marker's level.
    mount_style(include_str!("../../style/marker.css"));
    mount_style(include_str!("../../style/carnet.css"));
    mount_note_style();
    vec![
        heading(words::title()),
        el("p").class("lead").text(words::lead()),
        holds(),
        lost::lost(),
        el("div").children(drafts()),
        written(true),
        written(false),
        export::export(),
        import::import(),
        section("copy", words::copy_title())
            .class("no-print")
            .child(el("p").class("prose").text(words::copy_lead()))
            .child(save_copy()),
        health(),
        install::install(),
        devices::devices(),
        erase::erase(),
    ]
}

/// All drafts of notes that were not saved, of any item.
fn drafts() -> Vec<El> {
    if store().storage().has_drafts() { lazy_screen(DRAFTS) } else { Vec::new() }
}

fn holds() -> El {
    let store = store();
    let seen = TrackingFilter { seen: SeenFilter::Observed, ..TrackingFilter::default() };
    let tally = move || {
        let (observations, notes) = (store.observation_count(), store.notes_total());
        let followed = store.follow_up_count();
        if observations + notes + followed == 0 {
            let says =
                if store.storage().has_read() { words::empty() } else { text::stored::reading() };
            return vec![el("p").class("muted").text(says)];
        }
        let observations = link(&Route::Tracking(seen)).text(&words::observations(observations));
        let notes = el("span").text(&text::notes::count(notes));
        let list = Route::Bilan(BilanPlace::Attention.to_string());
        let followed = (followed > 0).then(|| link(&list).text(&text::follow_up::count(followed)));
        let entries = [observations, notes].into_iter().chain(followed);
        vec![el("p").class("tally").children(entries.map(|entry| entry.class("tally__entry")))]
    };
    section("holds", words::holds()).child(el("div").dyn_children(tally))
}

/// The number of notes shown at first, and added at each press: after a season's merge there are
/// thousands.
const FIRST: usize = 10;
const PAGE: usize = 50;

/// The notes of this device, or else those of all others.
fn written(own: bool) -> El {
    let store = store();
    let shown = RwSignal::new(FIRST);
    let rows = store.all_notes(own, shown.read_only());
    let more = move || {
        let rest = store.notes_total_of(own).saturating_sub(shown.get());
        let more = button(move || shown.update(|shown| *shown += PAGE)).class("button");
        (rest > 0).then(|| more.text(&words::more_notes(rest))).into_iter().collect()
    };
    let (name, title) =
        if own { ("notes", text::notes::title()) } else { ("others", text::notes::others_title()) };
    notes_section(name, title, rows, move || {
        vec![note_list(rows, |row| placed(&row)), el("div").dyn_children(more)]
    })
}

/// A note under a link to its item.
fn placed(row: &NoteRow) -> El {
    let item = row.id.item;
    let about = store().convention().find(item).map(Item::text).map(text::typeset);
    let about = el("p")
        .class("note__about")
        .child(place_link(item))
        .text(" ")
        .text(&about.unwrap_or_default());
    el("li").child(about).child(note_card(row))
}
