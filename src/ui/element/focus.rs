//! Keeps the keyboard focus near when the focused element is removed.
//!
//! A browser then focuses the page as a whole: the next Tab starts from the top, and a screen
//! reader says nothing. The nearest remaining element takes the focus instead.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::platform::address;

/// The focusable elements that screens are made of.
const REACHABLE: &str = "a[href], button, input, select, textarea, summary";

/// Whether `element` contains the focus.
pub(super) fn is_inside(element: &Element) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    active.is_some_and(|active| element.contains(Some(&active)))
}

/// Focuses the first focusable descendant of `element`, else of its section, else of the screen.
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
