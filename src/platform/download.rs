//! Downloads: offers a file for saving.

use js_sys::Array;
use thiserror::Error;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

/// The browser could not create the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the browser refused the file")]
pub struct DownloadError;

impl From<JsValue> for DownloadError {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// The media type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON (RFC 8259)
    Json,
    /// CSV (RFC 4180)
    Csv,
    /// Markdown (RFC 7763)
    Markdown,
    /// HTML (WHATWG HTML)
    Html,
    /// SVG (SVG 1.1)
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
/// When the browser cannot create the file.
pub fn text(name: &str, media: Media, text: &str) -> Result<(), DownloadError> {
    let options = BlobPropertyBag::new();
    options.set_type(media.name());
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    file(name, &blob)
}

/// Offers the content of a canvas as a PNG file (ISO/IEC 15948) of this name, and calls `then` with
/// the result.
pub fn picture(
    name: String,
    canvas: &HtmlCanvasElement,
    then: Box<dyn FnOnce(Result<(), DownloadError>)>,
) {
    let made = Closure::once_into_js(move |blob: Option<Blob>| {
        then(blob.ok_or(DownloadError).and_then(|blob| file(&name, &blob)));
    });
    // Fails only for a canvas with another site's picture.
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
    // The object URL is not revoked: the download may read it at any later time, and the page
    // creates only a few.
    Ok(())
}
