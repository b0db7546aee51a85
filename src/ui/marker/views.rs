//! The opinions of all devices on a marker, side by side.

use leptos::prelude::*;

use crate::domain::item::MarkerId;
use crate::store::OpinionRow;
use crate::text::{self, devices, views as words};
use crate::ui::element::{El, el};
use crate::ui::shared::disagreement::disagreement;
use crate::ui::shared::heading::section;
use crate::ui::shared::progress::level_name;
use crate::ui::shared::styles::mount_style;
use crate::ui::store;

/// The section; nothing as long as only one device has observed the marker.
pub(super) fn views(marker: MarkerId) -> El {
    let store = store();
    let rows = store.opinions(marker);
    let several = Memo::new(move |_| rows.read().len() > 1);
    el("div").dyn_children(move || {
        let list = || {
            mount_style(include_str!("../../../style/views.css"));
            let key = |row: &OpinionRow| {
                let name = devices::name(row.id, row.device.as_ref());
                let voice = row.device.as_ref().map(|device| words::voice(Some(device.speaks_for)));
                format!("{}/{}/{name}/{voice:?}/{:?}", row.id, row.day, row.seen)
            };
            section("views", words::all_views())
                .class("views")
                .child(el("div").dyn_children(move || disagreement(&store.disagreement(marker))))
                .child(el("ul").class("views__list").for_each(
                    move || rows.get(),
                    key,
                    |row| view(&row),
                ))
        };
        several.get().then(|| untrack(list)).into_iter().collect()
    })
}

fn view(row: &OpinionRow) -> El {
    let seen = &row.seen;
    let name = devices::name(row.id, row.device.as_ref());
    let own = row.own.then(|| el("span").class("muted").text(devices::this_one()));
    let voice = words::voice(row.device.as_ref().map(|device| device.speaks_for));
    let level = el("p")
        .class("views__level")
        .attr("data-level", level_name(Some(seen.level)))
        .child(el("strong").text(text::progress::level_label(Some(seen.level))));
    let sure = seen.confidence.map(|sure| el("p").text(text::marker::confidence(sure)));
    let evidence = seen.evidence.as_ref();
    let evidence = evidence.map(|e| el("p").class("views__evidence").dir_auto().text(e.as_str()));
    el("li")
        .class("view")
        .child(
            el("p")
                .class("view__head")
                .child(el("strong").untranslated().dir_auto().text(&name))
                .children(own),
        )
        .child(el("p").class("view__voice").text(voice))
        .child(level)
        .child(el("p").text(&text::dates::full(row.day)))
        .children(sure)
        .children(evidence)
}
