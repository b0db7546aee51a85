//! Restores the scroll position of pages in the history.
//!
//! Browsers restore it themselves, but before the app has built the page: a long page would be
//! limited to the height of the shorter one before it. So the app stores one position per history
//! entry, under a name in the entry's state.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, ScrollBehavior, ScrollRestoration, ScrollToOptions};

use super::reflect::call;
use super::{address, events, rng};

/// The scroll positions of this visit, and the current entry.
#[derive(Clone, Default)]
pub struct Places {
    kept: Rc<RefCell<BTreeMap<String, f64>>>,
    current: Rc<RefCell<String>>,
}

impl Places {
    /// Takes over scroll restoration from the browser, and restores the position after a reload.
    #[must_use]
    pub fn keep() -> Self {
        let places = Self::default();
        if let Some(history) = address::history() {
            // If it cannot be set, the browser keeps restoring positions itself.
            let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        }
        if let Some((_, top)) = entry() {
            once_it_stands(top);
        }
        places.enter();
        let leaving = places.clone();
        if let Some(window) = web_sys::window() {
            events::listen(&window, "click", |event: Event| {
                // The entry that the link leaves must have its final address before.
                if is_on_link(&event) {
                    address::replace_now();
                }
            });
            events::listen(&window, "pagehide", move |_: Event| {
                address::replace_now();
                set_entry(&leaving.current.borrow(), top());
            });
        }
        places
    }

    /// Stores the position of the entry being left. Call it before the page changes.
    pub fn leave(&self) {
        self.kept.borrow_mut().insert(self.current.borrow().clone(), top());
    }

    /// Switches to the history entry of the current address; a new entry gets a name.
    pub fn enter(&self) {
        let known = entry().map(|(name, _)| name);
        let new = known.is_none();
        let name = known.unwrap_or_else(|| rng::token().to_string());
        if new {
            set_entry(&name, 0.0);
        }
        self.current.replace(name);
    }

    /// The stored position of the current entry.
    #[must_use]
    pub fn left_at(&self) -> f64 {
        self.kept.borrow().get(&*self.current.borrow()).copied().unwrap_or_default()
    }
}

/// Whether the click is on a link.
fn is_on_link(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("a[href]").is_ok_and(|link| link.is_some()))
}

thread_local! {
    /// The requested scroll position of the current page, in pixels.
    static WANTED: Cell<f64> = const { Cell::new(0.0) };
}

/// Scrolls to `top` pixels, after the screen has been built and before it is painted.
pub fn once_it_stands(top: f64) {
    WANTED.set(top);
    once_it_has_grown();
}

/// Scrolls to the requested position again, after the page has become long enough for it.
pub fn once_it_has_grown() {
    let top = WANTED.get();
    request_animation_frame(move || {
        if let Some(window) = web_sys::window() {
            let options = ScrollToOptions::new();
            options.set_top(top);
            options.set_behavior(ScrollBehavior::Instant);
            window.scroll_to_with_scroll_to_options(&options);
        }
    });
}

/// Keeps an element where it is in the window while `change` moves what is above it.
pub fn hold_in_place(element: &Element, change: impl FnOnce()) {
    let top = || element.get_bounding_client_rect().top();
    let before = top();
    change();
    if let Some(window) = web_sys::window() {
        window.scroll_by_with_x_and_y(0.0, top() - before);
    }
}

/// Scrolls as little as shows an element, clear of the bars.
pub fn show(element: &Element) {
    let options = Object::new();
    // Setting a property of a new object cannot fail; a browser without the option shows the top.
    let _ = Reflect::set(&options, &"block".into(), &"nearest".into());
    let _ = call(element, "scrollIntoView", &[options.into()]);
}

/// Scrolls the field in which a person types out from under `cover`, but not its top out of sight.
pub fn uncover_field(cover: &Element) {
    let Some(window) = web_sys::window() else { return };
    let focused = window.document().and_then(|document| document.active_element());
    let is_typed_in = |field: &Element| field.matches("input, textarea").unwrap_or_default();
    if let Some(field) = focused.filter(is_typed_in) {
        let (field, cover) = (field.get_bounding_client_rect(), cover.get_bounding_client_rect());
        let hidden = field.bottom() - cover.top();
        if hidden > 0.0 && field.top() < cover.bottom() {
            window.scroll_by_with_x_and_y(0.0, hidden.min(field.top()).max(0.0));
        }
    }
}

fn top() -> f64 {
    web_sys::window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

/// The name of the current entry, and the position saved before a reload.
fn entry() -> Option<(String, f64)> {
    let state = address::history()?.state().ok()?.as_string()?;
    let (name, top) = state.split_once(' ')?;
    Some((name.to_owned(), js_sys::Number::parse_float(top)))
}

fn set_entry(name: &str, top: f64) {
    if let Some(history) = address::history() {
        #[expect(clippy::cast_possible_truncation, reason = "pages are thousands of pixels high")]
        let state = format!("{name} {}", top as i32);
        // If the browser refuses, pages are shown from their top.
        let _ = history.replace_state(&JsValue::from_str(&state), "");
    }
}
