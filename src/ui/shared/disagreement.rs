//! Words how far devices are from agreeing on a marker.

use crate::store::Disagreement;
use crate::text::views as words;
use crate::ui::element::{El, el};

/// Says how far devices are from agreeing, and whether progress between their observations may
/// explain it.
pub(in crate::ui) fn disagreement(of: &Disagreement) -> Vec<El> {
    let Some(days) = of.days else {
        return vec![el("p").text(words::agree())];
    };
    let steps = words::apart(of.spread.placed, of.spread.steps);
    let days = words::days_apart(days, of.may_be_progress);
    vec![el("p").text(&steps), el("p").class("muted").text(&days)]
}
