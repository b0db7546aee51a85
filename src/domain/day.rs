//! A calendar day without a time or a time zone: the day of an observation.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use time::{Date, Month};

use super::serde_str::serde_as_str;

/// A day of the Gregorian calendar from 1900 to 2999, written `2021-03-12` (ISO 8601).
///
/// ```
/// use jalons::domain::day::Day;
///
/// let day: Day = "2021-03-12".parse()?;
/// assert_eq!((day.year(), day.month(), day.day_of_month()), (2021, 3, 12));
/// assert!("2021-02-30".parse::<Day>().is_err());
/// # Ok::<(), jalons::domain::day::InvalidDayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// The text or the numbers are not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a day such as 2021-03-12, from 1900 to 2999")]
pub struct InvalidDayError;

impl Day {
    /// The day with these numbers, months and days counted from 1.
    ///
    /// # Errors
    /// When the day does not exist, or lies outside the years 1900 to 2999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, InvalidDayError> {
        let month = Month::try_from(month).map_err(|_| InvalidDayError)?;
        let date = Date::from_calendar_date(year, month, day).map_err(|_| InvalidDayError)?;
        if (1900..=2999).contains(&year) { Ok(Self(date)) } else { Err(InvalidDayError) }
    }

    /// The year, from 1900 to 2999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, from 1 to 31.
    #[must_use]
    pub fn day_of_month(self) -> u8 {
        self.0.day()
    }

    /// The same day of the month, this many months later, or earlier for a negative number. Clamped
    /// to the last day of a shorter month, and to the years 1900 to 2999.
    ///
    /// ```
    /// use jalons::domain::day::Day;
    ///
    /// let day: Day = "2020-08-31".parse()?;
    /// assert_eq!(day.months_later(-6).to_string(), "2020-02-29");
    /// # Ok::<(), jalons::domain::day::InvalidDayError>(())
    /// ```
    #[must_use]
    pub fn months_later(self, months: i32) -> Self {
        let counted = (self.year() * 12 + i32::from(self.month()) - 1).saturating_add(months);
        let counted = counted.clamp(1900 * 12, 2999 * 12 + 11);
        let month = u8::try_from(counted % 12 + 1).unwrap_or(1);
        let in_month = |day| Self::new(counted / 12, month, day).ok();
        (1..=self.day_of_month()).rev().find_map(in_month).unwrap_or(self)
    }

    /// The number of days from an earlier day to this one; negative for a later one.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.to_julian_day() - earlier.0.to_julian_day()
    }

    /// The day this many days later, or earlier for a negative number; clamped to the years 1900 to
    /// 2999.
    #[must_use]
    pub fn days_later(self, days: i32) -> Self {
        let within = |day: &Date| (1900..=2999).contains(&day.year());
        let counted = self.0.to_julian_day().saturating_add(days);
        match Date::from_julian_day(counted).ok().filter(within) {
            Some(day) => Self(day),
            None if days < 0 => Self::FIRST,
            None => Self::LAST,
        }
    }

    /// The first supported day.
    pub(crate) const FIRST: Self = Self::at_end(1900, Month::January, 1);

    /// The last supported day.
    pub(crate) const LAST: Self = Self::at_end(2999, Month::December, 31);

    const fn at_end(year: i32, month: Month, day: u8) -> Self {
        match Date::from_calendar_date(year, month, day) {
            Ok(date) => Self(date),
            Err(_) => Self(Date::MIN),
        }
    }
}

impl FromStr for Day {
    type Err = InvalidDayError;

    fn from_str(text: &str) -> Result<Self, InvalidDayError> {
        let mut parts = text.split('-');
        let mut number = |width: usize| {
            let part = parts.next().ok_or(InvalidDayError)?;
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            if digits {
                part.parse::<u16>().map_err(|_| InvalidDayError)
            } else {
                Err(InvalidDayError)
            }
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(InvalidDayError);
        }
        let small = |n: u16| u8::try_from(n).map_err(|_| InvalidDayError);
        Self::new(year.into(), small(month)?, small(day)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

serde_as_str!(Day, pattern = "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_prints_as_it_was_written() {
        assert_eq!([Day::FIRST, Day::LAST], [day("1900-01-01"), day("2999-12-31")]);
        for text in ["1900-01-01", "2020-02-29", "2999-12-31"] {
            assert_eq!(text.parse::<Day>().expect(text).to_string(), text);
        }
    }

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    #[test]
    fn months_are_counted_by_the_calendar() {
        for (from, months, to) in [
            ("2020-08-31", -6, "2020-02-29"),
            ("2021-08-31", -6, "2021-02-28"),
            ("2026-11-23", -6, "2026-05-23"),
            ("2026-03-15", -6, "2025-09-15"),
            ("2026-01-01", -1, "2025-12-01"),
            ("2026-12-31", 1, "2027-01-31"),
            ("2027-01-31", 1, "2027-02-28"),
            ("2026-11-23", 0, "2026-11-23"),
            ("2024-02-29", 12, "2025-02-28"),
        ] {
            assert_eq!(day(from).months_later(months), day(to), "{from} and {months} months");
        }
    }

    #[test]
    fn months_stop_where_the_years_do() {
        assert_eq!(day("2999-12-31").months_later(1), day("2999-12-31"));
        assert_eq!(day("1900-01-15").months_later(-6), day("1900-01-15"));
        assert_eq!(day("2026-11-23").months_later(i32::MAX), day("2999-12-23"));
    }

    #[test]
    fn days_are_counted_over_ends_of_months_and_years() {
        assert_eq!(day("2024-03-01").days_since(day("2024-02-28")), 2);
        assert_eq!(day("2027-01-01").days_since(day("2026-12-31")), 1);
        assert_eq!(day("2026-12-31").days_since(day("2027-01-01")), -1);
    }

    #[test]
    fn days_later_are_counted_back_and_stop_where_the_years_do() {
        for (from, days) in [("2024-02-28", 2), ("2026-12-31", 1), ("2021-03-12", -4000)] {
            assert_eq!(day(from).days_later(days).days_since(day(from)), days);
        }
        assert_eq!(day("2999-12-30").days_later(2), day("2999-12-31"));
        assert_eq!(day("1900-01-02").days_later(i32::MIN), day("1900-01-01"));
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in [
            "",
            "2021",
            "2021-3-12",
            "2021-02-29",
            "2021-13-01",
            "2021-00-10",
            "1899-12-31",
            "3000-01-01",
            "2021-03-12-",
            "2021-03-12T10:00",
            "+021-03-12",
            "２021-03-12",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text} was taken");
        }
    }
}
