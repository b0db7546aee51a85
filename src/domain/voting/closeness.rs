//! What hangs on a single ballot (*à une voix près*).
//!
//! Nothing is estimated: a ballot that the rules allow is made, counted with the others, and the
//! ranking looked at again. So whatever is reported can happen.
//!
//! For three methods the ballot is the most favourable there is, so whatever is not reported cannot
//! happen. For dots, all that may go to the option go to it, and no other gets any: no ballot
//! adds more to its sum, or less to another's. For approval, the yes to it alone, likewise. For
//! mentions, *excellent* for it and *à rejeter* for all others: among ballots, a better mention for
//! an option makes none of its sorted mentions worse, so its majority value is not lower; the
//! result for two options depends on nothing but their own mentions.
//!
//! For ranks there is no such ballot, because a path through others counts. Three are tried, all
//! with the option first: the one that leaves all others out; the one that lists those first whom
//! it is best able to reach, which makes each of its strongest paths as strong as any one ballot
//! can; and the one with the present order upside down. What none of them does may still happen.
//! (How to find the best ballot in general: D. C. Parkes and L. Xia, "A complexity-of-strategic-
//! behavior comparison between Schulze's rule and ranked pairs", AAAI 2012.)

use std::cmp::Reverse;

use super::super::consultation::{Grade, Method, Rules, Urn, Vote};
use super::{Outcome, Ranking, Schulze, Tally};

/// Pairs of options in neighbouring places, the better one first, of which one more ballot would
/// put the second level with the first or ahead.
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

/// Options that are not alone in first place, and that one more ballot would put there, alone or
/// with others.
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

/// Whether a ballot in favour of an option would change the ranking into such a one.
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

/// Ballots in favour of an option, and against a rival if there is one.
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

/// All options, the first one first, then whom its paths reach with most strength if each link on
/// them gains one ballot. Read in this order, each of these links does gain one.
fn within_reach(schulze: &Schulze, ranking: &Ranking, first: usize) -> Vec<usize> {
    let gained = |from: usize, to: usize| {
        let count = schulze.pairwise[from][to] + 1;
        if count > schulze.pairwise[to][from] { count } else { 0 }
    };
    let mut left: Vec<_> = (0..schulze.pairwise.len()).filter(|other| *other != first).collect();
    let mut reach: Vec<_> = (0..schulze.pairwise.len()).map(|to| gained(first, to)).collect();
    let mut order = vec![first];
    while !left.is_empty() {
        // Of those that are equally within reach, the rivals in front come last.
        left.sort_by_key(|to| (reach[*to], ranking.place_of(*to)));
        let next = left.pop().unwrap_or(first);
        for to in &left {
            reach[*to] = reach[*to].max(reach[next].min(gained(next, *to)));
        }
        order.push(next);
    }
    order
}

/// The vote with these options in this order, and the others without rank.
fn ranked(order: &[usize], options: usize) -> Vote {
    let rank = |option| order.iter().position(|ranked| *ranked == option);
    Vote::Ranking(
        (0..options).map(|option| rank(option).and_then(|at| u8::try_from(at + 1).ok())).collect(),
    )
}
