//! Which of the global objectives something belongs to, for its colour.

use crate::domain::convention::Item;
use crate::domain::item::Code;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, el, link};

impl El {
    /// Names the family in `data-family`, which the style sheet reads. There are three colours;
    /// a fourth objective shares the first.
    pub(in crate::ui) fn family(self, code: Code) -> Self {
        self.attr("data-family", &(code.family() % 3).to_string())
    }
}

/// An id, set apart from the words beside it.
pub(in crate::ui) fn code(id: impl std::fmt::Display) -> El {
    el("span").class("code").text(&id.to_string())
}

/// A link to an item, by its code and wording.
pub(in crate::ui) fn titled(item: Item<'_>) -> El {
    let link = link(&Route::Item(item.id()));
    link.add(code(item.id())).text(" ").text(&text::typeset(item.text()))
}
