//! Full-screen mode, where the browser allows it.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::reflect::{call, get};
use super::timers;

/// Enters full-screen mode. Works only within a user action; if the browser refuses, the page stays
/// as it is.
pub fn enter() {
    if let Some(document) = document() {
        ask(&get(&document, "documentElement"), "requestFullscreen");
    }
}

/// Leaves full-screen mode.
pub fn leave() {
    if let Some(document) = document()
        && get(&document, "fullscreenElement").is_truthy()
    {
        ask(&document, "exitFullscreen");
    }
}

/// Calls a method that the browser may lack or refuse; both are harmless.
fn ask(of: &JsValue, what: &str) {
    let answer = call(of, what, &[]).and_then(JsCast::dyn_into::<Promise>);
    if let Ok(answer) = answer {
        timers::spawn(Box::pin(async move {
            let _ = JsFuture::from(answer).await;
        }));
    }
}

fn document() -> Option<JsValue> {
    web_sys::window()?.document().map(JsValue::from)
}
