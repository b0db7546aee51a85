//! The reader of QR codes for browsers without one, in a chunk of its own.
//!
//! The chunk `reader` has nothing else in it, so whoever has a browser that reads codes by itself
//! never loads it.

use crate::platform::chunks;
use crate::platform::image_source::Luma;

/// Fetches the reader, and resolves to whether it is loaded.
pub(super) async fn load() -> bool {
    chunks::load("reader").await
}

/// The texts of the codes in a picture. The chunk must be loaded.
pub(super) fn read(picture: Luma) -> Vec<String> {
    let Luma { pixels, width, height } = picture;
    chunks::call_loaded(decode(pixels, width, height)).unwrap_or_default()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(reader, wasm_split_path = crate::platform::chunks)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(
        clippy::needless_pass_by_value,
        reason = "a split function takes its arguments by value"
    )
)]
fn decode(pixels: Vec<u8>, width: u32, height: u32) -> Vec<String> {
    crate::codec::qr::decode(&pixels, width, height)
}
