//! The way from the home screen down to an item.

use crate::domain::item::ItemId;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, el, link};

/// Links to home and to every objective above `id`.
pub(in crate::ui) fn breadcrumb(id: ItemId) -> El {
    let mut above = Vec::new();
    let mut code = if id.is_objective() { id.code().parent() } else { Some(id.code()) };
    while let Some(this) = code {
        above.push(ItemId::objective(this));
        code = this.parent();
    }
    let home = el("li").add(link(&Route::Home).text(text::shell::home()));
    let links = above.into_iter().rev().map(|id| {
        // A narrow screen shows the code alone; the word is still there to be read out.
        let word = el("span").class("breadcrumb__word").text(text::shell::item_word(id)).text(" ");
        el("li").add(link(&Route::Item(id)).add(word).text(&id.to_string()))
    });
    el("nav")
        .class("breadcrumb")
        .attr("aria-label", text::shell::breadcrumb())
        .add(el("ol").add(home).with(links))
}
