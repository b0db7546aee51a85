//! Closeness of a result: changes that a single further ballot could cause (*à une voix près*).
//!
//! The result is not estimated: a valid ballot is constructed and counted with the others, and the
//! rankings are compared. So every reported change is possible.
//!
//! For three methods the constructed ballot is the most favourable one, so a change that is not
//! reported is impossible. For dots, the option gets as many as one option may have, and no other
//! gets any: no ballot adds more to its sum, or less to another's. For approval, the same with the
//! only yes. For judgment, the option gets *excellent* and all others *à rejeter*: a better mention
//! on a ballot makes none of an option's sorted mentions worse, so its majority value does not
//! drop; and the comparison of two options depends on nothing but their own mentions.
//!
//! For ranking no most favourable ballot is known, because a path through other options counts.
//! Three are tried, all with the option first: one that leaves all others out; one that then lists
//! the options that it reaches by the strongest paths, which makes each of these paths as strong as
//! any one ballot can; and one with the present order reversed. A change that none of them causes
//! may still be possible. (On finding the best ballot in general: D. C. Parkes and L. Xia, "A
//! complexity-of-strategic-behavior comparison between Schulze's rule and ranked pairs", AAAI
//! 2012.)

use std::cmp::Reverse;

use super::super::consultation::{Grade, Method, Rules, Urn, Vote};
use super::{Outcome, Ranking, Schulze, Tally};

/// Pairs of options in neighbouring places, the better one first, where one more ballot could tie
/// them or reverse them.
#[must_use]
pub fn near_ties(rules: &Rules, urn: &Urn) -> Vec<(usize, usize)> {
    let outcome = Tally::of(rules, urn).outcome;
    let ranking = outcome.ranking();
    let mut pairs = Vec::new();
    for places in ranking.places().windows(2) {
        for above in &places[0] {
            for below in &places[1] {
                let turned = |after: &Ranking| after.place_of(*below) <= after.place_of(*above);
                let rival = Some(*above);
                if could(rules.method(), &outcome, &ranking, *below, rival, &turned) {
                    pairs.push((*above, *below));
                }
            }
        }
    }
    pairs
}

/// Options that are not alone in first place, and that one more ballot could put in first place,
/// alone or tied.
#[must_use]
pub fn one_more(rules: &Rules, urn: &Urn) -> Vec<usize> {
    let outcome = Tally::of(rules, urn).outcome;
    let ranking = outcome.ranking();
    let first = |option: &usize| {
        ranking.first() != [*option]
            && could(rules.method(), &outcome, &ranking, *option, None, &|after| {
                after.first().contains(option)
            })
    };
    (0..rules.options().len()).filter(first).collect()
}

/// Whether one of the favourable ballots for an option leads to a ranking that satisfies the
/// condition.
fn could(
    method: Method,
    outcome: &Outcome,
    ranking: &Ranking,
    option: usize,
    rival: Option<usize>,
    such: &dyn Fn(&Ranking) -> bool,
) -> bool {
    favourable(method, outcome, ranking, option, rival).iter().any(|vote| {
        let mut after = outcome.clone();
        after.add(vote);
        such(&after.ranking())
    })
}

/// The ballots most favourable to an option, and unfavourable to a rival if there is one.
fn favourable(
    method: Method,
    outcome: &Outcome,
    ranking: &Ranking,
    option: usize,
    rival: Option<usize>,
) -> Vec<Vote> {
    let options = 0..ranking.places().iter().map(Vec::len).sum();
    match (method, outcome) {
        (Method::Dots { cap, .. }, _) => {
            vec![Vote::Dots(options.map(|other| if other == option { cap } else { 0 }).collect())]
        }
        (Method::Approval, _) => {
            vec![Vote::Approval(options.map(|other| other == option).collect())]
        }
        (Method::Judgment, _) => {
            let grade = |other| if other == option { Grade::Excellent } else { Grade::Reject };
            vec![Vote::Judgment(options.map(|other| Some(grade(other))).collect())]
        }
        (Method::Ranking, Outcome::Ranking { schulze, .. }) => {
            let mut upside_down: Vec<_> = options.clone().collect();
            let order = |other: &usize| (*other != option, Reverse(ranking.place_of(*other)));
            upside_down.sort_by_key(order);
            let mut orders = [within_reach(schulze, ranking, option), upside_down];
            for order in &mut orders {
                order.sort_by_key(|other| Some(*other) == rival);
            }
            let [within_reach, upside_down] = &orders;
            let orders = [&within_reach[..], upside_down, &[option]];
            orders.map(|order| ranked(order, options.len())).into()
        }
        (Method::Ranking, _) => Vec::new(),
    }
}

/// All options, `first` at the front, then in the order of the strength of its paths to them when
/// each link on these paths gains one ballot. A ballot in this order adds one to each of these
/// links.
fn within_reach(schulze: &Schulze, ranking: &Ranking, first: usize) -> Vec<usize> {
    let gained = |from: usize, to: usize| {
        let count = schulze.pairwise[from][to] + 1;
        if count > schulze.pairwise[to][from] { count } else { 0 }
    };
    let mut left: Vec<_> = (0..schulze.pairwise.len()).filter(|other| *other != first).collect();
    let mut reach: Vec<_> = (0..schulze.pairwise.len()).map(|to| gained(first, to)).collect();
    let mut order = vec![first];
    while !left.is_empty() {
        // Among equally reachable options, the higher-ranked rivals come last.
        left.sort_by_key(|to| (reach[*to], ranking.place_of(*to)));
        let next = left.pop().unwrap_or(first);
        for to in &left {
            reach[*to] = reach[*to].max(reach[next].min(gained(next, *to)));
        }
        order.push(next);
    }
    order
}

/// The vote with these options in this order, and the others unranked.
fn ranked(order: &[usize], options: usize) -> Vote {
    let rank = |option| order.iter().position(|ranked| *ranked == option);
    Vote::Ranking(
        (0..options).map(|option| rank(option).and_then(|at| u8::try_from(at + 1).ok())).collect(),
    )
}
