//! Stray drafts, of notes that are shown nowhere: on the screen of an item its own, in the carnet
//! all of them.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::element::{El, button, el, link};
use super::lazy_screen::LazyScreen;
use super::shared::heading::section;
use super::shared::notes::{NoteForm, mount_note_style, note_form};
use super::store;
use crate::codec::stored::{DraftId, Key};
use crate::domain::item::ItemId;
use crate::domain::journal::Action;
use crate::domain::note::NoteDraft;
use crate::route::Route;
use crate::text::{actions, notes as words, typeset};

/// The section of stray drafts.
pub(super) const DRAFTS: LazyScreen = LazyScreen { chunk: "marking", content: drafts };

/// The section.
#[lazy_chunk(marking)]
fn drafts() -> Vec<El> {
    mount_note_style();
    let store = store();
    let changed = RwSignal::new(());
    let here = match &*store.route().read_untracked() {
        Route::Item(item) => Some(*item),
        _ => None,
    };
    let ids = move || {
        changed.track();
        match here {
            Some(item) => store.storage().orphaned_drafts(item),
            None => store.storage().all_drafts().into_iter().map(|(id, _)| id).collect(),
        }
    };
    let ids = Memo::new(move |_| ids());
    let key = |id: &DraftId| Key::Draft(*id).to_string();
    let row = move |id: DraftId| match here {
        Some(item) => form(item, id, changed),
        None => line(id),
    };
    let list = el("ul").class("notes__list").for_each(move || ids.get(), key, row);
    let none = move || ids.read().is_empty().then(String::new);
    vec![
        section("drafts", words::drafts_title())
            .attr("hidden", none)
            .child(el("p").class("muted").text(words::drafts_lead()))
            .child(list),
    ]
}

/// A button that continues the draft as a new note.
fn form(item: ItemId, id: DraftId, changed: RwSignal<()>) -> El {
    let store = store();
    let why = if store.storage().was_deleted(id) {
        words::draft_of_deleted()
    } else {
        words::draft_elsewhere()
    };
    let erased = RwSignal::new(None::<NoteDraft>);
    let form = move || {
        let form = || {
            note_form(NoteForm {
                draft: id,
                initial: NoteDraft::default(),
                save: Box::new(move |draft| store.dispatch(Action::Write(item, draft))),
                close: Box::new(move || changed.set(())),
            })
        };
        if erased.read().is_some() { Vec::new() } else { vec![untrack(form)] }
    };
    let form = el("div").dyn_children(form);
    el("li").class("note").child(el("p").text(why)).child(form).child(erasing(id, erased))
}

fn line(id: DraftId) -> El {
    let store = store();
    let draft = store.storage().draft(id).unwrap_or_default();
    let item = store.convention().find(id.item());
    let name = item.map(|item| format!("{} {}", id.item(), typeset(item.text())));
    let name = name.unwrap_or_else(|| id.item().to_string());
    el("li")
        .class("note")
        .child(el("p").child(link(&Route::Item(id.item())).class("more").text(&name)))
        .child(el("p").class("note__text").dir_auto().text(&draft.text))
        .child(erasing(id, RwSignal::new(None)))
}

/// A button that erases a draft, with an undo.
fn erasing(id: DraftId, erased: RwSignal<Option<NoteDraft>>) -> El {
    let store = store();
    let erase = move || {
        erased.set(store.storage().draft(id));
        store.storage().delete_draft(id);
    };
    let back = move || {
        if let Some(draft) = erased.get_untracked() {
            store.storage().save_draft(id, &draft);
        }
        erased.set(None);
    };
    let ways = move || {
        if erased.read().is_some() {
            let back = button(back).class("button").text(actions::undo());
            return vec![el("span").attr("role", "status").text(words::draft_erased()), back];
        }
        vec![button(erase).class("button button--ghost").text(words::draft_erase())]
    };
    el("p").class("form__actions").dyn_children(ways)
}
