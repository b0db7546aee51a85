//! Paper ballots: printing them, and keying the filled ones.

use crate::domain::consultation::{Choice, Rules};
use crate::domain::convention::Convention;
use crate::text;
use crate::ui::element::{El, el};

mod entry;
mod sheets;

pub(in crate::ui) use entry::{PaperEntry, deciding, entry};
pub(in crate::ui) use sheets::{Sheets, sheets};

/// The text of each option, in the order of the rules.
fn texts(rules: &Rules, convention: &Convention) -> Vec<String> {
    rules.options().iter().map(|choice| text::consultation::option(choice, convention)).collect()
}

/// The label between an option's number and its text: the code of an item, nothing for others.
fn known(choice: &Choice, class: &'static str) -> Option<El> {
    text::paper::known(choice).map(|code| el("span").class(class).untranslated().text(&code))
}

/// The names of options in a line: items by their code, others by their text.
pub(in crate::ui) fn names(rules: &Rules, convention: &Convention) -> Vec<String> {
    let name = |choice: &Choice| match text::paper::known(choice) {
        Some(code) => code,
        None => text::consultation::option(choice, convention),
    };
    rules.options().iter().map(name).collect()
}
