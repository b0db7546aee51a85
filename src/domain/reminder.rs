//! When it is time to carry a copy away.
//!
//! Some browsers clear what a page has stored after seven days without a visit, all may when room
//! is short, and a lost phone takes everything with it. A reminder comes while there is still
//! time, and only when there is something new to lose.

use super::journal::Journal;
use super::record::Record;
use super::stamp::{DeviceId, Instant};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Whether to remind of a copy: the device has written something since the last one (since ever,
/// without one), and the last copy (or else its first record) is old. Old is five days where the
/// browser has not promised to keep things, thirty where it has.
///
/// ```
/// use jalons::domain::journal::Journal;
/// use jalons::domain::reminder::is_due;
/// use jalons::domain::stamp::{DeviceId, Instant, Token};
///
/// let nothing = Journal::default();
/// assert!(!is_due(&nothing, DeviceId(Token(1)), None, Instant(1_600_000_000_000), false));
/// ```
#[must_use]
pub fn is_due(
    journal: &Journal,
    own: DeviceId,
    exported: Option<Instant>,
    now: Instant,
    promised: bool,
) -> bool {
    let at = |record: &Record| record.stamp().at;
    let mine = || journal.records().filter(|record| record.stamp().device == own).map(at);
    let unsaved = mine().any(|at| exported.is_none_or(|exported| at > exported));
    let since = exported.or_else(|| mine().min());
    let patience = if promised { 30 } else { 5 } * DAY;
    unsaved && since.is_some_and(|since| now.0.saturating_sub(since.0) >= patience)
}

#[cfg(test)]
mod tests;
