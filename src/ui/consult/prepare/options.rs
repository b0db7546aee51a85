//! The options of a draft: items picked from the tree, and own proposals.

use leptos::ev;
use leptos::prelude::*;

use super::Draft;
use crate::domain::convention::OperationalObjective;
use crate::domain::item::ItemId;
use crate::text::consult as words;
use crate::ui::element::{El, button, el, event_target_checked, event_target_value};
use crate::ui::shared::field::field;
use crate::ui::shared::heading::section;
use crate::ui::shared::item::code;
use crate::ui::store;

/// The section.
pub(super) fn options(draft: Draft) -> El {
    let convention = store().convention();
    let families = convention.globals().iter().map(|global| {
        let below = global.strategic_objectives.iter().flat_map(|strategic| {
            let whole = pick(
                draft,
                ItemId::objective(strategic.code),
                name(&strategic.short_name, &strategic.title),
            );
            let parts = strategic.operational_objectives.iter();
            std::iter::once(whole.class("check check--pick check--whole"))
                .chain(parts.map(move |objective| objective_picks(draft, objective)))
        });
        el("fieldset")
            .class("picks")
            .family(global.code)
            .child(
                el("legend")
                    .class("picks__title")
                    .text(&crate::text::typeset(name(&global.short_name, &global.title)))
                    .text(" ")
                    .child(code(global.code)),
            )
            .children(below)
    });
    let near = move || words::is_near_most(draft.value.read().count()).then(String::new);
    let own = el("textarea")
        .dir_auto()
        .attr("rows", "4")
        .attr("aria-describedby", "options/count")
        .prop("value", move || draft.value.read().own.join("\n").into())
        .on(ev::input, move |event| {
            let lines = event_target_value(&event);
            draft.change(|rules| rules.own = lines.split('\n').map(str::to_owned).collect());
        });
    let count = move || words::options_count(draft.value.read().count());
    let all = move || {
        let every = convention.operationals().map(|objective| ItemId::objective(objective.code));
        draft.change(|rules| rules.items = every.collect());
    };
    section("options", words::options_section())
        .class("prepare")
        .child(el("p").class("prose").text(words::options_lead()))
        .child(el("p").child(button(all).class("button").text(words::pick_all())))
        .children(families)
        .child(field(words::own(), own))
        .child(
            el("p")
                .class("prepare__count")
                .attr("id", "options/count")
                .attr("role", "status")
                .attr("data-near", near)
                .text(count),
        )
}

/// An objective, with its markers collapsed under it.
fn objective_picks(draft: Draft, objective: &OperationalObjective) -> El {
    let markers =
        objective.progress_markers.iter().map(|marker| pick(draft, marker.id.into(), &marker.text));
    el("div")
        .class("picks__one")
        .child(pick(
            draft,
            ItemId::objective(objective.code),
            name(&objective.short_name, &objective.title),
        ))
        .child(
            el("details")
                .class("details details--markers")
                .child(
                    el("summary").text(words::markers_of()).text(" ").child(code(objective.code)),
                )
                .children(markers),
        )
}

/// The everyday name, or the title where there is none.
fn name<'a>(everyday: &'a str, title: &'a str) -> &'a str {
    if everyday.is_empty() { title } else { everyday }
}

fn pick(draft: Draft, id: ItemId, text: &str) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .prop("checked", move || draft.value.read().items.contains(&id).into())
        .on(ev::change, move |event| {
            let wanted = event_target_checked(&event);
            draft.change(|rules| {
                rules.items.retain(|item| *item != id);
                if wanted {
                    rules.items.push(id);
                    rules.items.sort_unstable();
                }
            });
        });
    el("label")
        .class("check check--pick")
        .child(input)
        .child(el("span").text(&crate::text::typeset(text)).text(" ").child(code(id)))
}
