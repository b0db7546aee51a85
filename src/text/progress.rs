//! Levels, counts and the progress chart in words.

use crate::domain::item::Code;
use crate::domain::observation::{Confidence, Level};
use crate::domain::progress::Progress;

super::sentences! {
    unobserved = "non observé";
    chart_title = "Où en sont les marqueurs";
    chart_table = "Voir les chiffres";
    chart_caption = "Nombre de marqueurs à chaque état, par objectif";
    column_objective = "Objectif";
    column_total = "Total";
    confidence = "Certitude";
    confidence_none = "Sans avis";
}

/// A level, in lower case as it stands in a sentence; `None` for never observed.
#[must_use]
pub fn level(level: Option<Level>) -> String {
    match level {
        None => unobserved(),
        Some(Level::NotYet) => "pas encore".to_owned(),
        Some(Level::InProgress) => "en cours".to_owned(),
        Some(Level::Reached) => "atteint".to_owned(),
        Some(Level::NotObservable) => "non observable".to_owned(),
    }
}

/// A level, as a label that stands alone.
#[must_use]
pub fn level_label(of: Option<Level>) -> String {
    capitalised(&level(of))
}

/// What a level means, for those who choose it.
#[must_use]
pub fn level_hint(level: Level) -> String {
    super::typeset(match level {
        Level::NotYet => "J'ai regardé : rien pour l'instant",
        Level::InProgress => "C'est commencé",
        Level::Reached => "C'est là",
        Level::NotObservable => "On ne peut pas le voir d'ici",
    })
}

/// A degree of confidence.
#[must_use]
pub fn confidence_label(confidence: Confidence) -> String {
    match confidence {
        Confidence::Low => "Faible".to_owned(),
        Confidence::Medium => "Moyenne".to_owned(),
        Confidence::High => "Forte".to_owned(),
    }
}

/// « 4 observés sur 13 »
///
/// ```
/// use jalons::domain::progress::Progress;
/// use jalons::text::progress::observed;
///
/// let none = Progress { total: 13, ..Progress::default() };
/// assert_eq!(observed(none), "0 observé sur 13");
/// assert_eq!(observed(Progress { reached: 4, ..none }), "4 observés sur 13");
/// ```
#[must_use]
pub fn observed(progress: Progress) -> String {
    format!("{} sur {}", super::counted(progress.observed(), "observé", "observés"), progress.total)
}

/// « dont 3 atteints », where there are any.
#[must_use]
pub fn of_which_reached(progress: Progress) -> Option<String> {
    let reached = super::counted(progress.reached, "atteint", "atteints");
    (progress.reached > 0).then(|| format!("dont {reached}"))
}

/// « 4 observés sur 13, dont 3 atteints »
#[must_use]
pub fn summary(progress: Progress) -> String {
    let observed = observed(progress);
    match of_which_reached(progress) {
        Some(reached) => format!("{observed}, {reached}"),
        None => observed,
    }
}

/// « 13 marqueurs »
#[must_use]
pub fn markers(count: usize) -> String {
    super::counted(count, "marqueur", "marqueurs")
}

/// A chart's row: « Objectif 1 : 4 observés sur 34 »
#[must_use]
pub fn chart_title_of(code: Code, progress: Progress) -> String {
    super::typeset(&format!("Objectif {code} : {}", observed(progress)))
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
