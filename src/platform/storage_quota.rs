//! The browser's storage quota, and whether it has promised persistence.
//!
//! Each call may be missing, throw or be refused: in older browsers, private windows, and on pages
//! not loaded over HTTPS. All of that gives `None` or `Unknown`.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The used and granted bytes, as rounded by the browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StorageQuota {
    /// The bytes used by this page's origin.
    pub used: f64,
    /// The bytes granted to it.
    pub quota: f64,
}

/// Whether the browser has promised not to clear the storage by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persisted {
    /// It has promised.
    Granted,
    /// It may clear the storage when the disk is full or the page is not visited for long.
    NotGranted,
    /// The browser does not tell.
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

/// Requests that promise; some browsers prompt the person.
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

/// Calls a method of `navigator.storage`; `None` if it is missing or fails.
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
