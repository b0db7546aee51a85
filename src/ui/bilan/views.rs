//! Disagreements between devices: who says what of which marker, the greatest first.

use leptos::prelude::*;

use crate::domain::convention::Item;
use crate::domain::device::Voice;
use crate::domain::progress::Progress;
use crate::route::{BilanPlace, Route};
use crate::store::{Comparison, ContestedRow, Disagreement};
use crate::text::stored;
use crate::text::{self, views as words};
use crate::ui::element::{El, el, link};
use crate::ui::shared::disagreement::disagreement;
use crate::ui::shared::heading::heading;
use crate::ui::shared::item::code;
use crate::ui::shared::progress::level_name;
use crate::ui::shared::styles::mount_style;
use crate::ui::store;

/// The screen.
pub(super) fn views() -> Vec<El> {
    mount_style(include_str!("../../../style/views.css"));
    let comparison = store().comparison();
    let key = |row: &ContestedRow| {
        let Disagreement { devices, spread, days, may_be_progress } = row.disagreement;
        let voices: Vec<_> = row.voices.iter().map(|(_, counts)| said(*counts)).collect();
        let voices = voices.join("/");
        format!("{}/{devices}/{}/{days:?}/{may_be_progress}/{voices}", row.marker, spread.steps)
    };
    let attention = super::way(BilanPlace::Attention).class("more").text(text::attention::title());
    vec![
        heading(words::title()),
        el("p").class("lead").text(words::lead()),
        el("div").class("views__summary").dyn_children(move || {
            let comparison = comparison.read();
            if comparison.shared == 0 && !store().storage().has_read() {
                return vec![el("p").class("muted").text(stored::reading())];
            }
            summary(&comparison)
        }),
        el("ol").class("disagreements").for_each(
            move || comparison.get().contested,
            key,
            |row| contested(&row),
        ),
        el("p").child(attention),
    ]
}

/// The sentences before the list, or in its place.
fn summary(comparison: &Comparison) -> Vec<El> {
    let quiet = |words| el("p").class("muted").text(words);
    let join = || el("p").child(link(&Route::Carnet).class("button").text(words::join()));
    match comparison {
        Comparison { devices: 0, .. } => vec![quiet(words::nobody())],
        Comparison { devices: 1, .. } => vec![quiet(words::one_device()), join()],
        Comparison { shared: 0, .. } => vec![quiet(words::nothing_shared()), join()],
        Comparison { shared, contested, .. } => {
            let counts = words::summary(*shared, contested.len());
            let counts = el("p").class("views__counts").text(&counts);
            let scale = (!contested.is_empty()).then(|| quiet(words::scale()));
            [counts].into_iter().chain(scale).collect()
        }
    }
}

/// One marker that devices disagree on.
fn contested(row: &ContestedRow) -> El {
    let id = row.marker;
    let wording = store().convention().find(id.into()).map(Item::text).unwrap_or_default();
    let title =
        link(&Route::Item(id.into())).text(&text::typeset(wording)).text(" ").child(code(id));
    let voices = row.voices.iter().map(|(voice, counts)| voice_line(*voice, *counts));
    el("li")
        .class("disagreement")
        .family(id.code())
        .child(el("h2").class("disagreement__title").child(title))
        .child(el("ul").class("voices").children(voices))
        .children(disagreement(&row.disagreement))
}

/// « Habitants : 3 pas encore »
fn voice_line(voice: Option<Voice>, counts: Progress) -> El {
    let mut line = el("li").child(el("strong").text(&words::voice_lead(voice)));
    for (place, (level, words)) in words::said(counts).into_iter().enumerate() {
        let level = el("span").class("views__level").attr("data-level", level_name(Some(level)));
        line = line.text(if place > 0 { ", " } else { " " }).child(level.text(&words));
    }
    line
}

fn said(counts: Progress) -> String {
    words::said(counts).into_iter().map(|(_, words)| words).collect()
}
