//! The reader of QR codes for browsers without one, in a part of its own.
//!
//! The part `reader` has nothing else in it, so whoever has a browser that reads codes by itself
//! never loads it.

use crate::platform::frames::Luma;
use crate::platform::parts;

/// Fetches the reader, and says whether it arrived.
pub(super) async fn arrives() -> bool {
    parts::arrives("reader").await
}

/// The texts of the codes in a picture. The part has to be here.
pub(super) fn read(picture: Luma) -> Vec<String> {
    let Luma { pixels, width, height } = picture;
    parts::at_once(decode(pixels, width, height)).unwrap_or_default()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(reader, wasm_split_path = crate::platform::parts)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(clippy::needless_pass_by_value, reason = "a part outlives what is lent to it")
)]
fn decode(pixels: Vec<u8>, width: u32, height: u32) -> Vec<String> {
    crate::codec::qr::decode(&pixels, width, height)
}
