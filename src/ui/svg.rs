//! The drawing of charts as SVG, in a chunk of its own.
//!
//! The chunk `svg` has nothing else in it: only who carries a drawing away loads it.

use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::chunks;

/// Fetches the chunk, and says whether it arrived.
pub(in crate::ui) async fn load() -> bool {
    chunks::load("svg").await
}

/// A picture as an SVG document. The chunk must be loaded.
pub(in crate::ui) fn draw(picture: Picture, palette: Palette) -> String {
    chunks::call_loaded(drawn(picture, palette)).unwrap_or_default()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(svg, wasm_split_path = crate::platform::chunks)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(
        clippy::needless_pass_by_value,
        reason = "a split function takes its arguments by value"
    )
)]
fn drawn(picture: Picture, palette: Palette) -> String {
    crate::charts::svg::draw(&picture, &palette)
}
