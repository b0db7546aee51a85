//! What comes out of a consultation: the tally of its ballots, each method in a file of its own.
//!
//! Everything is counted in whole numbers and worked out again from the ballots, so that every
//! device comes to the same result whatever order they arrived in. No tie is ever broken by chance
//! or by the order of the list: what the method leaves tied shares a place.
//!
//! For every method alike: who does not take part has no ballot and weighs nothing; a blank ballot
//! counts as taking part and in no result; a void one is only mentioned; a vote that breaks the
//! rules is never counted. What a partial vote means is up to the method, and said in its file.

use std::cmp::Ordering;

use super::consultation::{Content, Method, Rules, Urn, Vote, VotingChannel};
use super::shares::LEAST_GROUP;

mod approval;
mod borda;
mod closeness;
mod dots;
mod judgment;
mod robustness;
mod schulze;

pub use approval::Approval;
pub use borda::Borda;
pub use closeness::{near_ties, one_more};
pub use dots::Dots;
pub use judgment::{Gauge, Judgment};
pub use robustness::{Robustness, Rule};
pub use schulze::Schulze;

/// Options by place, the best first. Those that are tied share a place, in the order of the rules.
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

    /// Ranks so many options by a comparison in which the better one is greater. It has to be a
    /// total order, but for ties.
    #[must_use]
    pub fn by(options: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Self {
        let mut sorted: Vec<_> = (0..options).collect();
        // The sort is stable: tied options stay in the order of the rules.
        sorted.sort_by(|one, two| compare(*two, *one));
        let tied = sorted.chunk_by(|one, two| compare(*one, *two) == Ordering::Equal);
        Self(tied.map(<[usize]>::to_vec).collect())
    }

    /// The places, the first one first.
    #[must_use]
    pub fn places(&self) -> &[Vec<usize>] {
        &self.0
    }

    /// The options in first place.
    #[must_use]
    pub fn first(&self) -> &[usize] {
        self.0.first().map_or(&[], Vec::as_slice)
    }

    /// An option's place, counted as in sports: 1, 1, 3. One that is not ranked comes after all.
    #[must_use]
    pub fn place_of(&self, option: usize) -> usize {
        let better = self.0.iter().take_while(|place| !place.contains(&option));
        1 + better.map(Vec::len).sum::<usize>()
    }
}

/// Which ballots there are, and what became of them.
///
/// `cast` is the sum of `counted`, `blank`, `void` and `refused`, and also that of `urn`, `phone`
/// and `paper`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnout {
    /// How many there are in all.
    pub cast: usize,
    /// How many make the result.
    pub counted: usize,
    /// How many choose nothing, deliberately.
    pub blank: usize,
    /// How many were declared void.
    pub void: usize,
    /// How many break the rules of the consultation. No screen makes such; a file might.
    pub refused: usize,
    /// How many were cast on a device that goes round.
    pub urn: usize,
    /// How many were cast on people's own phones.
    pub phone: usize,
    /// How many were written on paper.
    pub paper: usize,
}

impl Turnout {
    /// Whether ballots may be told by the way they came: none is so rare that somebody could guess
    /// who voted so. One rare way hides them all, because it could be worked out from the others.
    #[must_use]
    pub fn tells_ways(&self) -> bool {
        [self.urn, self.phone, self.paper].iter().all(|&way| way == 0 || way >= LEAST_GROUP)
    }

    /// Whether what single ballots bear may be told: there are not too few.
    #[must_use]
    pub fn tells_ballots(&self) -> bool {
        self.counted >= LEAST_GROUP
    }
}

/// What a method makes of the votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Dots.
    Dots(Dots),
    /// Approval.
    Approval(Approval),
    /// Majority judgment.
    Judgment(Judgment),
    /// Ranks. Schulze's method makes the result; Borda's points stand beside it.
    Ranking {
        /// By comparing two by two.
        schulze: Schulze,
        /// By points.
        borda: Borda,
    },
}

/// The result of a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which ballots there are.
    pub turnout: Turnout,
    /// What they come to.
    pub outcome: Outcome,
}

impl Tally {
    /// Counts the ballots of an urn, in time that grows with their number.
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
    /// What comes out when nobody has voted: all options are tied.
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

    /// Counts one more vote. One by another method changes nothing.
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

/// The votes that count: neither blank nor void, and within the rules.
fn counted<'a>(rules: &'a Rules, urn: &'a Urn) -> impl Iterator<Item = &'a Vote> {
    urn.votes().filter(|vote| rules.allow(vote).is_ok())
}

#[cfg(test)]
mod tests;
