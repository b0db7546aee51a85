//! What is not done at once: work that waits for the browser, and what comes after a while.

use std::pin::Pin;

use js_sys::{Function, Promise};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Work that waits, boxed so that it is compiled once and not once a caller.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Starts work that nobody waits for.
pub fn run(work: Work) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Does something after this many milliseconds.
pub fn after(milliseconds: i32, act: Box<dyn FnOnce()>) {
    let act: Function = Closure::once_into_js(act).unchecked_into();
    if let Some(window) = web_sys::window() {
        // Fails for no function.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&act, milliseconds);
    }
}

/// Does something once the page has been painted with what has changed by now. In a tab that nobody
/// looks at, nothing is painted before somebody does.
pub fn after_paint(act: Box<dyn FnOnce()>) {
    request_animation_frame(move || after(0, act));
}

/// Waits for this many milliseconds.
pub async fn pause(milliseconds: i32) {
    let _: Result<JsValue, JsValue> = JsFuture::from(timer(milliseconds)).await;
}

/// A promise that is kept, with nothing, after this many milliseconds.
pub(super) fn timer(milliseconds: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a timer the promise would never end; the page is going then anyway.
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    })
}
