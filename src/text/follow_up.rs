//! Follow-ups: planned days and watched markers.

use crate::domain::day::Day;

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

/// « Échéance du 31 décembre 2026 fixée par : », before the device's name.
#[must_use]
pub fn due_by(day: Day) -> String {
    super::typeset(&format!("Échéance du {} fixée par : ", super::dates::full(day)))
}

/// The number of follow-ups of all devices: « 2 échéances et suivis »
#[must_use]
pub fn count(count: usize) -> String {
    super::counted(count, "échéance ou suivi", "échéances et suivis")
}
