//! The device's clock and calendar.

use js_sys::Date;

use crate::domain::day::Day;
use crate::domain::stamp::Instant;

/// Now, by the device's clock.
#[must_use]
pub fn now() -> Instant {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates: a clock before 1970 reads 0"
    )]
    let milliseconds = Date::now() as u64;
    Instant(milliseconds)
}

/// Today, where the device is. A clock beyond the calendar's range reads as its nearest day.
#[must_use]
pub fn today() -> Day {
    of(&Date::new_0())
}

/// The day of an instant, where the device is. One beyond the calendar's range reads as its last.
#[must_use]
pub fn day_of(instant: Instant) -> Day {
    #[expect(clippy::cast_precision_loss, reason = "dates are far below 2 to the power of 53")]
    let milliseconds = instant.bounded().0 as f64;
    of(&Date::new(&milliseconds.into()))
}

fn of(date: &Date) -> Day {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    // A year before the first one of our era reads as a great number.
    let year = date.get_full_year().cast_signed();
    let beyond = if year < 2000 { Day::FIRST } else { Day::LAST };
    Day::new(year, small(date.get_month() + 1), small(date.get_date())).unwrap_or(beyond)
}
