//! What several devices say of one marker, and how far they are from agreeing.
//!
//! A device's view is its latest observation: that somebody changed their mind is history, not
//! disagreement. *Pas encore*, *en cours* and *atteint* are an ordinal scale; *non observable* is
//! no place on it, so such a view is counted and shown, and disagrees with nobody.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::convention::Convention;
use super::day::Day;
use super::device::Voice;
use super::item::MarkerId;
use super::journal::{Journal, Observed};
use super::observation::{Level, Observation};
use super::progress::Progress;
use super::stamp::{DeviceId, Stamp};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

/// How one device sees a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opinion<'a> {
    /// The device.
    pub device: DeviceId,
    /// Whom it speaks for, where its owner has said so.
    pub voice: Option<Voice>,
    /// The day of its latest observation.
    pub day: Day,
    /// Which version of that observation it is.
    pub stamp: Stamp,
    /// What was seen.
    pub seen: &'a Observation,
}

/// How every device that has observed a marker sees it, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinions<'a>(BTreeMap<DeviceId, Opinion<'a>>);

/// How far views are spread over the three levels. Compares by [`Spread`]'s dispersion: 1 step
/// among 2 devices is as much as 2 among 4.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// How many views have a place on the scale.
    pub placed: usize,
    /// How many steps from one level to the next all of them together are from agreeing: the sum
    /// of their distances to the median level.
    pub steps: usize,
}

/// A marker that devices disagree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested<'a> {
    /// The marker.
    pub marker: MarkerId,
    /// Who says what.
    pub views: Opinions<'a>,
}

/// How far devices agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// How many devices have observed anything.
    pub devices: usize,
    /// How many markers more than one device has observed.
    pub shared: usize,
    /// The markers that they disagree on: the most disagreement first, then what more devices have
    /// observed, then as the document has them.
    pub contested: Vec<Contested<'a>>,
}

impl Spread {
    /// The spread of so many views at *pas encore*, *en cours* and *atteint*.
    ///
    /// At each of the two cuts between levels the smaller side would have to cross it, or more
    /// would: the steps are the sum of these sides. Over the number of views that is the ordinal
    /// dispersion of R. K. Leik ("A Measure of Ordinal Consensus", Pacific Sociological Review
    /// 9(2), 1966, pages 85 to 90), *D* = 2·Σ min(*F*, 1 − *F*) / (*m* − 1) with *m* = 3 levels
    /// and *F* the share of views below a cut: 0 when all agree, 1 when half stand at each end.
    ///
    /// ```
    /// use jalons::domain::opinions::Spread;
    ///
    /// let torn = Spread::of([2, 0, 2]);
    /// assert_eq!((torn.steps, torn.placed), (4, 4));
    /// assert!(torn > Spread::of([1, 0, 2]));
    /// assert_eq!(Spread::of([1, 1, 0]), Spread::of([0, 2, 2]));
    /// ```
    #[must_use]
    pub fn of([not_yet, in_progress, reached]: [usize; 3]) -> Self {
        let steps = not_yet.min(in_progress + reached) + (not_yet + in_progress).min(reached);
        Self { placed: not_yet + in_progress + reached, steps }
    }
}

/// By dispersion. The fractions are multiplied out, so nothing is rounded.
impl Ord for Spread {
    fn cmp(&self, other: &Self) -> Ordering {
        let crossed = |one: &Self, other: &Self| one.steps * other.placed.max(1);
        crossed(self, other).cmp(&crossed(other, self))
    }
}

impl PartialOrd for Spread {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Spread {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Spread {}

impl<'a> Opinions<'a> {
    /// The views of one marker on a day.
    #[must_use]
    pub fn of(journal: &'a Journal, marker: MarkerId, on: Day) -> Self {
        let mut views = Self::default();
        for observed in journal.history(marker).into_iter().filter(|seen| seen.id.day <= on) {
            views.take(journal, observed);
        }
        views
    }

    /// The views of every marker that has been observed, by one reading of the journal.
    #[must_use]
    pub fn of_all(journal: &'a Journal, on: Day) -> BTreeMap<MarkerId, Self> {
        let mut all = BTreeMap::<_, Self>::new();
        for observed in journal.observations().filter(|seen| seen.id.day <= on) {
            all.entry(observed.id.marker).or_default().take(journal, observed);
        }
        all
    }

