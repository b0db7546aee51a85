//! Majority judgment: everyone gives each option a mention, and what counts is the mention in the
//! middle.
//!
//! Source: M. Balinski and R. Laraki, "A theory of measuring, electing, and ranking", PNAS 104
//! (2007), pages 8720–8725, and "Majority Judgment: Measuring, Ranking, and Electing", MIT Press
//! 2011. The *majority mention* is the median; of an even number of mentions, the lower of the two
//! in the middle.
//!
//! **Ties**: as published. From options with one majority mention, one such mention each is taken
//! away, and the mentions that are in the middle then are compared, and so on. The mentions in the
//! order in which they are taken away are the *majority value*; the greater one, read like a word
//! in a dictionary, is the better one. Only options with the same number of each mention are tied.
//!
//! **Partial ballots**: an option without a mention has the lowest, *à rejeter*, as in Balinski and
//! Laraki's experiments; a ballot says so before it is cast.
//!
//! Taking mentions away one by one would take as many steps as there are ballots. But sorted from
//! worst to best they leave in a fixed order: the middle one if their number is odd, then by turns
//! the next one down and the next one up. So it is enough to find the first one at which the
//! lower halves of two options differ, the first one at which the upper halves do, and which of
//! these comes first; seven mentions make that seven steps each.

use std::cmp::Ordering;

use super::super::consultation::Grade;
use super::Ranking;

/// How many of each mention, the worst first.
type Counts = [u32; Grade::ALL.len()];

/// The mentions of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment {
    counts: Vec<Counts>,
}

/// Where an option's mentions lie around its majority mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// The majority mention.
    pub majority: Grade,
    /// How many mentions are better.
    pub above: u32,
    /// How many are the same.
    pub at: u32,
    /// How many are worse.
    pub below: u32,
}

impl Judgment {
    /// No mention of so many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { counts: vec![Counts::default(); options] }
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

    /// How many mentions each option has: one from each vote.
    #[must_use]
    pub fn votes(&self) -> u32 {
        self.counts.first().map_or(0, |counts| counts.iter().sum())
    }

    /// An option's majority mention and what lies around it; none where nobody voted.
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
                // Of two that leave in the same turn, the lower one leaves first. Who keeps a
                // mention longer on the way down is the better one; on the way up, the worse one.
                (Some((down, more)), Some((up, _))) if down <= up => more,
                (_, Some((_, more))) => more.reverse(),
                (Some((_, more)), None) => more,
                (None, None) => Ordering::Equal,
            }
        })
    }

    /// By majority value.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by(self.counts.len(), &|one, two| self.compare(one, two))
    }
}

/// An option's mentions, sorted and cut in the middle.
struct Halves {
    lower: Counts,
    /// The one between the halves, if their number is odd.
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

/// Takes so many mentions away, in this order.
fn take(counts: &mut Counts, mut wanted: u32, order: &mut dyn Iterator<Item = usize>) -> Counts {
    let mut taken = Counts::default();
    for grade in order {
        taken[grade] = counts[grade].min(wanted);
        counts[grade] -= taken[grade];
        wanted -= taken[grade];
    }
    taken
}

/// After how many mentions, read in this order, two halves differ, and which of them has more of
/// the mention that the other has no more.
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
