//! The drawing of charts as SVG, in a part of its own.
//!
//! The part `svg` has nothing else in it: only who carries a drawing away loads it.

use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::parts;

/// Fetches the part, and says whether it arrived.
pub(in crate::ui) async fn arrives() -> bool {
    parts::arrives("svg").await
}

/// A picture as an SVG document. The part has to be here.
pub(in crate::ui) fn draw(picture: Picture, palette: Palette) -> String {
    parts::at_once(drawn(picture, palette)).unwrap_or_default()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(svg, wasm_split_path = crate::platform::parts)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(clippy::needless_pass_by_value, reason = "a part outlives what is lent to it")
)]
fn drawn(picture: Picture, palette: Palette) -> String {
    crate::charts::svg::draw(&picture, &palette)
}
