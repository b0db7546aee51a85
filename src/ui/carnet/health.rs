//! Storage health: what is stored where, how full storage is, whether it is persistent, and the age
//! of the last copy.

use leptos::prelude::*;

use crate::platform::app_status::Offline;
use crate::platform::clock;
use crate::platform::storage_quota::{Persisted, StorageQuota};
use crate::storage::{Health, StoreHealth};
use crate::text::health as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::app_status::app_status;
use crate::ui::shared::heading::section;
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::store;

/// The section on storage health.
pub(super) fn health() -> El {
    let store = store();
    let blocked = move || store.storage_status().read().blocked;
    let place = move || if blocked() { words::memory() } else { words::kept() }.to_owned();
    let status = app_status();
    let facts = move || {
        let (health, offline) = (store.storage().health(), status.get().offline);
        untrack(|| facts(&health, offline))
    };
    section("where", words::title())
        .class("no-print")
        .effect(move || {
            // Each action changes the figures.
            store.notice().track();
            store.storage().refresh_health();
        })
        .child(el("p").text(place))
        .child(el("div").class("health").dyn_children(facts))
}

fn facts(health: &Health, offline: Offline) -> Vec<El> {
    let places = el("dl")
        .class("health__facts")
        .children(fact(words::idb(), words::idb_hint(), &place(&health.idb)))
        .children(fact(words::local(), words::local_hint(), &place(&health.local)))
        .children(health.quota.into_iter().flat_map(|StorageQuota { used, quota }| {
            fact(words::room(), "", &words::used(used, quota))
        }))
        .children(fact(words::copy(), "", &copied(health)))
        .children(fact(words::offline(), "", without_network(offline)));
    let due = health.reminder.then(|| {
        let says = el("p").text(words::reminder());
        el("div").class("banner").child(icon(Picture::Warning)).child(says)
    });
    let mut facts = vec![places, promise(health.persisted)];
    facts.extend(due);
    facts
}

fn fact(name: &str, hint: &str, value: &str) -> [El; 2] {
    let term = el("dt").text(name);
    let said = el("dd").text(value);
    let hint = (!hint.is_empty()).then(|| el("span").class("muted").text(hint));
    [term, said.text(" ").children(hint)]
}

fn place(place: &StoreHealth) -> String {
    match place {
        StoreHealth::Holds(count) => words::holds(count, false),
        StoreHealth::Full(count) => words::holds(count, true),
        StoreHealth::Refused => words::refused().to_owned(),
        StoreHealth::Unanswered => words::silent().to_owned(),
    }
}

fn copied(health: &Health) -> String {
    let Some(exported) = health.exported else { return words::never().to_owned() };
    words::ago(clock::now().0.saturating_sub(exported.0) / (24 * 60 * 60 * 1000))
}

fn without_network(offline: Offline) -> &'static str {
    match offline {
        Offline::Ready => words::ready(),
        Offline::Preparing => words::preparing(),
        Offline::Failed => words::failed(),
        Offline::Insecure => words::insecure(),
        Offline::Unsupported => words::unsupported(),
        Offline::File => words::file(),
    }
}

fn promise(persisted: Persisted) -> El {
    let store = store();
    let says = match persisted {
        Persisted::Granted => words::promised(),
        Persisted::NotGranted => words::not_promised(),
        Persisted::Unknown => words::unknown(),
    };
    let ask =
        || button(move || store.storage().ask_for_persistence()).class("button").text(words::ask());
    let ask = (persisted == Persisted::NotGranted).then(ask);
    el("div").class("health__promise").child(el("p").text(says)).children(ask)
}
