//! The storage quota that the browser grants, and whether it promises not to clear the storage.
//!
//! Each call may be missing, throw or be refused: older browsers, private windows, pages
//! that were not loaded over HTTPS. All of that reads as "unknown".

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Used and granted bytes, as the browser rounds them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StorageQuota {
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
    /// It may clear it when the disk is full or the page has not been visited for long.
    NotGranted,
    /// It does not say.
    #[default]
    Unknown,
}

/// The used and granted bytes of this origin.
pub async fn estimate() -> Option<StorageQuota> {
    let estimate = call("estimate").await?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(StorageQuota { used: number("usage")?, quota: number("quota")? })
}

/// Whether the browser has promised to keep the storage.
pub async fn persisted() -> Persisted {
    persistence(call("persisted").await)
}

/// Asks the browser for that promise; some browsers ask the person.
pub async fn request_persistence() -> Persisted {
    persistence(call("persist").await)
}

fn persistence(answer: Option<JsValue>) -> Persisted {
    match answer.and_then(|answer| answer.as_bool()) {
        Some(true) => Persisted::Granted,
        Some(false) => Persisted::NotGranted,
        None => Persisted::Unknown,
    }
}

/// Calls a method of `navigator.storage`; `None` where it is missing or refuses.
async fn call(method: &str) -> Option<JsValue> {
    let promise = {
        let navigator = web_sys::window()?.navigator();
        let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
        let method = Reflect::get(&storage, &method.into()).ok()?;
        let promise = method.dyn_ref::<Function>()?.call0(&storage).ok()?;
        promise.dyn_into::<Promise>().ok()?
    };
    JsFuture::from(promise).await.ok()
}
