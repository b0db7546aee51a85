//! Charts: their data, their layout as shapes, and drawing on any `plotters` backend.
//!
//! Data and layout run natively and are tested there; only [`canvas`] uses browser APIs. A canvas
//! says nothing to a screen reader, so each chart has a table made from the same data.

pub mod canvas;
pub mod evolution;
pub mod geometry;
pub mod grounds;
pub mod keyboard_nav;
pub mod legend;
pub mod levels;
pub mod matrix;
pub mod note_places;
pub mod palette;
pub mod pattern;
pub mod picture;
pub mod profiles;
#[cfg(test)]
mod recorder;
mod rows;
pub mod sheet;
mod stack;
pub mod svg;
pub mod tally_bars;
pub mod views;

use palette::Palette;
use picture::Picture;

/// A chart: data that can lay itself out.
pub trait Chart {
    /// Lays the chart out at this width, in CSS pixels. A chart that cannot be read below a least
    /// width is laid out at that one.
    fn picture(&self, width: i32, palette: &Palette) -> Picture;
}
