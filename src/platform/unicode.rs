//! The browser's Unicode tables.

use js_sys::Function;
use wasm_bindgen::JsCast;

use super::reflect::get;

/// A text decomposed by NFKD, in lower case; as it is where the browser cannot do it.
#[must_use]
pub fn decomposed(text: &str) -> String {
    let methods = get(&get(&js_sys::global(), "String"), "prototype");
    let method = |name| get(&methods, name).dyn_into::<Function>().ok();
    let decomposed = || {
        let nfkd = method("normalize")?.call1(&text.into(), &"NFKD".into()).ok()?;
        method("toLowerCase")?.call0(&nfkd).ok()?.as_string()
    };
    decomposed().unwrap_or_else(|| text.to_owned())
}
