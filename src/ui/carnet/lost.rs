//! Versions that lost a conflict, to be decided on.

use leptos::prelude::*;

use super::import::version;
use crate::codec::stored;
use crate::domain::record::Record;
use crate::domain::word_diff::by_word;
use crate::text::import as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::section;
use crate::ui::store;

/// The number shown at once; others appear as these are decided.
const SHOWN: usize = 50;

/// The section; hidden where no version is kept.
pub(super) fn lost() -> El {
    let losers = store().storage().conflict_losers();
    let some = Memo::new(move |_| !losers.read().is_empty());
    el("div").dyn_children(move || {
        let list = || {
            let key = |text: &String| text.clone();
            let shown = move || losers.read().iter().take(SHOWN).cloned().collect();
            let rest = move || {
                let rest = losers.read().len().saturating_sub(SHOWN);
                if rest > 0 { words::others(rest) } else { String::new() }
            };
            section("lost", words::lost_title())
                .child(el("p").class("prose").text(words::lost_lead()))
                .child(el("ul").class("notes__list").for_each(shown, key, row))
                .child(el("p").class("muted").text(rest))
        };
        some.get().then(|| untrack(list)).into_iter().collect()
    })
}

fn row(text: String) -> El {
    let row = el("li").class("versions");
    let store = store();
    let given_up = text.clone();
    let dismiss = button(move || store.storage().drop_conflict_loser(&given_up))
        .class("button button--ghost");
    let dismiss = dismiss.text(words::dismiss());
    let Some(loser) = stored::conflict_loser(&text) else {
        return row.child(el("p").class("note__text").dir_auto().text(&text)).child(dismiss);
    };
    let id = loser.id();
    let both = move || {
        let held = store.record(id);
        let body = |record: &Record| words::body(record.body());
        let [goes, stays] = by_word(&body(&loser), &held.as_ref().map(body).unwrap_or_default());
        let device = |record: &Record| store.device(record.stamp().device);
        let mut both = Vec::new();
        if let Some(held) = &held {
            both.push(version(words::held(), held, device(held).as_ref(), &stays));
        }
        both.push(version(words::set_aside(), &loser, device(&loser).as_ref(), &goes));
        both
    };
    let restore = button(move || store.restore(&text)).class("button").text(words::restore());
    row.children(super::import::about(id))
        .child(el("div").class("versions__both").dyn_children(both))
        .child(el("p").class("form__actions").child(restore).child(dismiss))
}
