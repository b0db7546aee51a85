//! Ballots on paper: printing them, and keying what comes back.

use crate::domain::consultation::Rules;
use crate::domain::convention::Convention;
use crate::text;

mod entry;
mod sheets;

pub(in crate::ui) use entry::{PaperEntry, entry};
pub(in crate::ui) use sheets::{Sheets, sheets};

/// What each option says, in the order of the rules.
fn texts(rules: &Rules, convention: &Convention) -> Vec<String> {
    rules.options().iter().map(|choice| text::consultation::option(choice, convention)).collect()
}

/// What each option is known by in small places.
fn shorts(rules: &Rules) -> Vec<String> {
    let options = rules.options();
    options.iter().map(|choice| text::consultation::short(choice, options)).collect()
}
