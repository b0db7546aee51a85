//! The devices whose records are in the carnet.

use leptos::prelude::*;

use super::naming::naming;
use crate::store::DeviceRow;
use crate::text::devices as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::section;
use crate::ui::store;

/// The section; hidden where all records are of this device and it has no name.
pub(super) fn devices() -> El {
    let rows = store().devices();
    let worth = Memo::new(move |_| {
        let rows = rows.read();
        rows.len() > 1 || rows.iter().any(|row| !row.own || row.device.is_some())
    });
    el("div").dyn_children(move || {
        let list = || {
            let key = |row: &DeviceRow| {
                let name = words::name(row.id, row.device.as_ref());
                let voice = row.device.as_ref().map(|device| words::voice(device.speaks_for));
                let voice = voice.unwrap_or_default();
                format!("{}{}{}{name}{voice}", row.id, row.observations, row.notes)
            };
            let list = el("ul").class("devices").for_each(move || rows.get(), key, row);
            section("devices", words::title()).child(list)
        };
        worth.get().then(|| untrack(list)).into_iter().collect()
    })
}

fn row(row: DeviceRow) -> El {
    let naming_now = RwSignal::new(false);
    let name = words::name(row.id, row.device.as_ref());
    let voice = row.device.map(|device| words::voice_label(device.speaks_for));
    let own = row.own.then(|| el("span").class("muted").text(words::this_one()));
    let head = el("p")
        .class("devices__head")
        .child(el("strong").untranslated().dir_auto().text(&name))
        .children(own);
    let voice = voice.map(|voice| el("p").text(voice));
    let made = el("p").class("muted").text(&words::made(row.observations, row.notes));
    let own = row.own;
    let ways = move || {
        if !own {
            return Vec::new();
        }
        let close = move || naming_now.set(false);
        let rename = button(move || naming_now.set(true)).class("button button--ghost");
        vec![if naming_now.get() {
            untrack(|| naming(close, close, false))
        } else {
            rename.text(words::rename())
        }]
    };
    el("li")
        .class("devices__row")
        .child(head)
        .children(voice)
        .child(made)
        .child(el("div").dyn_children(ways))
}
