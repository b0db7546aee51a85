//! The notes on an item: the list, one note, and the form that writes it.

use leptos::ev;
use leptos::prelude::*;

use super::field::{check, choices, field, form_error};
use super::heading::{empty, section};
use super::icon::{Picture, icon};
use super::styles::mount_style;
use crate::codec::stored::{DraftId, Key};
use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::domain::journal::{Action, ApplyError};
use crate::domain::note::{Note, NoteDraft, NoteKind, NoteText, is_long};
use crate::domain::record::NoteId;
use crate::domain::stamp::DeviceId;
use crate::domain::wording::WordingHash;
use crate::store::NoteRow;
use crate::text::{self, devices};
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::store;

/// The item's notes: those of this device with the form for a new one, and those of others. A draft
/// of a new note opens by itself.
pub(in crate::ui) fn notes(id: ItemId) -> [El; 2] {
    mount_note_style();
    let store = store();
    let rows = store.notes(id, true);
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
    let card = |row: NoteRow| el("li").child(note_card(&row));
    let mine = section(&format!("notes/{id}"), text::notes::title())
        .class("notes")
        .child(empty(text::notes::empty(), none))
        .child(note_list(rows, card))
        .child(el("div").dyn_children(way));
    let others = store.notes(id, false);
    let title = text::notes::others_title();
    [mine, notes_section("others", title, others, move || vec![note_list(others, card)])]
}

/// A section of notes, while there are any.
pub(in crate::ui) fn notes_section(
    name: &'static str,
    title: &'static str,
    rows: Memo<Vec<NoteRow>>,
    content: impl Fn() -> Vec<El> + 'static,
) -> El {
    let some = Memo::new(move |_| !rows.read().is_empty());
    el("div").dyn_children(move || {
        let list = || section(name, title).class("notes").children(content());
        some.get().then(|| untrack(list)).into_iter().collect()
    })
}

/// Mounts the style sheet of notes, on screens that list or review any.
pub(in crate::ui) fn mount_note_style() {
    mount_style(include_str!("../../../style/notes.css"));
}

/// Notes as a list; a note that was edited is a new row.
pub(in crate::ui) fn note_list(
    rows: Memo<Vec<NoteRow>>,
    row: impl Fn(NoteRow) -> El + 'static,
) -> El {
    // Imported notes may have one token on two items, or another text for the same edit.
    let key = |row: &NoteRow| {
        let stamp = row.stamp;
        format!("{}{}/{}/{}/{}", row.id.item, row.id.token, stamp.edit, stamp.at.0, stamp.device)
    };
    el("ul").class("notes__list").for_each(move || rows.get(), key, row)
}

/// The name of a kind in `data-kind`, which the style sheet reads.
fn kind_name(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Finding => "finding",
        NoteKind::Idea => "idea",
        NoteKind::Question => "question",
        NoteKind::Alert => "alert",
    }
}

/// A note in its last version. A draft of an edit opens by itself.
pub(in crate::ui) fn note_card(row: &NoteRow) -> El {
    let store = store();
    let NoteRow { id, note, .. } = row;
    let (id, note) = (*id, note.clone());
    let editing = RwSignal::new(store.storage().draft(DraftId::Of(id)).is_some());
    let current = store.convention().find(id.item).map(Item::text).map(WordingHash::of);
    let outdated = current.is_some_and(|wording| wording != note.wording);
    let outdated = outdated.then(|| el("p").class("muted").text(text::marker::wording_changed()));
    let author = row.stamp.device;
    el("article")
        .class("note")
        .attr("data-kind", kind_name(note.kind))
        .child(head(row))
        .children(folded(note.text.as_str()))
        .children(outdated)
        .child(el("div").dyn_children(move || {
            vec![if editing.get() {
                untrack(|| form(id, &note, author, editing))
            } else {
                ways(id, &note, author, editing)
            }]
        }))
}

/// The text of a note. A long one is folded, on the screen only.
fn folded(words: &str) -> Vec<El> {
    let text = el("p").dir_auto().text(words);
    if !is_long(words) {
        return vec![text.class("note__text")];
    }
    let unfolded = RwSignal::new(false);
    let class = move || {
        let folded = if unfolded.get() { "" } else { " note__text--folded" };
        Some(format!("note__text{folded}"))
    };
    let name = move || {
        let name = if unfolded.get() { text::notes::fold() } else { text::notes::read_on() };
        name.to_owned()
    };
    let more = button(move || unfolded.update(|unfolded| *unfolded = !*unfolded))
        .class("button button--ghost button--fold")
        .attr("aria-expanded", move || Some(unfolded.get().to_string()))
        .text(name);
    vec![text.attr("class", class), more]
}

fn head(row: &NoteRow) -> El {
    let (store, written, author) = (store(), row.written, row.stamp.device);
    let on = move || text::notes::written(written, store.today().get());
    let private = || {
        let name = text::notes::is_private();
        el("span").class("note__private").child(icon(Picture::Private)).text(name)
    };
    let by = || {
        let name = move || devices::name(author, store.device(author).as_ref());
        let voice = move || match store.device(author) {
            Some(device) => devices::on_behalf(device.speaks_for).to_owned(),
            None => String::new(),
        };
        [el("strong").untranslated().dir_auto().text(name), el("span").text(voice)]
    };
    let is_others = !store.is_own(author);
    el("p")
        .class("note__head")
        .child(el("strong").class("note__kind").text(text::notes::kind_label(row.note.kind)))
        .children(is_others.then(by).into_iter().flatten())
        .child(el("span").text(on))
        .children(row.note.private.then(private))
}

