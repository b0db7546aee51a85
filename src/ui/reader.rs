//! Reads QR codes with the app's own decoder, for browsers that have none.
//!
//! The chunk `reader` holds nothing else, so that a browser with a detector never loads it.

use jalons_macros::lazy_chunk;

use crate::platform::chunks;
use crate::platform::image_source::Luma;

/// Loads the decoder, and resolves to whether it is loaded.
pub(super) async fn load() -> bool {
    chunks::load("reader").await
}

/// The texts of the codes in a picture. `None` where the decoder is not loaded.
pub(super) fn read(picture: Luma) -> Option<Vec<String>> {
    let Luma { pixels, width, height } = picture;
    decode(pixels, width, height)
}

#[lazy_chunk(reader)]
fn decode(pixels: Vec<u8>, width: u32, height: u32) -> Vec<String> {
    crate::codec::qr::decode(&pixels, width, height)
}
