//! One note, to read, edit or delete.

use leptos::prelude::*;

use super::icon::{Picture, icon};
use super::note_form::{NoteForm, note_form};
use crate::codec::stored::DraftId;
use crate::domain::convention::Item;
use crate::domain::journal::Action;
use crate::domain::note::{Note, NoteDraft, NoteKind};
use crate::domain::record::NoteId;
use crate::domain::wording::WordingHash;
use crate::store::NoteRow;
use crate::text;
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// The name of a kind in `data-kind`, which the style sheet reads.
fn kind_name(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Finding => "finding",
        NoteKind::Idea => "idea",
        NoteKind::Question => "question",
        NoteKind::Alert => "alert",
    }
}

/// A note as it was last written. What was being typed over it opens again by itself.
pub(in crate::ui) fn note_card(row: &NoteRow) -> El {
    let store = store();
    let NoteRow { id, note, .. } = row;
    let (id, note) = (*id, note.clone());
    let editing = RwSignal::new(store.storage().draft(DraftId::Of(id)).is_some());
    let current = store.convention().find(id.item).map(Item::text).map(WordingHash::of);
    let outdated = current.is_some_and(|wording| wording != note.wording);
    let outdated = outdated.then(|| el("p").class("muted").text(text::marker::wording_changed()));
    el("article")
        .class("note")
        .attr("data-kind", kind_name(note.kind))
        .add(head(row))
        .add(el("p").class("note__text").text(note.text.as_str()))
        .with(outdated)
        .add(el("div").fill(move || {
            vec![if editing.get() {
                untrack(|| form(id, &note, editing))
            } else {
                ways(id, &note, editing)
            }]
        }))
}

fn head(row: &NoteRow) -> El {
    let (store, written) = (store(), row.written);
    let on = move || text::notes::written(written, store.today().get());
    let private = || {
        let name = text::notes::is_private();
        el("span").class("note__private").add(icon(Picture::Private)).text(name)
    };
    el("p")
        .class("note__head")
        .add(el("strong").class("note__kind").text(text::notes::kind_label(row.note.kind)))
        .add(el("span").text_now(on))
        .with(row.note.private.then(private))
}

fn ways(id: NoteId, note: &Note, editing: RwSignal<bool>) -> El {
    let store = store();
    let delete = move || {
        // A refusal is said by the store.
        let _ = store.dispatch(Action::Delete(id));
    };
    let edit = button(move || editing.set(true))
        .class("button button--ghost")
        .attr("aria-label", &text::notes::edit_named(note.text.as_str()))
        .text(text::actions::edit());
    let delete = button(delete)
        .class("button button--ghost")
        .attr("aria-label", &text::notes::delete_named(note.text.as_str()))
        .text(text::actions::delete());
    el("p").class("note__actions").add(edit).add(delete)
}

fn form(id: NoteId, note: &Note, editing: RwSignal<bool>) -> El {
    let store = store();
    note_form(NoteForm {
        draft: DraftId::Of(id),
        initial: NoteDraft::of(note),
        save: Box::new(move |draft| store.dispatch(Action::Edit(id, draft))),
        close: Box::new(move || editing.set(false)),
    })
}
