//! Printing the screen one is on.

use super::icon::{Picture, icon};
use crate::platform::address;
use crate::text;
use crate::ui::element::{El, button};

/// Opens the browser's own dialogue.
pub(in crate::ui) fn print_button() -> El {
    button(address::print)
        .class("button button--ghost")
        .add(icon(Picture::Print))
        .text(text::actions::print())
}
