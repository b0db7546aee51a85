//! Writing a note: kind, text, and whether it stays with its writer.

use leptos::prelude::*;

use super::field::{check, choices, field, form_error};
use crate::codec::stored::{DraftId, Key};
use crate::domain::journal::ApplyError;
use crate::domain::note::{NoteDraft, NoteKind, NoteText};
use crate::text;
use crate::ui::element::{El, button, el, typed};
use crate::ui::store;

/// From how many characters before the end the counter is shown.
const COUNTER_FROM: usize = 400;

/// What a form for a note needs.
pub(in crate::ui) struct NoteForm {
    /// Under which name the unfinished text is kept.
    pub(in crate::ui) draft: DraftId,
    /// What the form holds when nothing unfinished is kept.
    pub(in crate::ui) initial: NoteDraft,
    /// Keeps the note; on an error the form stays as it is and says why.
    pub(in crate::ui) save: Box<dyn Fn(NoteDraft) -> Result<(), ApplyError>>,
    /// Closes the form.
    pub(in crate::ui) close: Box<dyn Fn()>,
}

/// A form whose content is kept at every key stroke. Saving forgets that draft; closing the form
/// keeps it, because a wrong tap must lose nothing.
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
    // Several forms can be open at once; what one keeps under is also what tells its parts apart.
    let part = |name: &str| format!("{}/{name}", Key::Draft(draft));
    let close = StoredValue::new_local(close);
    let closing = move || close.with_value(|close| close());
    let area = text_area(value, change, &part("error"), &part("counter"));
    if !found {
        // Opened by the person's own tap, so that the keyboard goes on from there.
        let _ = area.clone().once_shown(|area| {
            let _ = area.focus();
        });
    }
    let refused = area.clone();
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        match save(value.get_untracked()) {
            Ok(()) => {
                store.storage().delete_draft(draft);
                closing();
            }
            Err(refusal) => {
                error.set(Some(text::errors::apply(&refusal)));
                refused.focus();
            }
        }
    };
    let found = found.then(|| el("p").class("form__found").text(text::notes::draft_kept()));
    el("form")
        .class("form")
        .on("submit", submit)
        .with(found)
        .add(field(text::notes::text(), area))
        .add(counter(value).attr("id", &part("counter")))
        .add(form_error(error).attr("id", &part("error")))
        .add(kinds(value, change))
        .add(private(value, change))
        .add(
            el("p")
                .class("form__actions")
                .add(
                    el("button")
                        .attr("type", "submit")
                        .class("button button--primary")
                        .text(text::actions::save()),
                )
                .add(button(closing).class("button button--ghost").text(text::actions::close())),
        )
}

fn text_area(
    value: RwSignal<NoteDraft>,
    change: Callback<NoteDraft>,
    error: &str,
    counter: &str,
) -> El {
    el("textarea")
        .attr("rows", "5")
        .attr("aria-describedby", &format!("{error} {counter}"))
        .property_now("value", move || value.read().text.as_str().into())
        .on("input", move |event| {
            change.run(NoteDraft { text: typed(&event), ..value.get_untracked() });
        })
}

fn counter(value: RwSignal<NoteDraft>) -> El {
    let words = move || {
        let used = value.read().text.trim().chars().count();
        let near = used + COUNTER_FROM > NoteText::MAX;
        if near { text::notes::remaining(used, NoteText::MAX) } else { String::new() }
    };
    el("p").class("form__counter").attr("role", "status").text_now(words)
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
    .add(el("span").class("check__hint").text(text::notes::private_hint()))
}
