use super::*;
use crate::domain::consultation::{Ballot, BallotId, Grade, MethodKind, Reason, RulesDraft};
use crate::domain::stamp::Token;

mod closeness;

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;
const D: usize = 3;
const E: usize = 4;

fn rules(method: MethodKind, options: usize) -> Rules {
    let draft = RulesDraft {
        title: "Priorités".into(),
        question: "Par quoi commencer ?".into(),
        own: (0..options).map(|option| format!("option {option}")).collect(),
        method,
        each: (method == MethodKind::Dots).then_some(3),
        cap: (method == MethodKind::Dots).then_some(2),
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

fn urn(votes: impl IntoIterator<Item = Vote>) -> Urn {
    let ballot = |(number, vote)| Ballot {
        id: BallotId::random(Token(number), Token(number)),
        way: VotingChannel::Urn,
        content: Content::Vote(vote),
    };
    (0..).zip(votes).map(ballot).collect()
}

/// The vote that ranks these options in this order, out of `options`.
fn ranks(order: &[usize], options: usize) -> Vote {
    let rank = |option| order.iter().position(|ranked| *ranked == option);
    let rank = |option| rank(option).map(|at| u8::try_from(at + 1).expect("few"));
    Vote::Ranking((0..options).map(rank).collect())
}

/// An urn in which groups of people, each of this size, rank options in this order.
fn ranked(options: usize, groups: &[(usize, &[usize])]) -> Urn {
    let copies = |(count, order): &(usize, &[usize])| vec![ranks(order, options); *count];
    urn(groups.iter().flat_map(copies))
}

fn ranking_of(options: usize, groups: &[(usize, &[usize])]) -> (Schulze, Borda) {
    let tally = Tally::of(&rules(MethodKind::Ranking, options), &ranked(options, groups));
    match tally.outcome {
        Outcome::Ranking { schulze, borda } => (schulze, borda),
        other => panic!("{other:?}"),
    }
}

/// The judgment of options with these numbers of mentions, the worst first.
fn mentions(counts: &[[usize; 7]]) -> Judgment {
    let worst_first = || Grade::ALL.into_iter().rev();
    let sorted = |counts: &[usize; 7]| -> Vec<_> {
        counts.iter().zip(worst_first()).flat_map(|(count, grade)| vec![grade; *count]).collect()
    };
    let sorted: Vec<_> = counts.iter().map(sorted).collect();
    let mut judgment = Judgment::new(counts.len());
    for vote in 0..sorted[0].len() {
        judgment.add(&sorted.iter().map(|sorted| Some(sorted[vote])).collect::<Vec<_>>());
    }
    judgment
}

/// M. Schulze's 45 voters (2011, example 1; Wikipedia, "Schulze method").
const SCHULZE_2011: [(usize, &[usize]); 8] = [
    (5, &[A, C, B, E, D]),
    (5, &[A, D, E, C, B]),
    (8, &[B, E, D, A, C]),
    (3, &[C, A, B, E, D]),
    (7, &[C, A, E, B, D]),
    (2, &[C, B, A, D, E]),
    (7, &[D, C, E, B, A]),
    (8, &[E, B, A, D, C]),
];

#[test]
fn schulzes_own_example_has_his_table_his_paths_and_his_order() {
    let (schulze, _) = ranking_of(5, &SCHULZE_2011);
    let pairwise = [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ];
    assert_eq!(schulze.pairwise, pairwise);
    let paths = [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ];
    assert_eq!(schulze.strongest_paths(), paths);
    assert_eq!(schulze.ranking().places(), [[E], [A], [C], [B], [D]]);
    assert_eq!(schulze.condorcet_winner(), None);
}

/// The capital of Tennessee: Memphis, Nashville, Chattanooga and Knoxville (Wikipedia, "Condorcet
/// method" and "Borda count").
#[test]
fn nashville_beats_each_other_city_and_has_the_points_that_are_printed() {
    let (schulze, borda) = ranking_of(
        4,
        &[(42, &[A, B, C, D]), (26, &[B, C, D, A]), (15, &[C, D, B, A]), (17, &[D, C, B, A])],
    );
    assert_eq!(schulze.condorcet_winner(), Some(B));
    assert_eq!(schulze.ranking().places(), [[B], [C], [D], [A]]);
    assert_eq!(borda.half_points, [126, 194, 173, 107].map(|points| 2 * points));
    assert_eq!(borda.ranking().places(), [[B], [C], [A], [D]]);
}

#[test]
fn options_that_a_ballot_leaves_out_share_the_last_places_and_their_points() {
    let (schulze, borda) = ranking_of(4, &[(1, &[C])]);
    // Three points for the first; the others share 2 + 1 + 0.
    assert_eq!(borda.half_points, [2, 2, 6, 2]);
    assert_eq!(schulze.pairwise, [[0; 4], [0; 4], [1, 1, 0, 1], [0; 4]]);
    assert_eq!(schulze.ranking().places(), [vec![C], vec![A, B, D]]);
    assert_eq!(schulze.condorcet_winner(), Some(C));
}

#[test]
fn whoever_nobody_is_ahead_of_shares_the_first_place() {
    // A and B are level with each other and both ahead of C.
    let (schulze, _) = ranking_of(3, &[(1, &[A, B, C]), (1, &[B, A, C])]);
    assert_eq!(schulze.ranking().places(), [vec![A, B], vec![C]]);
    // The cycle of Condorcet: each wins against the next by two to one.
    let (cycle, _) = ranking_of(3, &[(1, &[A, B, C]), (1, &[B, C, A]), (1, &[C, A, B])]);
    assert_eq!(cycle.ranking().places(), [[A, B, C]]);
    assert_eq!(cycle.condorcet_winner(), None);
}

/// Balinski and Laraki's page at the École polytechnique on the experiment of Orsay, 2007 (in
/// W. D. Smith's translation, rangevoting.org/BalinskiL.html): of *bien*, *passable*, *à rejeter*,
/// *bien* and *assez bien*, the middle one is *assez bien*.
#[test]
fn the_mention_in_the_middle_is_the_one_that_its_inventors_say() {
    let gauge = mentions(&[[1, 0, 1, 1, 2, 0, 0]]).gauge(0).expect("five voted");
    assert_eq!(gauge.majority, Grade::FairlyGood);
    assert_eq!((gauge.above, gauge.at, gauge.below), (2, 1, 2));
}

/// Wikipedia, "Majority judgment": X has good, good, fair, poor; Y has excellent, fair, fair, fair.
/// Both have fair; without one fair each, X has good and Y still fair.
#[test]
fn a_tie_is_broken_as_in_the_printed_example_of_four_voters() {
    let judgment = mentions(&[[0, 1, 1, 0, 2, 0, 0], [0, 0, 3, 0, 0, 0, 1]]);
    assert_eq!(judgment.gauge(0).map(|gauge| gauge.majority), Some(Grade::Passable));
    assert_eq!(judgment.gauge(1).map(|gauge| gauge.majority), Some(Grade::Passable));
    assert_eq!(judgment.ranking().places(), [[0], [1]]);
}

/// French Wikipedia, "Jugement majoritaire": shares of ten thousand of six mentions for three, and
/// five and six voters for two. The words are not ours; only their order counts.
#[test]
fn the_tables_of_the_french_encyclopaedia_come_out_as_printed() {
    let judgment = mentions(&[
        [1484, 1763, 912, 1971, 2128, 1742, 0],
        [2427, 1158, 1342, 1295, 2073, 1705, 0],
        [2500, 2500, 1500, 1500, 1000, 1000, 0],
    ]);
    let majority = |option| judgment.gauge(option).map(|gauge| gauge.majority);
    assert_eq!(majority(A), Some(Grade::FairlyGood));
    assert_eq!(majority(B), Some(Grade::FairlyGood));
    assert_eq!(majority(C), Some(Grade::Insufficient));
    assert_eq!(judgment.ranking().places(), [[A], [B], [C]]);
    let five = mentions(&[[0, 1, 2, 2, 0, 0, 0], [0, 0, 3, 2, 0, 0, 0]]);
    assert_eq!(five.ranking().places(), [[1], [0]]);
    let six = mentions(&[[1, 0, 2, 2, 1, 0, 0], [0, 1, 2, 3, 0, 0, 0]]);
    assert_eq!(six.ranking().places(), [[1], [0]]);
}

/// Worked by hand. Sorted from the worst, of five voters, as they are taken away:
/// 0: 2 3 3 3 6 → 3, 3, 3, 2, 6; 1: 1 3 3 3 6 → 3, 3, 3, 1, 6; 2: 2 2 3 6 6 → 3, 2, 6, 2, 6;
/// 3: as 0; 4: 2 3 3 4 4 → 3, 3, 4, 2, 4.
#[test]
fn mentions_are_taken_away_until_they_differ_and_equal_ones_share_a_place() {
    let judgment = mentions(&[
        [0, 0, 1, 3, 0, 0, 1],
        [0, 1, 0, 3, 0, 0, 1],
        [0, 0, 2, 1, 0, 0, 2],
        [0, 0, 1, 3, 0, 0, 1],
        [0, 0, 1, 2, 2, 0, 0],
    ]);
    assert_eq!(judgment.ranking().places(), [vec![4], vec![0, 3], vec![1], vec![2]]);
    assert_eq!(judgment.ranking().place_of(1), 4);
}

#[test]
fn a_missing_mention_counts_as_the_lowest_and_nobodys_vote_has_none() {
    let mut judgment = Judgment::new(2);
    assert_eq!(judgment.gauge(0), None);
    assert_eq!(judgment.ranking().places(), [[0, 1]]);
    judgment.add(&[None, Some(Grade::Insufficient)]);
    assert_eq!(judgment.count(0, Grade::Reject), 1);
    assert_eq!(judgment.ranking().places(), [[1], [0]]);
}

#[test]
fn every_ballot_is_accounted_for_and_only_good_votes_count() {
    let rules = rules(MethodKind::Dots, 3);
    let mut urn = urn([
        Vote::Dots(vec![2, 1, 0]),
        Vote::Dots(vec![0, 1, 0]),
        Vote::Blank,
        Vote::Dots(vec![3, 0, 0]),
        Vote::Approval(vec![true, false, false]),
    ]);
    let paper = |number, way, content| Ballot {
        id: BallotId::random(Token(number), Token(77)),
        way,
        content,
    };
    let void = Content::Void(Reason::new("déchiré").expect("short"));
    urn.put(paper(1, VotingChannel::Paper(1), void));
    urn.put(paper(2, VotingChannel::Phone, Content::Vote(Vote::Dots(vec![0, 1, 1]))));
    let tally = Tally::of(&rules, &urn);
    let expected =
        Turnout { cast: 7, counted: 3, blank: 1, void: 1, refused: 2, urn: 5, phone: 1, paper: 1 };
    assert_eq!(tally.turnout, expected);
    let dots = Dots { totals: vec![2, 3, 1], supporters: vec![1, 3, 1] };
    assert_eq!(tally.outcome, Outcome::Dots(dots));
    assert_eq!(tally.ranking().places(), [[1], [0], [2]]);
}

#[test]
fn approval_counts_yeses_and_equal_numbers_share_a_place() {
    let votes = [[true, false, true], [true, true, true], [false, false, true]];
    let urn = urn(votes.map(|vote| Vote::Approval(vote.to_vec())));
    let tally = Tally::of(&rules(MethodKind::Approval, 3), &urn);
    let approval = Approval { approvals: vec![2, 1, 3], votes: 3 };
    assert_eq!(tally.outcome, Outcome::Approval(approval));
    assert_eq!(tally.ranking().places(), [[2], [0], [1]]);
    assert_eq!(Ranking::by_score(&[4, 4, 5]).places(), [vec![2], vec![0, 1]]);
}

#[test]
fn several_methods_stand_side_by_side_and_may_disagree() {
    // Nashville's ballots: most are first for Memphis, which most others put last.
    let urn = ranked(
        4,
        &[(42, &[A, B, C, D]), (26, &[B, C, D, A]), (15, &[C, D, B, A]), (17, &[D, C, B, A])],
    );
    let seen = Robustness::of(&rules(MethodKind::Ranking, 4), &urn).expect("ranks");
    let first: Vec<_> = seen.rows.iter().map(|(rule, row)| (*rule, row.first())).collect();
    let expected: [(Rule, &[usize]); 3] =
        [(Rule::Schulze, &[B]), (Rule::Borda, &[B]), (Rule::Plurality, &[A])];
    assert_eq!(first, expected);
    assert!(seen.always_first.is_empty());
    assert_eq!(seen.first_under_some, [A, B]);
    assert_eq!(Robustness::of(&rules(MethodKind::Dots, 4), &Urn::default()), None);
    assert_eq!(Robustness::of(&rules(MethodKind::Approval, 4), &Urn::default()), None);
}

#[test]
fn mentions_are_read_by_their_middle_their_sum_their_yeses_and_two_by_two() {
    use Grade::{Excellent, FairlyGood, Passable, Reject};
    // A: 3 3 0, middle 3, sum 6, two yeses. B: 2 2 6, middle 2, sum 10, one yes. Two of three
    // prefer A to B.
    let votes = [[FairlyGood, Passable], [FairlyGood, Passable], [Reject, Excellent]];
    let urn = urn(votes.map(|vote| Vote::Judgment(vote.map(Some).to_vec())));
    let seen = Robustness::of(&rules(MethodKind::Judgment, 2), &urn).expect("mentions");
    let first: Vec<_> = seen.rows.iter().map(|(rule, row)| (*rule, row.first())).collect();
    let expected: [(Rule, &[usize]); 4] = [
        (Rule::MajorityJudgment, &[A]),
        (Rule::Mean, &[B]),
        (Rule::ApprovalFromFairlyGood, &[A]),
        (Rule::Schulze, &[A]),
    ];
    assert_eq!(first, expected);
}
