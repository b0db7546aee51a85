//! An objective's screen: its counts, and the items below it.

use super::element::{El, el, link};
use super::shared::heading::section;
use super::shared::item::{code, item_head};
use super::shared::listening::said_sentences;
use super::shared::markers::Rows;
use super::shared::progress::counts;
use super::shared::terms::terms_under;
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
        let name = text::items::name(objective);
        let words = el("span").said(&name).text(&name);
        let name = link(&Route::Item(objective.id())).child(words).text(" ");
        let name = name.child(code(objective.id()));
        // The official title, where the name is not that already.
        let title = objective
            .short_name()
            .map(|_| el("p").class("muted").text(&text::typeset(objective.text())));
        el("li")
            .class("below__entry")
            .child(name.class("below__link"))
            .children(title)
            .child(counts(objective.id().code()))
    };
    section("below", text::items::below())
        .child(el("ul").class("below").children(objectives.map(entry)))
}

/// A section whose title is read aloud.
fn said_section(name: &str, title: &str) -> El {
    let section = section(name, title);
    let _ = section.find("h2").said(title);
    section
}

fn results(objective: &OperationalObjective) -> El {
    let results = objective.expected_results.iter().map(result);
    said_section("results", text::items::results())
        .child(el("ul").class("results").children(results))
}

fn result(result: &ExpectedResult) -> El {
    let (store, id) = (store(), result.id);
    let noted = move || match store.note_count(id) {
        0 => String::new(),
        count => text::notes::count(count),
    };
    let sentences = said_sentences(&result.text, |el, words| el.text(words));
    el("li")
        .class("result")
        .child(link(&Route::Item(id)).children(sentences))
        .text(" ")
        .child(el("span").class("result__notes").text(noted))
        .children(terms_under(&result.text))
}

fn markers(objective: &OperationalObjective) -> El {
    said_section("markers", text::items::markers())
        .child(el("p").class("muted no-print").text(text::items::markers_lead()))
        .child(Rows::list(objective.progress_markers.iter()))
}
