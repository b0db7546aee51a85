//! How much room the browser gives, and whether it promises to keep what lies there.
//!
//! Everything here may be missing, throw or be refused: older browsers, private windows, pages
//! that were not loaded over HTTPS. All of that reads as "unknown".

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What is used and what there is, in bytes, as the browser rounds them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Bytes in use by this page's origin.
    pub used: f64,
    /// Bytes that it may use in all.
    pub quota: f64,
}

/// Whether the browser has promised not to clear the storage by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persisted {
    /// It has.
    Granted,
    /// It may clear it when room is short or the page has not been visited for long.
    NotGranted,
    /// It does not say.
    #[default]
    Unknown,
}

/// How full the storage is.
pub async fn measure() -> Option<Room> {
    let estimate = answer("estimate").await?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(Room { used: number("usage")?, quota: number("quota")? })
}

/// Whether the storage is promised to last.
pub async fn persisted() -> Persisted {
    read(answer("persisted").await)
}

/// Asks the browser to promise it; some ask the person.
pub async fn ask() -> Persisted {
    read(answer("persist").await)
}

fn read(answer: Option<JsValue>) -> Persisted {
    match answer.and_then(|answer| answer.as_bool()) {
        Some(true) => Persisted::Granted,
        Some(false) => Persisted::NotGranted,
        None => Persisted::Unknown,
    }
}

/// What a method of `navigator.storage` answers.
async fn answer(method: &str) -> Option<JsValue> {
    let promise = {
        let navigator = web_sys::window()?.navigator();
        let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
        let method = Reflect::get(&storage, &method.into()).ok()?;
        let promise = method.dyn_ref::<Function>()?.call0(&storage).ok()?;
        promise.dyn_into::<Promise>().ok()?
    };
    JsFuture::from(promise).await.ok()
}
