//! Filling the whole screen, where the browser lets a page do that.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::reflect::{call, get};
use super::timers;

/// Fills the screen with the page. Works only as the answer to a tap; a browser that refuses shows
/// the page as before.
pub fn enter() {
    if let Some(document) = document() {
        ask(&get(&document, "documentElement"), "requestFullscreen");
    }
}

/// Gives the screen back.
pub fn leave() {
    if let Some(document) = document()
        && get(&document, "fullscreenElement").is_truthy()
    {
        ask(&document, "exitFullscreen");
    }
}

/// Asks for something that a browser may not know, and may refuse later; neither does any harm.
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
