//! The review of personal data before an export: edit a text, leave it out, or include it.

use crate::ui::shared::item::place_link;
use leptos::prelude::*;

use super::{Export, back, naming};
use crate::codec::stored::DraftId;
use crate::domain::item::ItemId;
use crate::domain::journal::Action;
use crate::domain::note::NoteDraft;
use crate::domain::record::RecordId;
use crate::store::PiiFinding;
use crate::text::{self, export as words};
use crate::ui::element::{El, button, el};
use crate::ui::shared::field::{check, form_error};
use crate::ui::shared::notes::{NoteForm, note_form};
use crate::ui::shared::pii::{kinds, marked};

/// One card for each text; one without personal data after an edit disappears.
pub(super) fn review(export: Export) -> Vec<El> {
    let findings = move || {
        let form = export.form.get();
        let findings = export.store.pii_findings(&export.selection());
        findings.into_iter().filter(|finding| form.has(finding.id)).collect::<Vec<_>>()
    };
    let key = |finding: &PiiFinding| format!("{}{}", finding.id, finding.text);
    let make = button(move || export.make()).class("button button--primary").text(words::make());
    let title =
        el("h3").attr("id", "review/title").attr("tabindex", "-1").text(words::check_title());
    vec![
        el("div")
            .class("form")
            .attr("role", "group")
            .attr("aria-labelledby", "review/title")
            .child(title.on_mount(crate::platform::address::focus_quietly))
            .child(el("p").text(words::check_lead()))
            .child(el("ul").class("notes__list").for_each(findings, key, move |f| card(export, &f)))
            .child(form_error(export.error))
            .child(el("p").class("form__actions").child(make).child(back(export))),
    ]
}

fn card(export: Export, finding: &PiiFinding) -> El {
    let id = finding.id;
    let editing = RwSignal::new(false);
    let about = id.item().map_or_else(|| el("span").text(text::devices::label()), place);
    let about = el("p").class("note__about").child(about).child(kinds(&finding.contacts));
    let out = move || export.left_out.read().contains(&id);
    let leave = move |leave| {
        export.left_out.update(|out| {
            if leave {
                out.insert(id)
            } else {
                out.remove(&id)
            };
        });
    };
    let leave = check(words::leave_out(), out, leave)
        .attr("aria-label", &words::leave_out_named(&finding.text));
    let text = marked(&finding.text, &finding.contacts);
    let open = move |name: &'static str| {
        button(move || editing.set(true)).class("button button--ghost").text(name)
    };
    el("li").class("note").child(about).child(text).child(leave).child(el("div").dyn_children(
        move || match id {
            RecordId::Note(note) if editing.get() => {
                untrack(|| edit(export, note, editing)).into_iter().collect()
            }
            RecordId::Device(device) if export.store.is_own(device) && editing.get() => {
                let close = move || editing.set(false);
                vec![untrack(|| naming(close, close, false))]
            }
            RecordId::Note(_) => vec![open(text::actions::edit())],
            RecordId::Device(device) if export.store.is_own(device) => {
                vec![open(text::devices::rename())]
            }
            _ => Vec::new(),
        },
    ))
}

fn place(item: ItemId) -> El {
    place_link(item)
}

fn edit(export: Export, id: crate::domain::record::NoteId, editing: RwSignal<bool>) -> Option<El> {
    let store = export.store;
    let initial = NoteDraft::of(&store.note(id)?);
    Some(note_form(NoteForm {
        draft: DraftId::Of(id),
        initial,
        save: Box::new(move |draft| store.dispatch(Action::Edit(id, draft))),
        close: Box::new(move || editing.set(false)),
    }))
}
