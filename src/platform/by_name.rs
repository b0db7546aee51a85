//! What only parts that load later need of the browser, or the app but once, asked for by its name:
//! the glue of a typed binding would stand in the first load of everybody.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property; `undefined` where there is none.
pub(super) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Calls a method.
///
/// # Errors
/// When there is none of that name, or what it throws.
pub(super) fn call(of: &JsValue, name: &str, with: &[JsValue]) -> Result<JsValue, JsValue> {
    let method = get(of, name).dyn_into::<Function>()?;
    method.apply(of, &with.iter().collect::<Array>())
}
