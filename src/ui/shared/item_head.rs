//! The top of an item's screen: the way to it, its kind and code, its wording, and sharing.

use super::breadcrumb::breadcrumb;
use super::family::code;
use super::heading::heading;
use super::icon::shape;
use super::print_button::print_button;
use super::share_button::share_button;
use crate::domain::convention::Item;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, el};

/// What every item's screen begins with. `below` stands under the title.
pub(in crate::ui) fn item_head(item: Item<'_>, below: Option<El>) -> [El; 2] {
    let id = item.id();
    let title = text::typeset(item.text());
    let kind = el("p")
        .class("item-head__kind")
        .add(shape(id.code().family()))
        .text(text::shell::item_kind(id))
        .text(" ")
        .add(code(id));
    let ways = el("p")
        .class("item-head__actions")
        .add(share_button(Route::Item(id), title.clone()))
        .add(print_button());
    let head = el("header")
        .class("item-head")
        .family(id.code())
        .add(kind)
        .add(heading(&title))
        .with(below)
        .add(ways);
    [breadcrumb(id), head]
}
