//! Why a keyed number or line is refused, and what to do about it.

use super::super::{counted, set, typeset};
use crate::domain::consultation::{LineError, NumberError, VoteError};

/// Why a number cannot be keyed now.
#[must_use]
pub fn number_error(error: NumberError) -> String {
    match error {
        NumberError::NotANumber => {
            set!("Écrivez le numéro imprimé en haut du bulletin.").to_owned()
        }
        NumberError::NotPrinted { printed: 0 } => {
            set!("Aucun bulletin n'a été imprimé pour cette consultation.").to_owned()
        }
        NumberError::NotPrinted { printed } => typeset(&format!(
            "Les bulletins imprimés vont du n° 1 au n° {printed}. Vérifiez le numéro et le code de la consultation."
        )),
        NumberError::KeyedOnce => {
            set!("Ce bulletin est déjà saisi une fois : il attend le second passage.").to_owned()
        }
        NumberError::NotKeyedYet => {
            set!("Ce bulletin n'a pas encore été saisi au premier passage.").to_owned()
        }
        NumberError::Settled => {
            set!("Ce bulletin est réglé : deux saisies concordent, ou il est nul.").to_owned()
        }
    }
}

/// Why a keyed line is invalid.
#[must_use]
pub fn line_error(error: &LineError) -> String {
    let sentence = match error {
        LineError::Empty => {
            "Écrivez les choix, / pour un vote blanc, ou * et la raison.".to_owned()
        }
        LineError::NotUnderstood(word) => format!(
            "« {word} » ne veut rien dire ici. Un vote blanc s'écrit /, un bulletin nul * et la raison."
        ),
        LineError::NoSuchOption { number, options } => {
            format!("Il n'y a pas de choix {number} : ils vont de 1 à {options}.")
        }
        LineError::Twice(number) => format!("Le choix {number} est écrit deux fois."),
        LineError::Marks { expected, found } => {
            let found = counted(*found, "marque", "marques");
            format!("{found} pour {expected} choix : mettez - pour un choix sans mention.")
        }
        LineError::NoReason => "Il manque la raison : pourquoi ce bulletin est-il nul ?".to_owned(),
        LineError::LongReason { excess } => {
            let excess = counted(*excess, "caractère", "caractères");
            format!("La raison est trop longue de {excess}.")
        }
        LineError::Breach(breach) => return broken(*breach),
    };
    typeset(&sentence)
}

/// The rule that the paper breaks, and what to do about it.
fn broken(breach: VoteError) -> String {
    let what = match breach {
        VoteError::Nothing => {
            return set!("Rien n'est choisi : écrivez / pour un vote blanc.").to_owned();
        }
        VoteError::TooManyDots { given, allowed } => {
            format!("{given} gommettes au lieu de {allowed} au plus")
        }
        VoteError::OverCap { option, given, allowed } => {
            format!("{given} gommettes au choix {}, {allowed} au plus", option + 1)
        }
        VoteError::OtherMethod | VoteError::OtherOptions { .. } | VoteError::Ranks => {
            "Ce n'est pas un bulletin de cette consultation".to_owned()
        }
    };
    let way = "Si c'est ce que dit le papier, il est nul : écrivez * et la raison.";
    typeset(&format!("{what}. {way}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_that_breaks_the_rules_is_shown_the_way_to_void() {
        let many = LineError::Breach(VoteError::TooManyDots { given: 5, allowed: 4 });
        let said = line_error(&many);
        assert!(said.starts_with("5 gommettes au lieu de 4") && said.contains("écrivez *"));
    }
}
