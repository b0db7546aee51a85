//! The tracking screen.

use crate::domain::tracking::SeenFilter;

super::sentences! {
    title = "Suivre les marqueurs";
    filters = "Choisir les marqueurs";
    objective = "Objectif";
    all_objectives = "Tous les objectifs";
    seen = "État";
    notes = "Avec mes notes";
    reset = "Tout montrer";
    none = "Aucun marqueur ne correspond à ces choix.";
}

/// « 12 marqueurs sur 105 »
#[must_use]
pub fn count(shown: usize, total: usize) -> String {
    let shown_text = super::progress::markers(shown);
    if shown == total { shown_text } else { format!("{shown_text} sur {total}") }
}

/// A choice of the filter by observation.
#[must_use]
pub fn seen_label(filter: SeenFilter) -> &'static str {
    match filter {
        SeenFilter::Any => "Tous les états",
        SeenFilter::Observed => "Observés",
        SeenFilter::Unobserved => "Non observés",
        SeenFilter::At(level) => super::progress::level_label(Some(level)),
    }
}
