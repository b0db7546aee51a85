//! Reads QR codes with the app's own decoder, for browsers that have none.
//!
//! The chunk `reader` holds nothing else, so that a browser with a detector never loads it.

use std::rc::Rc;

use jalons_macros::lazy_chunk;

use crate::codec::qr::{self, Look};
use crate::platform::chunks;
use crate::platform::image_source::Luma;

/// Loads the decoder, and resolves to whether it is loaded.
pub(super) async fn load() -> bool {
    chunks::load("reader").await
}

/// The texts of the codes in a picture. `None` where the decoder is not loaded.
#[lazy_chunk(reader)]
pub(super) fn read(picture: Rc<Luma>, look: Look) -> Vec<String> {
    qr::decode(&picture.pixels, picture.width, picture.height, look)
}
