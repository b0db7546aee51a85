//! Asynchronous tasks and timeouts. Closures are boxed, so that callers add no generic code.

use std::pin::Pin;

use js_sys::{Function, Promise};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A boxed future: the code that runs it is compiled once, not once per caller.
pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Starts a task without waiting for it.
pub fn spawn(task: Task) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Calls `f` after this many milliseconds.
pub fn set_timeout(milliseconds: i32, f: Box<dyn FnOnce()>) {
    let f: Function = Closure::once_into_js(f).unchecked_into();
    if let Some(window) = web_sys::window() {
        // The browser accepts any function.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&f, milliseconds);
    }
}

/// Calls `f` after the next paint, which shows the changes so far. A hidden tab is painted only
/// once it is visible again.
pub fn after_paint(f: Box<dyn FnOnce()>) {
    request_animation_frame(move || set_timeout(0, f));
}

/// Waits for this many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let _: Result<JsValue, JsValue> = JsFuture::from(sleep_promise(milliseconds)).await;
}

/// A promise that resolves, with nothing, after this many milliseconds.
pub(crate) fn sleep_promise(milliseconds: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a window the promise never resolves, but then the page is closing.
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    })
}
