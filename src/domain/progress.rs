//! The progress of a set of markers: how many are at each level.
//!
//! Progress is stored as counts, not percentages. Unobserved markers are counted apart from those
//! observed as *pas encore*.

use super::convention::Convention;
use super::day::Day;
use super::item::Code;
use super::journal::{Journal, MarkerStatus};
use super::observation::Level;

/// How many markers are at each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All markers.
    pub total: usize,
    /// Markers at *pas encore*.
    pub not_yet: usize,
    /// Markers at *en cours*.
    pub in_progress: usize,
    /// Markers at *atteint*.
    pub reached: usize,
    /// Markers at *non observable*.
    pub not_observable: usize,
}

impl Progress {
    /// Counts the latest level of each marker; `None` for an unobserved one.
    ///
    /// ```
    /// use jalons::domain::{observation::Level, progress::Progress};
    ///
    /// let progress = Progress::of([Some(Level::Reached), None, Some(Level::NotYet)]);
    /// assert_eq!((progress.observed(), progress.total), (2, 3));
    /// ```
    pub fn of(levels: impl IntoIterator<Item = Option<Level>>) -> Self {
        let mut progress = Self::default();
        for level in levels {
            progress.total += 1;
            match level {
                None => {}
                Some(Level::NotYet) => progress.not_yet += 1,
                Some(Level::InProgress) => progress.in_progress += 1,
                Some(Level::Reached) => progress.reached += 1,
                Some(Level::NotObservable) => progress.not_observable += 1,
            }
        }
        progress
    }

    /// The progress on a day of the markers of an objective and all below it.
    #[must_use]
    pub fn under(convention: &Convention, journal: &Journal, code: Code, on: Day) -> Self {
        let markers: Vec<_> = convention.markers_under(code).map(|marker| marker.id).collect();
        Self::of(journal.statuses(&markers, on).into_iter().map(MarkerStatus::level))
    }

    /// The number of observed markers.
    #[must_use]
    pub fn observed(self) -> usize {
        self.not_yet + self.in_progress + self.reached + self.not_observable
    }

    /// The number of unobserved markers.
    #[must_use]
    pub fn unobserved(self) -> usize {
        self.total - self.observed()
    }

    /// The number of markers at a level; `None` for unobserved ones.
    #[must_use]
    pub fn at(self, level: Option<Level>) -> usize {
        match level {
            None => self.unobserved(),
            Some(Level::NotYet) => self.not_yet,
            Some(Level::InProgress) => self.in_progress,
            Some(Level::Reached) => self.reached,
            Some(Level::NotObservable) => self.not_observable,
        }
    }
}
