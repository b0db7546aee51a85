//! Drags a row of a list to another position with a finger, a pen or a mouse.
//!
//! The row follows the pointer and the list stays as it is until the pointer is lifted: an element
//! that moves on the page would lose the pointer.

use leptos::ev;

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::ui::element::{El, el};

/// The distance from the edge of the window, in CSS pixels, at which the page begins to scroll.
const EDGE: i32 = 96;

/// A drag handle for a row. `dropped` is called with the new position, from 0.
pub(super) fn handle(row: &El, dropped: impl Fn(usize) + 'static) -> El {
    let from = Rc::new(Cell::new(None::<i32>));
    let handle = el("span").class("ranking__handle").attr("aria-hidden", "true");
    let (start, held, captured) = (from.clone(), row.clone(), handle.clone());
    let (moving, moved) = (from.clone(), row.clone());
    let (lifting, lifted) = (from.clone(), row.clone());
    let (ending, ended) = (from, row.clone());
    handle
        .on(ev::pointerdown, move |pointer| {
            if pointer.button() == 0 {
                pointer.prevent_default();
                // Fails for a pointer that is already lifted; then nothing moves.
                let _ = captured.raw().set_pointer_capture(pointer.pointer_id());
                start.set(Some(pointer.page_y()));
                held.clone().attr("data-dragged", "");
            }
        })
        .on(ev::pointermove, move |pointer| {
            if let Some(from) = moving.get() {
                let by = pointer.page_y() - from;
                follow(moved.raw(), by);
                scroll_along(pointer.client_y());
                mark(moved.raw(), Some(place(moved.raw(), by)));
            }
        })
        .on(ev::pointerup, move |pointer| {
            if let Some(from) = lifting.take() {
                let place = place(lifted.raw(), pointer.page_y() - from);
                let_go(lifted.raw());
                dropped(place);
            }
        })
        .on(ev::pointercancel, move |_| {
            if ending.take().is_some() {
                let_go(ended.raw());
            }
        })
}

fn follow(row: &Element, by: i32) {
    let row: &HtmlElement = row.unchecked_ref();
    // Set by script, hence no inline style to the page's policy.
    let _ = row.style().set_property("--drag", &format!("{by}px"));
}

fn let_go(row: &Element) {
    mark(row, None);
    follow(row, 0);
    let _ = row.remove_attribute("data-dragged");
}

fn scroll_along(y: i32) {
    let Some(window) = web_sys::window() else { return };
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    if y < EDGE {
        window.scroll_by_with_x_and_y(0.0, -12.0);
    } else if f64::from(y + 2 * EDGE) > height {
        window.scroll_by_with_x_and_y(0.0, 12.0);
    }
}

/// The other rows of the list, in order.
fn others(row: &Element) -> Vec<Element> {
    let rows = row.parent_element().map(|list| list.children());
    let count = rows.as_ref().map_or(0, web_sys::HtmlCollection::length);
    let others = (0..count).filter_map(|at| rows.as_ref()?.item(at));
    others.filter(|other| other != row).collect()
}

fn middle(row: &Element) -> f64 {
    let place = row.get_bounding_client_rect();
    place.top() + place.height() / 2.0
}

/// The number of rows above it. It has passed one when its leading edge is past the middle of that
/// row.
fn place(row: &Element, by: i32) -> usize {
    let row_at = row.get_bounding_client_rect();
    let at = if by > 0 { row_at.bottom() } else { row_at.top() };
    others(row).iter().filter(|other| middle(other) < at).count()
}

/// Marks the position where the row would be dropped.
fn mark(row: &Element, place: Option<usize>) {
    let others = others(row);
    for (at, other) in others.iter().enumerate() {
        let edge = match place {
            Some(place) if at == place => Some("before"),
            Some(place) if at + 1 == others.len() && place > at => Some("after"),
            _ => None,
        };
        // Fails for no attribute name used here.
        let _ = match edge {
            Some(edge) => other.set_attribute("data-drop", edge),
            None => other.remove_attribute("data-drop"),
        };
    }
}
