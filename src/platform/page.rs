//! Reads the convention out of the page.
//!
//! The build writes its text into `index.html` for people (`ui/page.rs`); the app reads it there,
//! so that it is loaded only once.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// The convention's lines, as `Convention::from_lines` expects them, but with the page's
/// typography. `None` if the page lacks them.
#[must_use]
pub fn lines() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let block = document.query_selector(".text").ok()??;
    let mut lines = block.get_attribute("data-head")?;
    let mut add = |name: &str, text: &str| {
        for part in ["\n", name, "\t", text] {
            lines.push_str(part);
        }
    };
    for repair in all(&block, ".repairs li") {
        add("repair", &words(&repair));
    }
    for term in all(&block, "dt") {
        let meaning = term.next_element_sibling().map(|meaning| words(&meaning));
        add("term", &[words(&term), meaning?].join("\t"));
    }
    for item in all(&block, "a") {
        let address = item.get_attribute("href")?;
        let (_, id) = address.rsplit_once('/')?;
        let words = words(&item);
        // Objectives are shown with their code before their text.
        let text = words.strip_prefix(id).map_or(&*words, str::trim_start);
        add(id, text);
    }
    Some(lines)
}

/// The id of the page's build. `None` in an unfinished build, such as that of
/// `cargo xtask serve --dev`.
#[must_use]
pub fn build() -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.query_selector("script[data-build]").ok()??.get_attribute("data-build")
}

/// The elements that match a selector, in the page's order.
#[must_use]
pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn words(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}
