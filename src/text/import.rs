//! Importing and merging carnets: changes, conflicts and refusals.

use crate::codec::carnet::FileError;
use crate::codec::ours::Ours;
use crate::domain::follow_up::FollowUp;
use crate::domain::journal::{ImportRecordError, Kind, MergeCounts, RecordError};
use crate::domain::record::Body;
use crate::domain::stamp::StampError;

use super::{COLON, counted, devices, follow_up, labelled, notes, progress, set, typeset};

super::sentences! {
    title = "Réunir des carnets";
    lead = "Ouvrez les fichiers Jalons d'autres appareils, ou une de vos sauvegardes. Vous verrez d'abord ce qui changerait ; rien n'est changé sans vous.";
    choose = "Choisir des fichiers";
    drop = "Vous pouvez aussi déposer les fichiers ici.";
    paste = "Coller le texte d'un carnet";
    paste_label = "Le texte du fichier";
    paste_read = "Lire ce texte";
    pasted = "Texte collé";
    reading = "Lecture des fichiers";
    stop = "Arrêter";
    merging = "Mise en commun…";
    plan = "Ce qui changerait";
    nothing = "Tout est déjà dans votre carnet : il n'y a rien à réunir.";
    nothing_else = "Ce qui a pu être lu est déjà dans votre carnet : il n'y a rien d'autre à réunir.";
    none_taken = "Rien n'a pu être repris : tout est refusé, pour les raisons ci-dessus.";
    empty_file = "Ce carnet est vide.";
    to_carnet = "Aller à la page Carnet";
    to_consult = "Aller à la page Voter";
    merge = "Réunir";
    cancel = "Ne rien changer";
    conflicts = "Versions qui diffèrent";
    conflicts_lead = "La même chose a été écrite de deux façons. Une seule peut rester, la même sur tous les appareils ; l'autre est mise de côté dans votre carnet, et vous pourrez la rétablir.";
    stays = "Restera";
    held = "Retenue";
    set_aside = "Mise de côté";
    refused_lead = "Le reste du fichier n'en souffre pas.";
    other_wording = "Ce fichier a été fait avec une autre version du texte de la convention.";
    unmerge = "Annuler la mise en commun";
    unmerged = "La mise en commun est annulée : votre carnet est comme avant.";
    unmerged_in_part = "La mise en commun est annulée, sauf ce qui a été modifié depuis.";
    not_unmerged = "Le navigateur n'a pas pu tout remettre en place. Réessayez.";
    deleted = "Supprimée";
    private = "gardée pour soi";
    lost_title = "Versions mises de côté";
    lost_lead = "Écrites sur un autre appareil ou dans un autre onglet, elles n'ont pas été retenues. Rétablissez-en une : elle remplacera l'autre partout.";
    restore = "Rétablir";
    dismiss = "Ne pas la garder";
}

/// « Lecture : 3 fichiers sur 50, 2 400 éléments »
#[must_use]
pub fn progress(files: usize, total: usize, records: usize) -> String {
    let records = counted(records, "élément", "éléments");
    typeset(&format!("Fichier {files} sur {total} : {records}"))
}

/// The counts of a kind: « 12 observations nouvelles, 3 plus récentes, 40 déjà là »; `None` without
/// any.
#[must_use]
pub fn tally(kind: Kind, tally: MergeCounts) -> Option<String> {
    if tally.total() == 0 {
        return None;
    }
    let [one, many] = match kind {
        Kind::Observation => ["observation", "observations"],
        Kind::Note => ["note", "notes"],
        Kind::FollowUp => ["échéance ou suivi", "échéances et suivis"],
        Kind::Device => ["appareil nommé", "appareils nommés"],
        Kind::Deletion => ["suppression", "suppressions"],
    };
    let masculine = matches!(kind, Kind::Device | Kind::FollowUp);
    let said =
        |count: usize, [one, many]: [&str; 2]| (count > 0).then(|| counted(count, one, many));
    let new = if masculine { ["nouveau", "nouveaux"] } else { ["nouvelle", "nouvelles"] };
    let newer = if masculine {
        ["plus récent", "plus récents"]
    } else {
        ["plus récente", "plus récentes"]
    };
    let older = if masculine {
        ["plus ancien, ignoré", "plus anciens, ignorés"]
    } else {
        ["plus ancienne, ignorée", "plus anciennes, ignorées"]
    };
    let parts: Vec<String> = [
        said(tally.new, new),
        said(tally.newer, newer),
        said(tally.conflicts, ["qui diffère", "qui diffèrent"]),
        said(tally.identical, ["déjà là", "déjà là"]),
        said(tally.older, older),
    ]
    .into_iter()
    .flatten()
    .collect();
    let total = counted(tally.total(), one, many);
    Some(typeset(&format!("{total} : {}", parts.join(", "))))
}

