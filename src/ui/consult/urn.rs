//! Urn.
use crate::ui::element::El;

/// x
pub(in crate::ui) fn urn() -> Vec<El> {
    Vec::new()
}
