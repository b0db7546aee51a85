//! The objectives as a tree, with counts at every level.

use crate::domain::convention::{GlobalObjective, Item, OperationalObjective, StrategicObjective};
use crate::text;
use crate::ui::element::{El, el};
use crate::ui::shared::counts::counts;
use crate::ui::shared::family::titled;
use crate::ui::shared::icon::shape;
use crate::ui::shared::section::section;
use crate::ui::store;

/// Every objective, each with its counts and a link.
pub(super) fn tree() -> El {
    let globals = store().convention().globals().iter().map(global);
    section("tree", text::home::objectives()).add(el("div").class("tree").with(globals))
}

fn global(objective: &GlobalObjective) -> El {
    let head = el("header")
        .class("global__head")
        .add(shape(objective.code.family()))
        .add(el("h3").class("global__title").add(titled(Item::Global(objective))))
        .add(counts(objective.code));
    let below = objective.strategic_objectives.iter().map(strategic);
    el("article")
        .class("global")
        .family(objective.code)
        .add(head)
        .add(el("ul").class("global__below").with(below))
}

fn strategic(objective: &StrategicObjective) -> El {
    let below = objective.operational_objectives.iter().map(operational);
    el("li")
        .class("strategic")
        .add(el("h4").class("strategic__title").add(titled(Item::Strategic(objective))))
        .add(counts(objective.code))
        .add(el("ul").class("strategic__below").with(below))
}

fn operational(objective: &OperationalObjective) -> El {
    let (store, code) = (store(), objective.code);
    let observed = move || text::progress::observed(store.progress(code));
    el("li")
        .class("operational")
        .add(titled(Item::Operational(objective)).class("operational__link"))
        .add(el("span").class("operational__counts").text_now(observed))
}
