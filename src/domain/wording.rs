//! A short fingerprint of an item's text.
//!
//! A record stores the fingerprint of the item's wording at the time of writing, so that the app
//! can tell when the wording has changed.

use std::fmt;
use std::hash::Hasher;
use std::str::FromStr;

use fnv::FnvHasher;
use thiserror::Error;

use super::serde_str::serde_as_str;

/// 32 bits of FNV-1a over the UTF-8 text, written as 8 lower-case hexadecimal digits.
///
/// The 64-bit hash is folded by exclusive or, as its authors advise for shorter ones (Fowler, Noll
/// and Vo, "FNV Hash", section "xor-folding"). It detects edits; it is not safe against deliberate
/// collisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordingHash(u32);

/// The text is not 8 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a fingerprint of 8 lower-case hexadecimal digits")]
pub struct InvalidWordingHashError;

impl WordingHash {
    /// The fingerprint of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut hasher = FnvHasher::default();
        hasher.write(text.as_bytes());
        let hash = hasher.finish();
        let (high, low) = (hash >> 32, hash & u64::from(u32::MAX));
        Self(u32::try_from(high ^ low).unwrap_or_default())
    }
}

impl FromStr for WordingHash {
    type Err = InvalidWordingHashError;

    fn from_str(text: &str) -> Result<Self, InvalidWordingHashError> {
        let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 8 || !text.bytes().all(plain) {
            return Err(InvalidWordingHashError);
        }
        u32::from_str_radix(text, 16).map(Self).map_err(|_| InvalidWordingHashError)
    }
}

impl fmt::Display for WordingHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

serde_as_str!(WordingHash, pattern = "^[0-9a-f]{8}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_folded_fnv_1a() {
        // The authors' test vectors give 0xcbf29ce484222325 for the empty text and
        // 0xaf63dc4c8601ec8c for "a"; folded by hand.
        assert_eq!(WordingHash::of("").to_string(), "4fd0bfc1");
        assert_eq!(WordingHash::of("a").to_string(), "296230c0");
    }
}
