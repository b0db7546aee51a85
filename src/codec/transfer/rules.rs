//! The fingerprint of a consultation's rules.
//!
//! A ballot carries it to say which rules its voter saw, and the urn accepts the ballot only for
//! those. It must withstand an attacker who writes two sets of rules, shows one and counts by the
//! other. With the 32 bits of version 1, two sets that agree take 2^16 trials, less than a second,
//! and one that agrees with a given set takes 2^32, some hours. With 128 bits, two sets that agree
//! take about 2^64 digests, and one that agrees with a given set 2^128.

use sha2::{Digest, Sha256};

use super::wire;
use crate::domain::consultation::{ConsultationId, Rules};
use crate::domain::serde_str::serde_as_str;

/// The fingerprint of the rules that a voter saw: the beginning of the SHA-256 (FIPS 180-4) of
/// [`rules_bytes`]. It covers the consultation's id, and is the same in all versions of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesFingerprint {
    /// The 32 bits of version 1 of ballots. They are accepted, because a person who voted with that
    /// version cannot send more; this version never creates them.
    Short(u32),
    /// 128 bits.
    Whole(u128),
}

impl RulesFingerprint {
    /// The full fingerprint of these rules.
    #[must_use]
    pub fn of(id: ConsultationId, rules: &Rules) -> Self {
        let mut first = [0; 16];
        first.copy_from_slice(&Sha256::digest(rules_bytes(id, rules))[..16]);
        Self::Whole(u128::from_be_bytes(first))
    }

    /// Whether it matches these rules, in the bits that it has.
    #[must_use]
    pub fn fits(self, id: ConsultationId, rules: &Rules) -> bool {
        let Self::Whole(whole) = Self::of(id, rules) else { return false };
        match self {
            Self::Whole(own) => own == whole,
            Self::Short(own) => u128::from(own) == whole >> 96,
        }
    }
}

/// The encoded rules of a consultation with its id: two are equal only if the rules are.
#[must_use]
pub fn rules_bytes(id: ConsultationId, rules: &Rules) -> Vec<u8> {
    // All rules can be encoded.
    postcard::to_allocvec(&wire::Invitation::of(0, id, rules)).unwrap_or_default()
}

/// The text does not have this many lower-case hexadecimal digits.
#[derive(Debug, thiserror::Error)]
#[error("not a fingerprint of 8 or 32 lower-case hexadecimal digits")]
pub struct InvalidFingerprintError;

impl std::str::FromStr for RulesFingerprint {
    type Err = InvalidFingerprintError;

    fn from_str(text: &str) -> Result<Self, InvalidFingerprintError> {
        let read = match text.len() {
            8 => u32::from_str_radix(text, 16).ok().map(Self::Short),
            32 => u128::from_str_radix(text, 16).ok().map(Self::Whole),
            _ => None,
        };
        read.filter(|read| read.to_string() == text).ok_or(InvalidFingerprintError)
    }
}

impl std::fmt::Display for RulesFingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Short(bits) => write!(f, "{bits:08x}"),
            Self::Whole(bits) => write!(f, "{bits:032x}"),
        }
    }
}

// The form of version 2 and later; version 1 has 8 digits.
serde_as_str!(RulesFingerprint, pattern = "^[0-9a-f]{32}$");
