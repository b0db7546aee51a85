//! Sentences of the carnet's Markdown report.

use crate::domain::day::Day;
use crate::domain::observation::{Confidence, Level};

use super::{carnet, dates, notes, progress, typeset};

super::sentences! {
    evidence = "Preuve :";
    unobserved = "« Non observé » ne veut pas dire « pas atteint » : personne n'a encore regardé.";
}

/// « État au 12 mars 2021 : 3 observations, 1 note. »
#[must_use]
pub fn counts(today: Day, observations: usize, noted: usize) -> String {
    typeset(&format!(
        "État au {} : {}, {}.",
        dates::full(today),
        carnet::observations(observations),
        notes::count(noted)
    ))
}

/// « État : atteint, le 12 mars 2021 (Tablette de l'accueil) »
#[must_use]
pub fn state(level: Level, day: Day, device: &str) -> String {
    let level = progress::level(Some(level));
    typeset(&format!("État : {level}, le {} ({device})", dates::full(day)))
}

/// « , certitude faible »: follows the state.
#[must_use]
pub const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => ", certitude faible",
        Confidence::Medium => ", certitude moyenne",
        Confidence::High => ", certitude forte",
    }
}

/// « Idée, gardée pour soi »
#[must_use]
pub fn note_kind(kind: &str, private: bool) -> String {
    let private = if private { ", gardée pour soi" } else { "" };
    format!("{kind}{private}")
}
