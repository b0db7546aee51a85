//! Names of stored kinds: for the content of a copy, for restoring it, and for erasing everything.

use super::{counted, typeset};
use crate::codec::stored::{Inventory, StoredKind};
use crate::domain::journal::MergeCounts;

super::sentences! {
    claims_too_much = "son numéro de modification, sa date ou son nombre de bulletins imprimés ne peut pas être vrai.";
    reading = "Lecture…";
    adopts = "Ce navigateur n'a encore rien : il reprendra aussi l'identité de l'appareil de la copie, et vos observations resteront les vôtres.";
}

/// The name of a kind, in singular and plural, and whether it is masculine; `None` for kinds whose
/// loss a person would not notice.
fn name(kind: StoredKind) -> Option<([&'static str; 2], bool)> {
    Some(match kind {
        StoredKind::Observation => (["observation", "observations"], false),
        StoredKind::Note => (["note", "notes"], false),
        StoredKind::FollowUp => (["échéance ou suivi", "échéances et suivis"], true),
        StoredKind::NamedDevice => (["appareil nommé", "appareils nommés"], true),
        StoredKind::Consultation => (["consultation", "consultations"], false),
        StoredKind::Ballot => (["bulletin", "bulletins"], true),
        StoredKind::Paper => (["papier en saisie", "papiers en saisie"], true),
        StoredKind::Waiting => (["bulletin à remettre", "bulletins à remettre"], true),
        StoredKind::Draft => (["brouillon", "brouillons"], true),
        StoredKind::ConflictLoser => (["version mise de côté", "versions mises de côté"], false),
        StoredKind::Bytes => (
            ["valeur illisible gardée telle quelle", "valeurs illisibles gardées telles quelles"],
            false,
        ),
        StoredKind::DeviceId
        | StoredKind::Exported
        | StoredKind::Unnamed
        | StoredKind::Suggested
        | StoredKind::Synced
        | StoredKind::Asked
        | StoredKind::QuotaNotice
        | StoredKind::Merge
        | StoredKind::Urn
        | StoredKind::Removal => return None,
    })
}

/// « 12 bulletins »; `None` for kinds whose loss a person would not notice.
#[must_use]
pub fn named(kind: StoredKind, count: usize) -> Option<String> {
    name(kind).map(|([one, many], _)| counted(count, one, many))
}

/// « 3 notes, 1 consultation et 12 bulletins »; empty without parts.
#[must_use]
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

/// The names and numbers of all kinds whose loss a person would notice.
#[must_use]
pub fn holdings(inventory: &Inventory) -> Vec<String> {
    inventory.counts().filter_map(|(kind, count)| named(kind, count)).collect()
}

/// A sentence on the content of the copy that was just saved.
#[must_use]
pub fn copied(holds: &Inventory, whole: bool, is_read: bool) -> String {
    let parts = holdings(holds);
    let saved = super::notices::copy_saved();
    let contains = if parts.is_empty() {
        "Elle ne contient encore rien à retrouver.".to_owned()
    } else {
        format!("Elle contient {}.", listed(&parts))
    };
    let lacks = if whole {
        ""
    } else {
        " Attention : la mémoire principale du navigateur n'a pas pu être lue, il y manque peut-être quelque chose. Gardez ce fichier, n'effacez rien, et sauvez de nouveau plus tard."
    };
    let large = if is_read {
        ""
    } else {
        " Attention : elle est trop grande pour que Jalons la relise. Gardez aussi un fichier Jalons de chaque objectif."
    };
    typeset(&format!("{saved} {contains}{lacks}{large}"))
}

/// How entries of a kind in a copy compare with those held: « 12 bulletins : 2 nouveaux, 10 déjà là
/// ».
#[must_use]
pub fn met(kind: StoredKind, tally: MergeCounts) -> Option<String> {
    let ([one, many], masculine) = name(kind)?;
    let [new, newer, older] = if masculine {
        [
            ["nouveau", "nouveaux"],
            ["plus récent", "plus récents"],
            ["plus ancien, laissé", "plus anciens, laissés"],
        ]
    } else {
        [
            ["nouvelle", "nouvelles"],
            ["plus récente", "plus récentes"],
            ["plus ancienne, laissée", "plus anciennes, laissées"],
        ]
    };
    let said =
        |count: usize, [one, many]: [&str; 2]| (count > 0).then(|| counted(count, one, many));
    let parts = [
        said(tally.new, new),
        said(tally.newer, newer),
        said(tally.conflicts, ["qui diffère", "qui diffèrent"]),
        said(tally.identical, ["déjà là", "déjà là"]),
        said(tally.older, older),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let total = counted(tally.total(), one, many);
    (!parts.is_empty()).then(|| typeset(&format!("{total} : {}", parts.join(", "))))
}

/// A sentence on a consultation of the copy whose rules differ from those here.
#[must_use]
pub fn other_rules(title: &str) -> String {
    typeset(&format!(
        "La consultation « {title} » est ici avec d'autres règles : celle d'ici reste comme elle est."
    ))
}

/// A sentence on a consultation that is closed in the copy and open here.
#[must_use]
pub fn stays_open(title: &str) -> String {
    typeset(&format!(
        "La consultation « {title} » est close dans la copie ; ici le vote reste ouvert, et vous pouvez le clore."
    ))
}

/// A sentence on an invalid consultation of the copy.
#[must_use]
pub fn refused(title: &str, why: &str) -> String {
    typeset(&format!("La consultation « {title} » n'est pas reprise : {why}"))
}

/// A sentence on values that only another version of the app can read.
#[must_use]
pub fn strange(count: usize) -> String {
    let values = counted(count, "valeur", "valeurs");
    let (comes, stays) = if count == 1 { ("vient", "reste") } else { ("viennent", "restent") };
    typeset(&format!(
        "{values} {comes} d'une autre version de Jalons et {stays} dans le fichier : gardez-le."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_listed_as_one_says_them() {
        let parts = ["3 notes", "1 consultation", "12 bulletins"].map(str::to_owned);
        assert_eq!(listed(&parts), "3 notes, 1 consultation et 12 bulletins");
        assert_eq!(listed(&parts[..1]), "3 notes");
        let some = MergeCounts { new: 2, identical: 10, ..MergeCounts::default() };
        let said = met(StoredKind::Ballot, some);
        assert_eq!(said.as_deref(), Some("12 bulletins\u{a0}: 2 nouveaux, 10 déjà là"));
        assert_eq!(met(StoredKind::Urn, some), None);
    }
}
