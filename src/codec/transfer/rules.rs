//! What the rules of a consultation are known by.
//!
//! A ballot says by it which rules its voter saw, and the urn takes it only for those. It has to
//! hold against somebody who writes two sets of rules, hands out one and counts by the other. At 32
//! bits, as version 1 had it, two sets that agree take 2^16 trials, less than a second, and one that
//! agrees with a given set 2^32, some hours. At 128 bits two that agree take about 2^64 digests, one
//! that agrees with a given set 2^128.

use sha2::{Digest, Sha256};

use super::wire;
use crate::domain::consultation::{ConsultationId, Rules};
use crate::domain::serde_str::serde_as_str;

/// What a ballot says of the rules that its voter saw: the beginning of the SHA-256 (FIPS 180-4) of
/// [`rules_bytes`]. The consultation's id is in it, and it is the same in all versions of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesFingerprint {
    /// As version 1 of ballots has it: 32 bits. It is taken for what it says, because who voted
    /// with the app of then can say no more; today's app never writes it.
    Short(u32),
    /// 128 bits.
    Whole(u128),
}

impl RulesFingerprint {
    /// That of these rules, in full.
    #[must_use]
    pub fn of(id: ConsultationId, rules: &Rules) -> Self {
        let mut first = [0; 16];
        first.copy_from_slice(&Sha256::digest(rules_bytes(id, rules))[..16]);
        Self::Whole(u128::from_be_bytes(first))
    }

    /// Whether it is that of these rules, as far as it goes.
    #[must_use]
    pub fn fits(self, id: ConsultationId, rules: &Rules) -> bool {
        let Self::Whole(whole) = Self::of(id, rules) else { return false };
        match self {
            Self::Whole(own) => own == whole,
            Self::Short(own) => u128::from(own) == whole >> 96,
        }
    }
}

/// The bytes of a consultation's rules and its id: equal rules, and only they, have the same.
#[must_use]
pub fn rules_bytes(id: ConsultationId, rules: &Rules) -> Vec<u8> {
    // There is nothing in rules that has no binary form.
    postcard::to_allocvec(&wire::Invitation::of(0, id, rules)).unwrap_or_default()
}

/// Text that is not so many lower-case hexadecimal digits.
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

// What is written from version 2 on; version 1 has 8 digits.
serde_as_str!(RulesFingerprint, pattern = "^[0-9a-f]{32}$");
