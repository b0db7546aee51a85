//! Second counts: the crate `vote`, for pairwise comparisons, points and first ranks of full
//! rankings; and literal implementations of the definitions of Schulze, and of Balinski and Laraki.

use std::cmp::Ordering;

use jalons::domain::consultation::{Grade, MethodKind, Vote};
use jalons::domain::voting::{Judgment, Outcome, Robustness, Rule, Tally};
use proptest::prelude::*;
use vote::{Preference, Results};

use super::{order, ranks, rules, urn, vote};
use crate::arbitrary::cases;

/// Votes that rank every option.
fn full_ranks() -> impl Strategy<Value = Vec<Vec<usize>>> {
    (2..7_usize).prop_flat_map(|options| proptest::collection::vec(order(options), 1..20))
}

/// The options that `vote` puts in each place, in our order.
fn places(results: &Results<usize>) -> Vec<Vec<usize>> {
    let sorted = |mut tied: Vec<usize>| {
        tied.sort_unstable();
        tied
    };
    results.groups().iter().map(|group| sorted(group.candidates.clone())).collect()
}

/// The strength of the strongest path that extends this one, by trying all of them.
fn strongest(pairwise: &[Vec<u32>], path: &[usize], weakest: u32, to: usize) -> u32 {
    let at = path[path.len() - 1];
    if at == to {
        return weakest;
    }
    let links = |next: &usize| pairwise[at][*next] > pairwise[*next][at] && !path.contains(next);
    let onward =
        |next| strongest(pairwise, &[path, &[next]].concat(), weakest.min(pairwise[at][next]), to);
    (0..pairwise.len()).filter(links).map(onward).max().unwrap_or(0)
}

/// The majority value of an option by definition: its mentions in the order of removing the lower
/// median.
fn majority_value(mut mentions: Vec<Grade>) -> Vec<Grade> {
    mentions.sort_unstable();
    let mut value = Vec::new();
    while !mentions.is_empty() {
        value.push(mentions.remove((mentions.len() - 1) / 2));
    }
    value
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn another_tally_finds_the_same_comparisons_points_and_first_ranks(orders in full_ranks()) {
        let options = orders[0].len();
        let rules = rules(MethodKind::Ranking, options);
        let urn = urn(&orders.iter().map(|order| ranks(order, options)).collect::<Vec<_>>());
        let Outcome::Ranking { schulze, borda } = Tally::of(&rules, &urn).outcome else {
            unreachable!("it ranks")
        };
        let other = Preference::new(orders).expect("full rankings");
        let pairwise = vote::pairwise(&other);
        for (one, row) in schulze.pairwise.iter().enumerate() {
            for (two, count) in row.iter().enumerate() {
                let found = pairwise.preference_count(&one, &two);
                prop_assert_eq!(Some(*count as usize), found);
            }
        }
        prop_assert_eq!(schulze.condorcet_winner(), vote::condorcet_winner(&other));
        let points = vote::borda(&other);
        for group in points.groups() {
            for option in &group.candidates {
                prop_assert_eq!(u128::from(borda.half_points[*option]), 2 * group.score);
            }
        }
        let ranking = borda.ranking();
        prop_assert_eq!(ranking.places(), places(&points));
        let seen = Robustness::of(&rules, &urn).expect("ranks");
        let (rule, plurality) = &seen.rows[2];
        prop_assert_eq!(*rule, Rule::Plurality);
        prop_assert_eq!(plurality.places(), places(&vote::plurality(&other)));
    }

    #[test]
    fn majority_values_compare_as_if_mentions_were_taken_away_one_by_one(
        votes in proptest::collection::vec((0..7_usize, 0..7_usize), 0..40),
        narrow in any::<bool>(),
    ) {
        // Mentions from a narrow range create long ties.
        let grade = |at: usize| Grade::ALL[if narrow { 3 + at % 2 } else { at }];
        let votes: Vec<_> = votes.into_iter().map(|(a, b)| [grade(a), grade(b)]).collect();
        let mut judgment = Judgment::new(2);
        for vote in &votes {
            judgment.add(&vote.map(Some));
        }
        let of = |option: usize| votes.iter().map(|vote| vote[option]).collect::<Vec<_>>();
        let values = [majority_value(of(0)), majority_value(of(1))];
        prop_assert_eq!(judgment.compare(0, 1), values[0].cmp(&values[1]));
        prop_assert_eq!(judgment.compare(1, 0), values[1].cmp(&values[0]));
        let majority = |option| judgment.gauge(option).map(|gauge| gauge.majority);
        prop_assert_eq!(majority(0), values[0].first().copied());
        let level = judgment.compare(0, 1) == Ordering::Equal;
        let same = Grade::ALL.iter().all(|of| judgment.count(0, *of) == judgment.count(1, *of));
        prop_assert_eq!(level, same);
    }

    #[test]
    fn strongest_paths_are_the_strongest_of_all_paths(
        votes in (2..6_usize).prop_flat_map(|options| {
            proptest::collection::vec(vote(MethodKind::Ranking, options), 1..12)
        })
    ) {
        let Vote::Ranking(ranks) = &votes[0] else { unreachable!("it ranks") };
        let rules = rules(MethodKind::Ranking, ranks.len());
        let Outcome::Ranking { schulze, .. } = Tally::of(&rules, &urn(&votes)).outcome else {
            unreachable!("it ranks")
        };
        for (from, row) in schulze.strongest_paths().iter().enumerate() {
            for (to, found) in row.iter().enumerate().filter(|(to, _)| *to != from) {
                prop_assert_eq!(*found, strongest(&schulze.pairwise, &[from], u32::MAX, to));
            }
        }
    }
}
