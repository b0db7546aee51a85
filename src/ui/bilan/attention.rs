//! The markers that want a look.

use crate::route::Section;
use crate::text::shell;
use crate::ui::element::El;
use crate::ui::shared::heading::heading;

/// The screen.
pub(super) fn attention() -> Vec<El> {
    vec![heading(shell::section(Section::Bilan))]
}
