//! The browser, behind small functions that say what the app needs of it.
//!
//! Together with `ui`, `charts::canvas` and the adapters of `storage` the only user of `web-sys`. Nothing here decides:
//! what a failure means for a person is `store`'s to say.

pub mod address;
pub mod app_status;
pub mod barcode;
pub mod camera;
pub mod chunks;
pub mod clock;
pub mod date_field;
pub mod download;
pub mod drops;
pub mod events;
pub mod files;
pub mod fullscreen;
pub mod image_source;
pub mod page;
pub mod pointer;
pub(crate) mod reflect;
pub mod rng;
pub mod scroll;
pub mod session;
pub mod share;
pub mod sound;
pub mod storage_quota;
pub mod style;
pub mod timers;
pub mod visibility;
