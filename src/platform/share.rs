//! Shares a link by the system's dialogue, or else by the clipboard.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Navigator, ShareData};

/// How a link was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// By the system's dialogue; the person may have closed it.
    Sent,
    /// By copying it to the clipboard.
    Copied,
    /// Neither worked.
    Failed,
}

/// Shares a link under a title.
pub async fn link(title: &str, url: &str) -> Shared {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else {
        return Shared::Failed;
    };
    if has(&navigator, "share") {
        let data = ShareData::new();
        data.set_title(title);
        data.set_url(url);
        // It fails when the person closes the dialogue, which needs no message.
        let _ = JsFuture::from(navigator.share_with_data(&data)).await;
        return Shared::Sent;
    }
    if !has(&navigator, "clipboard") {
        return Shared::Failed;
    }
    match JsFuture::from(navigator.clipboard().write_text(url)).await {
        Ok(_) => Shared::Copied,
        Err(_) => Shared::Failed,
    }
}

fn has(navigator: &Navigator, name: &str) -> bool {
    let value = Reflect::get(navigator, &JsValue::from_str(name));
    value.is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
