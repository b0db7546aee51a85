//! The address, the window's title, focus and printing.

use std::cell::RefCell;

use web_sys::{FocusOptions, History, HtmlElement, Window};

use super::timers;

/// The fragment of the address, with its `#`.
#[must_use]
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address of the page with another fragment, for sharing. It has no query: what has sent this
/// person here may have added one.
#[must_use]
pub fn link_to(fragment: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok());
    let here = here.unwrap_or_default();
    let base = here.split(['?', '#']).next().unwrap_or_default();
    format!("{base}{fragment}")
}

/// Navigates to a fragment like a link: adds an entry to the history.
pub fn go(fragment: &str) {
    replace_now();
    if let Some(window) = web_sys::window() {
        // Cannot fail: setting a fragment never leaves the page.
        let _ = window.location().set_hash(fragment);
    }
}

/// Replaces the current fragment, without a new entry in the history.
pub fn replace(fragment: &str) {
    let Some(history) = history() else { return };
    // Browsers limit the rate of this call (Safari: 100 in 30 s). Beyond it, the address lags
    // behind the screen until the next change; nothing else is lost.
    let state = history.state().unwrap_or_default();
    let _ = history.replace_state_with_url(&state, "", Some(fragment));
}

/// How long the address may lag behind the screen, in milliseconds.
const REPLACE_DELAY_MS: i32 = 300;

thread_local! {
    /// The fragment to replace, and its replacement.
    static LATEST: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Like [`replace`], but delayed: changing the address makes browsers update the icon and the
/// layout, which takes longer than most visible changes, and the address is rarely needed at once.
/// The delay is fixed and not restarted, because a link may lead to another page at any time.
pub fn replace_soon(fragment_then: String) {
    let former = LATEST.with_borrow_mut(|latest| latest.replace((fragment(), fragment_then)));
    if former.is_none() {
        timers::set_timeout(REPLACE_DELAY_MS, Box::new(replace_now));
    }
}

/// Replaces the fragment now if [`replace_soon`] has scheduled it. If the person has navigated
/// since, the address belongs to another history entry and stays.
pub(super) fn replace_now() {
    if let Some((from, to)) = LATEST.take()
        && from == fragment()
    {
        replace(&to);
    }
}

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Focuses an element without scrolling to it.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that cannot print ignores the call.
        let _ = window.print();
    }
}

pub(super) fn history() -> Option<History> {
    web_sys::window().as_ref().map(Window::history)?.ok()
}
