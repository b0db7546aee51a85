//! The look of screens that load later: it comes with their part.

use super::by_name::{call, get};

/// Adds one rule, which may be a whole layer, behind those of the page's first sheet. Rules that
/// scripts add are no inline styles to the page's policy.
pub fn add(rule: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    let sheet = get(&get(&document, "styleSheets"), "0");
    let end = get(&get(&sheet, "cssRules"), "length");
    // An old browser that does not know the rule shows the screen plain.
    let _ = call(&sheet, "insertRule", &[rule.into(), end]);
}
