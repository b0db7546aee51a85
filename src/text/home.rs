//! The home screen.

use crate::domain::convention::Convention;

super::sentences! {
    title = "Ce qui a été promis, où en est-on ?";
    lead_end = "Lisez-les, cochez ce que vous voyez, notez ce qui manque.";
    private = "Tout reste sur cet appareil : ni compte, ni serveur, ni traceur.";
    ways = "Par où commencer ?";
    objectives = "Les objectifs";
    resident = "J'habite ici";
    resident_hint = "Cocher ce qui est fait, dire ce qui manque";
    participant = "Je viens à un atelier";
    participant_hint = "Scanner ou ouvrir mon bulletin";
    facilitator = "J'anime un atelier";
    facilitator_hint = "Préparer un vote, réunir les bulletins";
    staff = "Je suis agent ou association";
    staff_hint = "Faire le point, garder une copie";
}

/// The convention's territory and years.
#[must_use]
pub fn kicker(convention: &Convention) -> String {
    let period = convention.period();
    format!("{} · {}–{}", convention.territory(), period.first_year, period.last_year)
}

/// « 3 grands objectifs, 105 marqueurs de progrès. »
#[must_use]
pub fn lead(globals: usize, markers: usize) -> String {
    let objectives = super::counted(globals, "grand objectif", "grands objectifs");
    let markers = super::counted(markers, "marqueur de progrès", "marqueurs de progrès");
    format!("{objectives}, {markers}. {}", lead_end())
}
