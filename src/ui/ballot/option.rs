//! One option on the ballot: its everyday name, and the convention's text about it, opened in place
//! so that nobody leaves the vote to read it.

use super::At;
use crate::domain::consultation::Choice;
use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::text::{self, ballot as words};
use crate::ui::element::{El, el};
use crate::ui::shared::item::code;

/// The id of the element that names an option.
pub(super) fn name_id(option: usize) -> String {
    format!("option/{option}")
}

/// The name of an option with its code, in an element of this kind.
pub(super) fn named(booth: &At, option: usize, tag: &str) -> El {
    let words = el("span").dir_auto().text(&booth.name(option));
    let name = el(tag).class("option__name").child(words);
    match booth.choice(option) {
        Choice::Item(id) => name.text(" ").child(code(*id)),
        Choice::Own(_) => name,
    }
}

/// Groups the controls of one option under its name.
pub(super) fn group(booth: &At, option: usize) -> El {
    el("div")
        .class("option__body")
        .attr("role", "group")
        .attr("aria-labelledby", &name_id(option))
        .child(named(booth, option, "p").attr("id", &name_id(option)))
}

/// The convention's text about an option; `None` for an option that is not an item.
pub(super) fn wording(booth: &At, option: usize) -> Option<El> {
    let convention = booth.form.convention;
    let Choice::Item(id) = booth.choice(option) else { return None };
    let item = convention.find(*id)?;
    let (below, rows): (_, Vec<_>) = match item {
        Item::Global(objective) => {
            let below = objective.strategic_objectives.iter();
            (words::parts(), below.map(|one| coded(one.code, &one.title)).collect())
        }
        Item::Strategic(objective) => {
            let below = objective.operational_objectives.iter();
            (words::parts(), below.map(|one| coded(one.code, &one.title)).collect())
        }
        Item::Operational(objective) => {
            let results = objective.expected_results.iter();
            let row = |text: &str| el("li").text(&text::typeset(text));
            (words::results(), results.map(|result| row(&result.text)).collect())
        }
        Item::Result(_) | Item::Marker(_) => {
            let above = convention.find(ItemId::objective(id.code()))?;
            (words::objective(), vec![coded(id.code(), above.text())])
        }
    };
    // Where the name is not the wording, the wording comes first: that is what is voted on.
    let wording = item.short_name().map(|_| el("p").text(&text::typeset(item.text())));
    let about = el("span")
        .class("visually-hidden")
        .text(" ")
        .text(words::wording_of())
        .text(" ")
        .text(&booth.name(option));
    Some(
        el("details")
            .class("option__wording")
            .child(el("summary").text(words::read_wording()).child(about))
            .child(
                el("div")
                    .class("option__text")
                    .children(wording)
                    .child(el("p").class("muted").text(below))
                    .child(el("ul").children(rows)),
            ),
    )
}

fn coded(objective: crate::domain::item::Code, title: &str) -> El {
    let title = text::typeset(title);
    el("li").text(&title).text(" ").child(code(objective))
}
