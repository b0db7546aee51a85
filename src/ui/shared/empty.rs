//! Saying that there is nothing, once that is known.

use crate::text;
use crate::ui::element::{El, el};
use crate::ui::store;

/// Says this while something is empty; as long as a store may still have something, that it is being
/// read.
pub(in crate::ui) fn empty(says: &'static str, is_empty: impl Fn() -> bool + 'static) -> El {
    let store = store();
    el("p").class("muted").text_now(move || {
        match (is_empty(), store.storage().has_read()) {
            (false, _) => "",
            (true, true) => says,
            (true, false) => text::stored::reading(),
        }
        .to_owned()
    })
}
