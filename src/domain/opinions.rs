//! The opinions of several devices about one marker, and how far they disagree.
//!
//! A device's opinion is its latest observation: an earlier one of its own is history, not
//! disagreement. *Pas encore*, *en cours* and *atteint* form an ordinal scale. *Non observable* is
//! not on it, so such an opinion is counted and shown, and disagrees with no other.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::convention::Convention;
use super::day::Day;
use super::device::Voice;
use super::item::MarkerId;
use super::journal::{Journal, ObservationRef};
use super::observation::{Level, Observation};
use super::progress::Progress;
use super::stamp::{DeviceId, Stamp};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

/// The opinion of one device about a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opinion<'a> {
    /// The device.
    pub device: DeviceId,
    /// Whom the device speaks for, if its owner has said so.
    pub voice: Option<Voice>,
    /// The day of its latest observation.
    pub day: Day,
    /// The version of that observation.
    pub stamp: Stamp,
    /// The observation.
    pub seen: &'a Observation,
}

/// The opinions of all devices about one marker, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinions<'a>(BTreeMap<DeviceId, Opinion<'a>>);

/// How far opinions are spread over the three levels. Compares by dispersion, see [`Spread::of`]: 1
/// step among 2 devices equals 2 steps among 4.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// How many opinions are on the scale.
    pub placed: usize,
    /// The total distance from agreement, in steps between neighbouring levels: the sum of
    /// distances to the median level.
    pub steps: usize,
}

/// A marker about which devices disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested<'a> {
    /// The marker.
    pub marker: MarkerId,
    /// The opinions about it.
    pub views: Opinions<'a>,
}

/// A summary of how far devices agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// How many devices have made observations.
    pub devices: usize,
    /// How many markers have observations from more than one device.
    pub shared: usize,
    /// The markers with disagreement: the greatest dispersion first, then the most devices, then in
    /// the document's order.
    pub contested: Vec<Contested<'a>>,
}

impl Spread {
    /// The spread of these numbers of opinions at *pas encore*, *en cours* and *atteint*.
    ///
    /// At each of the two cuts between levels, at least the opinions on the smaller side have to
    /// cross it to agree: the steps are the sum of these smaller sides. Divided by the number of
    /// opinions, that is the ordinal dispersion of R. K. Leik ("A Measure of Ordinal Consensus",
    /// Pacific Sociological Review 9(2), 1966, pages 85 to 90), *D* = 2·Σ min(*F*, 1 − *F*) / (*m*
    /// − 1) with *m* = 3 levels and *F* the share of opinions below a cut: 0 when all agree, 1 when
    /// half are at each end.
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

/// Compares by dispersion. The fractions are multiplied out, so nothing is rounded.
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
    /// The opinions about one marker on a day.
    #[must_use]
    pub fn of(journal: &'a Journal, marker: MarkerId, on: Day) -> Self {
        let mut views = Self::default();
        for observed in journal.history(marker).into_iter().filter(|seen| seen.id.day <= on) {
            views.take(journal, observed);
        }
        views
    }

    /// The opinions about every observed marker, in one pass over the journal.
    #[must_use]
    pub fn of_all(journal: &'a Journal, on: Day) -> BTreeMap<MarkerId, Self> {
        let mut all = BTreeMap::<_, Self>::new();
        for observed in journal.observations().filter(|seen| seen.id.day <= on) {
            all.entry(observed.id.marker).or_default().take(journal, observed);
        }
        all
    }

    /// Adds the next observation. Observations must come sorted by day.
    fn take(&mut self, journal: &Journal, ObservationRef { id, stamp, seen }: ObservationRef<'a>) {
        let former = self.0.get(&id.device).map(|view| view.voice);
        let voice =
            former.unwrap_or_else(|| journal.device(id.device).map(|device| device.speaks_for));
        self.0.insert(id.device, Opinion { device: id.device, voice, day: id.day, stamp, seen });
    }

    /// Every opinion, in the order of the devices' ids.
    pub fn each(&self) -> impl Iterator<Item = &Opinion<'a>> {
        self.0.values()
    }

    /// How many devices have observed the marker.
    #[must_use]
    pub fn devices(&self) -> usize {
        self.0.len()
    }

    /// The opinion that is the marker's state: the one with the latest day, then the greatest
    /// stamp.
    #[must_use]
    pub fn latest(&self) -> Option<&Opinion<'a>> {
        self.each().max_by_key(|view| (view.day, view.stamp))
    }

    /// How many devices have each level.
    #[must_use]
    pub fn counts(&self) -> Progress {
        Progress::of(self.each().map(|view| Some(view.seen.level)))
    }

    /// The counts for each voice with an opinion, in the order of [`Voice::ALL`], then those of
    /// devices without a voice.
    #[must_use]
    pub fn by_voice(&self) -> Vec<(Option<Voice>, Progress)> {
        let voices = Voice::ALL.into_iter().map(Some).chain([None]);
        let said = |voice: Option<Voice>| {
            let views = self.each().filter(move |view| view.voice == voice);
            (voice, Progress::of(views.map(|view| Some(view.seen.level))))
        };
        voices.map(said).filter(|(_, counts)| counts.total > 0).collect()
    }

    /// The spread of the opinions.
    #[must_use]
    pub fn spread(&self) -> Spread {
        let Progress { not_yet, in_progress, reached, .. } = self.counts();
        Spread::of([not_yet, in_progress, reached])
    }

    /// Whether two devices have different levels on the scale.
    #[must_use]
    pub fn are_contested(&self) -> bool {
        self.spread().steps > 0
    }

    /// The greatest number of days between two opinions of different levels; `None` where all
    /// agree.
    #[must_use]
    pub fn days_apart(&self) -> Option<u32> {
        let spans = self.spans();
        let between = |(one, other): (&Span, &Span)| {
            other.last.days_since(one.first).max(one.last.days_since(other.first)).unsigned_abs()
        };
        pairs(&spans).map(between).max()
    }

    /// Whether progress alone may explain the difference: every opinion at a higher level has a
    /// later day than every one at a lower level. `false` where all agree.
    #[must_use]
    pub fn may_be_progress(&self) -> bool {
        let spans = self.spans();
        spans.len() > 1 && pairs(&spans).all(|(lower, higher)| lower.last < higher.first)
    }

    /// The first and last day of the opinions at each level that has any, from the lowest.
    fn spans(&self) -> Vec<Span> {
        let span = |level| {
            let days = || self.each().filter(move |view| view.seen.level == level).map(|v| v.day);
            Some(Span { first: days().min()?, last: days().max()? })
        };
        [Level::NotYet, Level::InProgress, Level::Reached].into_iter().filter_map(span).collect()
    }
}

/// The days from the first to the last opinion at one level.
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
    /// The agreement of devices on a day about the markers of a convention, in one pass over the
    /// journal.
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
