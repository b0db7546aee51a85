//! A progress marker: its row in a list and its page.

use crate::domain::day::Day;
use crate::domain::observation::{Confidence, Level};

super::sentences! {
    observe = "Où en est-on ?";
    day = "Vu le";
    offer = "Ou plutôt";
    more = "Préciser";
    details = "Plus";
    details_hint = "le jour, la certitude, la preuve, l'échéance";
    another_day = "Noter un autre jour";
    awaits_level = "Ce sera enregistré dès que vous aurez dit où l'on en est.";
    evidence = "À quoi le voit-on ?";
    evidence_hint = "Un lieu, un document, un nombre…";
    history = "Ce qui a été observé";
    history_empty = "Personne n'a encore observé ce marqueur sur cet appareil.";
    withdraw = "Retirer";
    wording_changed = "Le texte a changé depuis.";
}

/// The name of the tick button: « Atteint : Maintien des commerces ».
#[must_use]
pub fn tick(text: &str) -> String {
    super::typeset(&format!("Atteint : {text}"))
}

/// A marker's state in a row: « Atteint, 12 mars 2021 ».
#[must_use]
pub fn state(level: Level, day: Day, today: Day) -> String {
    let label = super::progress::level_label(Some(level));
    format!("{label}, {}", super::dates::day(day, today))
}

/// The line below the wording in a row: « Atteint, 12 mars 2021 · 2 notes »; empty without either.
#[must_use]
pub fn standing(state: Option<(Level, Day)>, notes: usize, today: Day) -> String {
    let seen = state.map(|(level, day)| self::state(level, day, today));
    let notes = (notes > 0).then(|| super::notes::count(notes));
    seen.into_iter().chain(notes).collect::<Vec<_>>().join(" · ")
}

/// « Certitude moyenne »
#[must_use]
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "Certitude faible",
        Confidence::Medium => "Certitude moyenne",
        Confidence::High => "Certitude forte",
    }
}

/// « Retirer l'observation du 12 mars 2021 »
#[must_use]
pub fn withdraw_named(day: Day) -> String {
    super::typeset(&format!("Retirer l'observation du {}", super::dates::full(day)))
}
