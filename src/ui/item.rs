//! The screen of one item of any kind, in a lazy chunk: the home screen has the convention's text.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::drafts::DRAFTS;
use super::element::{El, el};
use super::lazy_screen::{LazyScreen, lazy_screen};
use super::marker::marker;
use super::objective::objective_screen;
use super::shared::item::{item_head, neighbours};
use super::shared::notes::notes;
use super::shared::styles::mount_style;
use super::store;
use super::unknown::UNKNOWN;
use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::route::Route;

/// Shows the item, or says that this convention has none of that id.
pub(super) fn item_screen(id: ItemId) -> Vec<El> {
    match store().convention().find(id) {
        Some(_) => lazy_screen(ITEM),
        None => lazy_screen(UNKNOWN),
    }
}

/// The screen of the item that the address names.
const ITEM: LazyScreen = LazyScreen { chunk: "marking", content: item };

/// Shows the item that the address names.
#[lazy_chunk(marking)]
fn item() -> Vec<El> {
    mount_style(include_str!("../../style/item.css"));
    let store = store();
    let Route::Item(id) = store.route().get_untracked() else { return Vec::new() };
    let mut screen = match store.convention().find(id) {
        None => return Vec::new(),
        Some(Item::Marker(of)) => {
            mount_style(include_str!("../../style/marker.css"));
            marker(of)
        }
        Some(result @ Item::Result(_)) => Vec::from(item_head(result, None)),
        Some(objective) => objective_screen(objective),
    };
    // A marker's screen has them next to its state.
    if id.marker().is_none() {
        screen.extend(notes(id));
    }
    screen.push(strays(id));
    screen.push(neighbours(id));
    screen
}

/// Drafts of edits to notes that were deleted since, or set aside because another tab writes to the
/// same draft.
fn strays(id: ItemId) -> El {
    let store = store();
    let some = Memo::new(move |_| {
        // A draft may lose its note at any change of the item's notes.
        let _ = store.note_count(id);
        !store.storage().orphaned_drafts(id).is_empty()
    });
    el("div")
        .dyn_children(move || if some.get() { untrack(|| lazy_screen(DRAFTS)) } else { Vec::new() })
}
