//! The laws of tallying, and the promises of each method.

use jalons::domain::consultation::{
    Ballot, BallotId, Content, Grade, MethodKind, Reason, Rules, RulesDraft, Urn, Vote,
    VotingChannel,
};
use jalons::domain::stamp::Token;
use jalons::domain::voting::{Outcome, Ranking, Tally};
use proptest::prelude::*;
use proptest::sample::select;

use crate::arbitrary::cases;

mod closeness;
mod oracle;
mod published;

const EACH: u8 = 5;
const CAP: u8 = 3;

fn rules(method: MethodKind, options: usize) -> Rules {
    let dots = method == MethodKind::Dots;
    let draft = RulesDraft {
        title: "Priorités".into(),
        question: "Par quoi commencer ?".into(),
        own: (0..options).map(|option| format!("option {option}")).collect(),
        method,
        each: dots.then_some(EACH),
        cap: dots.then_some(CAP),
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

fn ballot(number: usize, content: Content) -> Ballot {
    let number = Token(number as u64);
    Ballot { id: BallotId::random(number, number), way: VotingChannel::Phone, content }
}

fn urn(votes: &[Vote]) -> Urn {
    let vote = |(number, vote): (usize, &Vote)| ballot(number, Content::Vote(vote.clone()));
    votes.iter().enumerate().map(vote).collect()
}

fn ranking(rules: &Rules, votes: &[Vote]) -> Ranking {
    Tally::of(rules, &urn(votes)).ranking()
}

/// The vote that ranks the first `ranked` options of a random order.
fn ranks(order: &[usize], ranked: usize) -> Vote {
    let mut ranks = vec![None; order.len()];
    for (rank, option) in (1..).zip(&order[..ranked]) {
        ranks[*option] = Some(rank);
    }
    Vote::Ranking(ranks)
}

fn order(options: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..options).collect::<Vec<_>>()).prop_shuffle()
}

/// Any valid vote.
fn vote(method: MethodKind, options: usize) -> BoxedStrategy<Vote> {
    let grade = proptest::option::weighted(0.9, select(&Grade::ALL));
    let vote = match method {
        MethodKind::Dots => proptest::collection::vec(0..options, 1..=usize::from(EACH))
            .prop_map(move |places| {
                let mut dots = vec![0; options];
                for place in places {
                    dots[place] = (dots[place] + 1).min(CAP);
                }
                Vote::Dots(dots)
            })
            .boxed(),
        MethodKind::Approval => {
            proptest::collection::vec(any::<bool>(), options).prop_map(Vote::Approval).boxed()
        }
        MethodKind::Judgment => {
            proptest::collection::vec(grade, options).prop_map(Vote::Judgment).boxed()
        }
        MethodKind::Ranking => {
            (order(options), 1..=options).prop_map(|(order, ranked)| ranks(&order, ranked)).boxed()
        }
    };
    vote.prop_filter("nothing is chosen", |vote| !vote.is_empty()).boxed()
}

/// Rules of one of these methods, and valid votes.
fn poll_by(methods: &'static [MethodKind]) -> impl Strategy<Value = (Rules, Vec<Vote>)> {
    (select(methods), 2..6_usize).prop_flat_map(|(method, options)| {
        let votes = proptest::collection::vec(vote(method, options), 0..12);
        (Just(rules(method, options)), votes)
    })
}

fn poll() -> impl Strategy<Value = (Rules, Vec<Vote>)> {
    poll_by(&MethodKind::ALL)
}

/// The vote with its options renamed: option `names[i]` becomes `i`.
fn renamed(vote: &Vote, names: &[usize]) -> Vote {
    match vote {
        Vote::Blank => Vote::Blank,
        Vote::Dots(given) => Vote::Dots(names.iter().map(|name| given[*name]).collect()),
        Vote::Approval(given) => Vote::Approval(names.iter().map(|name| given[*name]).collect()),
        Vote::Judgment(given) => Vote::Judgment(names.iter().map(|name| given[*name]).collect()),
        Vote::Ranking(given) => Vote::Ranking(names.iter().map(|name| given[*name]).collect()),
    }
}

/// The vote with one option raised by one dot, a yes, one mention or one rank; `None` if it cannot
/// be raised.
fn raised(vote: &Vote, option: usize) -> Option<Vote> {
    let mut vote = vote.clone();
    match &mut vote {
        Vote::Blank => return None,
        Vote::Dots(given) => {
            let room = given.iter().sum::<u8>() < EACH && given[option] < CAP;
            given[option] += u8::from(room);
            room.then_some(())?;
        }
        Vote::Approval(approved) => approved[option] = true,
        Vote::Judgment(grades) => {
            let held = grades[option].unwrap_or(Grade::Reject);
            let better = Grade::ALL.into_iter().rev().find(|grade| *grade > held)?;
            grades[option] = Some(better);
        }
        Vote::Ranking(ranks) => match ranks[option] {
            Some(1) => return None,
            Some(rank) => {
                let above = ranks.iter().position(|other| *other == Some(rank - 1))?;
                ranks.swap(above, option);
            }
            None => {
                let ranked = ranks.iter().flatten().count();
                ranks[option] = Some(u8::try_from(ranked + 1).expect("few"));
            }
        },
    }
    Some(vote)
}

