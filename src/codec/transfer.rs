//! The binary form of invitations, ballots and results for links and QR codes: as few bytes as
//! possible.
//!
//! A payload is one header byte, a body, and the first four bytes of the SHA-256 of both. The
//! header is `0vvv0kkc`: the version, the kind, and whether the body is compressed (DEFLATE, RFC
//! 1951), which it is if that is shorter. The checksum is a SHA-256 because the app already has
//! that; a CRC would add a table for the same purpose. Later versions must keep the checksum in
//! place, so that an older app can tell newer from damaged. Version 2 gives ballots a
//! [`RulesFingerprint`] of 128 bits instead of 32; version 1 is read, and written only for a ballot
//! that came so. Invitations are the same in both. They are written as version 2, so that an older
//! app asks for an update instead of answering with 32 bits. Results came with version 3, and are read by
//! [`SharedResult`] alone.
//!
//! Any input is parsed or refused: parsing never panics, and never takes more memory than
//! [`LIMIT`].

use std::borrow::Cow;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::consultation::{Ballot, ConsultationId, Rules, RulesError};
use crate::domain::convention::Convention;

mod item;
mod pages;
mod result;
mod rules;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) mod tests;
mod wire;

pub use pages::{Page, PageProgress, Pages, link, pages, room, sheets};
pub use result::SharedResult;
pub use rules::{InvalidFingerprintError, RulesFingerprint, rules_bytes};

/// The decoded content: an invitation or a ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferPayload {
    /// An invitation to vote: everything a voter needs.
    Invitation {
        /// The lower half of the fingerprint of the convention that options come from.
        convention: u32,
        /// The consultation.
        id: ConsultationId,
        /// Its rules.
        rules: Rules,
    },
    /// A ballot that a voter hands over; it is not checked against the rules.
    Ballot {
        /// The consultation that it answers.
        consultation: ConsultationId,
        /// The fingerprint of the rules that the voter saw.
        rules: RulesFingerprint,
        /// The ballot.
        ballot: Ballot,
    },
}

/// Why input cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TransferError {
    /// It is not from this app.
    #[error("it is no parcel of this app")]
    Foreign,
    /// It is damaged: the checksum does not match.
    #[error("it is damaged")]
    Damaged,
    /// A later version of the app wrote it; the number is its version.
    #[error("it has version {0}")]
    Newer(u8),
    /// It is larger than any payload of this app.
    #[error("it is larger than {limit} bytes", limit = LIMIT)]
    TooLarge,
    /// Its rules are invalid.
    #[error("its rules are not complete: {0}")]
    Flawed(#[from] RulesError),
    /// The checksum matches, but the content is invalid.
    #[error("it is whole and makes no sense")]
    Malformed,
}

/// A size that no payload exceeds: 52 options of 160 characters with four bytes each take 34,000
/// bytes, their comparisons 11,000, and a conclusion of 4,000 characters 16,000.
pub const LIMIT: usize = 64_000;

const VERSION: u8 = 2;
/// The former version.
const FIRST: u8 = 1;
const COMPRESSED: u8 = 1;
const BALLOT: u8 = 2;
const RESULT: u8 = 4;
/// The version in which results came.
const RESULT_VERSION: u8 = 3;
const CHECKSUM: usize = 4;

/// Encodes a payload.
///
/// # Errors
/// None that today's payloads can cause: they can all be encoded.
pub fn pack(parcel: &TransferPayload) -> Result<Vec<u8>, postcard::Error> {
    let (version, kind, body) = match parcel {
        TransferPayload::Invitation { convention, id, rules } => {
            (VERSION, 0, postcard::to_allocvec(&wire::Invitation::of(*convention, *id, rules)))
        }
        TransferPayload::Ballot { consultation, rules, ballot } => match *rules {
            RulesFingerprint::Whole(rules) => {
                let body = wire::Return::of(*consultation, rules, ballot);
                (VERSION, BALLOT, postcard::to_allocvec(&body))
            }
            RulesFingerprint::Short(rules) => {
                let body = wire::FirstReturn::of(*consultation, rules, ballot);
                (FIRST, BALLOT, postcard::to_allocvec(&body))
            }
        },
    };
    Ok(sealed(version << 4 | kind, body?))
}

