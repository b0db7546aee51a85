//! The filter of the tracking screen.

use super::item::{Code, MarkerId};
use super::observation::Level;

/// Selects markers. The default selects them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackingFilter {
    /// Only markers of this objective and below it.
    pub objective: Option<Code>,
    /// Only markers with this observation status.
    pub seen: SeenFilter,
    /// Only markers with a note.
    pub with_notes: bool,
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

    /// Whether the filter selects every marker.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_narrows_what_is_shown() {
        let marker: MarkerId = "1.2.1-m3".parse().expect("an id");
        let all = TrackingFilter::default();
        assert!(all.shows(marker, None, false));
        assert!(all.is_by_place() && all.is_all());

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
}
