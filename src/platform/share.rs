//! Shares a link by the system's dialogue, or else by the clipboard.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::reflect::{call, get};

/// How a link was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// By the system's dialogue; the person may have closed it.
    Sent,
    /// By copying it to the clipboard, because there is no dialogue.
    Copied,
    /// By copying it, because the dialogue was refused.
    CopiedInstead,
    /// Neither worked.
    Failed,
}

/// Shares a link under a title.
pub async fn link(title: &str, url: &str) -> Shared {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else {
        return Shared::Failed;
    };
    let copied = if get(&navigator, "share").is_function() {
        let data = Object::new();
        for (name, value) in [("title", title), ("url", url)] {
            // Setting a property of a new object cannot fail.
            let _ = Reflect::set(&data, &name.into(), &value.into());
        }
        match settled(call(&navigator, "share", &[data.into()])).await {
            // The person who closes the dialogue needs no message.
            Err(error) if get(&error, "name") != "AbortError" => Shared::CopiedInstead,
            _ => return Shared::Sent,
        }
    } else {
        Shared::Copied
    };
    let clipboard = get(&navigator, "clipboard");
    match settled(call(&clipboard, "writeText", &[url.into()])).await {
        Ok(()) => copied,
        Err(_) => Shared::Failed,
    }
}

/// Waits for a call that may fail at once or later.
async fn settled(called: Result<JsValue, JsValue>) -> Result<(), JsValue> {
    JsFuture::from(called?.dyn_into::<Promise>()?).await.map(drop)
}
