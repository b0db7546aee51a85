//! The storage status: how safely this device stores its data.

use crate::codec::stored::{Inventory, StoredKind};

super::sentences! {
    title = "Où sont mes données ?";
    kept = "Dans la mémoire de ce navigateur, sur cet appareil. Rien n'est envoyé.";
    memory = "Dans cet onglet seulement : elles disparaîtront quand vous le fermerez.";
    idb = "Mémoire principale";
    idb_hint = "garde tout, même si le navigateur s'arrête d'un coup";
    local = "Mémoire rapide";
    local_hint = "un double, lu au démarrage";
    refused = "refusée par ce navigateur";
    silent = "ne répond pas encore";
    room = "Place";
    promised = "Ce navigateur s'engage à ne rien effacer de lui-même.";
    not_promised = "Ce navigateur peut effacer vos données s'il manque de place, ou si vous ne revenez pas pendant plusieurs jours.";
    unknown = "Ce navigateur ne dit pas combien de temps il garde vos données.";
    ask = "Demander de tout garder";
    copy = "Dernière copie";
    never = "aucune pour le moment";
    today = "aujourd'hui";
    offline = "Sans réseau";
    ready = "prêt à s'ouvrir sans réseau";
    preparing = "pas encore prêt : Jalons le prépare quand le réseau le permet";
    failed = "pas prêt : la préparation n'a pas abouti (réseau coupé, ou navigation privée) ; Jalons réessaiera à la prochaine ouverture";
    insecure = "impossible ici : l'adresse de cette page ne commence pas par https";
    unsupported = "impossible dans ce navigateur";
    file = "cette page est un fichier et s'ouvre sans réseau ; le navigateur ne retrouve le carnet que si ce fichier garde son nom et sa place : exportez le carnet pour l'emporter, et n'envoyez pas de liens vers cette page, ils ne mènent qu'ici";
    reminder = "Il est temps de garder une copie : ce que vous avez ajouté n'est que dans ce navigateur.";
}

/// « 12 éléments, 1 consultation et 40 bulletins », and whether there is room for more.
#[must_use]
pub fn holds(inventory: &Inventory, full: bool) -> String {
    let beside =
        [StoredKind::Consultation, StoredKind::Ballot, StoredKind::Paper, StoredKind::Waiting];
    let beside = beside.into_iter().map(|kind| (kind, inventory.count(kind)));
    let named = beside.filter(|(_, count)| *count > 0);
    let named = named.filter_map(|(kind, count)| super::stored::named(kind, count));
    let records = super::counted(inventory.records(), "élément", "éléments");
    let mut parts: Vec<_> = std::iter::once(records).chain(named).collect();
    if inventory.records() == 0 && parts.len() > 1 {
        parts.remove(0);
    }
    let held = super::stored::listed(&parts);
    if full { format!("{held}, et plus de place") } else { held }
}

/// « 3 Mo utilisés sur 2000 »
#[must_use]
pub fn used(used: f64, quota: f64) -> String {
    let megabytes = |bytes: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates; nothing hangs on the last megabyte"
        )]
        let megabytes = (bytes / 1_000_000.0) as u32;
        megabytes
    };
    let used = megabytes(used);
    let amount =
        if used == 0 { super::set!("moins de 1 Mo").to_owned() } else { format!("{used} Mo") };
    let quota = match megabytes(quota) {
        small @ 0..1000 => format!("{small} Mo"),
        large => format!("{} Go", large / 1000),
    };
    super::typeset(&format!("{amount} sur {quota} possibles"))
}

/// « il y a 12 jours »
#[must_use]
pub fn ago(days: u64) -> String {
    match days {
        0 => today().to_owned(),
        1 => "hier".to_owned(),
        days => super::typeset(&format!("il y a {days} jours")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_there_is_no_record_is_said_only_where_there_is_nothing() {
        let held = |keys: &[&str]| {
            holds(&Inventory::of_keys(keys.iter().map(|key| (*key).to_owned())), false)
        };
        let consultation = "jalons/v1/consultation/00c0ffee00c0ffee";
        assert_eq!(held(&[]), "0 élément");
        assert_eq!(held(&[consultation]), "1 consultation");
        let note = "jalons/v1/record/note/1/00c0ffee00c0ffee";
        assert_eq!(held(&[consultation, note]), "1 élément et 1 consultation");
    }
}
