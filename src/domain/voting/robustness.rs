//! The same ballots under several methods side by side: does the result hang on the method?
//!
//! Only ballots that say enough are read by another method: mentions and ranks. Nobody has voted by
//! the other methods, and people might have voted otherwise if they had; the rows are there to
//! compare and are no results.
//!
//! **Sources, ties, partial ballots**: those of each method's file. The mean is that of points from
//! 0 for *à rejeter* to 6 for *excellent* (W. D. Smith's "range voting"; Balinski and Laraki, 2011,
//! say why mentions are no numbers). Plurality counts the options ranked first and nothing else.
//! Equal sums share a place.

use super::super::consultation::{Grade, Method, Rules, Urn, Vote};
use super::{Borda, Judgment, Ranking, Schulze, counted};

/// A method by which ballots are read for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Majority judgment, see [`Judgment`].
    MajorityJudgment,
    /// The mean of the mentions as points from 0 to 6.
    Mean,
    /// Approval, where *assez bien* and better count as a yes.
    ApprovalFromFairlyGood,
    /// Schulze's method, see [`Schulze`].
    Schulze,
    /// Borda's count, see [`Borda`].
    Borda,
    /// The number of ballots on which an option is first. It is the way most people know, and
    /// stands here for comparison only: it ignores all but the first rank.
    Plurality,
}

/// What several methods make of the same ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Robustness {
    /// The methods, the one that makes the result first.
    pub rows: Vec<(Rule, Ranking)>,
    /// Options in first place under all methods, alone or not.
    pub always_first: Vec<usize>,
    /// Options in first place under one method at least, those under all included.
    pub first_under_some: Vec<usize>,
}

impl Robustness {
    /// Compares the methods; none for dots and approval, whose ballots say too little.
    #[must_use]
    pub fn of(rules: &Rules, urn: &Urn) -> Option<Self> {
        let options = rules.options().len();
        let rows = match rules.method() {
            Method::Dots { .. } | Method::Approval => return None,
            Method::Judgment => by_mentions(options, &mut counted(rules, urn)),
            Method::Ranking => by_ranks(options, &mut counted(rules, urn)),
        };
        let is_first = |option: usize, (_, row): &(Rule, Ranking)| row.first().contains(&option);
        let always = |option: &usize| rows.iter().all(|row| is_first(*option, row));
        let once = |option: &usize| rows.iter().any(|row| is_first(*option, row));
        let always_first = (0..options).filter(always).collect();
        let first_under_some = (0..options).filter(once).collect();
        Some(Self { rows, always_first, first_under_some })
    }
}

fn by_mentions(options: usize, votes: &mut dyn Iterator<Item = &Vote>) -> Vec<(Rule, Ranking)> {
    let (mut judgment, mut schulze) = (Judgment::new(options), Schulze::new(options));
    for vote in votes {
        if let Vote::Judgment(grades) = vote {
            judgment.add(grades);
            schulze.add_grades(grades);
        }
    }
    let sum = |weight: fn(Grade) -> u64| {
        let weighted = |option, grade| u64::from(judgment.count(option, grade)) * weight(grade);
        let sum = |option| Grade::ALL.iter().map(|grade| weighted(option, *grade)).sum();
        Ranking::by_score(&(0..options).map(sum).collect::<Vec<_>>())
    };
    vec![
        (Rule::MajorityJudgment, judgment.ranking()),
        // Every option has as many mentions, so their sums rank as their means do.
        (Rule::Mean, sum(|grade| grade as u64)),
        (Rule::ApprovalFromFairlyGood, sum(|grade| u64::from(grade >= Grade::FairlyGood))),
        (Rule::Schulze, schulze.ranking()),
    ]
}

fn by_ranks(options: usize, votes: &mut dyn Iterator<Item = &Vote>) -> Vec<(Rule, Ranking)> {
    let (mut schulze, mut borda) = (Schulze::new(options), Borda::new(options));
    let mut firsts = vec![0; options];
    for vote in votes {
        if let Vote::Ranking(ranks) = vote {
            schulze.add_ranks(ranks);
            borda.add(ranks);
            if let Some(first) = ranks.iter().position(|rank| *rank == Some(1)) {
                firsts[first] += 1;
            }
        }
    }
    vec![
        (Rule::Schulze, schulze.ranking()),
        (Rule::Borda, borda.ranking()),
        (Rule::Plurality, Ranking::by_score(&firsts)),
    ]
}
