//! How far an objective is: its pole and its counts.

use super::pole::pole;
use crate::domain::item::Code;
use crate::text;
use crate::ui::element::{El, el};
use crate::ui::store;

/// « 4 observés sur 13, dont 3 atteints » under one stripe a marker.
pub(in crate::ui) fn counts(code: Code) -> El {
    let store = store();
    let words = move || text::progress::summary(store.progress(code));
    let words = el("span").class("counts__words").text_now(words);
    el("span").class("counts").add(pole(code)).add(words)
}
