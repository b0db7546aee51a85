//! Rarely used browser APIs by name: through `Reflect` their bindings stay out of the first load.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a property; `undefined` where it is missing.
pub(crate) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Calls a method.
///
/// # Errors
/// When the method is missing, or throws.
pub(crate) fn call(of: &JsValue, name: &str, with: &[JsValue]) -> Result<JsValue, JsValue> {
    let method = get(of, name).dyn_into::<Function>()?;
    method.apply(of, &with.iter().collect::<Array>())
}
