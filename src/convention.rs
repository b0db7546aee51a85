//! The convention that this build of Jalons carries.
//!
//! The only module that knows which town it is about: another town's convention is another file
//! here, and nothing else changes.

use std::sync::OnceLock;

use crate::domain::convention::Convention;

/// The file as it is embedded.
pub const SOURCE: &str = include_str!("convention/illkirch-graffenstaden-2020-2022.json");

/// The embedded convention.
///
/// # Panics
/// Never: the native test `the_embedded_convention_is_valid` reads the very same file.
#[must_use]
pub fn convention() -> &'static Convention {
    static CONVENTION: OnceLock<Convention> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "a native test proves that this file is valid")]
    CONVENTION.get_or_init(|| Convention::from_json(SOURCE).expect("the embedded file is valid"))
}
