//! Erasing everything.

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

/// What goes: « 12 observations, 3 notes et 1 échéance ou suivi disparaîtront de cet appareil. »
#[must_use]
pub fn what_goes(observations: usize, notes: usize, followed: usize) -> String {
    let observations = super::carnet::observations(observations);
    let notes = super::notes::count(notes);
    let all = match followed {
        0 => format!("{observations} et {notes}"),
        _ => format!("{observations}, {notes} et {}", super::follow_up::count(followed)),
    };
    super::typeset(&format!(
        "{all} disparaîtront de cet appareil, avec les brouillons et les réglages. Cela ne peut pas être annulé. Les fichiers déjà emportés restent où ils sont."
    ))
}
