//! Decides when to remind of saving a copy.
//!
//! Some browsers clear a page's storage after seven days without a visit, every browser may when
//! space is short, and a lost phone takes all data with it. The reminder comes early enough for
//! that, and only when there are new records to lose.

use super::journal::Journal;
use super::record::Record;
use super::stamp::{DeviceId, Instant};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Whether to remind of saving a copy: this device has records that are newer than the last copy,
/// and the last copy, or else its first record, is old. Old means five days if the browser has not
/// promised persistence, thirty if it has.
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
