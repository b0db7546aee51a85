//! Exporting records as a file.

use crate::domain::day::Day;
use crate::domain::item::Code;
use crate::domain::pii::PiiKind;

super::sentences! {
    title = "Emporter";
    lead = "Un fichier à garder, ou à remettre à qui réunit les carnets. Rien ne part tout seul.";
    still_reading = "Jalons lit encore ce qui est gardé ici. Le fichier se fera dès que tout est lu.";
    empty = "Il n'y a encore rien à emporter.";
    what = "Quoi ?";
    everything = "Tout le carnet";
    form = "Sous quelle forme ?";
    carnet = "Fichier Jalons";
    carnet_hint = "à garder, ou à réunir avec d'autres carnets";
    observations = "Tableau des observations";
    notes = "Tableau des notes";
    table_hint = "pour un tableur (CSV)";
    report = "Rapport à lire";
    report_hint = "texte structuré (Markdown)";
    make = "Créer le fichier";
    check_title = "À vérifier avant de partager";
    check_lead = "Ces textes permettent peut-être de reconnaître ou de joindre quelqu'un. Modifiez-les, laissez-les de côté, ou emportez-les tels quels.";
    leave_out = "Laisser de côté";
    back = "Revenir";
    nothing_left = "Il ne reste rien à emporter avec ces choix.";
    too_large = "Ce fichier serait trop grand pour que Jalons le relise. Emportez votre carnet objectif par objectif.";
    made = "Le fichier est dans vos téléchargements.";
}

/// « Avec les 2 notes gardées pour moi »
#[must_use]
pub fn with_private(count: usize) -> String {
    if count < 2 {
        super::set!("Avec la note gardée pour moi").to_owned()
    } else {
        format!("Avec les {count} notes gardées pour moi")
    }
}

/// « 1 note gardée pour vous reste ici. »
#[must_use]
pub fn stays(count: usize) -> String {
    if count < 2 {
        super::set!("1 note gardée pour vous reste ici.").to_owned()
    } else {
        format!("{count} notes gardées pour vous restent ici.")
    }
}

/// The name of a kind of personal data.
#[must_use]
pub fn contact(kind: PiiKind) -> &'static str {
    match kind {
        PiiKind::Email => super::set!("une adresse e-mail"),
        PiiKind::Phone => super::set!("un numéro de téléphone"),
        PiiKind::LongNumber => super::set!("un long numéro"),
    }
}

/// « Laisser de côté : Appeler le 03… », with the beginning of the note.
#[must_use]
pub fn leave_out_named(text: &str) -> String {
    let beginning: String = text.chars().take(40).collect();
    super::typeset(&format!("Laisser de côté : {beginning}"))
}

/// « jalons-carnet-1.2.1-2026-11-23.json »
#[must_use]
pub fn file_name(kind: &str, under: Option<Code>, day: Day, ending: &str) -> String {
    let scope = under.map(|code| format!("-{code}")).unwrap_or_default();
    format!("jalons-{kind}{scope}-{day}.{ending}")
}
