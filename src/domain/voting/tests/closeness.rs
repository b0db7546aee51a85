use super::*;

#[test]
fn as_many_dots_as_one_person_may_give_an_option_make_a_near_tie() {
    let rules = rules(MethodKind::Dots, 4);
    // 7, 5, 2 and 2 dots; one person may give two to an option.
    let votes =
        [[2, 1, 0, 0], [2, 1, 0, 0], [2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 2, 1], [0, 0, 0, 1]];
    let urn = urn(votes.map(|vote| Vote::Dots(vote.to_vec())));
    assert_eq!(near_ties(&rules, &urn), [(0, 1)]);
    assert_eq!(one_more(&rules, &urn), [1]);
}

#[test]
fn one_yes_is_a_near_tie_and_two_are_not() {
    let rules = rules(MethodKind::Approval, 3);
    let votes = [[true, true, false], [true, true, false], [true, false, false]];
    let urn = urn(votes.map(|vote| Vote::Approval(vote.to_vec())));
    assert_eq!(near_ties(&rules, &urn), [(0, 1)]);
    assert_eq!(one_more(&rules, &urn), [1]);
}

#[test]
fn one_mention_may_turn_the_middle_or_not_reach_it() {
    use Grade::{Excellent, Good, Passable, Reject};
    let rules = rules(MethodKind::Judgment, 3);
    // Two voters. A: passable, good, middle passable. B: à rejeter, excellent, middle à rejeter.
    // With one more, A: à rejeter, passable, good; B: à rejeter, excellent, excellent.
    // C has nothing: with one more, à rejeter twice and excellent.
    let votes = [[Passable, Reject, Reject], [Good, Excellent, Reject]];
    let urn = urn(votes.map(|vote| Vote::Judgment(vote.map(Some).to_vec())));
    assert_eq!(Tally::of(&rules, &urn).ranking().places(), [[A], [B], [C]]);
    // One that favours C against B makes both à rejeter twice and excellent: level.
    assert_eq!(near_ties(&rules, &urn), [(A, B), (B, C)]);
    assert_eq!(one_more(&rules, &urn), [B]);
}

#[test]
fn a_lead_of_one_ballot_is_a_near_tie_by_ranks() {
    let rules = rules(MethodKind::Ranking, 3);
    let urn = ranked(3, &[(3, &[A, B, C]), (2, &[B, A, C])]);
    assert_eq!(near_ties(&rules, &urn), [(A, B)]);
    assert_eq!(one_more(&rules, &urn), [B]);
    let clear = ranked(3, &[(4, &[A, B, C]), (2, &[B, A, C])]);
    assert!(near_ties(&rules, &clear).is_empty());
    assert!(one_more(&rules, &clear).is_empty());
}

#[test]
fn whoever_shares_the_first_place_needs_one_ballot_and_an_empty_urn_leaves_all_open() {
    let ranking = rules(MethodKind::Ranking, 3);
    assert_eq!(one_more(&ranking, &Urn::default()), [A, B, C]);
    assert!(near_ties(&ranking, &Urn::default()).is_empty());
    let dots = rules(MethodKind::Dots, 3);
    let level = urn([Vote::Dots(vec![2, 0, 0]), Vote::Dots(vec![0, 2, 0])]);
    assert_eq!(one_more(&dots, &level), [A, B, C]);
}
