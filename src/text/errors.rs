//! Why something was not done, in plain words and with a way on.

use crate::domain::journal::ApplyError;
use crate::domain::note::TextError;

super::sentences! {
    not_copied = "Le lien n'a pas pu être copié. Vous pouvez copier l'adresse de la page.";
    no_level = "Choisissez d'abord où l'on en est.";
    invalid_day = "Ce jour n'existe pas. Choisissez-le dans le calendrier.";
}

/// Why an action changed nothing.
#[must_use]
pub fn apply(error: &ApplyError) -> String {
    super::typeset(&match error {
        ApplyError::UnknownItem(id) => format!("La convention n'a pas d'élément {id}."),
        ApplyError::FutureDay(day) => format!(
            "Le {} n'est pas encore venu. Choisissez aujourd'hui ou un jour passé.",
            super::dates::full(*day)
        ),
        ApplyError::Text(error) => text(*error),
        ApplyError::Gone => "Cet élément n'existe plus.".to_owned(),
        ApplyError::ChangedSince => {
            "Impossible d'annuler : cela a changé depuis, peut-être dans un autre onglet."
                .to_owned()
        }
    })
}

/// Why a text cannot be kept.
#[must_use]
pub fn text(error: TextError) -> String {
    match error {
        TextError::Empty => "Écrivez d'abord quelques mots.".to_owned(),
        TextError::TooLong { excess } => {
            let excess = super::counted(excess, "caractère", "caractères");
            format!("Le texte est trop long de {excess}.")
        }
    }
}
