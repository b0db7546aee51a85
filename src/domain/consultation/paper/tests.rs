use super::super::{Grade, MethodKind, Rules, RulesDraft, VoteError};
use super::*;

fn rules(method: MethodKind) -> Rules {
    let draft = RulesDraft {
        title: "Priorités 2021".into(),
        question: "Par quoi commencer ?".into(),
        own: ["Un banc", "Un four", "Un bal", "Un lavoir"].map(str::to_owned).into(),
        method,
        each: Some(4),
        cap: Some(2),
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

fn keyed(method: MethodKind, line: &str) -> Keyed {
    parse_line(&rules(method), line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn refused(method: MethodKind, line: &str) -> LineError {
    parse_line(&rules(method), line).expect_err(line)
}

fn void(reason: &str) -> Keyed {
    super::void(reason).expect("a reason")
}

#[test]
fn a_dot_is_a_number_and_two_dots_are_the_number_twice() {
    for line in ["3 1 1 4", "3,1,1,4", " 3 ; 1, 1   4 "] {
        assert_eq!(keyed(MethodKind::Dots, line), Keyed::Vote(Vote::Dots(vec![2, 0, 1, 1])));
    }
    let over = VoteError::OverCap { option: 0, given: 3, allowed: 2 };
    assert_eq!(refused(MethodKind::Dots, "1 1 1"), LineError::Breach(over));
    let many = VoteError::TooManyDots { given: 5, allowed: 4 };
    assert_eq!(refused(MethodKind::Dots, "1 1 2 2 3"), LineError::Breach(many));
}

#[test]
fn approval_and_ranking_take_each_number_once() {
    let approved = Vote::Approval(vec![true, false, false, true]);
    assert_eq!(keyed(MethodKind::Approval, "4 1"), Keyed::Vote(approved));
    let ranked = Vote::Ranking(vec![Some(2), None, None, Some(1)]);
    assert_eq!(keyed(MethodKind::Ranking, "4 1"), Keyed::Vote(ranked));
    assert_eq!(refused(MethodKind::Approval, "1 4 1"), LineError::Twice(1));
    assert_eq!(refused(MethodKind::Ranking, "4 4"), LineError::Twice(4));
}

#[test]
fn a_judgment_has_a_mark_for_each_option_as_digit_or_initial() {
    let grades = [Some(Grade::Excellent), Some(Grade::VeryGood), None, Some(Grade::Reject)];
    for line in ["6 5 - 0", "65-0", "e,t,-,r", "ET-R"] {
        assert_eq!(keyed(MethodKind::Judgment, line), Keyed::Vote(Vote::Judgment(grades.into())));
    }
    let short = LineError::Marks { expected: 4, found: 2 };
    assert_eq!(refused(MethodKind::Judgment, "6 5"), short);
    assert_eq!(refused(MethodKind::Judgment, "----"), LineError::Breach(VoteError::Nothing));
    assert_eq!(refused(MethodKind::Judgment, "6789"), LineError::NotUnderstood("7".into()));
}

#[test]
fn blank_and_void_are_said_alike_in_every_method() {
    for method in MethodKind::ALL {
        for blank in ["/", " / "] {
            assert_eq!(keyed(method, blank), Keyed::Vote(Vote::Blank));
        }
        assert_eq!(keyed(method, "* rayé de haut en bas"), void("rayé de haut en bas"));
        assert_eq!(keyed(method, "*deux bulletins collés"), void("deux bulletins collés"));
        assert_eq!(refused(method, "*"), LineError::NoReason);
        assert_eq!(refused(method, "  "), LineError::Empty);
        let long = format!("* {}", "a".repeat(203));
        assert_eq!(refused(method, &long), LineError::LongReason { excess: 3 });
    }
}

#[test]
fn what_is_no_option_is_named() {
    let none = LineError::NoSuchOption { number: 5, options: 4 };
    assert_eq!(refused(MethodKind::Dots, "1 5"), none);
    let zero = LineError::NoSuchOption { number: 0, options: 4 };
    assert_eq!(refused(MethodKind::Approval, "0"), zero);
    assert_eq!(refused(MethodKind::Ranking, "1 l"), LineError::NotUnderstood("l".into()));
}

#[test]
fn two_keyings_that_agree_settle_a_number() {
    let mut book = PaperBook::default();
    let vote = keyed(MethodKind::Dots, "1 1 2");
    assert_eq!(book.key(3, vote.clone()), PaperState::Once);
    assert_eq!(book.key(3, vote.clone()), PaperState::Agreed(vote.clone()));
    // A settled number ignores further keyings.
    assert_eq!(book.key(3, void("trop tard")), PaperState::Agreed(vote));
    assert_eq!(book.counts(), PaperCounts { agreed: 1, ..PaperCounts::default() });
}

#[test]
fn a_difference_names_its_options_and_a_third_keying_decides() {
    let (one, two) = (keyed(MethodKind::Dots, "1 1 2"), keyed(MethodKind::Dots, "1 2 3"));
    let mut book = PaperBook::default();
    book.key(3, one.clone());
    let differs =
        PaperState::Differs { first: one.clone(), second: two.clone(), options: vec![0, 2] };
    assert_eq!(book.key(3, two.clone()), differs);
    assert_eq!(book.clone().key(3, one.clone()), PaperState::Agreed(one));
    assert_eq!(book.clone().key(3, two.clone()), PaperState::Agreed(two));
    let other = keyed(MethodKind::Dots, "4");
    assert_eq!(book.key(3, other.clone()), PaperState::Once);
    assert_eq!(book.key(3, other.clone()), PaperState::Agreed(other));
}

#[test]
fn blank_void_and_chosen_are_never_taken_for_each_other() {
    let vote = keyed(MethodKind::Approval, "2 3");
    let blank = Keyed::Vote(Vote::Blank);
    assert_eq!(compare(&vote, &blank), [1, 2]);
    assert!(compare(&blank, &void("vide")).is_empty() && !blank.agrees(&void("vide")));
    assert!(void("rayé").agrees(&void("barré")));
    let grades = (keyed(MethodKind::Judgment, "R---"), keyed(MethodKind::Judgment, "R-R-"));
    assert_eq!(compare(&grades.0, &grades.1), [2]);
}

#[test]
fn a_number_is_refused_with_the_reason() {
    let mut book = PaperBook::default();
    let vote = keyed(MethodKind::Approval, "2");
    book.key(1, vote.clone());
    book.settle(2, vote.clone());
    let tried = |typed: &str, passage| book.number(typed, passage, 8);
    assert_eq!(tried("3 ", Passage::First), Ok(3));
    assert_eq!(tried("1", Passage::Second), Ok(1));
    for typed in ["", "0", "-1", "n3", "65536"] {
        assert_eq!(tried(typed, Passage::First), Err(NumberError::NotANumber));
    }
    assert_eq!(tried("9", Passage::First), Err(NumberError::NotPrinted { printed: 8 }));
    assert_eq!(tried("1", Passage::First), Err(NumberError::KeyedOnce));
    assert_eq!(tried("2", Passage::Second), Err(NumberError::Settled));
    assert_eq!(tried("3", Passage::Second), Err(NumberError::NotKeyedYet));
}

#[test]
fn many_or_long_options_take_a_larger_part_of_the_page() {
    let dots = rules(MethodKind::Dots);
    let most = |rules: &Rules, length: usize, fit: usize| {
        let counts = 2..=Rules::MAX_OPTIONS;
        counts.filter(|count| ballots_a_page(rules, &vec![length; *count]) == fit).max()
    };
    assert_eq!((most(&dots, 20, 4), most(&dots, 20, 2)), (Some(16), None));
    assert_eq!((most(&dots, 80, 4), most(&dots, 80, 2)), (Some(7), Some(16)));
    let judgment = rules(MethodKind::Judgment);
    assert_eq!((most(&judgment, 40, 4), most(&judgment, 40, 2)), (Some(7), Some(15)));
}

#[test]
fn a_consultation_is_known_by_its_first_four_digits() {
    let id: ConsultationId = "0a3f000000000001".parse().expect("an id");
    assert_eq!(id.short(), "0A3F");
}

/// Regression: a file claimed 65,535 printed papers, and laying out 20 ballots built all of them.
#[test]
fn however_many_are_said_to_be_printed_a_lot_has_a_hundred_and_all_have_999() {
    assert_eq!(lots(0), [1..=1]);
    assert_eq!(lots(20), [1..=20]);
    assert_eq!(lots(201), [1..=100, 101..=200, 201..=201]);
    for printed in [999, 1000, 65_535] {
        let lots = lots(printed);
        assert!(lots.iter().all(|lot| lot.len() <= 100), "{printed}");
        assert_eq!(lots.into_iter().flatten().collect::<Vec<_>>(), (1..=999).collect::<Vec<_>>());
    }
}