/// « Réunir : 12 changements », or, if records held do not change, « Mettre de côté : 1 version ».
#[must_use]
pub fn merge_counted(changes: usize, conflicts: usize) -> String {
    typeset(&match changes {
        0 => format!("Mettre de côté : {}", counted(conflicts, "version", "versions")),
        _ => format!("Réunir : {}", counted(changes, "changement", "changements")),
    })
}

/// « Carnets réunis : 12 éléments ajoutés ou mis à jour, 1 version mise de côté. »
#[must_use]
pub fn merged(changes: usize, set_aside: usize) -> String {
    let taken = counted(changes, "élément ajouté ou mis à jour", "éléments ajoutés ou mis à jour");
    let aside = counted(set_aside, "version mise de côté", "versions mises de côté");
    typeset(&match (changes, set_aside) {
        (0, 0) => "Votre carnet avait déjà tout.".to_owned(),
        (_, 0) => format!("Carnets réunis : {taken}."),
        (0, _) => format!("Carnets réunis : {aside}."),
        _ => format!("Carnets réunis : {taken}, {aside}."),
    })
}

/// « 2 éléments refusés »
#[must_use]
pub fn refused(count: usize) -> String {
    counted(count, "élément refusé", "éléments refusés")
}

/// « … et 40 autres »
#[must_use]
pub fn others(count: usize) -> String {
    let others = counted(count, "autre", "autres");
    format!("… et {others}")
}

/// Why a record is refused, after the path to the value: « la convention n'a pas d'élément 3.3.9 ».
#[must_use]
pub fn refusal(refusal: &ImportRecordError) -> String {
    let why = match &refusal.why {
        RecordError::UnknownItem(id) => format!("la convention n'a pas d'élément {id}"),
        RecordError::Stamp(StampError::Edits) => "trop de modifications pour être vrai".to_owned(),
        RecordError::Twice => "déjà dans ce fichier".to_owned(),
        RecordError::Stamp(StampError::Instant) => "une date après l'an 2999".to_owned(),
        RecordError::Unreadable(detail) => reason(detail).to_owned(),
    };
    labelled("", &typeset(&why))
}

/// The parser's message, which is English and for developers, in plain French.
pub(super) fn reason(detail: &str) -> &'static str {
    let known = [
        ("unknown variant", set!("valeur inconnue")),
        ("unknown field", set!("champ inconnu")),
        ("duplicate field", set!("champ écrit deux fois")),
        ("missing field", set!("il manque un champ")),
        ("invalid type", set!("valeur d'une autre sorte que prévu")),
        ("invalid value", set!("valeur d'une autre sorte que prévu")),
        ("number out of range", set!("nombre trop grand")),
    ];
    let known = known.into_iter().find(|(words, _)| detail.starts_with(words));
    known.map_or(set!("valeur illisible"), |(_, said)| said)
}

/// A sentence on a file of this app that was given to the wrong screen, and what to do with it.
fn ours(kind: Ours) -> &'static str {
    match kind {
        Ours::Carnet => set!("C'est un carnet : il s'ouvre sur la page Carnet."),
        Ours::RawCopy => {
            set!("C'est une copie de toutes vos données : elle s'ouvre sur la page Carnet.")
        }
        Ours::Consultation => set!("C'est une consultation : elle s'ouvre sur la page Voter."),
        Ours::Ballot => set!("C'est un bulletin : il se remet sur la page Voter."),
        Ours::Link => {
            set!("C'est un lien de consultation : ouvrez-le, ou collez-le sur la page Voter.")
        }
        Ours::Convention => {
            set!(
                "C'est le texte d'une convention : Jalons a déjà le sien, il n'y a rien à y prendre."
            )
        }
        Ours::Table => set!(
            "C'est un tableau, pour un tableur : il ne se relit pas ici. Prenez le fichier Jalons, qui se termine par .json."
        ),
        Ours::Page => set!(
            "C'est un rapport ou une page à lire : rien ne s'en reprend ici. Prenez le fichier Jalons, qui se termine par .json."
        ),
    }
}

