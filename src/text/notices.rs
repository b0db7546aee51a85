//! Notices: actions taken, and problems of storing them.

use crate::domain::journal::ActionKind;
use crate::domain::observation::Level;

super::sentences! {
    blocked_title = "Rien ne peut être enregistré ici";
    blocked = "Ce navigateur interdit à Jalons de garder vos données (navigation privée, ou réglage). Tout marche, mais tout disparaîtra en fermant cet onglet : sauvez vos données avant.";
    late_title = "Rien ne s'affiche encore de ce que vous avez noté";
    late = "Le navigateur tarde à rendre ce qui est gardé sur cet appareil. Jalons le lui redemande, et l'affichera dès qu'il répond. Si cela dure, fermez le navigateur, puis rouvrez-le.";
    full_title = "Le navigateur est plein";
    full = "Vos dernières saisies ne sont pas encore enregistrées. Ce qui l'était reste intact. Sauvez vos données, puis faites de la place.";
    newer_title = "Une version plus récente est passée par ici";
    newer = "Jalons a déjà enregistré ici avec une version plus récente : ces données restent intactes, mais cette page ne sait pas les lire. Rechargez la page pour mettre Jalons à jour.";
    unreadable_title = "Des données sont illisibles";
    kept = "Enregistré.";
    kept_less = "Enregistré, mais moins sûrement : si le navigateur s'arrête d'un coup, la dernière minute peut manquer.";
    not_kept = "Pas encore enregistré.";
    failed = "Échec : ce n'est enregistré nulle part.";
    found_title = "Retrouvé";
    quota_notice_title = "Une des deux mémoires du navigateur est pleine";
    quota_notice = "Vos données restent enregistrées dans l'autre, la plus sûre. Gardez de temps en temps une copie.";
    copy_saved = "La copie est dans vos téléchargements.";
    copy_refused = "Ce navigateur refuse de créer le fichier. Essayez avec un autre navigateur.";
}

/// The notice after an action, with its save status: « Note écrite. Enregistré. »
#[must_use]
pub fn done(kind: ActionKind, saving: &str) -> String {
    let done = match kind {
        ActionKind::Ticked => super::set!("Coché : atteint."),
        ActionKind::Unticked => "Coche retirée.",
        ActionKind::Observed(Level::NotYet) => super::set!("Observation notée : pas encore."),
        ActionKind::Observed(Level::InProgress) => {
            super::set!("Observation notée : en cours.")
        }
        ActionKind::Observed(Level::Reached) => super::set!("Observation notée : atteint."),
        ActionKind::Observed(Level::NotObservable) => {
            super::set!("Observation notée : non observable.")
        }
        ActionKind::Withdrawn => "Observation retirée.",
        ActionKind::Written => "Note écrite.",
        ActionKind::Edited => "Note modifiée.",
        ActionKind::Deleted => "Note supprimée.",
        ActionKind::Undone => super::set!("C'est annulé."),
        ActionKind::Named => super::set!("Appareil nommé."),
        ActionKind::Restored => super::set!("Version rétablie."),
        ActionKind::Planned => super::set!("Échéance notée."),
        ActionKind::Unplanned => super::set!("Échéance retirée."),
        ActionKind::Watched => super::set!("Vous suivez ce marqueur de près."),
        ActionKind::Unwatched => super::set!("Vous ne suivez plus ce marqueur de près."),
    };
    format!("{done} {saving}")
}

/// « 2 enregistrements sont illisibles »
#[must_use]
pub fn unreadable(count: usize) -> String {
    let subject = super::counted(count, "élément est illisible", "éléments sont illisibles");
    super::typeset(&format!(
        "{subject} dans la mémoire de ce navigateur. Jalons n'y touche pas et continue avec le reste ; une copie se trouve dans vos données sauvées."
    ))
}

/// « 12 observations et notes que le navigateur avait perdues d'un côté ont été retrouvées »
#[must_use]
pub fn found(count: usize) -> String {
    let what = super::counted(count, "observation ou note", "observations et notes");
    super::typeset(&format!(
        "{what} : le navigateur les avait perdues dans une de ses deux mémoires, Jalons les a reprises dans l'autre."
    ))
}
