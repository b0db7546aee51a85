//! Objectives, results and the full text; the names of items.

use super::shell::item_word;
use super::typeset;
use crate::domain::convention::{Convention, Item};
use crate::domain::item::ItemId;

super::sentences! {
    results = "Les résultats attendus";
    markers = "Les marqueurs de progrès";
    below = "Les objectifs qui le servent";
    previous = "Précédent";
    next = "Suivant";
    plain_label = "En clair : ";
    plain_is_ours = "Reformulation : le texte officiel fait foi.";
    acronyms = "Sigles de ce texte";
    around = "Objectifs voisins";
    full_text_title = "Toute la convention";
    full_text_lead = "Le texte complet sur une page, à projeter ou à imprimer.";
    full_text_link = "Lire toute la convention sur une page";
    markers_lead = "Touchez le rond quand c’est atteint, le texte pour en dire plus.";
}

/// « QPV : Quartier prioritaire de la politique de la ville »
#[must_use]
pub fn meaning(term: &str, meaning: &str) -> String {
    super::labelled(term, &typeset(meaning))
}

/// The name that people read: an objective's everyday name, or its title where it has none; the
/// wording of a result or a marker.
#[must_use]
pub fn name(item: Item<'_>) -> String {
    typeset(item.short_name().unwrap_or(item.text()))
}

/// The name of the objective that an item is, or belongs to.
#[must_use]
pub fn objective_name(convention: &Convention, id: ItemId) -> String {
    convention.find(ItemId::objective(id.code())).map(name).unwrap_or_default()
}

/// An item where space is short: « Aller vers les habitants · 1.1.1 ».
#[must_use]
pub fn short(convention: &Convention, id: ItemId) -> String {
    let name = convention.find(id).map(name).unwrap_or_default();
    format!("{name} · {id}")
}

/// An item by the name of its objective: « Aller vers les habitants (marqueur 1.1.1-m2) ».
#[must_use]
pub fn place(convention: &Convention, id: ItemId) -> String {
    named(&objective_name(convention, id), id)
}

/// An item by its own name: « Développer une culture commune sur le 1er accueil (marqueur
/// 1.1.1-m2) », « Aller vers les habitants (objectif 1.1.1) ».
#[must_use]
pub fn full(convention: &Convention, id: ItemId) -> String {
    named(&convention.find(id).map(name).unwrap_or_default(), id)
}

/// An item by its official wording: « Développer une culture commune (marqueur 1.1.1-m2) ».
#[must_use]
pub fn official(convention: &Convention, id: ItemId) -> String {
    named(&convention.find(id).map(|item| typeset(item.text())).unwrap_or_default(), id)
}

/// The code follows a word: alone, French spreadsheet programs take it for a date.
fn named(name: &str, id: ItemId) -> String {
    format!("{name} ({} {id})", item_word(id).to_ascii_lowercase())
}
