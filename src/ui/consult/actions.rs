//! Actions on a consultation at any stage: create, copy, export, share, delete.

use leptos::prelude::*;

use crate::codec::poll_file;
use crate::domain::consultation::{ConsultationId, RulesDraft};
use crate::platform::download::{self, Media};
use crate::platform::timers;
use crate::route::ConsultPage;
use crate::storage::SaveStatus;
use crate::store::{ConsultationStore, Notice};
use crate::text::consult as words;
use crate::text::{actions, joining, notices};
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::section;
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::shared::share::share_button;
use crate::ui::store;

/// Notifies of a failed save.
pub(super) fn say_trouble(consultations: ConsultationStore, saving: SaveStatus) {
    if let Some(trouble) = trouble(saving) {
        consultations.store().notify(trouble);
    }
}

/// The notice of a failed save.
pub(super) fn trouble(saving: SaveStatus) -> Option<Notice> {
    (saving == SaveStatus::Failed).then(|| Notice::Text(words::not_stored().to_owned()))
}

/// Stores a new draft and opens it.
pub(super) fn create(consultations: ConsultationStore, rules: RulesDraft) {
    timers::spawn(Box::pin(async move {
        let (id, saving) = consultations.create(rules).await;
        consultations.store().navigate(&format!("#/{}", ConsultPage::One(id)), trouble(saving));
    }));
}

/// A button that copies a consultation as a new draft.
pub(super) fn duplicate(consultations: ConsultationStore, id: ConsultationId) -> El {
    let act = move || {
        if let Some(poll) = consultations.poll_now(id) {
            let mut draft = poll.consultation.as_draft();
            draft.title = words::copy_of(&draft.title);
            create(consultations, draft);
        }
    };
    button(act).class("button").text(words::duplicate())
}

/// A button that exports everything as a file that others can read, recount and merge.
pub(super) fn export(consultations: ConsultationStore, id: ConsultationId) -> El {
    let store = store();
    let act = move || {
        let Some(poll) = consultations.poll_now(id) else { return };
        let name = words::file_name(poll.consultation.title(), &id.to_string());
        let saved = poll_file::to_json(store.convention(), &poll)
            .is_ok_and(|text| download::text(&name, Media::Json, &text).is_ok());
        store.notify(if saved { Notice::CopySaved } else { Notice::CopyRefused });
    };
    button(act).class("button").child(icon(Picture::Save)).text(words::export())
}

/// Deletes it, in two steps.
pub(super) fn delete(consultations: ConsultationStore, id: ConsultationId) -> El {
    let store = store();
    let sure = RwSignal::new(false);
    let act = move || {
        timers::spawn(Box::pin(async move {
            let done = consultations.delete(id).await != SaveStatus::Failed;
            let words = if done { words::deleted() } else { notices::failed() };
            store.navigate(
                &format!("#/{}", ConsultPage::List),
                Some(Notice::Text(words.to_owned())),
            );
        }));
    };
    let ask = move || {
        vec![
            el("div")
                .class("form form--grave")
                .child(el("p").child(el("strong").text(words::delete_sure())))
                .child(el("p").text(words::delete_lead()))
                .child(
                    el("p")
                        .class("form__actions")
                        .child(button(act).class("button button--danger").text(words::delete_yes()))
                        .child(
                            button(move || sure.set(false))
                                .class("button button--ghost")
                                .text(words::keep()),
                        ),
                ),
        ]
    };
    let begin = move || {
        vec![button(move || sure.set(true)).class("button button--ghost").text(words::delete())]
    };
    el("div").class("steps").dyn_children(move || if sure.get() { ask() } else { begin() })
}

/// A section with the export and, unless the screen has one already, a place to open other files.
pub(super) fn together(consultations: ConsultationStore, id: ConsultationId, receives: bool) -> El {
    section("together", words::together())
        .class("no-print")
        .child(el("p").class("prose").text(words::together_lead()))
        .child(el("p").class("form__actions").child(export(consultations, id)))
        .child(el("p").class("muted").text(words::export_lead()))
        .children(receives.then(|| super::receive::receiver(consultations, Some(id))))
}

/// The number of papers keyed differently, with a link to decide on them; nothing for none.
pub(super) fn to_decide(consultations: ConsultationStore, id: ConsultationId) -> El {
    let left = Memo::new(move |_| {
        consultations.poll(id).map_or(0, |_| consultations.papers(id).counts().differ)
    });
    el("div").dyn_children(move || {
        let told = |count| {
            let way = super::way(&ConsultPage::Keying(id)).class("more").text(joining::decide());
            el("p").text(&joining::to_decide(count)).text(" ").child(way)
        };
        Some(left.get()).filter(|count| *count > 0).map(told).into_iter().collect()
    })
}

/// A button that shares a link.
pub(super) fn share(title: String, link: String, name: &str) -> El {
    share_button("button", name, title, link)
}

/// A link back to the consultation.
pub(super) fn back_to(id: ConsultationId) -> El {
    el("p")
        .class("no-print")
        .child(super::way(&ConsultPage::One(id)).class("more").text(words::back_to_it()))
}

/// A button that closes a form.
pub(super) fn cancel(act: impl Fn() + 'static) -> El {
    button(act).class("button button--ghost").text(actions::close())
}
