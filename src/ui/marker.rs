//! A marker's screen: its state, the notes, the details of an observation with the follow-up, and then
//! what others and former observations say.

mod follow_up;
mod history;
mod observe;
mod views;

use leptos::prelude::*;

use super::element::{El, el};
use super::shared::item::item_head;
use super::shared::notes::notes;
use super::store;
use crate::domain::convention::{Item, ProgressMarker};
use crate::text;
use history::history;
use observe::Observe;
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
    let observe = Observe::new(marker.id);
    let mut screen = Vec::from(item_head(Item::Marker(marker), Some(now)));
    screen.push(observe.levels());
    screen.extend(notes(marker.id.into()));
    screen.extend([observe.details(), views(marker.id), history(marker)]);
    screen
}
