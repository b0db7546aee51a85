//! Reads the convention out of the page.
//!
//! `index.html` holds its text for people, which browsers translate, and as lines for the app
//! (`ui/page/objectives.rs`).

use wasm_bindgen::JsCast;
use web_sys::Element;

/// The convention's lines, as `Convention::from_lines` expects them, but with the page's
/// typography. `None` if the page lacks them.
#[must_use]
pub fn lines() -> Option<String> {
    attribute("data-lines")
}

/// The id of the page's build. `None` in an unfinished build, such as that of
/// `cargo xtask serve --dev`.
#[must_use]
pub fn build() -> Option<String> {
    attribute("data-build")
}

/// The language of the page, which browsers that translate it change.
#[must_use]
pub fn language() -> Option<String> {
    let root = web_sys::window()?.document()?.document_element()?;
    root.get_attribute("lang")
}

/// The elements that match a selector, in the page's order.
#[must_use]
pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// The value of an attribute that one element of the page has.
fn attribute(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector(&["[", name, "]"].concat()).ok()??.get_attribute(name)
}
