//! Consultations.

use super::element::El;

pub(super) mod urn;

/// x
pub(super) fn consult() -> Vec<El> {
    Vec::new()
}
