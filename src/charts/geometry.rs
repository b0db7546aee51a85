//! Points and rectangles of a chart, in CSS pixels from its upper left corner.

/// A point: how far right, how far down.
pub type At = (i32, i32);

/// A rectangle between its upper left and its lower right corner.
pub type Area = (At, At);
