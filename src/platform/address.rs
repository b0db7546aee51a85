//! The address bar, the window's title and the place on the page.

use std::cell::RefCell;

use web_sys::{FocusOptions, History, HtmlElement, Window};

use super::timers;

/// The fragment of the address, with its `#`.
#[must_use]
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address of the page with this fragment in place of its own: what a person shares.
#[must_use]
pub fn link_to(fragment: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok());
    let here = here.unwrap_or_default();
    let base = here.split('#').next().unwrap_or_default();
    format!("{base}{fragment}")
}

/// Moves to a fragment as a link would: a new entry in the history.
pub fn go(fragment: &str) {
    replace_now();
    if let Some(window) = web_sys::window() {
        // Cannot fail: setting a fragment never leaves the page.
        let _ = window.location().set_hash(fragment);
    }
}

/// Puts a fragment in place of the current one: no new entry in the history.
pub fn replace(fragment: &str) {
    let Some(history) = history() else { return };
    // Browsers limit how often a page may do this (Safari: 100 times in 30 s). Past that the
    // address is behind what is on screen until the next change; nothing else is lost.
    let state = history.state().unwrap_or_default();
    let _ = history.replace_state_with_url(&state, "", Some(fragment));
}

/// How long the address may be behind what is on screen, in milliseconds.
const REPLACE_DELAY_MS: i32 = 300;

thread_local! {
    /// The fragment that is to be put in place of another one.
    static LATEST: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// As [`replace`], in a while: what browsers do for another address (they look at the page's icon
/// and at its layout again) takes longer than most of what a person sees change, and nobody shares
/// or leaves the page at once. A link may lead elsewhere, so it is not waited for longer than that.
pub fn replace_soon(fragment_then: String) {
    let former = LATEST.with_borrow_mut(|latest| latest.replace((fragment(), fragment_then)));
    if former.is_none() {
        timers::set_timeout(REPLACE_DELAY_MS, Box::new(replace_now));
    }
}

/// Does now what [`replace_soon`] is about to do. Where the person has gone on meanwhile, the
/// address is that of another entry and stays.
pub(super) fn replace_now() {
    if let Some((from, to)) = LATEST.take()
        && from == fragment()
    {
        replace(&to);
    }
}

/// Names the window.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Gives an element the focus without scrolling to it.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Opens the browser's dialogue for printing.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that cannot print does nothing here.
        let _ = window.print();
    }
}

pub(super) fn history() -> Option<History> {
    web_sys::window().as_ref().map(Window::history)?.ok()
}
