//! The browser, behind small functions that say what the app needs of it.
//!
//! Together with `ui` and `charts::canvas` the only user of `web-sys`. Nothing here decides:
//! what a failure means for a person is `store`'s to say.

pub mod address;
pub mod barcode;
mod by_name;
pub mod camera;
pub mod chance;
pub mod clock;
pub mod date_field;
pub mod download;
pub mod drops;
pub mod events;
pub mod files;
pub mod frames;
pub mod fullscreen;
pub mod later;
pub mod page;
pub mod parts;
pub mod pointer;
pub mod room;
pub mod scroll;
pub mod session;
pub mod share;
pub mod shelf;
pub mod sight;
pub mod sound;
pub mod standing;
pub mod style;
pub mod tabs;
pub mod vault;
