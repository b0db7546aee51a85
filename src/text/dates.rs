//! Days in words.

use crate::domain::day::Day;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 12 mars 2021 », « 1er avril 2021 »; today as « aujourd'hui ».
#[must_use]
pub fn day(day: Day, today: Day) -> String {
    if day == today { super::set!("aujourd'hui").to_owned() } else { full(day) }
}

/// The day for texts that are read later, so never « aujourd'hui ».
#[must_use]
pub fn full(day: Day) -> String {
    let month = MONTHS.get(usize::from(day.month()).wrapping_sub(1)).copied().unwrap_or_default();
    let ordinal = if day.day_of_month() == 1 { "er" } else { "" };
    format!("{}{ordinal} {month} {}", day.day_of_month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_month_is_ordinal() {
        assert_eq!(full("2021-04-01".parse().expect("a day")), "1er avril 2021");
        assert_eq!(full("2021-12-31".parse().expect("a day")), "31 décembre 2021");
    }

    #[test]
    fn today_is_said_so() {
        let today = "2021-04-01".parse().expect("a day");
        assert_eq!(day(today, today), "aujourd’hui");
    }
}
