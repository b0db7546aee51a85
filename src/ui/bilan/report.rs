//! The report, composed for paper.

use crate::route::Section;
use crate::text::shell;
use crate::ui::element::El;
use crate::ui::shared::heading::heading;

/// The screen.
pub(super) fn report() -> Vec<El> {
    vec![heading(shell::section(Section::Bilan))]
}
