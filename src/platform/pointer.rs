//! The kind of pointing device: a mouse, a pen or a finger.

use web_sys::MouseEvent;

use super::reflect::get;

/// Whether the event comes from a finger. A browser that does not tell counts as using a mouse.
#[must_use]
pub fn is_touch(event: &MouseEvent) -> bool {
    get(event, "pointerType").as_string().is_some_and(|kind| kind == "touch")
}
