//! Files that a person picks in a dialogue or drops on the page.

use js_sys::{Promise, Uint8Array};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, HtmlInputElement};

/// A picked or dropped file, before reading.
#[derive(Clone, Debug)]
pub struct PickedFile(File);

/// The browser could not read the file: it was moved or deleted, or access is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the file could not be read")]
pub struct FileReadError;

impl PickedFile {
    /// The file's name, without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number")]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    pub(super) fn file(&self) -> &File {
        &self.0
    }

    /// Reads all its bytes.
    ///
    /// # Errors
    /// When the browser cannot read it.
    pub async fn bytes(&self) -> Result<Vec<u8>, FileReadError> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.map_err(|_| FileReadError)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// The files picked in a file field. Empties the field, so that picking the same file again fires
/// its event again.
#[must_use]
pub fn chosen(event: &Event) -> Vec<PickedFile> {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return Vec::new() };
    let files = list(field.files());
    field.set_value("");
    files
}

/// The files that were dropped.
#[must_use]
pub fn dropped(event: &Event) -> Vec<PickedFile> {
    let event = event.dyn_ref::<DragEvent>();
    let data = event.and_then(DragEvent::data_transfer);
    list(data.and_then(|data| data.files()))
}

fn list(files: Option<FileList>) -> Vec<PickedFile> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).map(PickedFile).collect()
}

/// Yields to the browser, so that it can paint and handle input.
pub async fn breathe() {
    let pause = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a window the promise never resolves, but then the page is closing.
            let _ = window.set_timeout_with_callback(&resolve);
        }
    });
    let _: Result<JsValue, JsValue> = JsFuture::from(pause).await;
}
