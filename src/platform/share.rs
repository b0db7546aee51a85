//! Sharing a link: the system's own dialogue where there is one, the clipboard otherwise.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Navigator, ShareData};

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The system's dialogue took it, or the person closed that dialogue.
    Sent,
    /// It is on the clipboard.
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
        // A refusal here is the person closing the dialogue, which needs no answer.
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
