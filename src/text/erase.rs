//! The dialogue for erasing everything.

use crate::codec::stored::Inventory;

super::sentences! {
    title = "Tout effacer";
    lead = "Pour rendre un appareil prêté, ou repartir de zéro.";
    begin = "Tout effacer…";
    sure = "Effacer vraiment tout ?";
    do_it = "Oui, tout effacer";
    keep = "Ne rien effacer";
    done = "Tout est effacé.";
    failed = "Le navigateur n'a pas tout effacé. Fermez les autres onglets de Jalons, puis réessayez.";
}

/// The data that will be erased: « 12 observations, 3 notes, 1 consultation et 12 bulletins
/// disparaîtront de cet appareil. »
#[must_use]
pub fn what_goes(inventory: &Inventory) -> String {
    let parts = super::stored::holdings(inventory);
    let all = match parts.as_slice() {
        [] => "Tout ce que Jalons garde disparaîtra".to_owned(),
        [only] if inventory.total() == 1 => format!("{only} disparaîtra"),
        parts => format!("{} disparaîtront", super::stored::listed(parts)),
    };
    super::typeset(&format!(
        "{all} de cet appareil, avec les réglages. Cela ne peut pas être annulé. Les fichiers déjà emportés restent où ils sont. La copie que vous pouvez sauver ici contient tout, et se rouvre dans le carnet."
    ))
}
