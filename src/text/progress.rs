//! Levels, counts and the progress chart in words.

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

/// A level in lower case, for sentences; `None` is unobserved.
#[must_use]
pub fn level(level: Option<Level>) -> &'static str {
    match level {
        None => unobserved(),
        Some(Level::NotYet) => "pas encore",
        Some(Level::InProgress) => "en cours",
        Some(Level::Reached) => "atteint",
        Some(Level::NotObservable) => "non observable",
    }
}

/// A level as a label.
#[must_use]
pub fn level_label(level: Option<Level>) -> &'static str {
    match level {
        None => "Non observé",
        Some(Level::NotYet) => "Pas encore",
        Some(Level::InProgress) => "En cours",
        Some(Level::Reached) => "Atteint",
        Some(Level::NotObservable) => "Non observable",
    }
}

/// The meaning of a level, shown with the choice.
#[must_use]
pub fn level_hint(level: Level) -> &'static str {
    match level {
        Level::NotYet => super::set!("J'ai regardé : rien pour l'instant"),
        Level::InProgress => super::set!("C'est commencé"),
        Level::Reached => super::set!("C'est là"),
        Level::NotObservable => super::set!("On ne peut pas le voir d'ici"),
    }
}

/// A degree of confidence.
#[must_use]
pub fn confidence_label(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "Faible",
        Confidence::Medium => "Moyenne",
        Confidence::High => "Forte",
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
