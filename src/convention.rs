//! The convention embedded in this build of Jalons.
//!
//! The only module that depends on the town: for another town, replace the file in its folder.

use std::sync::OnceLock;

use crate::domain::convention::Convention;

/// The convention's file, for tests and tools. The app embeds [`LINES`] instead.
pub const SOURCE: &str = include_str!("convention/illkirch-graffenstaden-2020-2022.json");

/// The lines that `convention/build.rs` generates from the file: the same texts without the keys.
pub const LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/convention.txt"));

/// The embedded convention.
///
/// # Panics
/// Never: a native test parses the same lines and compares them with the checked file.
#[must_use]
pub fn convention() -> &'static Convention {
    static CONVENTION: OnceLock<Convention> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "a native test proves that these lines are valid")]
    CONVENTION.get_or_init(|| Convention::from_lines(LINES).expect("the embedded lines are valid"))
}
