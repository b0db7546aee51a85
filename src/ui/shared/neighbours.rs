//! Previous and next.

use crate::domain::convention::Item;
use crate::domain::item::ItemId;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, el, link};
use crate::ui::store;

/// Links to the items before and after this one.
pub(in crate::ui) fn neighbours(id: ItemId) -> El {
    let (before, after) = store().convention().neighbours(id);
    let neighbour = |item: Item<'_>, rel: &str, label: &str| {
        let title = format!("{} {}", item.id(), text::typeset(item.text()));
        link(&Route::Item(item.id()))
            .class("neighbour")
            .attr("rel", rel)
            .attr("data-rel", rel)
            .add(el("span").class("neighbour__label").text(label))
            .add(el("span").class("neighbour__title").text(&title))
    };
    el("nav")
        .class("neighbours")
        .attr("aria-label", text::items::around())
        .with(before.map(|item| neighbour(item, "prev", text::items::previous())))
        .with(after.map(|item| neighbour(item, "next", text::items::next())))
}
