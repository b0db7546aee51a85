//! One option on the ballot: its name, and the convention's text about it, opened in place so that
//! nobody leaves the vote to read it.

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

/// The code and the words of an option, in an element of this kind.
pub(super) fn named(booth: &At, option: usize, tag: &str) -> El {
    let name = el(tag).class("option__name");
    let name = match booth.choice(option) {
        Choice::Item(id) => name.family(id.code()).child(code(*id)).text(" "),
        Choice::Own(_) => name,
    };
    name.child(el("span").dir_auto().text(&booth.text(option)))
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
    let (summary, rows): (_, Vec<_>) = match convention.find(*id)? {
        Item::Global(objective) => {
            let below = objective.strategic_objectives.iter();
            (words::read_below(), below.map(|one| coded(one.code, &one.title)).collect())
        }
        Item::Strategic(objective) => {
            let below = objective.operational_objectives.iter();
            (words::read_below(), below.map(|one| coded(one.code, &one.title)).collect())
        }
        Item::Operational(objective) => {
            let results = objective.expected_results.iter();
            let row = |text: &str| el("li").text(&text::typeset(text));
            (words::read_results(), results.map(|result| row(&result.text)).collect())
        }
        Item::Result(_) | Item::Marker(_) => {
            let above = convention.find(ItemId::objective(id.code()))?;
            (words::read_markers(), vec![coded(id.code(), above.text())])
        }
    };
    let about = el("span").class("visually-hidden").text(" ").text(&booth.short(option));
    Some(
        el("details")
            .class("option__wording")
            .child(el("summary").text(summary).child(about))
            .child(el("ul").children(rows)),
    )
}

fn coded(objective: crate::domain::item::Code, title: &str) -> El {
    let title = text::typeset(title);
    el("li").family(objective).child(code(objective)).text(" ").text(&title)
}
