//! The device's clock and calendar.

use js_sys::Date;

use crate::domain::day::Day;
use crate::domain::stamp::Instant;

/// The current instant, by the device's clock.
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

/// The current day in the device's time zone; a clock outside the supported years gives the nearest
/// day.
#[must_use]
pub fn today() -> Day {
    of(&Date::new_0())
}

/// The day of an instant in the device's time zone; an instant after the supported years gives the
/// last day.
#[must_use]
pub fn day_of(instant: Instant) -> Day {
    #[expect(clippy::cast_precision_loss, reason = "dates are far below 2 to the power of 53")]
    let milliseconds = instant.bounded().0 as f64;
    of(&Date::new(&milliseconds.into()))
}

fn of(date: &Date) -> Day {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    // A negative year is read as a large unsigned number.
    let year = date.get_full_year().cast_signed();
    let beyond = if year < 2000 { Day::FIRST } else { Day::LAST };
    Day::new(year, small(date.get_month() + 1), small(date.get_date())).unwrap_or(beyond)
}
