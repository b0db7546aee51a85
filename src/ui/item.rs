//! The screen of one item, whichever kind it is of.

use leptos::prelude::*;

use super::element::El;
use super::later::later;
use super::marker::marker;
use super::objective::objective_screen;
use super::parts::Part;
use super::shared::item_head::item_head;
use super::shared::look::dress;
use super::shared::neighbours::neighbours;
use super::shared::notes::notes;
use super::store;
use super::unknown::unknown;
use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::route::Route;

/// Shows the item, or says that this convention has none of that id.
pub(super) fn item_screen(id: ItemId) -> Vec<El> {
    let Some(item) = store().convention().find(id) else {
        return unknown(&Route::Item(id).to_string());
    };
    let screen = match item {
        Item::Result(_) => Vec::from(item_head(item, None)),
        Item::Marker(_) => return later(Part::Marker),
        objective => objective_screen(objective),
    };
    with_notes(id, screen)
}

/// Shows the marker that the address names.
pub(super) fn marker_screen() -> Vec<El> {
    dress(include_str!("../../style/marker.css"));
    let store = store();
    let Route::Item(id) = store.route().get_untracked() else { return Vec::new() };
    match store.convention().find(id) {
        Some(Item::Marker(of)) => with_notes(id, marker(of)),
        _ => Vec::new(),
    }
}

fn with_notes(id: ItemId, mut screen: Vec<El>) -> Vec<El> {
    screen.push(notes(id));
    screen.push(neighbours(id));
    screen
}
