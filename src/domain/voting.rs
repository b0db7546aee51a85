//! Tallies: the result of a consultation, with each voting method in a file of its own.
//!
//! Counts are whole numbers, and the result is recomputed from the ballots, so that every device
//! gets the same result whatever the order of arrival. Ties are never broken by chance or by the
//! order of the list: options that the method leaves tied share a place.
//!
//! For every method: an abstaining person has no ballot and no weight; a blank ballot counts in the
//! turnout and not in the result; a void ballot is only mentioned; a vote that breaks the rules is
//! never counted. Each method's file says how it treats partial votes.

use std::cmp::Ordering;

use super::consultation::{Content, Method, Rules, Urn, Vote, VotingChannel};
use super::shares::LEAST_GROUP;

mod approval;
mod borda;
mod closeness;
mod dots;
mod judgment;
mod reported;
mod robustness;
mod schulze;

pub use approval::Approval;
pub use borda::Borda;
pub use closeness::{near_ties, one_more};
pub use dots::Dots;
pub use judgment::{Gauge, Judgment};
pub use robustness::{Robustness, Rule};
pub use schulze::Schulze;

/// Options by place, the best first. Tied options share a place, in the order of the rules.
///
/// ```
/// use jalons::domain::voting::Ranking;
///
/// let ranking = Ranking::by_score(&[3, 8, 8, 1]);
/// assert_eq!(ranking.places(), [vec![1, 2], vec![0], vec![3]]);
/// assert_eq!(ranking.place_of(0), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking(Vec<Vec<usize>>);

impl Ranking {
    /// Ranks by score, the greatest first.
    #[must_use]
    pub fn by_score(scores: &[u64]) -> Self {
        Self::by(scores.len(), &|one, two| scores[one].cmp(&scores[two]))
    }

    /// Ranks this many options by a comparison in which the better one is greater. It must be a
    /// total order, ties aside.
    #[must_use]
    pub fn by(options: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Self {
        let mut sorted: Vec<_> = (0..options).collect();
        // The sort is stable: tied options stay in the order of the rules.
        sorted.sort_by(|one, two| compare(*two, *one));
        let tied = sorted.chunk_by(|one, two| compare(*one, *two) == Ordering::Equal);
        Self(tied.map(<[usize]>::to_vec).collect())
    }

    /// The places, the best first.
    #[must_use]
    pub fn places(&self) -> &[Vec<usize>] {
        &self.0
    }

    /// The options in first place.
    #[must_use]
    pub fn first(&self) -> &[usize] {
        self.0.first().map_or(&[], Vec::as_slice)
    }

    /// An option's place, counted as in sports: 1, 1, 3. An unranked option comes last.
    #[must_use]
    pub fn place_of(&self, option: usize) -> usize {
        let better = self.0.iter().take_while(|place| !place.contains(&option));
        1 + better.map(Vec::len).sum::<usize>()
    }
}

/// Counts of the ballots, by result and by channel.
///
/// `cast` is the sum of `counted`, `blank`, `void` and `refused`, and also that of `urn`, `phone`
/// and `paper`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// All ballots.
    pub cast: usize,
    /// Ballots that count in the result.
    pub counted: usize,
    /// Blank ballots.
    pub blank: usize,
    /// Void ballots.
    pub void: usize,
    /// Ballots that break the rules of the consultation. No screen creates such; a file might.
    pub refused: usize,
    /// Ballots cast on a shared device.
    pub urn: usize,
    /// Ballots cast on people's own phones.
    pub phone: usize,
    /// Ballots cast on paper.
    pub paper: usize,
}

impl Turnout {
    /// Whether counts may be shown by channel: no channel has so few ballots that a person's vote
    /// could be guessed. One small channel hides them all, because it could be computed from the
    /// others.
    #[must_use]
    pub fn tells_ways(&self) -> bool {
        [self.urn, self.phone, self.paper].iter().all(|&way| way == 0 || way >= LEAST_GROUP)
    }

    /// Whether the contents of single ballots may be shown: there are not too few.
    #[must_use]
    pub fn tells_ballots(&self) -> bool {
        self.counted >= LEAST_GROUP
    }
}

/// The result of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Dots.
    Dots(Dots),
    /// Approval.
    Approval(Approval),
    /// Majority judgment.
    Judgment(Judgment),
    /// Ranking. Schulze's method decides; Borda's points are shown next to it.
    Ranking {
        /// The pairwise comparison.
        schulze: Schulze,
        /// The points.
        borda: Borda,
    },
}

/// The result of a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The counts of ballots.
    pub turnout: Turnout,
    /// The result of the method.
    pub outcome: Outcome,
}

impl Tally {
    /// Counts the ballots of an urn, in time proportional to their number.
    #[must_use]
    pub fn of(rules: &Rules, urn: &Urn) -> Self {
        let mut turnout = Turnout { cast: urn.len(), ..Turnout::default() };
        let mut outcome = Outcome::empty(rules.method(), rules.options().len());
        for ballot in urn.ballots() {
            *match ballot.way {
                VotingChannel::Urn => &mut turnout.urn,
                VotingChannel::Phone => &mut turnout.phone,
                VotingChannel::Paper(_) => &mut turnout.paper,
            } += 1;
            *match &ballot.content {
                Content::Void(_) => &mut turnout.void,
                Content::Vote(Vote::Blank) => &mut turnout.blank,
                Content::Vote(vote) if rules.allow(vote).is_err() => &mut turnout.refused,
                Content::Vote(vote) => {
                    outcome.add(vote);
                    &mut turnout.counted
                }
            } += 1;
        }
        Self { turnout, outcome }
    }

    /// The options by place.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        self.outcome.ranking()
    }
}

impl Outcome {
    /// The result without votes: all options are tied.
    #[must_use]
    pub fn empty(method: Method, options: usize) -> Self {
        match method {
            Method::Dots { .. } => Self::Dots(Dots::new(options)),
            Method::Approval => Self::Approval(Approval::new(options)),
            Method::Judgment => Self::Judgment(Judgment::new(options)),
            Method::Ranking => {
                Self::Ranking { schulze: Schulze::new(options), borda: Borda::new(options) }
            }
        }
    }

    /// Counts one more vote. A vote by another method is ignored.
    pub fn add(&mut self, vote: &Vote) {
        match (self, vote) {
            (Self::Dots(dots), Vote::Dots(given)) => dots.add(given),
            (Self::Approval(approval), Vote::Approval(approved)) => approval.add(approved),
            (Self::Judgment(judgment), Vote::Judgment(grades)) => judgment.add(grades),
            (Self::Ranking { schulze, borda }, Vote::Ranking(ranks)) => {
                schulze.add_ranks(ranks);
                borda.add(ranks);
            }
            _ => {}
        }
    }

    /// The options by place.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        match self {
            Self::Dots(dots) => dots.ranking(),
            Self::Approval(approval) => approval.ranking(),
            Self::Judgment(judgment) => judgment.ranking(),
            Self::Ranking { schulze, .. } => schulze.ranking(),
        }
    }
}

/// The votes that count: valid, and neither blank nor void.
fn counted<'a>(rules: &'a Rules, urn: &'a Urn) -> impl Iterator<Item = &'a Vote> {
    urn.votes().filter(|vote| rules.allow(vote).is_ok())
}

#[cfg(test)]
mod tests;
