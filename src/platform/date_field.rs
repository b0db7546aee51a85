//! A field for a day, as far as its value does not tell.

use web_sys::Event;

use super::reflect::get;

/// Whether a part of a day is typed that is no day yet: the field's value is then empty, as it is
/// when nothing is typed.
#[must_use]
pub fn is_half_typed(event: &Event) -> bool {
    let field = event.target().map(wasm_bindgen::JsValue::from).unwrap_or_default();
    get(&get(&field, "validity"), "badInput").is_truthy()
}
