//! What this device holds, where it lies, and how to keep a copy.

use leptos::prelude::*;

use self::health::health;
use super::element::{El, el, link};
use super::shared::heading::heading;
use super::shared::note_card::note_card;
use super::shared::notes::note_list;
use super::shared::save_copy::save_copy;
use super::shared::section::section;
use super::store;
use crate::domain::convention::Item;
use crate::domain::tracking::{SeenFilter, TrackingFilter};
use crate::route::Route;
use crate::store::NoteRow;
use crate::text::{self, carnet as words};

mod health;

/// The journal's screen.
pub(super) fn carnet() -> Vec<El> {
    vec![
        heading(words::title()),
        el("p").class("lead").text(words::lead()),
        holds(),
        section("copy", words::copy_title())
            .add(el("p").class("prose").text(words::copy_lead()))
            .add(save_copy()),
        health(),
        written(),
    ]
}

fn holds() -> El {
    let store = store();
    let notes = store.all_notes();
    let seen = TrackingFilter { seen: SeenFilter::Observed, ..TrackingFilter::default() };
    let tally = move || {
        let (observations, notes) = (store.observation_count(), notes.read().len());
        if observations + notes == 0 {
            return vec![el("p").class("quiet").text(words::empty())];
        }
        let observations = link(&Route::Tracking(seen)).text(&words::observations(observations));
        let notes = el("span").text(&text::notes::count(notes));
        let entries = [observations, notes].map(|entry| entry.class("tally__entry"));
        vec![el("p").class("tally").with(entries)]
    };
    section("holds", words::holds()).add(el("div").fill(tally))
}

fn written() -> El {
    let rows = store().all_notes();
    let some = Memo::new(move |_| !rows.read().is_empty());
    el("div").fill(move || {
        let list = || {
            section("notes", text::notes::title())
                .class("notes")
                .add(note_list(rows, |row| placed(&row)))
        };
        some.get().then(|| untrack(list)).into_iter().collect()
    })
}

/// A note and what it is about.
fn placed(row: &NoteRow) -> El {
    let item = row.id.item;
    let about = store().convention().find(item).map(Item::text).map(text::typeset);
    let about = el("p")
        .class("note__about")
        .add(link(&Route::Item(item)).text(&text::shell::item_name(item)))
        .text(" ")
        .text(&about.unwrap_or_default());
    el("li").add(about).add(note_card(row))
}
