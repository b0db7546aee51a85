//! What points at something: a mouse, a pen or a finger.

use web_sys::MouseEvent;

use super::reflect::get;

/// Whether a finger did it. Browsers that do not say are taken to have a mouse.
#[must_use]
pub fn is_touch(event: &MouseEvent) -> bool {
    get(event, "pointerType").as_string().is_some_and(|kind| kind == "touch")
}
