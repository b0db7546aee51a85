//! The round button that says "reached".

use leptos::prelude::*;

use super::icon::{Picture, icon};
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::Action;
use crate::domain::observation::Level;
use crate::text;
use crate::ui::element::{El, button};

/// One tap says it, a second takes it back. Lists of markers have [`Rows`](super::rows::Rows).
pub(in crate::ui) fn tick(
    id: MarkerId,
    wording: &str,
    state: Memo<Option<(Level, Day)>>,
    act: impl Fn(Action) + 'static,
) -> El {
    let level = move || state.get().map(|(level, _)| level);
    let reached = move || level() == Some(Level::Reached);
    let tap = move || act(if untrack(reached) { Action::Untick(id) } else { Action::Tick(id) });
    button(tap)
        .class("tick")
        .attr("aria-label", &text::marker::tick(wording))
        .attr_now("aria-pressed", move || Some(reached().to_string()))
        .level_now(level)
        .add(icon(Picture::Check))
}
