//! Handing a file to the person.

use js_sys::Array;
use thiserror::Error;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

/// The browser did not take the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the browser refused the file")]
pub struct DownloadError;

impl From<JsValue> for DownloadError {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// What a file holds, as its media type says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON (RFC 8259)
    Json,
    /// A table (RFC 4180)
    Csv,
    /// Markdown (RFC 7763)
    Markdown,
    /// A page (WHATWG HTML)
    Html,
    /// A drawing (SVG 1.1)
    Svg,
}

impl Media {
    fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv;charset=utf-8",
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Html => "text/html;charset=utf-8",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// Offers a text as a file of this name.
///
/// # Errors
/// When the browser can make no file of it.
pub fn text(name: &str, media: Media, text: &str) -> Result<(), DownloadError> {
    let options = BlobPropertyBag::new();
    options.set_type(media.name());
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    file(name, &blob)
}

/// Offers what a canvas shows as a picture (PNG, ISO/IEC 15948) of this name, and says how that
/// went once it is made.
pub fn picture(
    name: String,
    canvas: &HtmlCanvasElement,
    then: Box<dyn FnOnce(Result<(), DownloadError>)>,
) {
    let made = Closure::once_into_js(move |blob: Option<Blob>| {
        then(blob.ok_or(DownloadError).and_then(|blob| file(&name, &blob)));
    });
    // Fails for a canvas that shows another site's picture; there is none here.
    let _ = canvas.to_blob(made.unchecked_ref());
}

fn file(name: &str, blob: &Blob) -> Result<(), DownloadError> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(DownloadError)?;
    let link = document.create_element("a")?;
    let link: HtmlAnchorElement = link.dyn_into().map_err(|_| DownloadError)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The address is not taken back: the download may read it at any later time, and the page
    // makes only a few of them.
    Ok(())
}
