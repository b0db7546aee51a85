//! The days that a report is about.

use super::day::Day;
use super::journal::Journal;

/// The days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub first: Day,
    /// The last; states are those of its evening.
    pub last: Day,
}

impl Period {
    /// From the first to the last observation up to today; `None` where there is none. What a device
    /// with a wrong clock has seen on a day that has not come is in no report.
    #[must_use]
    pub fn of(journal: &Journal, today: Day) -> Option<Self> {
        let days = || journal.observations().map(|seen| seen.id.day).filter(|day| *day <= today);
        Some(Self { first: days().min()?, last: days().max()? })
    }

    /// Whether a day lies in it.
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
