//! The filter of the tracking screen.

use std::cmp::Reverse;

use super::day::Day;
use super::item::{Code, ItemId, MarkerId};
use super::journal::Journal;
use super::observation::Level;
use super::record::Body;

/// Selects markers. The default selects them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackingFilter {
    /// Only markers of this objective and below it.
    pub objective: Option<Code>,
    /// Only markers with this observation status.
    pub seen: SeenFilter,
    /// Only markers with a note.
    pub with_notes: bool,
    /// In which order.
    pub order: MarkerOrder,
}

/// The order of the markers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MarkerOrder {
    /// As in the convention.
    #[default]
    Text,
    /// Those first that were written about last.
    Latest,
    /// Those first that were never observed.
    Unobserved,
}

impl MarkerOrder {
    /// The indices of these markers in this order on a day. The slice is in the convention's order,
    /// which decides between equals.
    #[must_use]
    pub fn of(self, markers: &[MarkerId], journal: &Journal, on: Day) -> Vec<usize> {
        let mut places: Vec<_> = (0..markers.len()).collect();
        match self {
            Self::Text => {}
            Self::Latest => {
                let mut latest = vec![None; markers.len()];
                let held = journal.records().filter(|record| *record.body() != Body::Deleted);
                for record in held {
                    let marker = record.id().item().and_then(ItemId::marker);
                    let place = marker.and_then(|marker| markers.binary_search(&marker).ok());
                    if let Some(place) = place {
                        latest[place] = latest[place].max(Some(record.stamp()));
                    }
                }
                places.sort_by_key(|place| Reverse(latest[*place]));
            }
            Self::Unobserved => {
                let statuses = journal.statuses(markers, on);
                places.sort_by_key(|place| statuses[*place].seen.is_some());
            }
        }
        places
    }
}

/// A filter by observation status. It is one choice, so that "unobserved" and a level cannot
/// contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeenFilter {
    /// Observed or not.
    #[default]
    Any,
    /// Observed, at any level.
    Observed,
    /// Never observed.
    Unobserved,
    /// Latest observed at this level.
    At(Level),
}

impl TrackingFilter {
    /// Whether the filter selects a marker with this latest level and with or without notes.
    #[must_use]
    pub fn shows(&self, marker: MarkerId, level: Option<Level>, has_notes: bool) -> bool {
        let place = self.objective.is_none_or(|code| code.covers(marker.code()));
        let seen = match self.seen {
            SeenFilter::Any => true,
            SeenFilter::Observed => level.is_some(),
            SeenFilter::Unobserved => level.is_none(),
            SeenFilter::At(wanted) => level == Some(wanted),
        };
        place && seen && (has_notes || !self.with_notes)
    }

    /// Whether the filter depends on the convention alone, and not on records.
    #[must_use]
    pub fn is_by_place(&self) -> bool {
        Self { objective: None, ..*self }.is_all()
    }

    /// Whether the filter selects every marker, in any order.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self { order: self.order, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::convention;
    use crate::domain::journal::{Action, ActionContext};
    use crate::domain::note::{NoteDraft, NoteKind};
    use crate::domain::stamp::{DeviceId, Instant, Token};

    #[test]
    fn each_choice_narrows_what_is_shown() {
        let marker: MarkerId = "1.2.1-m3".parse().expect("an id");
        let all = TrackingFilter::default();
        assert!(all.shows(marker, None, false));
        assert!(all.is_by_place() && all.is_all());
        assert!(TrackingFilter { order: MarkerOrder::Latest, ..all }.is_all());

        let elsewhere = TrackingFilter { objective: "1.1".parse().ok(), ..all };
        assert!(!elsewhere.shows(marker, None, false));
        assert!(elsewhere.is_by_place() && !elsewhere.is_all());
        let here = TrackingFilter { objective: "1.2".parse().ok(), ..all };
        assert!(here.shows(marker, None, false));

        let noted = TrackingFilter { with_notes: true, ..all };
        assert!(!noted.shows(marker, Some(Level::Reached), false));
        assert!(!noted.is_by_place());
        assert!(noted.shows(marker, None, true));

        let seen = |seen| TrackingFilter { seen, ..all };
        for (choice, level, shown) in [
            (SeenFilter::Observed, None, false),
            (SeenFilter::Observed, Some(Level::NotObservable), true),
            (SeenFilter::Unobserved, None, true),
            (SeenFilter::Unobserved, Some(Level::NotYet), false),
            (SeenFilter::At(Level::Reached), Some(Level::Reached), true),
            (SeenFilter::At(Level::Reached), Some(Level::NotYet), false),
            (SeenFilter::At(Level::NotYet), None, false),
        ] {
            assert_eq!(seen(choice).shows(marker, level, false), shown, "{choice:?} {level:?}");
        }
    }

    #[test]
    fn the_latest_or_the_never_observed_come_first() {
        let markers: Vec<MarkerId> = ["1.1.1-m1", "1.1.1-m2", "1.2.1-m1", "1.2.1-m2"]
            .map(|id| id.parse().expect("an id"))
            .into();
        let mut journal = Journal::default();
        let today = "2021-03-12".parse().expect("a day");
        let act = |journal: &mut Journal, action| {
            let now = Instant(journal.records().count() as u64 + 1);
            let device = DeviceId(Token(1));
            let context = ActionContext { now, today, device, token: Token(now.0) };
            journal.apply(convention(), action, &context).expect("it applies");
        };
        let note = NoteDraft { kind: NoteKind::Idea, text: "un banc".to_owned(), private: false };
        act(&mut journal, Action::Tick(markers[1]));
        act(&mut journal, Action::Tick(markers[3]));
        act(&mut journal, Action::Write(markers[2].into(), note));
        assert_eq!(MarkerOrder::Text.of(&markers, &journal, today), [0, 1, 2, 3]);
        assert_eq!(MarkerOrder::Latest.of(&markers, &journal, today), [2, 3, 1, 0]);
        assert_eq!(MarkerOrder::Unobserved.of(&markers, &journal, today), [0, 2, 1, 3]);
        act(&mut journal, Action::Untick(markers[3]));
        assert_eq!(
            MarkerOrder::Latest.of(&markers, &journal, today),
            [2, 1, 0, 3],
            "deleted ones count for nothing"
        );
    }
}
