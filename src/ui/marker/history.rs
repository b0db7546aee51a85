//! The history of a marker's observations, the latest first.

use leptos::prelude::*;

use crate::domain::convention::ProgressMarker;
use crate::domain::journal::Action;
use crate::domain::wording::WordingHash;
use crate::store::HistoryRow;
use crate::text::{self, devices};
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::section;
use crate::ui::shared::progress::level_name;
use crate::ui::store;

/// The marker's observations, each of which can be withdrawn.
pub(super) fn history(marker: &ProgressMarker) -> El {
    let rows = store().history(marker.id);
    let wording = WordingHash::of(&marker.text);
    let none = move || rows.read().is_empty();
    // Another device may have made another observation with the same edit number.
    let key = |row: &HistoryRow| {
        let stamp = row.stamp;
        let name = devices::name(row.id.device, row.device.as_ref());
        format!("{}/{}/{name}/{}/{}", row.id.day, row.id.device, stamp.edit, stamp.at.0)
    };
    section("history", text::marker::history())
        .child(el("p").class("muted").text_when(text::marker::history_empty(), none))
        .child(el("ol").class("history").for_each(
            move || rows.get(),
            key,
            move |row| entry(row, wording),
        ))
}

fn entry(row: HistoryRow, wording: WordingHash) -> El {
    let HistoryRow { id, seen, own, device, .. } = row;
    let head = el("p")
        .class("history__head")
        .child(el("strong").text(text::progress::level_label(Some(seen.level))))
        .child(el("span").text(&text::dates::full(id.day)))
        .children(seen.confidence.map(|sure| el("span").text(text::marker::confidence(sure))));
    let name = || el("span").class("muted").untranslated().dir_auto();
    let whose = (!own).then(|| name().text(&devices::name(id.device, device.as_ref())));
    let evidence = seen
        .evidence
        .map(|evidence| el("p").class("history__evidence").dir_auto().text(evidence.as_str()));
    let outdated = (seen.wording != wording)
        .then(|| el("p").class("muted").text(text::marker::wording_changed()));
    let store = store();
    let withdraw = move || {
        // The store reports a refusal.
        let _ = store.dispatch(Action::Withdraw(id));
    };
    el("li")
        .class("history__entry")
        .attr("data-level", level_name(Some(seen.level)))
        .child(head.children(whose))
        .children(evidence)
        .children(outdated)
        .child(
            button(withdraw)
                .class("button button--ghost")
                .attr("aria-label", &text::marker::withdraw_named(id.day))
                .text(text::marker::withdraw()),
        )
}
