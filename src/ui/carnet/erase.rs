//! Erasing everything, in two steps.

use leptos::prelude::*;

use crate::codec::stored::Inventory;
use crate::platform::{session, timers};
use crate::store::Notice;
use crate::text::{erase as words, stored};
use crate::ui::element::{El, button, el};
use crate::ui::shared::buttons::save_copy;
use crate::ui::shared::heading::section;
use crate::ui::store;

/// The section.
pub(super) fn erase() -> El {
    let sure = RwSignal::new(false);
    let begin = move || {
        let begin = button(move || sure.set(true)).class("button").text(words::begin());
        vec![el("p").class("prose").text(words::lead()), begin]
    };
    let step = move || if sure.get() { untrack(|| ask(sure)) } else { begin() };
    section("erase", words::title())
        .class("no-print")
        .child(el("div").class("steps").dyn_children(step))
}

fn ask(sure: RwSignal<bool>) -> Vec<El> {
    let store = store();
    // Both stores are read: everything that will be erased is listed first.
    let inventory = RwSignal::new(None::<Inventory>);
    timers::spawn(Box::pin(async move {
        let _ = inventory.try_set(Some(store.storage().inventory().await));
    }));
    let goes = move || {
        inventory.with(|inventory| match inventory {
            Some(inventory) => words::what_goes(inventory),
            None => stored::reading().to_owned(),
        })
    };
    let act_now = move || inventory.with(|inventory| inventory.is_none().then(String::new));
    let failed = RwSignal::new(None::<String>);
    let act = move || {
        timers::spawn(Box::pin(async move {
            if store.storage().erase_all().await.is_ok() {
                // A vote that is being filled in is in the tab's session storage.
                session::clear();
                store.notify(Notice::Text(words::done().to_owned()));
                let _ = sure.try_set(false);
            } else {
                let _ = failed.try_set(Some(words::failed().to_owned()));
            }
        }));
    };
    let title = el("h3").attr("id", "sure/title").attr("tabindex", "-1").text(words::sure());
    vec![
        el("div")
            .class("form form--grave")
            .attr("role", "group")
            .attr("aria-labelledby", "sure/title")
            .child(title.on_mount(crate::platform::address::focus_quietly))
            .child(el("p").attr("role", "status").text(goes))
            .child(crate::ui::shared::field::form_error(failed))
            .child(
                el("p")
                    .class("form__actions")
                    .child(save_copy())
                    .child(
                        button(act)
                            .class("button button--danger")
                            .attr("disabled", act_now)
                            .text(words::do_it()),
                    )
                    .child(
                        button(move || sure.set(false))
                            .class("button button--ghost")
                            .text(words::keep()),
                    ),
            ),
    ]
}
