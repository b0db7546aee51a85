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
    of(&Date::new_0()).unwrap_or(Day::FIRST)
}

/// The day of an instant, where the device is.
#[must_use]
pub fn day_of(instant: Instant) -> Day {
    #[expect(clippy::cast_precision_loss, reason = "dates are far below 2 to the power of 53")]
    let milliseconds = instant.0 as f64;
    of(&Date::new(&milliseconds.into())).unwrap_or(Day::FIRST)
}

fn of(date: &Date) -> Option<Day> {
    let year = i32::try_from(date.get_full_year()).ok()?;
    let month = u8::try_from(date.get_month() + 1).ok()?;
    Day::new(year, month, u8::try_from(date.get_date()).ok()?).ok()
}
