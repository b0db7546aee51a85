//! Codes, cameras and files: sending a consultation to a phone, and handing a ballot back.

use crate::codec::poll_file::{PollContentError, PollFileError};
use crate::codec::transfer::TransferError;
use crate::domain::consultation::VoteError;

use super::{import, set, typeset};

super::sentences! {
    previous = "Code précédent";
    next = "Code suivant";
    pages_lead = "Il y a trop de texte pour un seul code : montrez-les l'un après l'autre.";
    no_code = "Il y a trop de texte pour un code. Envoyez plutôt le lien ou le fichier.";
    scan = "Scanner avec la caméra";
    stop = "Arrêter la caméra";
    preview = "Ce que voit la caméra";
    starting = "La caméra démarre…";
    aim = "Placez le code dans l'image. Chaque code lu est annoncé ; continuez avec le suivant.";
    search_help = "Toujours aucun code lu. Approchez-vous jusqu'à ce que le code remplisse presque l'image, sans ombre ni reflet, et ne bougez plus. Sinon, lisez une photo du code, ou collez le lien.";
    sound = "Un son à chaque code lu";
    picture = "Lire une photo de code";
    reading = "Lecture de l'image…";
    no_picture = "Ce fichier n'est pas une image que le navigateur connaisse.";
    nothing_found = "Aucun code n'est lisible dans cette image. Reprenez-la de plus près, bien droite et bien nette, sans ombre ni reflet, avec un peu de marge autour du code.";
    insecure = "Le navigateur ne donne la caméra qu'aux pages sûres, dont l'adresse commence par https. Lisez une photo du code, ou collez le lien.";
    no_camera = "Aucune caméra n'a été trouvée. Lisez une photo du code, ou collez le lien.";
    refused = "La caméra n'est pas autorisée. Autorisez-la pour cette page dans les réglages du navigateur, puis réessayez ; ou lisez une photo du code.";
    busy = "La caméra ne répond pas : un autre programme s'en sert sans doute. Fermez-le, puis réessayez.";
    no_reader = "Ce qui lit les codes n'a pas pu être chargé. Vérifiez la connexion, puis réessayez.";
}

/// « Code 2 sur 3 »
#[must_use]
pub fn page(number: usize, of: usize) -> String {
    format!("Code {number} sur {of}")
}

/// « Code pour voter : code 2 sur 3 », the accessible name of a QR code.
#[must_use]
pub fn drawing(label: &str, number: usize, of: usize) -> String {
    if of < 2 {
        return typeset(label);
    }
    typeset(&format!("{label} : code {number} sur {of}"))
}

/// « 2 codes lus sur 3 : montrez les autres. »
#[must_use]
pub fn missing(have: usize, of: usize) -> String {
    let read = super::counted(have, "code lu", "codes lus");
    typeset(&format!("{read} sur {of} : montrez les autres."))
}

/// Why a link or a code was refused.
#[must_use]
pub fn error(error: &TransferError) -> String {
    let fixed = match error {
        TransferError::Foreign => {
            set!("Ce n'est ni une consultation, ni un bulletin, ni un résultat de Jalons.")
        }
        TransferError::Damaged => {
            set!(
                "Ce lien est incomplet ou abîmé. Copiez-le en entier, ou scannez le code de nouveau."
            )
        }
        TransferError::Newer(_) => set!(
            "Une version plus récente de Jalons a fait ce lien. Rechargez la page pour mettre Jalons à jour, puis réessayez."
        ),
        TransferError::TooLarge => {
            set!("C'est bien plus long qu'une consultation ne peut l'être.")
        }
        TransferError::Flawed(_) => {
            set!(
                "Les règles de cette consultation ne sont pas complètes. Demandez un nouveau lien."
            )
        }
        TransferError::Malformed => {
            set!(
                "Ce lien est entier, mais ce qu'il contient n'a pas de sens. Demandez-en un nouveau."
            )
        }
    };
    fixed.to_owned()
}

/// Why a file or a pasted text was refused.
#[must_use]
pub fn file_error(error: &PollFileError) -> String {
    match error {
        PollFileError::File(error) => import::file_error(error),
        PollFileError::Transfer(transfer) => self::error(transfer),
        PollFileError::Refused { path, why } => {
            format!("{path}{}", typeset(&format!(" : {}.", misfit(why))))
        }
    }
}

fn misfit(why: &PollContentError) -> String {
    let fixed = match why {
        PollContentError::Unreadable(detail) => import::reason(detail),
        PollContentError::UnknownItem(id) => {
            return format!("la convention n'a pas d'élément {id}");
        }
    };
    fixed.to_owned()
}

/// The rule that a vote breaks, as part of a sentence.
#[must_use]
pub fn breach(breach: &VoteError) -> String {
    match breach {
        VoteError::OtherMethod => "le vote suit une autre façon de voter".to_owned(),
        VoteError::OtherOptions { expected, found } => {
            format!("le vote porte sur {found} options au lieu de {expected}")
        }
        VoteError::Nothing => "rien n'est choisi".to_owned(),
        VoteError::TooManyDots { given, allowed } => {
            format!("{given} gommettes au lieu de {allowed} au plus")
        }
        VoteError::OverCap { option, given, allowed } => {
            let option = option + 1;
            format!("{given} gommettes sur l'option {option} au lieu de {allowed} au plus")
        }
        VoteError::Ranks => "les rangs ne se suivent pas".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_french_sentence() {
        let unreadable = PollContentError::Unreadable("unknown field `who`, expected x".into());
        let refused = PollFileError::Refused { path: "ballots[0].who".into(), why: unreadable };
        assert_eq!(file_error(&refused), "ballots[0].who\u{a0}: champ inconnu.");
        assert_eq!(missing(1, 3), "1 code lu sur 3\u{a0}: montrez les autres.");
    }
}
