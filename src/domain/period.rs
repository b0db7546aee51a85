//! The period of a report.

use super::day::Day;
use super::journal::Journal;

/// A range of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Day,
    /// The last day; states are those at its end.
    pub last: Day,
}

impl Period {
    /// From the first to the last observation up to today; `None` without observations.
    /// Observations dated in the future, by a device with a wrong clock, are in no report.
    #[must_use]
    pub fn of(journal: &Journal, today: Day) -> Option<Self> {
        let days = || journal.observations().map(|seen| seen.id.day).filter(|day| *day <= today);
        Some(Self { first: days().min()?, last: days().max()? })
    }

    /// Whether the period contains a day.
    ///
    /// ```
    /// use jalons::domain::period::Period;
    ///
    /// let day = |text: &str| text.parse().expect("a day");
    /// let period = Period { first: day("2021-01-01"), last: day("2021-03-31") };
    /// assert!(period.holds(day("2021-01-01")) && period.holds(day("2021-03-31")));
    /// assert!(!period.holds(day("2021-04-01")));
    /// ```
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}