#[test]
fn ten_thousand_ballots_and_fifteen_options_make_a_result() {
    for method in MethodKind::ALL {
        let rules = rules(method, 15);
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let one = vote(method, 15).new_tree(&mut runner).expect("a vote").current();
        let votes = vec![one; 10_000];
        let tally = Tally::of(&rules, &urn(&votes));
        assert_eq!(tally.turnout.counted, 10_000);
        assert_eq!(tally.ranking(), ranking(&rules, &votes[..1]));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn options_that_are_renamed_come_out_renamed(
        ((rules, votes), names) in poll().prop_flat_map(|poll| {
            let names = order(poll.0.options().len());
            (Just(poll), names)
        })
    ) {
        let before = ranking(&rules, &votes);
        let votes: Vec<_> = votes.iter().map(|vote| renamed(vote, &names)).collect();
        let after = ranking(&rules, &votes);
        for (option, name) in names.iter().enumerate() {
            prop_assert_eq!(after.place_of(option), before.place_of(*name));
        }
    }

    #[test]
    fn the_order_of_ballots_changes_nothing(
        ((rules, votes), shuffled) in poll().prop_flat_map(|poll| {
            let shuffled = Just(poll.1.clone()).prop_shuffle();
            (Just(poll), shuffled)
        })
    ) {
        prop_assert_eq!(Tally::of(&rules, &urn(&votes)), Tally::of(&rules, &urn(&shuffled)));
    }

    #[test]
    fn blank_void_and_forbidden_ballots_change_no_result(
        ((rules, votes), extra) in (poll(), proptest::collection::vec(0_u8..3, 0..6))
    ) {
        let before = urn(&votes);
        let mut after = before.clone();
        for (number, kind) in extra.iter().enumerate() {
            let content = match kind {
                0 => Content::Vote(Vote::Blank),
                1 => Content::Void(Reason::new("rayé").expect("short")),
                _ => Content::Vote(Vote::Dots(vec![200; rules.options().len()])),
            };
            after.put(ballot(1_000 + number, content));
        }
        let (before, after) = (Tally::of(&rules, &before), Tally::of(&rules, &after));
        prop_assert_eq!(before.outcome, after.outcome);
        let turnout = after.turnout;
        prop_assert_eq!(turnout.counted, before.turnout.counted);
        prop_assert_eq!(turnout.cast, votes.len() + extra.len());
        let sum = turnout.counted + turnout.blank + turnout.void + turnout.refused;
        prop_assert_eq!(turnout.cast, sum);
        prop_assert_eq!(turnout.cast, turnout.urn + turnout.phone + turnout.paper);
    }

    #[test]
    fn urns_that_are_put_together_tally_as_one((rules, votes) in poll(), at in any::<prop::sample::Index>()) {
        let whole = urn(&votes);
        let at = at.index(votes.len() + 1);
        let all: Vec<_> = whole.ballots().cloned().collect();
        // One ballot is in both urns.
        let mut one: Urn = all[..at].iter().cloned().collect();
        let other: Urn = all[at.saturating_sub(1)..].iter().cloned().collect();
        one.merge(&other);
        prop_assert_eq!(Tally::of(&rules, &one), Tally::of(&rules, &whole));
    }

    /// By Schulze's method a winner stays one; by the others no place is lost either.
    #[test]
    fn who_is_raised_on_a_ballot_loses_nothing_by_it(
        (rules, votes) in poll(),
        (which, option) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let option = option.index(rules.options().len());
        let before = Tally::of(&rules, &urn(&votes));
        let mut votes = votes;
        // Without a vote, or with the option at its top, nothing can be raised.
        let which = which.index(votes.len().max(1));
        let Some(better) = votes.get(which).and_then(|vote| raised(vote, option)) else {
            return Ok(());
        };
        votes[which] = better;
        prop_assert_eq!(rules.allow(&votes[which]), Ok(()));
        let after = Tally::of(&rules, &urn(&votes));
        let (was, is) = (before.ranking(), after.ranking());
        match (&before.outcome, &after.outcome) {
            (Outcome::Ranking { borda: before, .. }, Outcome::Ranking { borda: after, .. }) => {
                prop_assert!(!was.first().contains(&option) || is.first().contains(&option));
                let place = |ranking: &Ranking| ranking.place_of(option);
                prop_assert!(place(&after.ranking()) <= place(&before.ranking()));
            }
            _ => prop_assert!(is.place_of(option) <= was.place_of(option)),
        }
    }

    #[test]
    fn who_wins_each_comparison_is_alone_in_first_place(
        votes in (2..6_usize).prop_flat_map(|options| {
            proptest::collection::vec(vote(MethodKind::Ranking, options), 1..12)
        })
    ) {
        let Vote::Ranking(ranks) = &votes[0] else { unreachable!("it ranks") };
        let rules = rules(MethodKind::Ranking, ranks.len());
        let Outcome::Ranking { schulze, .. } = Tally::of(&rules, &urn(&votes)).outcome else {
            unreachable!("it ranks")
        };
        if let Some(winner) = schulze.condorcet_winner() {
            let ranking = schulze.ranking();
            prop_assert_eq!(ranking.first(), [winner]);
        }
        // An option that beats another has a better place.
        let (paths, ranking) = (schulze.strongest_paths(), schulze.ranking());
        for (one, row) in paths.iter().enumerate() {
            for (two, strength) in row.iter().enumerate() {
                if *strength > paths[two][one] {
                    prop_assert!(ranking.place_of(one) < ranking.place_of(two));
                }
            }
        }
    }
}
