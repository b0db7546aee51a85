//! Draws charts as SVG documents, in the chunk `svg`, which holds nothing else.

use jalons_macros::lazy_chunk;

use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::chunks;

/// Draws a picture as an SVG document. `None` where the chunk does not arrive.
pub(in crate::ui) async fn draw(picture: Picture, palette: Palette) -> Option<String> {
    chunks::load("svg").await.then(|| document(picture, palette)).flatten()
}

#[lazy_chunk(svg)]
fn document(picture: Picture, palette: Palette) -> String {
    crate::charts::svg::draw(&picture, &palette)
}
