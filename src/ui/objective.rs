//! An objective's screen: its counts, and the items below it.

use super::element::{El, el, link};
use super::shared::heading::section;
use super::shared::item::{item_head, titled};
use super::shared::markers::Rows;
use super::shared::progress::counts;
use super::store;
use crate::domain::convention::{ExpectedResult, Item, OperationalObjective};
use crate::route::Route;
use crate::text;

/// One objective of any level.
pub(super) fn objective_screen(objective: Item<'static>) -> Vec<El> {
    let mut screen = Vec::from(item_head(objective, Some(counts(objective.id().code()))));
    match objective {
        Item::Global(global) => {
            screen.push(below(global.strategic_objectives.iter().map(Item::Strategic)));
        }
        Item::Strategic(strategic) => {
            screen.push(below(strategic.operational_objectives.iter().map(Item::Operational)));
        }
        Item::Operational(operational) => {
            screen.extend([results(operational), markers(operational)]);
        }
        // Results and markers have screens of their own.
        Item::Result(_) | Item::Marker(_) => {}
    }
    screen
}

/// The objectives one level down.
fn below(objectives: impl Iterator<Item = Item<'static>>) -> El {
    let entry = |objective: Item<'static>| {
        el("li")
            .class("below__entry")
            .child(titled(objective).class("below__link"))
            .child(counts(objective.id().code()))
    };
    section("below", text::items::below())
        .child(el("ul").class("below").children(objectives.map(entry)))
}

fn results(objective: &OperationalObjective) -> El {
    let results = objective.expected_results.iter().map(result);
    section("results", text::items::results()).child(el("ul").class("results").children(results))
}

fn result(result: &ExpectedResult) -> El {
    let (store, id) = (store(), result.id);
    let noted = move || match store.note_count(id) {
        0 => String::new(),
        count => text::notes::count(count),
    };
    el("li")
        .class("result")
        .child(link(&Route::Item(id)).text(&text::typeset(&result.text)))
        .text(" ")
        .child(el("span").class("result__notes").text(noted))
}

fn markers(objective: &OperationalObjective) -> El {
    section("markers", text::items::markers())
        .child(el("p").class("muted no-print").text(text::items::markers_lead()))
        .child(Rows::list(objective.progress_markers.iter()))
}
