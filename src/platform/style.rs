//! The look of screens that load later: it comes with their part.

use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

/// Adds one rule, which may be a whole layer, behind those of the page's first sheet. Rules that
/// scripts add are no inline styles to the page's policy.
pub fn add(rule: &str) {
    let sheets = web_sys::window().and_then(|window| window.document());
    let first = sheets.and_then(|document| document.style_sheets().item(0));
    if let Some(sheet) = first.and_then(|sheet| sheet.dyn_into::<CssStyleSheet>().ok()) {
        let end = sheet.css_rules().map_or(0, |rules| rules.length());
        // An old browser that does not know the rule shows the screen plain.
        let _ = sheet.insert_rule_with_index(rule, end);
    }
}
