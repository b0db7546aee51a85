//! The screen of one item, whichever kind it is of.

use super::element::El;
use super::marker::marker_screen;
use super::objective::objective_screen;
use super::shared::item_head::item_head;
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
    let mut screen = match item {
        Item::Result(_) => Vec::from(item_head(item, None)),
        Item::Marker(marker) => marker_screen(marker),
        objective => objective_screen(objective),
    };
    screen.push(notes(id));
    screen.push(neighbours(id));
    screen
}
