//! The home screen.

use crate::domain::convention::Convention;

super::sentences! {
    title = "Ce qui a été promis, où en est-on ?";
    lead_end = "à lire, à cocher et à commenter.";
    first = "Cocher ce que je vois";
    private = "Tout reste sur cet appareil : ni compte, ni serveur, ni traceur.";
    go_on = "Reprendre à";
    waiting = "Bulletin à remettre :";
    open = "Vote en cours :";
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

/// « 3 grands objectifs, 105 marqueurs de progrès à lire, à cocher et à commenter. »
#[must_use]
pub fn lead(globals: usize, markers: usize) -> String {
    let objectives = super::counted(globals, "grand objectif", "grands objectifs");
    let markers = super::counted(markers, "marqueur de progrès", "marqueurs de progrès");
    format!("{objectives}, {markers} {}", lead_end())
}

/// « 3 coches, 1 note »
///
/// ```
/// use jalons::text::home::own_counts;
///
/// assert_eq!(own_counts(3, 1), "3 coches, 1 note");
/// assert_eq!(own_counts(1, 0), "1 coche");
/// assert_eq!(own_counts(0, 2), "2 notes");
/// ```
#[must_use]
pub fn own_counts(ticks: usize, notes: usize) -> String {
    let counts = [(ticks, "coche", "coches"), (notes, "note", "notes")];
    let some = counts.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, one, many)| super::counted(count, one, many)).collect::<Vec<_>>().join(", ")
}
