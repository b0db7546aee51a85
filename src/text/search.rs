//! The search screen.

use crate::domain::search::Target;

super::sentences! {
    title = "Chercher";
    label = "Chercher dans la convention et dans vos notes";
    placeholder = "école, logement, 1.2.1…";
    hint = "Les accents et les pluriels ne comptent pas.";
    none = "Rien ne correspond.";
    none_hint = "Essayez un seul mot, ou un mot plus court.";
    near = "Rien avec tous ces mots. Voici le plus proche.";
    themes = "Choisir un thème";
    results = "Résultats de la recherche";
}

/// « 12 résultats »
#[must_use]
pub fn count(count: usize) -> String {
    super::counted(count, "résultat", "résultats")
}

/// The message for no results, with the words of the query.
#[must_use]
pub fn none_for(words: &str) -> String {
    super::typeset(&format!("Rien ne correspond à « {} ».", words.trim()))
}

/// The kind of a hit.
#[must_use]
pub fn target(target: Target) -> String {
    match target {
        Target::Note(note) => format!("Ma note · {}", super::shell::item_name(note.item)),
        other => super::shell::item_name(other.item()),
    }
}
