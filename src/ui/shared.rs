//! Components of several screens. They take signals and callbacks, or an item's id; none knows which
//! screen shows it.

pub(super) mod app_status;
pub(super) mod buttons;
pub(super) mod disagreement;
pub(super) mod field;
pub(super) mod heading;
pub(super) mod icon;
pub(super) mod item;
pub(super) mod listening;
pub(super) mod markers;
pub(super) mod notes;
pub(super) mod notices;
pub(super) mod other_levels;
pub(super) mod pii;
pub(super) mod progress;
pub(super) mod reader_link;
pub(super) mod share;
pub(super) mod styles;
pub(super) mod terms;
