//! The facilitator's code: a few characters that keep a voter from closing the urn by accident. It
//! is not a lock: anyone with the device and the skill can read its stored data.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::super::stamp::Token;
use super::ConsultationId;

/// The hash of a facilitator's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeHash(Token);

/// The code has fewer than 4 or more than 12 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a code has 4 to 12 characters")]
pub struct InvalidCodeError;

impl CodeHash {
    /// The hash of this code in this consultation. Blank ends and the case of ASCII letters are
    /// ignored.
    ///
    /// # Errors
    /// When the code is too short or too long.
    pub fn of(consultation: ConsultationId, code: &str) -> Result<Self, InvalidCodeError> {
        let code = code.trim().to_ascii_lowercase();
        if !(4..=12).contains(&code.chars().count()) {
            return Err(InvalidCodeError);
        }
        let digest = digest(&[b"jalons code", &consultation.0.0.to_be_bytes(), code.as_bytes()]);
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Ok(Self(Token(u64::from_be_bytes(first))))
    }
}

/// The SHA-256 hash (FIPS 180-4) of the parts, each preceded by its length.
pub(super) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
