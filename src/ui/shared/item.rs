//! Names an item: its colour and code, the links around it, and the head of its screen.

use super::buttons::print_button;
use super::heading::heading;
use super::icon::shape;
use super::listening::{listening, said_sentences};
use super::share::share_button;
use super::terms::Terms;
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

/// A link to an item, by the name of its objective and its own code.
pub(in crate::ui) fn place_link(id: ItemId) -> El {
    link(&Route::Item(id))
        .text(&text::items::objective_name(store().convention(), id))
        .text(" ")
        .child(el("span").class("code").text(&text::shell::item_name(id)))
}

/// Links to home and to every objective above `id`.
pub(in crate::ui) fn breadcrumb(id: ItemId) -> El {
    let mut above = Vec::new();
    let mut above_it = if id.is_objective() { id.code().parent() } else { Some(id.code()) };
    while let Some(this) = above_it {
        above.push(ItemId::objective(this));
        above_it = this.parent();
    }
    let home = el("li").child(link(&Route::Home).text(text::shell::home()));
    let links =
        above.into_iter().rev().filter_map(|id| store().convention().find(id)).map(|item| {
            let name = el("span").text(&text::items::name(item));
            el("li")
                .child(link(&Route::Item(item.id())).child(name).text(" ").child(code(item.id())))
        });
    el("nav")
        .class("breadcrumb")
        .attr("aria-label", text::shell::breadcrumb())
        .child(el("ol").child(home).children(links))
}

/// The head of every item's screen, and the buttons that read the screen aloud. `below` is under the
/// title.
pub(in crate::ui) fn item_head(item: Item<'_>, below: Option<El>) -> [El; 3] {
    let id = item.id();
    let title = text::typeset(item.text());
    let terms = Terms::new();
    let number = el("span")
        .class("item-head__number")
        .text(text::shell::item_kind(id))
        .text(" ")
        .child(code(id));
    let kind = el("p")
        .class("item-head__kind")
        .child(shape(id.code().family()))
        .text(&text::items::objective_name(store().convention(), id))
        .child(number);
    let url = address::link_to(&Route::Item(id).to_string());
    let ways = el("p")
        .class("item-head__actions")
        .child(share_button("button button--ghost", text::actions::share(), title.clone(), url))
        .child(print_button());
    let head = el("header")
        .class("item-head")
        .family(id.code())
        .child(kind)
        .child(heading("").children(said_sentences(item.text(), |el, words| terms.fill(el, words))))
        .child(terms.meaning())
        .children(item.plain().map(in_plain_words))
        .children(below)
        .child(ways);
    [breadcrumb(id), listening(), head]
}

/// An item's meaning in plain words, told apart from the official text.
fn in_plain_words(words: &str) -> El {
    let label = text::items::plain_label();
    let label = el("strong").said(label.trim_end()).text(label);
    let sentences = said_sentences(words, |el, words| el.text(words));
    let words = el("p").class("lead").child(label).children(sentences);
    el("div").child(words).child(el("p").class("muted").text(text::items::plain_is_ours()))
}

/// Links to the items before and after this one.
pub(in crate::ui) fn neighbours(id: ItemId) -> El {
    let (before, after) = store().convention().neighbours(id);
    let neighbour = |item: Item<'_>, rel: &str, label: &str| {
        let name = el("span").text(&text::items::name(item));
        let title =
            el("span").class("neighbour__title").child(name).text(" ").child(code(item.id()));
        link(&Route::Item(item.id()))
            .class("neighbour")
            .attr("rel", rel)
            .attr("data-rel", rel)
            .child(el("span").class("neighbour__label").text(label))
            .child(title)
    };
    el("nav")
        .class("neighbours")
        .attr("aria-label", text::items::around())
        .children(before.map(|item| neighbour(item, "prev", text::items::previous())))
        .children(after.map(|item| neighbour(item, "next", text::items::next())))
}
