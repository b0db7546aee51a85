//! Error messages in plain words, with a way out.

use crate::domain::journal::ApplyError;
use crate::domain::note::TextError;

super::sentences! {
    gone = "Cet élément n'existe plus.";
    changed_since = "Impossible d'annuler : cela a changé depuis, peut-être dans un autre onglet.";
    empty = "Écrivez d'abord quelques mots.";
    invalid_day = "Ce jour n'existe pas. Choisissez-le dans le calendrier, entre 1900 et 2999.";
    wrong_clock = "L'horloge de cet appareil est fausse. Réglez-la, puis recommencez.";
}

/// Why an action failed.
#[must_use]
pub fn apply(error: &ApplyError) -> String {
    match error {
        ApplyError::UnknownItem(id) => {
            super::typeset(&format!("La convention n'a pas d'élément {id}."))
        }
        ApplyError::FutureDay(day) => super::typeset(&format!(
            "Le {} n'est pas encore venu. Choisissez aujourd'hui ou un jour passé.",
            super::dates::full(*day)
        )),
        ApplyError::WrongClock => wrong_clock().to_owned(),
        ApplyError::Text(error) => text(*error),
        ApplyError::Gone => gone().to_owned(),
        ApplyError::ChangedSince => changed_since().to_owned(),
    }
}

/// Why a text is refused.
#[must_use]
pub fn text(error: TextError) -> String {
    match error {
        TextError::Empty => empty().to_owned(),
        TextError::TooLong { excess } => {
            let excess = super::counted(excess, "caractère", "caractères");
            format!("Le texte est trop long de {excess}.")
        }
    }
}
