//! The state of a date field that its value does not show.

use web_sys::Event;

use super::reflect::get;

/// Whether a date is partly typed: the field's value is then empty, as when nothing is typed.
#[must_use]
pub fn is_half_typed(event: &Event) -> bool {
    let field = event.target().map(wasm_bindgen::JsValue::from).unwrap_or_default();
    get(&get(&field, "validity"), "badInput").is_truthy()
}
