//! How a set of markers has moved: its counts on every day, from the observations' own dates.
//!
//! An [`Evolution`] says on each day what [`Progress::under`] says of it (a law holds them equal),
//! and is made by reading the journal once, whatever the number of days.

use super::convention::Convention;
use super::day::Day;
use super::item::{Code, MarkerId};
use super::journal::{Journal, Observed};
use super::observation::Level;
use super::progress::Progress;
use super::stamp::Stamp;

/// The counts from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvolutionStep {
    /// The first day that has them.
    pub day: Day,
    /// How many markers stand where, all that was observed before included.
    pub progress: Progress,
}

/// The days on which counts change. Between two steps the former holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evolution {
    total: usize,
    steps: Vec<EvolutionStep>,
}

/// One marker that comes to another level on a day.
#[derive(Clone, Copy, Debug)]
struct Turn {
    day: Day,
    from: Option<Level>,
    to: Level,
}

/// The observation that counts for a marker, so far.
#[derive(Clone, Copy, Debug)]
struct Latest {
    marker: MarkerId,
    day: Day,
    stamp: Stamp,
    level: Level,
    /// Where the marker stood before that day.
    before: Option<Level>,
}

impl Evolution {
    /// The evolution of the markers of an objective and all below it, of every marker for `None`,
    /// up to a day. What was observed of markers that this convention does not have is left out.
    /// Takes a time of *n* log *n* for *n* observations.
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

    /// Whether nobody has observed anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps, in the order of their days, one a day at most.
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

    /// The first day on which something was observed.
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

/// What was observed of these markers up to a day.
pub(super) fn observations<'a>(
    journal: &'a Journal,
    markers: &[MarkerId],
    until: Day,
) -> impl Iterator<Item = Observed<'a>> {
    journal.observations().filter(move |observed| {
        observed.id.day <= until && markers.binary_search(&observed.id.marker).is_ok()
    })
}

/// Reads the observations in the journal's order, by marker, then day: at the end of each day of
/// each marker it is known where the marker stands.
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
    /// What its day has changed; nothing where the marker was already seen so.
    fn turn(self) -> Option<Turn> {
        let turn = Turn { day: self.day, from: self.before, to: self.level };
        (turn.from != Some(turn.to)).then_some(turn)
    }
}

/// Adds the turns up, day by day.
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
        // Two markers may have changed places.
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
