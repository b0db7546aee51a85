//! The list "à regarder": the markers to look at on a day, and the reasons for each.
//!
//! Each marker is listed once, under its most urgent reason, together with its other reasons.

use super::convention::Convention;
use super::day::Day;
use super::item::MarkerId;
use super::journal::Journal;
use super::observation::Level;
use super::opinions::Opinions;
use super::stamp::DeviceId;

/// Why a marker is listed. Sorts by urgency; reasons of one kind sort by their day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttentionReason {
    /// Its planned day is today or has passed, and it is not reached.
    Due(Day),
    /// Its planned day comes within [`SOON_DAYS`], and it is not reached.
    DueSoon(Day),
    /// Devices disagree on it.
    Contested,
    /// Nobody has observed it for more than [`FRESH`] months, and it is not reached. The day is
    /// that of the latest observation.
    Stale(Day),
    /// It is watched on this device.
    Watched,
    /// It has never been observed.
    NeverObserved,
}

/// A marker on the list, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// The marker.
    pub marker: MarkerId,
    /// The most urgent reason.
    pub first: AttentionReason,
    /// The other reasons, by urgency.
    pub others: Vec<AttentionReason>,
}

/// How many days in advance a planned day is announced.
pub const SOON_DAYS: i32 = 30;

/// For how many calendar months an observation counts as fresh.
pub const FRESH: i32 = 6;

impl Attention {
    /// Every reason, the most urgent first.
    pub fn reasons(&self) -> impl Iterator<Item = AttentionReason> {
        [self.first].into_iter().chain(self.others.iter().copied())
    }
}

/// The markers to look at on a day, for the owner of one device: by reason, then by the reason's
/// day, the earliest first, then in the document's order.
#[must_use]
pub fn attention(
    convention: &Convention,
    journal: &Journal,
    own: DeviceId,
    today: Day,
) -> Vec<Attention> {
    let views = Opinions::of_all(journal, today);
    let markers = convention.markers().filter_map(|marker| {
        let marker = marker.id;
        let mut reasons = reasons(journal, marker, own, today, views.get(&marker)).into_iter();
        Some(Attention { marker, first: reasons.next()?, others: reasons.collect() })
    });
    let mut list: Vec<_> = markers.collect();
    list.sort_by_key(|attention| attention.first);
    list
}

/// The new day when a planned day is postponed: a month later, or a month after today if it has
/// passed.
///
/// ```
/// use jalons::domain::attention::postponed;
///
/// let day = |text: &str| text.parse().expect("a day");
/// assert_eq!(postponed(day("2026-12-31"), day("2026-11-23")), day("2027-01-31"));
/// assert_eq!(postponed(day("2021-12-31"), day("2026-11-23")), day("2026-12-23"));
/// ```
#[must_use]
pub fn postponed(due: Day, today: Day) -> Day {
    due.max(today).months_later(1)
}

fn reasons(
    journal: &Journal,
    marker: MarkerId,
    own: DeviceId,
    today: Day,
    views: Option<&Opinions<'_>>,
) -> Vec<AttentionReason> {
    let latest = views.and_then(Opinions::latest);
    let open = latest.is_none_or(|view| view.seen.level != Level::Reached);
    let due = journal.due(marker, own).map(|due| due.day).filter(|_| open);
    let due = due.and_then(|day| match day.days_since(today) {
        ..=0 => Some(AttentionReason::Due(day)),
        1..=SOON_DAYS => Some(AttentionReason::DueSoon(day)),
        _ => None,
    });
    let contested =
        views.is_some_and(Opinions::are_contested).then_some(AttentionReason::Contested);
    let stale = latest.map(|view| view.day).filter(|day| open && *day < today.months_later(-FRESH));
    let watched = journal.follow_up(marker, own).is_some_and(|follow_up| follow_up.watched);
    let watched = watched.then_some(AttentionReason::Watched);
    let never = latest.is_none().then_some(AttentionReason::NeverObserved);
    [due, contested, stale.map(AttentionReason::Stale), watched, never]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
