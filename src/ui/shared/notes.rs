//! The notes on one item, and the way to write another.

use leptos::prelude::*;

use super::empty::empty;
use super::note_card::note_card;
use super::note_form::{NoteForm, note_form};
use crate::codec::stored::DraftId;
use crate::domain::item::ItemId;
use crate::domain::journal::Action;
use crate::domain::note::NoteDraft;
use crate::store::NoteRow;
use crate::text;
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// The item's notes. A draft that was left opens again by itself.
pub(in crate::ui) fn notes(id: ItemId) -> El {
    let store = store();
    let rows = store.notes(id);
    let draft = DraftId::New(id);
    let writing = RwSignal::new(store.storage().draft(draft).is_some());
    let form = move || {
        note_form(NoteForm {
            draft,
            initial: NoteDraft::default(),
            save: Box::new(move |note| store.dispatch(Action::Write(id, note))),
            close: Box::new(move || writing.set(false)),
        })
    };
    let way = move || {
        let open = button(move || writing.set(true)).class("button").text(text::notes::add());
        vec![if writing.get() { untrack(form) } else { open }]
    };
    let none = move || rows.read().is_empty() && !writing.get();
    section(id)
        .add(empty(text::notes::empty(), none))
        .add(note_list(rows, |row| el("li").add(note_card(&row))))
        .add(el("div").fill(way))
}

fn section(id: ItemId) -> El {
    let title = format!("notes/{id}");
    el("section")
        .class("notes")
        .attr("aria-labelledby", &title)
        .add(el("h2").attr("id", &title).text(text::notes::title()))
}

/// Notes as a list; a note that was edited is a new row.
pub(in crate::ui) fn note_list(
    rows: Memo<Vec<NoteRow>>,
    row: impl Fn(NoteRow) -> El + 'static,
) -> El {
    // What comes from elsewhere may have one token on two items, or another text as the same edit.
    let key = |row: &NoteRow| {
        let stamp = row.stamp;
        format!("{}{}/{}/{}/{}", row.id.item, row.id.token, stamp.edit, stamp.at.0, stamp.device)
    };
    el("ul").class("notes__list").each(move || rows.get(), key, row)
}