    /// Takes the next observation; they come by day.
    fn take(&mut self, journal: &Journal, Observed { id, stamp, seen }: Observed<'a>) {
        let former = self.0.get(&id.device).map(|view| view.voice);
        let voice =
            former.unwrap_or_else(|| journal.device(id.device).map(|device| device.speaks_for));
        self.0.insert(id.device, Opinion { device: id.device, voice, day: id.day, stamp, seen });
    }

    /// Each view, in the order of the devices' ids.
    pub fn each(&self) -> impl Iterator<Item = &Opinion<'a>> {
        self.0.values()
    }

    /// How many devices have observed the marker.
    #[must_use]
    pub fn devices(&self) -> usize {
        self.0.len()
    }

    /// The view that is the marker's state: the latest day, then the greatest stamp.
    #[must_use]
    pub fn latest(&self) -> Option<&Opinion<'a>> {
        self.each().max_by_key(|view| (view.day, view.stamp))
    }

    /// How many devices say which level.
    #[must_use]
    pub fn counts(&self) -> Progress {
        Progress::of(self.each().map(|view| Some(view.seen.level)))
    }

    /// The same for those who speak for the same people, in the order of [`Voice::ALL`] and then
    /// those who have not said; without those nobody speaks for.
    #[must_use]
    pub fn by_voice(&self) -> Vec<(Option<Voice>, Progress)> {
        let voices = Voice::ALL.into_iter().map(Some).chain([None]);
        let said = |voice: Option<Voice>| {
            let views = self.each().filter(move |view| view.voice == voice);
            (voice, Progress::of(views.map(|view| Some(view.seen.level))))
        };
        voices.map(said).filter(|(_, counts)| counts.total > 0).collect()
    }

    /// How far the views are spread.
    #[must_use]
    pub fn spread(&self) -> Spread {
        let Progress { not_yet, in_progress, reached, .. } = self.counts();
        Spread::of([not_yet, in_progress, reached])
    }

    /// Whether two devices say different levels.
    #[must_use]
    pub fn are_contested(&self) -> bool {
        self.spread().steps > 0
    }

    /// The most days that lie between two views of different levels; `None` where all agree.
    #[must_use]
    pub fn days_apart(&self) -> Option<u32> {
        let spans = self.spans();
        let between = |(one, other): (&Span, &Span)| {
            other.last.days_since(one.first).max(one.last.days_since(other.first)).unsigned_abs()
        };
        pairs(&spans).map(between).max()
    }

    /// Whether the views may differ by progress alone: each higher level was seen on a later day
    /// than any lower one. `false` where all agree.
    #[must_use]
    pub fn may_be_progress(&self) -> bool {
        let spans = self.spans();
        spans.len() > 1 && pairs(&spans).all(|(lower, higher)| lower.last < higher.first)
    }

    /// The first and last day of the views at each level that has some, from the lowest.
    fn spans(&self) -> Vec<Span> {
        let span = |level| {
            let days = || self.each().filter(move |view| view.seen.level == level).map(|v| v.day);
            Some(Span { first: days().min()?, last: days().max()? })
        };
        [Level::NotYet, Level::InProgress, Level::Reached].into_iter().filter_map(span).collect()
    }
}

/// The days from the first to the last view at one level.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    last: Day,
}

fn pairs(spans: &[Span]) -> impl Iterator<Item = (&Span, &Span)> {
    let from = |(place, lower)| spans.iter().skip(place + 1).map(move |higher| (lower, higher));
    spans.iter().enumerate().flat_map(from)
}

impl<'a> Agreement<'a> {
    /// How far devices agree on a day on the markers of a convention, by one reading of the journal.
    #[must_use]
    pub fn of(convention: &Convention, journal: &'a Journal, on: Day) -> Self {
        let mut all = Opinions::of_all(journal, on);
        let mut agreement = Self { devices: 0, shared: 0, contested: Vec::new() };
        let mut devices = BTreeSet::new();
        for marker in convention.markers() {
            let Some(views) = all.remove(&marker.id) else { continue };
            devices.extend(views.each().map(|view| view.device));
            agreement.shared += usize::from(views.devices() > 1);
            if views.are_contested() {
                agreement.contested.push(Contested { marker: marker.id, views });
            }
        }
        agreement.devices = devices.len();
        agreement.contested.sort_by(|one, other| {
            let of = |one: &Contested<'_>| (one.views.spread(), one.views.devices());
            of(other).cmp(&of(one))
        });
        agreement
    }
}