/// The body, compressed if that is shorter, between its header and its checksum.
fn sealed(header: u8, body: Vec<u8>) -> Vec<u8> {
    let shorter = Some(compress_to_vec(&body, 9)).filter(|packed| packed.len() < body.len());
    let mut bytes = vec![header | if shorter.is_some() { COMPRESSED } else { 0 }];
    bytes.extend(shorter.unwrap_or(body));
    let checksum = checksum(&bytes);
    bytes.extend(checksum);
    bytes
}

/// Decodes a payload.
///
/// # Errors
/// When the bytes are not a payload, or not one that this version can read.
pub fn unpack(bytes: &[u8]) -> Result<TransferPayload, TransferError> {
    let (header, body) = content(bytes)?;
    let version = header >> 4;
    match version {
        FIRST | VERSION => {}
        3..8 => return Err(TransferError::Newer(version)),
        _ => return Err(TransferError::Foreign),
    }
    let body = &*inflated(header, body)?;
    match header & 0b1111 & !COMPRESSED {
        0 => wire::read::<wire::Invitation>(body)?.parcel(),
        BALLOT if version == FIRST => wire::read::<wire::FirstReturn>(body)?.parcel(),
        BALLOT => wire::read::<wire::Return>(body)?.parcel(),
        _ => Err(TransferError::Malformed),
    }
}

/// The header and the body, after checking the checksum.
fn content(bytes: &[u8]) -> Result<(u8, &[u8]), TransferError> {
    if bytes.len() > LIMIT {
        return Err(TransferError::TooLarge);
    }
    let at = bytes.len().checked_sub(CHECKSUM).ok_or(TransferError::Foreign)?;
    let (content, sum) = bytes.split_at(at);
    let (header, body) = content.split_first().ok_or(TransferError::Foreign)?;
    if sum == checksum(content) { Ok((*header, body)) } else { Err(TransferError::Damaged) }
}

/// The body as it was before it was compressed, if it was.
fn inflated(header: u8, body: &[u8]) -> Result<Cow<'_, [u8]>, TransferError> {
    if header & COMPRESSED == 0 {
        return Ok(body.into());
    }
    let inflated = decompress_to_vec_with_limit(body, LIMIT);
    inflated.map(Cow::from).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => TransferError::TooLarge,
        _ => TransferError::Malformed,
    })
}

/// Whether bytes are a result, which [`SharedResult`] reads; any other version of one is newer.
#[must_use]
pub fn is_result(bytes: &[u8]) -> bool {
    content(bytes).is_ok_and(|(header, _)| header & RESULT != 0 && header >> 4 == RESULT_VERSION)
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM] {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(content));
    [a, b, c, d]
}

/// The encoded ballot: two are equal only if the ballots are.
pub(super) fn ballot_bytes(ballot: &Ballot) -> Vec<u8> {
    // Every ballot can be encoded.
    postcard::to_allocvec(&wire::Ballot::of(ballot)).unwrap_or_default()
}

impl TransferPayload {
    /// An invitation to a consultation about this convention.
    #[must_use]
    pub fn invitation(convention: &Convention, id: ConsultationId, rules: Rules) -> Self {
        Self::Invitation { convention: convention_fingerprint(convention), id, rules }
    }

    /// A ballot under these rules.
    #[must_use]
    pub fn ballot(consultation: ConsultationId, rules: &Rules, ballot: Ballot) -> Self {
        Self::Ballot { consultation, rules: RulesFingerprint::of(consultation, rules), ballot }
    }
}

/// The fingerprint of a convention in an invitation: the lower half of the whole one.
#[must_use]
pub fn convention_fingerprint(convention: &Convention) -> u32 {
    let lower = convention.fingerprint().0 & u64::from(u32::MAX);
    u32::try_from(lower).unwrap_or_default()
}
