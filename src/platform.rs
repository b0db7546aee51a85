//! Adapters of browser APIs, as small functions for the needs of the app.
//!
//! Only this layer, `ui`, `charts::canvas` and the adapters of `storage` use `web-sys`. Adapters
//! decide nothing: `store` decides what a failure means for the person.

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
pub mod keys;
pub mod page;
pub mod pointer;
pub(crate) mod reflect;
pub mod rng;
pub mod scroll;
pub mod session;
pub mod share;
pub mod sound;
pub mod speech;
pub mod storage_quota;
pub mod style;
pub mod timers;
pub mod unicode;
pub mod visibility;
