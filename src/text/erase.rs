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

/// What goes: « 12 observations et 3 notes disparaîtront de cet appareil. »
#[must_use]
pub fn what_goes(observations: usize, notes: usize) -> String {
    let observations = super::carnet::observations(observations);
    let notes = super::notes::count(notes);
    super::typeset(&format!(
        "{observations} et {notes} disparaîtront de cet appareil, avec les brouillons et les réglages. Cela ne peut pas être annulé. Les fichiers déjà emportés restent où ils sont."
    ))
}
