//! How far a set of markers is, in counts.
//!
//! Counts come before percentages, and a marker nobody has looked at is counted apart: "not
//! observed" is not "not yet".

use super::convention::Convention;
use super::day::Day;
use super::item::Code;
use super::journal::{Journal, Standing};
use super::observation::Level;

/// How many markers stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Markers in all.
    pub total: usize,
    /// Seen, and nothing of it is there.
    pub not_yet: usize,
    /// Seen under way.
    pub in_progress: usize,
    /// Seen reached.
    pub reached: usize,
    /// Looked at, and found to be beyond seeing.
    pub not_observable: usize,
}

impl Progress {
    /// Counts the latest level of each marker, `None` for one never observed.
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

    /// The markers of an objective and all below it, as they stood on a day.
    #[must_use]
    pub fn under(convention: &Convention, journal: &Journal, code: Code, on: Day) -> Self {
        let markers: Vec<_> = convention.markers_under(code).map(|marker| marker.id).collect();
        Self::of(journal.standings(&markers, on).into_iter().map(Standing::level))
    }

    /// Markers that somebody has looked at.
    #[must_use]
    pub fn observed(self) -> usize {
        self.not_yet + self.in_progress + self.reached + self.not_observable
    }

    /// Markers that nobody has looked at.
    #[must_use]
    pub fn unobserved(self) -> usize {
        self.total - self.observed()
    }

    /// How many markers stand at a level, `None` for those never observed.
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
