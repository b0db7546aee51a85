//! The whole convention on one page, for the projector and for paper.

use jalons_macros::lazy_chunk;

use super::element::{El, el, link};
use super::lazy_screen::LazyScreen;
use super::shared::buttons::print_button;
use super::shared::heading::heading;
use super::shared::icon::shape;
use super::shared::item::titled;
use super::shared::styles::mount_style;
use super::store;
use crate::domain::convention::{GlobalObjective, Item, OperationalObjective};
use crate::route::Route;
use crate::text;

/// The whole text.
pub(super) const FULL_TEXT: LazyScreen = LazyScreen { chunk: "reference", content: full_text };

/// Every objective, result and marker, in the document's order.
#[lazy_chunk(reference)]
fn full_text() -> Vec<El> {
    mount_style(include_str!("../../style/full.css"));
    let convention = store().convention();
    let text = el("div")
        .class("full")
        .child(heading(text::items::full_text_title()))
        .child(el("p").class("lead").text(&text::typeset(convention.title())))
        .child(el("p").class("muted no-print").text(text::items::full_text_lead()))
        .child(el("p").class("no-print").child(print_button()))
        .children(convention.globals().iter().map(global));
    vec![text]
}

fn global(objective: &GlobalObjective) -> El {
    let title = el("h2")
        .child(shape(objective.code.family()))
        .text(" ")
        .child(titled(Item::Global(objective)));
    let below = objective.strategic_objectives.iter().flat_map(|strategic| {
        let title = el("h3").child(titled(Item::Strategic(strategic)));
        let below = strategic.operational_objectives.iter().map(operational);
        [title].into_iter().chain(below)
    });
    el("section").class("full__global").family(objective.code).child(title).children(below)
}

fn operational(objective: &OperationalObjective) -> El {
    let results = objective.expected_results.iter().map(Item::Result);
    let markers = objective.progress_markers.iter().map(Item::Marker);
    el("section")
        .class("full__objective")
        .child(el("h4").child(titled(Item::Operational(objective))))
        .child(
            el("div")
                .class("full__lists")
                .child(list(text::items::results(), &mut results.into_iter()))
                .child(list(text::items::markers(), &mut markers.into_iter())),
        )
}

fn list(title: &str, items: &mut dyn Iterator<Item = Item<'_>>) -> El {
    let entry = |item: Item<'_>| {
        el("li").child(link(&Route::Item(item.id())).text(&text::typeset(item.text())))
    };
    el("div").child(el("h5").text(title)).child(el("ul").children(items.map(entry)))
}