/// A sentence on a file that cannot be read, and what to do about it.
#[must_use]
pub fn file_error(error: &FileError) -> String {
    let fixed = match error {
        FileError::Empty => set!("Ce fichier est vide. Demandez qu'on vous l'envoie de nouveau."),
        FileError::TooBig(bytes) => {
            let megabytes = |bytes: u64| bytes / 1_000_000;
            return typeset(&format!(
                "Ce fichier pèse {} Mo ; Jalons lit jusqu'à {} Mo. Ce n'est sans doute pas un fichier Jalons.",
                megabytes(*bytes),
                megabytes(FileError::LIMIT)
            ));
        }
        FileError::Zip => set!(
            "C'est une archive zip : ouvrez-la, puis choisissez les fichiers qu'elle contient."
        ),
        FileError::Utf16 => set!(
            "Ce texte est codé en UTF-16 : il a sans doute été ouvert puis enregistré par un autre logiciel. Prenez le fichier d'origine."
        ),
        FileError::NotUtf8 => set!(
            "Ce texte n'est pas codé en UTF-8 : il a sans doute été ouvert puis enregistré par un autre logiciel. Prenez le fichier d'origine."
        ),
        FileError::Binary => set!(
            "Ce n'est pas du texte : une image, un document ou un fichier abîmé, pas un fichier Jalons."
        ),
        FileError::NotJson { line, column } => {
            return typeset(&format!(
                "Ce n'est pas un fichier Jalons, ou il est coupé : la lecture s'arrête ligne {line}, colonne {column}."
            ));
        }
        FileError::TooDeep => set!(
            "Ce fichier est imbriqué bien plus qu'un carnet ne peut l'être : il a été abîmé, ou fabriqué pour nuire."
        ),
        FileError::OtherJson => set!("C'est un fichier d'un autre logiciel, pas un carnet Jalons."),
        FileError::Ours(kind) => ours(*kind),
        FileError::Damaged(detail) => {
            return typeset(&format!("Ce carnet est abîmé : {}.", reason(detail)));
        }
        FileError::LaterVersion(version) => {
            return typeset(&format!(
                "Une version plus récente de Jalons a fait ce fichier (version {version}). Rechargez la page pour mettre Jalons à jour, puis réessayez."
            ));
        }
        FileError::OtherConvention(id) => {
            return typeset(&format!("Ce carnet parle d'une autre convention : {id}."));
        }
        FileError::Unreadable => {
            set!("Le navigateur n'a pas pu lire ce fichier. A-t-il été déplacé ou supprimé ?")
        }
    };
    fixed.to_owned()
}

/// The content of a version, for comparing it with another: « Idée : Un banc ».
#[must_use]
pub fn body(body: &Body) -> String {
    match body {
        Body::Deleted => deleted().to_owned(),
        Body::Note(note) => {
            let kind = notes::kind_label(note.kind);
            let hidden = if note.private { format!(" ({})", private()) } else { String::new() };
            labelled(&format!("{kind}{hidden}"), note.text.as_str())
        }
        Body::Observation(seen) => {
            let mut said = progress::level_label(Some(seen.level)).to_owned();
            if let Some(confidence) = seen.confidence {
                said.push_str(", ");
                said.push_str(super::marker::confidence(confidence));
            }
            if let Some(evidence) = &seen.evidence {
                said.push_str(COLON);
                said.push_str(evidence.as_str());
            }
            said
        }
        Body::Device(device) => format!("{}, {}", device.label, devices::voice(device.speaks_for)),
        Body::FollowUp(planned) => plan_of(*planned),
    }
}

/// « Échéance : 31 décembre 2026, suivi de près »
fn plan_of(planned: FollowUp) -> String {
    match planned {
        FollowUp { due: Some(day), watched: true } => {
            format!("{}, suivi de près", follow_up::due(day))
        }
        FollowUp { due: Some(day), watched: false } => follow_up::due(day),
        FollowUp { due: None, watched: true } => "Suivi de près".to_owned(),
        FollowUp { due: None, watched: false } => deleted().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follow_up_says_the_date_and_the_flag() {
        let day = "2026-12-31".parse().ok();
        let said = |due, watched| body(&Body::FollowUp(FollowUp { due, watched }));
        assert_eq!(said(day, true), "Échéance\u{a0}: 31 décembre 2026, suivi de près");
        assert_eq!(said(day, false), "Échéance\u{a0}: 31 décembre 2026");
        assert_eq!(said(None, true), "Suivi de près");
    }

    #[test]
    fn no_word_of_the_reader_reaches_the_screen() {
        let unreadable = |detail: &str| {
            let why = RecordError::Unreadable(detail.to_owned());
            refusal(&ImportRecordError { index: 0, path: String::new(), why })
        };
        assert_eq!(unreadable("unknown variant `done`, expected x"), "\u{a0}: valeur inconnue");
        assert_eq!(unreadable("recursion limit exceeded"), "\u{a0}: valeur illisible");
        let damaged = file_error(&FileError::Damaged("missing field `records`".to_owned()));
        assert_eq!(damaged, "Ce carnet est abîmé\u{a0}: il manque un champ.");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let some = MergeCounts { new: 1, newer: 2, identical: 3, ..MergeCounts::default() };
        assert_eq!(
            tally(Kind::Note, some).as_deref(),
            Some("6 notes\u{a0}: 1 nouvelle, 2 plus récentes, 3 déjà là")
        );
        let followed = MergeCounts { new: 1, identical: 1, ..MergeCounts::default() };
        assert_eq!(
            tally(Kind::FollowUp, followed).as_deref(),
            Some("2 échéances et suivis\u{a0}: 1 nouveau, 1 déjà là")
        );
        let one = MergeCounts { older: 1, ..MergeCounts::default() };
        assert_eq!(
            tally(Kind::Device, one).as_deref(),
            Some("1 appareil nommé\u{a0}: 1 plus ancien, ignoré")
        );
        assert_eq!(tally(Kind::Deletion, MergeCounts::default()), None);
    }
}
