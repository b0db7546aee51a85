//! How far a result depends on the method or on a single ballot, in words.

use crate::domain::consultation::MethodKind;

super::super::sentences! {
    methods_title = "Et avec une autre méthode ?";
    methods_lead = "Les mêmes bulletins, comptés autrement. Personne n'a voté avec ces autres méthodes : elles montrent seulement si le résultat tient à la façon de compter.";
    methods_caption = "Place de chaque option, méthode par méthode";
    title = "À une voix près";
    never_always_first = "Aucune option n'est en tête avec toutes les méthodes : regardez qui est en tête selon la méthode avant de conclure.";
}

/// A sentence for a result whose first place one more ballot does not change. For ranking, the most
/// favourable ballot is unknown and only some are tried; the sentence says no more than that.
#[must_use]
pub fn none(method: MethodKind) -> &'static str {
    if method == MethodKind::Ranking {
        super::super::set!(
            "Parmi les bulletins de plus que nous avons essayés, aucun ne change la tête du classement."
        )
    } else {
        super::super::set!("Aucun bulletin de plus ne changerait la tête du classement.")
    }
}

/// « En tête quelle que soit la méthode : A. »
#[must_use]
pub fn always_first(names: &[String]) -> String {
    super::super::typeset(&format!(
        "En tête quelle que soit la méthode : {}.",
        listed(names, " et ")
    ))
}

/// « À une voix près : A et B sont à égalité, ou dans l'autre ordre. »
#[must_use]
pub fn near_tie(above: &str, below: &str) -> String {
    super::super::typeset(&format!(
        "{above} et {below} : un seul bulletin de plus peut mettre {below} à égalité ou devant."
    ))
}

/// « Une voix de plus pourrait mettre B en tête, seule ou ex æquo. »
#[must_use]
pub fn one_more(names: &[String]) -> String {
    let names = listed(names, " ou ");
    super::super::typeset(&format!(
        "Une voix de plus pourrait mettre {names} en tête, à égalité ou sans partage."
    ))
}

/// « et 12 autres paires »
#[must_use]
pub fn more_pairs(count: usize) -> String {
    let pairs = super::super::counted(count, "autre paire voisine", "autres paires voisines");
    format!("Et {pairs} dans le même cas.")
}

/// A list of names, at most six: « A, B et C », « A, B et 12 autres ».
fn listed(names: &[String], last: &str) -> String {
    const SHOWN: usize = 6;
    let (shown, more) = names.split_at(names.len().min(SHOWN));
    let others = super::super::counted(more.len(), "autre", "autres");
    let mut words: Vec<_> = shown.iter().map(String::as_str).collect();
    if !more.is_empty() {
        words.push(&others);
    }
    match words.split_last() {
        Some((end, [])) => (*end).to_owned(),
        Some((end, start)) => format!("{}{last}{end}", start.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_say_how_many_are_left() {
        let names: Vec<_> = (1..=9).map(|name| name.to_string()).collect();
        assert_eq!(listed(&names, " et "), "1, 2, 3, 4, 5, 6 et 3 autres");
        assert_eq!(listed(&names[..2], " ou "), "1 ou 2");
        assert_eq!(listed(&names[..1], " et "), "1");
        assert_eq!(listed(&[], " et "), "");
    }
}
