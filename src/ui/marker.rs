//! A marker's screen: the form for an observation, the follow-up and the history.

mod follow_up;
mod history;
mod observe_form;
mod views;

use leptos::prelude::*;

use super::element::{El, el};
use super::shared::item::item_head;
use super::store;
use crate::domain::convention::{Item, ProgressMarker};
use crate::text;
use follow_up::follow_up;
use history::history;
use observe_form::observe_form;
use views::views;

/// One progress marker.
pub(super) fn marker(marker: &ProgressMarker) -> Vec<El> {
    let store = store();
    let state = store.state(marker.id);
    let said = move || match state.get() {
        Some((level, day)) => text::marker::state(level, day, store.today().get()),
        None => text::progress::level_label(None).to_owned(),
    };
    let now = el("p")
        .class("marker-state")
        .level_now(move || state.get().map(|(level, _)| level))
        .text(said);
    let mut screen = Vec::from(item_head(Item::Marker(marker), Some(now)));
    screen.extend([
        observe_form(marker.id),
        views(marker.id),
        follow_up(marker.id),
        history(marker),
    ]);
    screen
}
