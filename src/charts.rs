//! Charts: what they show as plain data, and how that is drawn on any `plotters` backend.
//!
//! The data and the drawing run natively and are tested there; [`canvas`] is the only part that
//! knows a browser. A canvas says nothing to a screen reader, so each chart stands beside a table
//! made from the same data.

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
    /// The chart at this width, in CSS pixels; one that cannot be read below a least width has that
    /// instead.
    fn picture(&self, width: i32, palette: &Palette) -> Picture;
}
