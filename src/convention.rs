//! The convention that this build of Jalons carries.
//!
//! The only module that knows which town it is about: another town's convention is another file
//! here, and nothing else changes.

use std::sync::OnceLock;

use crate::domain::convention::Convention;

/// The file, for tests and for those who build on it. The app embeds [`LINES`] instead.
pub const SOURCE: &str = include_str!("convention/illkirch-graffenstaden-2020-2022.json");

/// What `convention/build.rs` makes of the file: the same texts without the keys.
pub const LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/convention.txt"));

/// The embedded convention.
///
/// # Panics
/// Never: a native test reads the very same lines and compares them with the checked file.
#[must_use]
pub fn convention() -> &'static Convention {
    static CONVENTION: OnceLock<Convention> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "a native test proves that these lines are valid")]
    CONVENTION.get_or_init(|| Convention::from_lines(LINES).expect("the embedded lines are valid"))
}
