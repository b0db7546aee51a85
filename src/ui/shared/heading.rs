//! A screen's title.

use crate::ui::element::{El, el};
use crate::ui::store;

/// The screen's one `h1`. It takes the focus when a person comes from another screen, so that a
/// keyboard goes on from the top and a screen reader says where it is.
pub(in crate::ui) fn heading(title: &str) -> El {
    let heading = el("h1").class("heading").attr("tabindex", "-1").text(title);
    if store().has_moved() {
        heading.clone().once_shown(crate::platform::address::focus_quietly)
    } else {
        heading
    }
}
