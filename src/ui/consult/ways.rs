//! What can be done with a consultation whatever its stage: a copy, a file, letting it go.

use leptos::prelude::*;

use super::list;
use crate::codec::poll_file;
use crate::domain::consultation::ConsultationId;
use crate::platform::download::{self, Media};
use crate::platform::later;
use crate::route::Place;
use crate::store::{Hall, Notice, Saving};
use crate::text::consult as words;
use crate::text::{actions, joining, notices};
use crate::ui::element::{El, button, el};
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::shared::section::section;
use crate::ui::store;

/// Says what became of something on its way to being stored, where that is no good news.
pub(super) fn say_trouble(hall: Hall, saving: Saving) {
    if let Some(trouble) = trouble(saving) {
        hall.store().tell(trouble);
    }
}

/// What there is to say of something on its way to being stored, where that is no good news.
pub(super) fn trouble(saving: Saving) -> Option<Notice> {
    (saving == Saving::Failed).then(|| Notice::Told(words::not_stored().to_owned()))
}

/// A copy as a new draft.
pub(super) fn duplicate(hall: Hall, id: ConsultationId) -> El {
    let act = move || {
        if let Some(poll) = hall.poll_now(id) {
            let mut draft = poll.consultation.as_draft();
            draft.title = words::copy_of(&draft.title);
            list::create(hall, draft);
        }
    };
    button(act).class("button").text(words::duplicate())
}

/// Everything as a file that others can read, recount and merge.
pub(super) fn export(hall: Hall, id: ConsultationId) -> El {
    let store = store();
    let act = move || {
        let Some(poll) = hall.poll_now(id) else { return };
        let name = words::file_name(poll.consultation.title(), &id.to_string());
        let saved = poll_file::to_json(store.convention(), &poll)
            .is_ok_and(|text| download::text(&name, Media::Json, &text).is_ok());
        store.tell(if saved { Notice::CopySaved } else { Notice::CopyRefused });
    };
    button(act).class("button").add(icon(Picture::Save)).text(words::export())
}

/// Letting it go, in two steps.
pub(super) fn delete(hall: Hall, id: ConsultationId) -> El {
    let store = store();
    let sure = RwSignal::new(false);
    let act = move || {
        later::run(Box::pin(async move {
            let done = hall.delete(id).await != Saving::Failed;
            let words = if done { words::deleted() } else { notices::failed() };
            store.lead_to(&format!("#/{}", Place::List), Some(Notice::Told(words.to_owned())));
        }));
    };
    let ask = move || {
        vec![
            el("div")
                .class("form form--grave")
                .add(el("p").add(el("strong").text(words::delete_sure())))
                .add(el("p").text(words::delete_lead()))
                .add(
                    el("p")
                        .class("form__ways")
                        .add(button(act).class("button button--grave").text(words::delete_yes()))
                        .add(
                            button(move || sure.set(false))
                                .class("button button--quiet")
                                .text(words::keep()),
                        ),
                ),
        ]
    };
    let begin = move || {
        vec![button(move || sure.set(true)).class("button button--quiet").text(words::delete())]
    };
    el("div").class("steps").fill(move || if sure.get() { ask() } else { begin() })
}

/// A file to carry away, and the place to hand others in, unless the screen has one already.
pub(super) fn together(hall: Hall, id: ConsultationId, receives: bool) -> El {
    section("together", words::together())
        .add(el("p").class("prose").text(words::together_lead()))
        .add(el("p").class("form__ways").add(export(hall, id)))
        .add(el("p").class("quiet").text(words::export_lead()))
        .with(receives.then(|| super::receive::receiver(hall, Some(id))))
}

/// How many papers were read in two ways, and the way to decide on them; nothing for none.
pub(super) fn to_decide(hall: Hall, id: ConsultationId) -> El {
    let left = Memo::new(move |_| hall.poll(id).map_or(0, |_| hall.papers(id).counts().differ));
    el("div").fill(move || {
        let told = |count| {
            let way = super::way(&Place::Keying(id)).class("more").text(joining::decide());
            el("p").text(&joining::to_decide(count)).text(" ").add(way)
        };
        Some(left.get()).filter(|count| *count > 0).map(told).into_iter().collect()
    })
}

/// A button that hands a link to the system or the clipboard.
pub(super) fn share(title: String, link: String, name: &str) -> El {
    let store = store();
    let act = move || {
        let (title, link) = (title.clone(), link.clone());
        later::run(Box::pin(async move {
            match crate::platform::share::link(&title, &link).await {
                crate::platform::share::Shared::Handed => {}
                crate::platform::share::Shared::Copied => store.tell(Notice::Copied),
                crate::platform::share::Shared::Failed => store.tell(Notice::NotCopied),
            }
        }));
    };
    button(act).class("button").add(icon(Picture::Share)).text(name)
}

/// A link back to the consultation.
pub(super) fn back_to(id: ConsultationId) -> El {
    el("p")
        .class("no-print")
        .add(super::way(&Place::One(id)).class("more").text(words::back_to_it()))
}

/// Closes what a form asked.
pub(super) fn cancel(act: impl Fn() + 'static) -> El {
    button(act).class("button button--quiet").text(actions::close())
}
