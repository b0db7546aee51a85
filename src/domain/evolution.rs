//! The progress of a set of markers over time, computed from the dates of observations.
//!
//! On each day an [`Evolution`] equals [`Progress::under`] (a law tests this), but is computed in
//! one pass over the journal, whatever the number of days.

use super::convention::Convention;
use super::day::Day;
use super::item::{Code, MarkerId};
use super::journal::{Journal, ObservationRef};
use super::observation::Level;
use super::progress::Progress;
use super::stamp::Stamp;

/// The counts from one day until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvolutionStep {
    /// The first day with these counts.
    pub day: Day,
    /// How many markers are at each level, including earlier observations.
    pub progress: Progress,
}

/// The days on which counts change. The counts of a step hold until the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evolution {
    total: usize,
    steps: Vec<EvolutionStep>,
}

/// A change of one marker's level on one day.
#[derive(Clone, Copy, Debug)]
struct Turn {
    day: Day,
    from: Option<Level>,
    to: Level,
}

/// The observation that counts for a marker so far, while scanning.
#[derive(Clone, Copy, Debug)]
struct Latest {
    marker: MarkerId,
    day: Day,
    stamp: Stamp,
    level: Level,
    /// The marker's level before that day.
    before: Option<Level>,
}

impl Evolution {
    /// The evolution up to a day of the markers of an objective and all below it, or of every
    /// marker for `None`. Observations of markers that this convention lacks are skipped. Takes *n*
    /// log *n* time for *n* observations.
    ///
    /// ```
    /// use jalons::domain::evolution::Evolution;
    /// use jalons::domain::journal::Journal;
    ///
    /// let convention = jalons::convention::convention();
    /// let today = "2021-03-12".parse()?;
    /// let evolution = Evolution::of(convention, &Journal::default(), None, today);
    /// assert!(evolution.is_empty());
    /// assert_eq!(evolution.at(today).unobserved(), 105);
    /// # Ok::<(), jalons::domain::day::InvalidDayError>(())
    /// ```
    #[must_use]
    pub fn of(convention: &Convention, journal: &Journal, under: Option<Code>, until: Day) -> Self {
        let markers = markers(convention, under);
        let mut turns = turns(journal, &markers, until);
        turns.sort_unstable_by_key(|turn| turn.day);
        Self { total: markers.len(), steps: steps(&turns, markers.len()) }
    }

    /// Whether there are no observations.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps by day, at most one a day.
    #[must_use]
    pub fn steps(&self) -> &[EvolutionStep] {
        &self.steps
    }

    /// The counts on a day.
    #[must_use]
    pub fn at(&self, day: Day) -> Progress {
        let after = self.steps.partition_point(|step| step.day <= day);
        let step = after.checked_sub(1).and_then(|last| self.steps.get(last));
        step.map_or(Progress { total: self.total, ..Progress::default() }, |step| step.progress)
    }

    /// The day of the first observation.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        self.steps.first().map(|step| step.day)
    }

    /// The last day on which the counts changed.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        self.steps.last().map(|step| step.day)
    }
}

/// The markers of an objective and all below it, in the document's order, which is that of ids.
pub(super) fn markers(convention: &Convention, under: Option<Code>) -> Vec<MarkerId> {
    let covered = |code: Code| under.is_none_or(|under| under.covers(code));
    let markers = convention.markers().map(|marker| marker.id);
    markers.filter(|marker| covered(marker.code())).collect()
}

/// The observations of these markers up to a day.
pub(super) fn observations<'a>(
    journal: &'a Journal,
    markers: &[MarkerId],
    until: Day,
) -> impl Iterator<Item = ObservationRef<'a>> {
    journal.observations().filter(move |observed| {
        observed.id.day <= until && markers.binary_search(&observed.id.marker).is_ok()
    })
}

/// Scans the observations in the journal's order, by marker, then day, and emits the change of
/// level at the end of each marker's day.
fn turns(journal: &Journal, markers: &[MarkerId], until: Day) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut latest: Option<Latest> = None;
    for observed in observations(journal, markers, until) {
        let (id, level) = (observed.id, observed.seen.level);
        let before = match &mut latest {
            Some(held) if (held.marker, held.day) == (id.marker, id.day) => {
                if observed.stamp >= held.stamp {
                    (held.stamp, held.level) = (observed.stamp, level);
                }
                continue;
            }
            Some(held) if held.marker == id.marker => Some(held.level),
            _ => None,
        };
        turns.extend(latest.and_then(Latest::turn));
        latest =
            Some(Latest { marker: id.marker, day: id.day, stamp: observed.stamp, level, before });
    }
    turns.extend(latest.and_then(Latest::turn));
    turns
}

impl Latest {
    /// The change on its day; `None` where the level stayed the same.
    fn turn(self) -> Option<Turn> {
        let turn = Turn { day: self.day, from: self.before, to: self.level };
        (turn.from != Some(turn.to)).then_some(turn)
    }
}

/// Accumulates the changes, day by day.
fn steps(turns: &[Turn], total: usize) -> Vec<EvolutionStep> {
    let mut steps: Vec<EvolutionStep> = Vec::new();
    let mut progress = Progress { total, ..Progress::default() };
    for day in turns.chunk_by(|one, other| one.day == other.day) {
        let before = progress;
        for turn in day {
            if let Some(from) = turn.from {
                *count(&mut progress, from) -= 1;
            }
            *count(&mut progress, turn.to) += 1;
        }
        // Two changes on one day may cancel each other out.
        if progress != before {
            steps.push(EvolutionStep { day: day[0].day, progress });
        }
    }
    steps
}

fn count(progress: &mut Progress, level: Level) -> &mut usize {
    match level {
        Level::NotYet => &mut progress.not_yet,
        Level::InProgress => &mut progress.in_progress,
        Level::Reached => &mut progress.reached,
        Level::NotObservable => &mut progress.not_observable,
    }
}
