//! Filling the whole screen, where the browser lets a page do that.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::later;

/// Fills the screen with the page. Works only as the answer to a tap; a browser that refuses shows
/// the page as before.
pub fn enter() {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        ask(&root, "requestFullscreen");
    }
}

/// Gives the screen back.
pub fn leave() {
    let filled = |document: &web_sys::Document| document.fullscreen_element().is_some();
    if let Some(document) = document().filter(filled) {
        ask(&document, "exitFullscreen");
    }
}

/// Asks for something that a browser may not know, and may refuse later; neither does any harm.
fn ask(of: &JsValue, what: &str) {
    let method = Reflect::get(of, &what.into()).ok();
    let method = method.and_then(|method| method.dyn_into::<Function>().ok());
    let answer = method.and_then(|method| method.call0(of).ok());
    if let Some(answer) = answer.and_then(|answer| answer.dyn_into::<Promise>().ok()) {
        later::run(Box::pin(async move {
            let _ = JsFuture::from(answer).await;
        }));
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
