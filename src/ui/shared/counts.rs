//! How far an objective is: its pole and its counts.

use super::pole::pole;
use crate::domain::item::Code;
use crate::text;
use crate::ui::element::{El, el};
use crate::ui::store;

/// « 4 observés sur 13, dont 3 atteints » under one stripe a marker.
pub(in crate::ui) fn counts(code: Code) -> El {
    el("span").class("counts").with(parts(code))
}

/// What the counts of an objective consist of.
pub(in crate::ui) fn parts(code: Code) -> [El; 2] {
    let store = store();
    let words = move || text::progress::summary(store.progress(code));
    [pole(code), el("span").class("counts__words").text_now(words)]
}
