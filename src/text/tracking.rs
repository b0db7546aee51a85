//! The tracking screen.

use crate::domain::convention::Convention;
use crate::domain::item::ItemId;
use crate::domain::tracking::{MarkerOrder, SeenFilter, TrackingFilter};

super::sentences! {
    title = "Suivre les marqueurs";
    filter = "Filtrer";
    filters = "Choisir les marqueurs";
    order = "Ordre";
    objective = "Objectif";
    all_objectives = "Tous les objectifs";
    seen = "État";
    notes = "Avec une note";
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

/// An order of the markers.
#[must_use]
pub fn order_label(order: MarkerOrder) -> &'static str {
    match order {
        MarkerOrder::Text => "Ordre du texte",
        MarkerOrder::Latest => "Les derniers notés d’abord",
        MarkerOrder::Unobserved => "Les jamais vus d’abord",
    }
}

/// What is chosen: « Se déplacer · Non observés · Les jamais vus d’abord »
#[must_use]
pub fn chosen(filter: TrackingFilter, convention: &Convention) -> String {
    let objective = filter.objective.map(ItemId::objective);
    let objective = objective.and_then(|id| convention.find(id)).map_or_else(
        || all_objectives().to_owned(),
        |found| super::typeset(found.short_name().unwrap_or(found.text())),
    );
    let seen = (filter.seen != SeenFilter::Any).then(|| seen_label(filter.seen).to_owned());
    let noted = filter.with_notes.then(|| notes().to_owned());
    let order = (filter.order != MarkerOrder::Text).then(|| order_label(filter.order).to_owned());
    let all = [Some(objective), seen, noted, order];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
