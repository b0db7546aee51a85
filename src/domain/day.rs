//! A calendar day, without a time or a zone: the day somebody saw something.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use time::{Date, Month};

use super::as_text::serde_as_text;

/// A day of the Gregorian calendar from 1900 to 2999, written `2021-03-12` (ISO 8601).
///
/// ```
/// use jalons::domain::day::Day;
///
/// let day: Day = "2021-03-12".parse()?;
/// assert_eq!((day.year(), day.month(), day.day_of_month()), (2021, 3, 12));
/// assert!("2021-02-30".parse::<Day>().is_err());
/// # Ok::<(), jalons::domain::day::InvalidDay>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Text or numbers that are no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a day such as 2021-03-12, from 1900 to 2999")]
pub struct InvalidDay;

impl Day {
    /// The day of these numbers, months and days counted from 1.
    ///
    /// # Errors
    /// When there is no such day, or it lies outside the years 1900 to 2999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, InvalidDay> {
        let month = Month::try_from(month).map_err(|_| InvalidDay)?;
        let date = Date::from_calendar_date(year, month, day).map_err(|_| InvalidDay)?;
        if (1900..=2999).contains(&year) { Ok(Self(date)) } else { Err(InvalidDay) }
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

    /// The least day there is, for range scans.
    pub(crate) const FIRST: Self = Self(Date::MIN);
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let mut parts = text.split('-');
        let mut number = |width: usize| {
            let part = parts.next().ok_or(InvalidDay)?;
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse::<u16>().map_err(|_| InvalidDay) } else { Err(InvalidDay) }
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(InvalidDay);
        }
        let small = |n: u16| u8::try_from(n).map_err(|_| InvalidDay);
        Self::new(year.into(), small(month)?, small(day)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

serde_as_text!(Day, pattern = "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_prints_as_it_was_written() {
        for text in ["1900-01-01", "2020-02-29", "2999-12-31"] {
            assert_eq!(text.parse::<Day>().expect(text).to_string(), text);
        }
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
