//! The carnet screen.

super::sentences! {
    title = "Mon carnet";
    lead = "Tout ce que vous avez coché et écrit, gardé sur cet appareil seulement.";
    empty = "Votre carnet est vide. Cochez un marqueur ou écrivez une note : vous les retrouverez ici.";
    holds = "Ce qu'il contient";
    copy_title = "Garder une copie";
    copy_lead = "Un navigateur peut effacer ses données. Le fichier contient tout, y compris les notes gardées pour vous : ne le donnez qu'à qui peut les lire.";
}

/// « 12 observations »
#[must_use]
pub fn observations(count: usize) -> String {
    super::counted(count, "observation", "observations")
}

/// « Voir d'autres notes : encore 120 »
#[must_use]
pub fn more_notes(rest: usize) -> String {
    super::typeset(&format!("Voir d'autres notes : encore {rest}"))
}

/// The file name of the raw copy.
#[must_use]
pub fn file_name(day: crate::domain::day::Day) -> String {
    format!("jalons-sauvegarde-{day}.json")
}
