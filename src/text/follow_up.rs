//! Follow-ups: planned days and watched markers.

use crate::domain::day::Day;
use crate::domain::follow_up::FollowUp;

super::sentences! {
    title = "La suite";
    due_label = "Échéance";
    clear = "Retirer l'échéance";
    watch = "Suivre de près";
    hint = "Les échéances et ce que vous suivez de près vous sont rappelés.";
    see_list = "Voir ce qui est à regarder";
}

/// « Échéance : 31 décembre 2026 »
#[must_use]
pub fn due(day: Day) -> String {
    super::typeset(&format!("Échéance : {}", super::dates::full(day)))
}

/// « Échéance du 31 décembre 2026 fixée par : École du quartier »
#[must_use]
pub fn due_by(day: Day, device: &str) -> String {
    super::typeset(&format!("Échéance du {} fixée par : {device}", super::dates::full(day)))
}

/// The number of follow-ups of all devices: « 2 échéances et suivis »
#[must_use]
pub fn count(count: usize) -> String {
    super::counted(count, "échéance ou suivi", "échéances et suivis")
}

/// A version of a follow-up, for comparing it with another: « Échéance : 31 décembre 2026, suivi de
/// près ».
#[must_use]
pub fn said(follow_up: &FollowUp) -> String {
    match *follow_up {
        FollowUp { due: Some(day), watched: true } => format!("{}, suivi de près", due(day)),
        FollowUp { due: Some(day), watched: false } => due(day),
        FollowUp { due: None, watched: true } => "Suivi de près".to_owned(),
        FollowUp { due: None, watched: false } => super::import::deleted().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_the_date_and_the_flag() {
        let day = "2026-12-31".parse().ok();
        let said = |due, watched| said(&FollowUp { due, watched });
        assert_eq!(said(day, true), "Échéance\u{a0}: 31 décembre 2026, suivi de près");
        assert_eq!(said(day, false), "Échéance\u{a0}: 31 décembre 2026");
        assert_eq!(said(None, true), "Suivi de près");
    }
}
