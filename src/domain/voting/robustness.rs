//! Robustness of a result: the same ballots counted by several methods, for comparison.
//!
//! Only mentions and ranks carry enough information for other methods. Nobody voted by the other
//! methods, and people might have voted differently under them; the rows compare methods and are
//! not results.
//!
//! **Sources, ties, partial ballots**: see each method's file. The mean is taken over points from 0
//! for *à rejeter* to 6 for *excellent* (W. D. Smith's "range voting"; Balinski and Laraki, 2011,
//! explain why mentions are not numbers). Plurality counts first ranks only. Equal sums share a
//! place.

use super::super::consultation::{Grade, Method, Rules, Urn, Vote};
use super::{Borda, Judgment, Ranking, Schulze, counted};

/// A method by which ballots are counted for comparison.
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
    /// The number of ballots with the option in first place. Most people know this method; it is
    /// listed for comparison only, because it ignores all ranks but the first.
    Plurality,
}

/// The rankings of the same ballots by several methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Robustness {
    /// The methods, the consultation's own first.
    pub rows: Vec<(Rule, Ranking)>,
    /// Options in first place by every method, alone or tied.
    pub always_first: Vec<usize>,
    /// Options in first place by at least one method, including those first by every method.
    pub first_under_some: Vec<usize>,
}

impl Robustness {
    /// Compares the methods; `None` for dots and approval, whose ballots carry too little
    /// information.
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
        // Every option has the same number of mentions, so ranking by sums equals ranking by means.
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
