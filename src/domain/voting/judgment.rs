//! Majority judgment: everyone gives each option a mention, and an option's median mention decides.
//!
//! Source: M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", PNAS 104
//! (2007), pages 8720–8725, and "Majority Judgment: Measuring, Ranking, and Electing", MIT Press
//! 2011. The *majority mention* is the median; of an even number of mentions, the lower of the two
//! in the middle.
//!
//! **Ties**: as published. If options have the same majority mention, one such mention is removed
//! from each, the new medians are compared, and so on. The mentions in the order of their removal
//! are the *majority value*; values are compared like words in a dictionary. Only options with the
//! same number of each mention are tied.
//!
//! **Partial ballots**: an option without a mention gets the lowest, *à rejeter*, as in Balinski
//! and Laraki's experiments; the voter is told so before casting.
//!
//! Removing mentions one by one would take as many steps as there are ballots. But sorted from
//! worst to best, mentions are removed in a fixed order: the middle one if their number is odd,
//! then alternately the next one below and the next one above. So it is enough to find the first
//! difference of two options' lower halves, that of their upper halves, and which of these two
//! comes first; with seven mentions that takes seven steps each.

use std::cmp::Ordering;

use super::super::consultation::Grade;
use super::Ranking;

/// The number of each mention, the worst first.
type Counts = [u32; Grade::ALL.len()];

/// The mentions of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment {
    counts: Vec<Counts>,
}

/// The number of an option's mentions around its majority mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// The majority mention.
    pub majority: Grade,
    /// How many mentions are better than it.
    pub above: u32,
    /// How many mentions equal it.
    pub at: u32,
    /// How many mentions are worse than it.
    pub below: u32,
}

impl Judgment {
    /// A tally without votes on this many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { counts: vec![Counts::default(); options] }
    }

    /// A tally with these numbers of mentions, the worst first.
    #[must_use]
    pub fn counted(counts: Vec<[u32; Grade::ALL.len()]>) -> Self {
        Self { counts }
    }

    /// The numbers of mentions of each option, the worst first.
    #[must_use]
    pub fn counts(&self) -> &[[u32; Grade::ALL.len()]] {
        &self.counts
    }

    /// Adds one person's mentions.
    pub fn add(&mut self, grades: &[Option<Grade>]) {
        for (counts, grade) in self.counts.iter_mut().zip(grades) {
            counts[grade.unwrap_or(Grade::Reject) as usize] += 1;
        }
    }

    /// How many people gave an option this mention.
    #[must_use]
    pub fn count(&self, option: usize, grade: Grade) -> u32 {
        self.counts[option][grade as usize]
    }

    /// The number of mentions of each option: one from each vote.
    #[must_use]
    pub fn votes(&self) -> u32 {
        self.counts.first().map_or(0, |counts| counts.iter().sum())
    }

    /// An option's gauge; `None` without votes.
    #[must_use]
    pub fn gauge(&self, option: usize) -> Option<Gauge> {
        let middle = self.votes().div_ceil(2);
        let mut below = 0;
        for grade in Grade::ALL.into_iter().rev() {
            let at = self.count(option, grade);
            if at > 0 && below + at >= middle {
                return Some(Gauge {
                    majority: grade,
                    above: self.votes() - below - at,
                    at,
                    below,
                });
            }
            below += at;
        }
        None
    }

    /// Compares two options by majority value: the better one is greater.
    #[must_use]
    pub fn compare(&self, one: usize, two: usize) -> Ordering {
        let (one, two) = (Halves::of(self.counts[one]), Halves::of(self.counts[two]));
        one.middle.cmp(&two.middle).then_with(|| {
            let lower = difference(&one.lower, &two.lower, &mut (0..Grade::ALL.len()).rev());
            let upper = difference(&one.upper, &two.upper, &mut (0..Grade::ALL.len()));
            match (lower, upper) {
                // At the same step, the lower mention is removed first. The option that keeps the
                // mention longer is better in the lower half, and worse in the upper half.
                (Some((down, more)), Some((up, _))) if down <= up => more,
                (_, Some((_, more))) => more.reverse(),
                (Some((_, more)), None) => more,
                (None, None) => Ordering::Equal,
            }
        })
    }

    /// Ranks by majority value.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by(self.counts.len(), &|one, two| self.compare(one, two))
    }
}

/// An option's mentions, sorted and split in the middle.
struct Halves {
    lower: Counts,
    /// The mention between the halves, if the number is odd.
    middle: Option<usize>,
    upper: Counts,
}

impl Halves {
    fn of(mut counts: Counts) -> Self {
        let half = counts.iter().sum::<u32>() / 2;
        let lower = take(&mut counts, half, &mut (0..Grade::ALL.len()));
        let upper = take(&mut counts, half, &mut (0..Grade::ALL.len()).rev());
        Self { lower, middle: counts.iter().position(|left| *left > 0), upper }
    }
}

/// Removes this many mentions, in this order.
fn take(counts: &mut Counts, mut wanted: u32, order: &mut dyn Iterator<Item = usize>) -> Counts {
    let mut taken = Counts::default();
    for grade in order {
        taken[grade] = counts[grade].min(wanted);
        counts[grade] -= taken[grade];
        wanted -= taken[grade];
    }
    taken
}

/// After how many mentions, in this order, two halves differ, and which of them has more of the
/// mention that the other has run out of.
fn difference(
    one: &Counts,
    two: &Counts,
    order: &mut dyn Iterator<Item = usize>,
) -> Option<(u32, Ordering)> {
    let mut same = 0;
    for grade in order {
        if one[grade] != two[grade] {
            return Some((same + one[grade].min(two[grade]), one[grade].cmp(&two[grade])));
        }
        same += one[grade];
    }
    None
}
