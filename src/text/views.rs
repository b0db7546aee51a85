//! Disagreements between devices about a marker.

use crate::domain::device::Voice;
use crate::domain::observation::Level;
use crate::domain::progress::Progress;

use super::counted;

super::sentences! {
    title = "Là où les avis diffèrent";
    lead = "Quand plusieurs appareils observent le même marqueur, on compare ici le dernier avis de chacun. Changer d'avis n'est pas un désaccord.";
    scale = "De « pas encore » à « en cours », puis à « atteint », on compte un niveau à chaque fois. Les plus grands écarts viennent en premier.";
    nobody = "Personne n'a encore rien observé ici.";
    one_device = "Un seul appareil a observé jusqu'ici : il n'y a rien à comparer. Réunissez d'abord les carnets de plusieurs appareils.";
    nothing_shared = "Plusieurs appareils ont observé, mais jamais le même marqueur.";
    join = "Réunir des carnets";
    all_views = "Tous les avis";
    agree = "Personne ne se contredit.";
    same_day = "Les avis qui diffèrent sont du même jour.";
    unknown_voice = "Sans précision";
}

/// « 12 marqueurs observés par plusieurs appareils : 3 où les avis diffèrent, 9 sans désaccord. »
#[must_use]
pub fn summary(shared: usize, contested: usize) -> String {
    let shared_words = counted(shared, "marqueur observé", "marqueurs observés");
    let rest = shared.saturating_sub(contested);
    super::typeset(&match (contested, rest) {
        (0, _) => format!("{shared_words} par plusieurs appareils, sans désaccord."),
        (_, 0) => format!("{shared_words} par plusieurs appareils, où les avis diffèrent."),
        _ => format!(
            "{shared_words} par plusieurs appareils : {contested} où les avis diffèrent, {rest} sans désaccord."
        ),
    })
}

/// The distance from agreement: « Pour s'accorder, ces 4 appareils devraient bouger de 2 niveaux en
/// tout. »
#[must_use]
pub fn apart(placed: usize, steps: usize) -> String {
    let steps = counted(steps, "niveau", "niveaux");
    super::typeset(&format!(
        "Pour s'accorder, ces {placed} appareils devraient bouger de {steps} en tout."
    ))
}

/// How time relates to the disagreement: « 31 jours séparent… »
#[must_use]
pub fn days_apart(days: u32, may_be_progress: bool) -> String {
    let separated = match days {
        0 => return same_day().to_owned(),
        1 => "1 jour sépare les avis qui diffèrent".to_owned(),
        _ => format!("Jusqu'à {days} jours séparent les avis qui diffèrent"),
    };
    super::typeset(&if may_be_progress {
        format!(
            "{separated}, et les plus récents sont les plus avancés : c'est peut-être un progrès."
        )
    } else {
        format!("{separated}.")
    })
}

/// « 4 appareils »
#[must_use]
pub fn devices(count: usize) -> String {
    counted(count, "appareil", "appareils")
}

/// The label of a voice.
#[must_use]
pub fn voice(voice: Option<Voice>) -> &'static str {
    match voice {
        Some(Voice::Residents) => "Habitants",
        Some(Voice::Association) => "Association",
        Some(Voice::Staff) => "Agents",
        Some(Voice::Other) => "Autre",
        None => unknown_voice(),
    }
}

/// The introduction of a voice's opinions: « Habitants : »
#[must_use]
pub fn voice_lead(of: Option<Voice>) -> String {
    super::typeset(&format!("{} :", voice(of)))
}

/// The opinions of a voice by level, without empty levels: « 3 pas encore », « 1 atteint ».
#[must_use]
pub fn said(counts: Progress) -> Vec<(Level, String)> {
    let said = |level| {
        let count = counts.at(Some(level));
        let words = match (level, count) {
            (Level::Reached, 2..) => "atteints",
            (Level::NotObservable, 2..) => "non observables",
            _ => super::progress::level(Some(level)),
        };
        (count > 0).then(|| (level, format!("{count} {words}")))
    };
    Level::ALL.into_iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_what_is_told_level_by_level() {
        let counts = Progress { total: 5, not_yet: 3, reached: 2, ..Progress::default() };
        let words: Vec<_> = said(counts).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["3 pas encore", "2 atteints"]);
    }

    #[test]
    fn the_summary_counts_both() {
        assert_eq!(
            summary(12, 3),
            "12 marqueurs observés par plusieurs appareils\u{a0}: 3 où les avis diffèrent, 9 sans désaccord."
        );
        assert_eq!(summary(1, 0), "1 marqueur observé par plusieurs appareils, sans désaccord.");
    }

    #[test]
    fn time_between_views_may_be_progress() {
        assert_eq!(days_apart(0, false), "Les avis qui diffèrent sont du même jour.");
        assert!(days_apart(31, true).ends_with("c’est peut-être un progrès."));
        assert_eq!(days_apart(1, false), "1 jour sépare les avis qui diffèrent.");
    }
}