fn ways(id: NoteId, note: &Note, author: DeviceId, editing: RwSignal<bool>) -> El {
    let store = store();
    let delete = move || {
        // The store reports a refusal.
        let _ = store.dispatch(Action::Delete(id));
    };
    let words = note.text.as_str();
    let (name, label) = if store.is_own(author) {
        (text::notes::edit_named(words), text::actions::edit())
    } else {
        (text::notes::take_over_named(words), text::notes::take_over())
    };
    let edit = button(move || editing.set(true))
        .class("button button--ghost")
        .attr("aria-label", &name)
        .text(label);
    let delete = button(delete)
        .class("button button--ghost")
        .attr("aria-label", &text::notes::delete_named(words))
        .text(text::actions::delete());
    el("p").class("note__actions").child(edit).child(delete)
}

/// The form that edits a note. Another device's note stays as it is: what is saved is a new one.
fn form(id: NoteId, note: &Note, author: DeviceId, editing: RwSignal<bool>) -> El {
    let store = store();
    let own = store.is_own(author);
    let form = note_form(NoteForm {
        draft: DraftId::Of(id),
        initial: NoteDraft::of(note),
        save: Box::new(move |draft| {
            let edit = if own { Action::Edit(id, draft) } else { Action::Write(id.item, draft) };
            store.dispatch(edit)
        }),
        close: Box::new(move || editing.set(false)),
    });
    if own {
        return form;
    }
    let name = move || devices::name(author, store.device(author).as_ref());
    let lead = el("p").text(move || text::notes::take_over_lead(&name()));
    el("div").child(lead).child(form)
}

/// The counter is shown from this many characters before the limit.
const COUNTER_FROM: usize = 400;

/// The input of a note's form.
pub(in crate::ui) struct NoteForm {
    /// The id under which the draft is stored.
    pub(in crate::ui) draft: DraftId,
    /// The content of the form where there is no draft.
    pub(in crate::ui) initial: NoteDraft,
    /// Saves the note; on an error the form stays open and shows it.
    pub(in crate::ui) save: Box<dyn Fn(NoteDraft) -> Result<(), ApplyError>>,
    /// Closes the form.
    pub(in crate::ui) close: Box<dyn Fn()>,
}

/// A form whose draft is stored at every key stroke. Saving drops the draft; closing the form keeps
/// it, because a wrong tap must lose nothing.
pub(in crate::ui) fn note_form(form: NoteForm) -> El {
    let store = store();
    let NoteForm { draft, initial, save, close } = form;
    let unfinished = store.storage().draft(draft);
    let found = unfinished.is_some();
    let value = RwSignal::new(unfinished.unwrap_or(initial));
    let error = RwSignal::new(None::<String>);
    let change = Callback::new(move |next: NoteDraft| {
        store.storage().save_draft(draft, &next);
        error.set(None);
        value.set(next);
    });
    // Several forms can be open at once; the draft's id makes the ids of their elements unique.
    let part = |name: &str| format!("{}/{name}", Key::Draft(draft));
    let close = StoredValue::new_local(close);
    let closing = move || close.with_value(|close| close());
    let area = text_area(value, change, &part("error"), &part("counter"));
    if !found {
        // Opened by a tap, so the keyboard continues in it.
        let _ = area.clone().on_mount(|area| {
            let _ = area.focus();
        });
    }
    let refused = area.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match save(value.get_untracked()) {
            Ok(()) => {
                store.storage().delete_draft(draft);
                closing();
            }
            Err(refusal) => {
                error.set(Some(text::errors::apply(&refusal)));
                // It is said here, at the field.
                store.dismiss_notice();
                refused.focus();
            }
        }
    };
    let found = found.then(|| el("p").class("form__found").text(text::notes::draft_kept()));
    el("form")
        .class("form")
        .on(ev::submit, submit)
        .children(found)
        .child(field(text::notes::text(), area))
        .child(counter(value).attr("id", &part("counter")))
        .child(form_error(error).attr("id", &part("error")))
        .child(kinds(value, change))
        .child(private(value, change))
        .child(
            el("p")
                .class("form__actions")
                .child(
                    el("button")
                        .attr("type", "submit")
                        .class("button button--primary")
                        .text(text::actions::save()),
                )
                .child(button(closing).class("button button--ghost").text(text::actions::close())),
        )
}

fn text_area(
    value: RwSignal<NoteDraft>,
    change: Callback<NoteDraft>,
    error: &str,
    counter: &str,
) -> El {
    el("textarea")
        .dir_auto()
        .attr("rows", "5")
        .attr("aria-describedby", &format!("{error} {counter}"))
        .prop("value", move || value.read().text.as_str().into())
        .on(ev::input, move |event| {
            change.run(NoteDraft { text: event_target_value(&event), ..value.get_untracked() });
        })
}

fn counter(value: RwSignal<NoteDraft>) -> El {
    let words = move || {
        let used = value.read().text.trim().chars().count();
        let near = used + COUNTER_FROM > NoteText::MAX;
        if near { text::notes::remaining(used, NoteText::MAX) } else { String::new() }
    };
    el("p").class("form__counter").attr("role", "status").text(words)
}

fn kinds(value: RwSignal<NoteDraft>, change: Callback<NoteDraft>) -> El {
    let options = NoteKind::ALL.map(|kind| (kind, text::notes::kind_label(kind)));
    choices(
        text::notes::kind(),
        options,
        move || value.read().kind,
        move |kind| change.run(NoteDraft { kind, ..value.get_untracked() }),
    )
}

fn private(value: RwSignal<NoteDraft>, change: Callback<NoteDraft>) -> El {
    check(
        text::notes::private(),
        move || value.read().private,
        move |private| change.run(NoteDraft { private, ..value.get_untracked() }),
    )
    .child(el("span").class("check__hint").text(text::notes::private_hint()))
}
