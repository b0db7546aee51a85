//! Reported closeness is real: the ballots exist, and none is missed.

use jalons::domain::consultation::{Grade, MethodKind, Vote};
use jalons::domain::voting::{Ranking, near_ties, one_more};
use proptest::prelude::*;

use super::{CAP, poll_by, ranking, rules, urn, vote};
use crate::arbitrary::cases;

/// The methods with a single most favourable ballot.
const WEIGHED: [MethodKind; 3] = [MethodKind::Dots, MethodKind::Approval, MethodKind::Judgment];

fn every_vote_by_rank(options: usize) -> Vec<Vote> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < orders.len() {
        for option in 0..options {
            if !orders[at].contains(&option) {
                let longer = [&orders[at][..], &[option]].concat();
                orders.push(longer);
            }
        }
        at += 1;
    }
    let vote = |order: &Vec<usize>| {
        let rank = |option| order.iter().position(|ranked| *ranked == option);
        let rank = |option| rank(option).map(|at| u8::try_from(at + 1).expect("few"));
        Vote::Ranking((0..options).map(rank).collect())
    };
    orders.iter().skip(1).map(vote).collect()
}

proptest! {
    #![proptest_config(cases())]

    /// For dots, approval and judgment, one ballot is the most favourable of all: a change that it
    /// does not cause must not be reported.
    #[test]
    fn who_is_said_to_need_one_ballot_is_first_with_it((rules, votes) in poll_by(&WEIGHED)) {
        let method = rules.method().kind();
        let (more, before) = (one_more(&rules, &urn(&votes)), ranking(&rules, &votes));
        let options = 0..rules.options().len();
        for option in options.clone() {
            let favours = options.clone().map(|other| other == option);
            let vote = match method {
                MethodKind::Dots => Vote::Dots(favours.map(|yes| u8::from(yes) * CAP).collect()),
                MethodKind::Approval => Vote::Approval(favours.collect()),
                _ => Vote::Judgment(favours.map(|yes| yes.then_some(Grade::Excellent)).collect()),
            };
            prop_assert_eq!(rules.allow(&vote), Ok(()));
            let first = ranking(&rules, &[&votes[..], &[vote]].concat()).first().contains(&option);
            prop_assert_eq!(more.contains(&option), first && before.first() != [option]);
        }
    }

    /// Tries all ballots that could bring two options closer, one after the other.
    #[test]
    fn pairs_that_are_near_are_turned_by_some_ballot_and_no_other_pair_is(
        ((rules, votes), others) in poll_by(&WEIGHED).prop_flat_map(|poll| {
            let (method, options) = (poll.0.method().kind(), poll.0.options().len());
            (Just(poll), proptest::collection::vec(vote(method, options), 1..20))
        })
    ) {
        let (near, before) = (near_ties(&rules, &urn(&votes)), ranking(&rules, &votes));
        for other in others {
            let after = ranking(&rules, &[&votes[..], &[other]].concat());
            for places in before.places().windows(2) {
                for (above, below) in places[0].iter().flat_map(|a| places[1].iter().map(move |b| (*a, *b))) {
                    if after.place_of(below) <= after.place_of(above) {
                        prop_assert!(near.contains(&(above, below)));
                    }
                }
            }
        }
    }

    /// For ranking, an unreported change may still be possible, so only reported ones are tested.
    #[test]
    fn what_is_said_of_ranks_is_done_by_some_ballot(
        votes in (2..5_usize).prop_flat_map(|options| {
            proptest::collection::vec(vote(MethodKind::Ranking, options), 1..12)
        })
    ) {
        let Vote::Ranking(ranks) = &votes[0] else { unreachable!("it ranks") };
        let (options, rules) = (ranks.len(), rules(MethodKind::Ranking, ranks.len()));
        let before = ranking(&rules, &votes);
        let all = every_vote_by_rank(options);
        let after = |vote: &Vote| ranking(&rules, &[&votes[..], std::slice::from_ref(vote)].concat());
        for option in one_more(&rules, &urn(&votes)) {
            prop_assert!(before.first() != [option]);
            prop_assert!(all.iter().any(|vote| after(vote).first().contains(&option)));
        }
        for (above, below) in near_ties(&rules, &urn(&votes)) {
            prop_assert!(before.place_of(above) < before.place_of(below));
            let turned = |after: &Ranking| after.place_of(below) <= after.place_of(above);
            prop_assert!(all.iter().any(|vote| turned(&after(vote))));
        }
    }
}
