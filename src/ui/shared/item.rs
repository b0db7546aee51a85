//! Names an item: its colour and code, the links around it, and the head of its screen.

use super::buttons::print_button;
use super::heading::heading;
use super::icon::shape;
use super::share::share_button;
use crate::domain::convention::Item;
use crate::domain::item::{Code, ItemId};
use crate::platform::address;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, el, link};
use crate::ui::store;

impl El {
    /// Sets the family in `data-family`, which the style sheet reads. There are three colours; a
    /// fourth objective shares the first.
    pub(in crate::ui) fn family(self, code: Code) -> Self {
        self.attr("data-family", &(code.family() % 3).to_string())
    }
}

/// An id, set apart from the text next to it.
pub(in crate::ui) fn code(id: impl std::fmt::Display) -> El {
    el("span").class("code").untranslated().text(&id.to_string())
}

/// A link to an item, by its code and wording.
pub(in crate::ui) fn titled(item: Item<'_>) -> El {
    let link = link(&Route::Item(item.id()));
    link.child(code(item.id())).text(" ").text(&text::typeset(item.text()))
}

/// Links to home and to every objective above `id`.
pub(in crate::ui) fn breadcrumb(id: ItemId) -> El {
    let mut above = Vec::new();
    let mut code = if id.is_objective() { id.code().parent() } else { Some(id.code()) };
    while let Some(this) = code {
        above.push(ItemId::objective(this));
        code = this.parent();
    }
    let home = el("li").child(link(&Route::Home).text(text::shell::home()));
    let links = above.into_iter().rev().map(|id| {
        // A narrow screen shows the code alone; the word is still there to be read out.
        let word = el("span").class("breadcrumb__word").text(text::shell::item_word(id)).text(" ");
        el("li").child(link(&Route::Item(id)).child(word).text(&id.to_string()))
    });
    el("nav")
        .class("breadcrumb")
        .attr("aria-label", text::shell::breadcrumb())
        .child(el("ol").child(home).children(links))
}

/// The head of every item's screen. `below` is under the title.
pub(in crate::ui) fn item_head(item: Item<'_>, below: Option<El>) -> [El; 2] {
    let id = item.id();
    let title = text::typeset(item.text());
    let kind = el("p")
        .class("item-head__kind")
        .child(shape(id.code().family()))
        .text(text::shell::item_kind(id))
        .text(" ")
        .child(code(id));
    let url = address::link_to(&Route::Item(id).to_string());
    let ways = el("p")
        .class("item-head__actions")
        .child(share_button("button button--ghost", text::actions::share(), title.clone(), url))
        .child(print_button());
    let head = el("header")
        .class("item-head")
        .family(id.code())
        .child(kind)
        .child(heading(&title))
        .children(item.plain().map(in_plain_words))
        .children(below)
        .child(ways);
    [breadcrumb(id), head]
}

/// An item's meaning in plain words, told apart from the official text.
fn in_plain_words(words: &str) -> El {
    let label = el("strong").text(text::items::plain_label());
    let words = el("p").class("lead").child(label).text(&text::typeset(words));
    el("div").child(words).child(el("p").class("muted").text(text::items::plain_is_ours()))
}

/// Links to the items before and after this one.
pub(in crate::ui) fn neighbours(id: ItemId) -> El {
    let (before, after) = store().convention().neighbours(id);
    let neighbour = |item: Item<'_>, rel: &str, label: &str| {
        let name = text::typeset(item.short_name().unwrap_or(item.text()));
        let title = format!("{} {name}", item.id());
        link(&Route::Item(item.id()))
            .class("neighbour")
            .attr("rel", rel)
            .attr("data-rel", rel)
            .child(el("span").class("neighbour__label").text(label))
            .child(el("span").class("neighbour__title").text(&title))
    };
    el("nav")
        .class("neighbours")
        .attr("aria-label", text::items::around())
        .children(before.map(|item| neighbour(item, "prev", text::items::previous())))
        .children(after.map(|item| neighbour(item, "next", text::items::next())))
}
