//! Keeping the keyboard where the person is when what had the focus goes away.
//!
//! A browser then puts the focus on the page as a whole: the next Tab starts from the top, and a
//! screen reader says nothing. The nearest thing that stands takes it instead.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::platform::address;

/// What can be reached by the keyboard, of all that screens are made of.
const REACHABLE: &str = "a[href], button, input, select, textarea, summary";

/// Whether the focus is on a part of `element`.
pub(super) fn is_inside(element: &Element) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    active.is_some_and(|active| element.contains(Some(&active)))
}

/// Gives the focus to the first part of `element` that can have it, else of the section it is
/// in, else to the screen.
pub(super) fn keep_near(element: &Element) {
    let section = element.closest("section").ok().flatten();
    let document = element.owner_document();
    let screen = || document.and_then(|document| document.query_selector("main").ok().flatten());
    let inside = |element: &Element| element.query_selector(REACHABLE).ok().flatten();
    let near = inside(element).or_else(|| inside(&section?)).or_else(screen);
    if let Some(near) = near.and_then(|near| near.dyn_into::<HtmlElement>().ok()) {
        address::focus_quietly(&near);
    }
}
