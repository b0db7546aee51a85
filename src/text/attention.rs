//! The list "à regarder": its groups and reasons.

use crate::domain::attention::AttentionReason;
use crate::domain::day::Day;
use crate::domain::observation::Level;

super::sentences! {
    title = "À regarder";
    lead = "Les marqueurs qui méritent un coup d'œil, du plus pressant au moins pressant.";
    nothing = "Rien à regarder aujourd'hui : tout a été observé depuis moins de six mois, aucune échéance n'approche et personne ne se contredit.";
    settled = "C'est noté : plus rien à regarder ici.";
    say = "Dire où il en est";
    see_views = "Voir les avis";
    postpone = "Repousser d'un mois";
    no_longer_watch = "Ne plus suivre de près";
    fewer = "En voir moins";
}

/// The heading of a group of markers, and a sentence on the reason.
#[must_use]
pub fn group(reason: AttentionReason) -> [&'static str; 2] {
    match reason {
        AttentionReason::Due(_) => [
            super::set!("Échéance passée"),
            super::set!("Le jour prévu est arrivé, et personne n'a vu le marqueur atteint."),
        ],
        AttentionReason::DueSoon(_) => {
            [super::set!("Échéance proche"), super::set!("Le jour prévu arrive dans les 30 jours.")]
        }
        AttentionReason::Contested => [
            super::set!("Avis qui diffèrent"),
            super::set!("Les derniers avis de plusieurs appareils ne disent pas la même chose."),
        ],
        AttentionReason::Stale(_) => [
            super::set!("Plus regardé depuis six mois"),
            super::set!("Le dernier avis date : est-ce toujours ainsi ?"),
        ],
        AttentionReason::Watched => {
            [super::set!("Suivi de près"), super::set!("Vous avez choisi de garder un œil dessus.")]
        }
        AttentionReason::NeverObserved => {
            [super::set!("Jamais observé"), super::set!("Personne n'a encore regardé.")]
        }
    }
}

/// « 3 marqueurs. Le jour prévu arrive dans les 30 jours. »
#[must_use]
pub fn group_lead(count: usize, reason: AttentionReason) -> String {
    let [_, why] = group(reason);
    format!("{}. {why}", super::progress::markers(count))
}

/// The reason for one marker: « Échéance passée le 1er octobre 2026 ».
#[must_use]
pub fn reason(reason: AttentionReason, today: Day) -> String {
    match reason {
        AttentionReason::Due(day) if day == today => super::set!("Échéance aujourd'hui").to_owned(),
        AttentionReason::Due(day) => format!("Échéance passée le {}", super::dates::full(day)),
        AttentionReason::DueSoon(day) => format!("Échéance le {}", super::dates::full(day)),
        other => group(other)[0].to_owned(),
    }
}

/// « Toujours « en cours » »
#[must_use]
pub fn still(level: Level) -> String {
    super::typeset(&format!("Toujours « {} »", super::progress::level(Some(level))))
}

/// The name of a button, with its marker: « Repousser d'un mois : Maintien des commerces ».
#[must_use]
pub fn named(act: &str, wording: &str) -> String {
    super::typeset(&format!("{act} : {wording}"))
}

/// « Voir les 98 autres »
#[must_use]
pub fn others(count: usize) -> String {
    if count < 2 { "Voir le suivant".to_owned() } else { format!("Voir les {count} autres") }
}

/// « Voir les 98 marqueurs jamais observés »
#[must_use]
pub fn never_observed(count: usize) -> String {
    format!("Voir les {count} marqueurs jamais observés")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_its_day() {
        let today: Day = "2026-11-23".parse().expect("a day");
        assert_eq!(reason(AttentionReason::Due(today), today), "Échéance aujourd’hui");
        let past = AttentionReason::Due("2026-10-01".parse().expect("a day"));
        assert_eq!(reason(past, today), "Échéance passée le 1er octobre 2026");
        assert_eq!(reason(AttentionReason::Watched, today), "Suivi de près");
    }
}
