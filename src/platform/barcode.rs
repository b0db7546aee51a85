//! The browser's own decoder of QR codes, where it has one.
//!
//! Chrome has one on Android and macOS; other browsers lack it, or have one that does not work.
//! Callers must handle `None` at any time.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::image_source::ImageSource;

const CODE: &str = "qr_code";

/// A `BarcodeDetector` that supports QR codes.
#[derive(Clone, Debug)]
pub struct Detector(JsValue);

impl Detector {
    /// The browser's decoder, if it has one that supports QR codes.
    pub async fn find() -> Option<Self> {
        let class = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?;
        let class: Function = class.dyn_into().ok()?;
        let formats = answer(&class, "getSupportedFormats", &[]).await?;
        if !Array::from(&formats).includes(&CODE.into(), 0) {
            return None;
        }
        let options = Object::new();
        let wanted = Array::of1(&CODE.into());
        Reflect::set(&options, &"formats".into(), &wanted).ok()?;
        Reflect::construct(&class, &Array::of1(&options)).ok().map(Self)
    }

    /// Decodes the codes in a picture; `None` if the decoder does not work.
    pub async fn read(&self, source: &ImageSource) -> Option<Vec<String>> {
        let codes = answer(&self.0, "detect", &[source.raw()]).await?;
        let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
        Some(Array::from(&codes).iter().filter_map(text).collect())
    }
}

/// Calls a method and resolves its promise; `None` if either fails.
async fn answer(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise: Promise = method.apply(object, &arguments).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}
