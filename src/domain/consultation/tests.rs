use super::*;

fn draft() -> RulesDraft {
    RulesDraft {
        title: "Priorités 2021".into(),
        question: "Par quoi commencer ?".into(),
        items: ["1.1.1", "1.2.1", "2.1.1"].map(|id| id.parse().expect(id)).into(),
        own: vec![" ".into(), "Un marché le soir".into()],
        ..RulesDraft::default()
    }
}

fn device(number: u64) -> DeviceId {
    DeviceId(Token(number))
}

fn opened() -> Consultation {
    let id = ConsultationId(Token(7));
    let code = CodeHash::of(id, "2021").expect("a code");
    let new = Consultation::new(id, draft(), Instant(1), device(1));
    new.step(Step::Open(code), Instant(2), device(1)).expect("complete")
}

#[test]
fn blank_options_are_left_out_and_dots_default_to_a_quarter_rounded_up() {
    let rules = draft().check().expect("complete");
    assert_eq!(rules.options().len(), 4);
    assert_eq!(rules.method(), Method::Dots { each: 1, cap: 1 });
    assert_eq!(Rules::default_dots(15), 4);
    assert_eq!(Rules::default_cap(4), 2);
}

#[test]
fn everything_that_rules_lack_is_said_at_once() {
    let empty = RulesDraft::default().check().expect_err("empty");
    let title = RulesError::Title(TextError::Empty);
    let question = RulesError::Question(TextError::Empty);
    assert_eq!(empty, [title, question, RulesError::TooFew]);
}

#[test]
fn rules_are_frozen_once_open_and_there_is_no_way_back() {
    let open = opened();
    let rewrite = open.step(Step::Draft(draft()), Instant(3), device(1));
    assert_eq!(rewrite, Err(StepError::Frozen));
    assert_eq!(open.step(Step::Conclude(None), Instant(3), device(1)), Err(StepError::NotClosed));
    let closed = open.step(Step::Close, Instant(3), device(1)).expect("open");
    assert!(closed.is_closed() && closed.shows_result() && !open.shows_result());
    assert_eq!(closed.step(Step::Close, Instant(4), device(1)), Err(StepError::NotOpen));
}

#[test]
fn what_was_closed_on_one_device_stays_closed_whatever_the_other_did_later() {
    let open = opened();
    let closed = open.step(Step::Close, Instant(3), device(1)).expect("open");
    let printed = open.step(Step::Print(8), Instant(9), device(2)).expect("open");
    let printed = printed.step(Step::Print(12), Instant(10), device(2)).expect("open");
    let mut one = Poll::new(closed.clone());
    let mut two = Poll::new(printed);
    one.merge(&two.clone()).expect("the same rules");
    two.merge(&Poll::new(closed)).expect("the same rules");
    assert_eq!(one, two);
    assert!(one.consultation.is_closed());
    assert_eq!(one.consultation.printed, 12);
}

#[test]
fn ballots_that_break_the_rules_say_which() {
    let dots = Method::Dots { each: 3, cap: 2 };
    let vote = |dots: &[u8]| Vote::Dots(dots.to_vec());
    assert_eq!(vote(&[2, 1, 0]).check(dots, 3), Ok(()));
    assert_eq!(vote(&[1, 0, 0]).check(dots, 3), Ok(()));
    assert_eq!(vote(&[0, 0, 0]).check(dots, 3), Err(VoteError::Nothing));
    let over = VoteError::OverCap { option: 1, given: 3, allowed: 2 };
    assert_eq!(vote(&[0, 3, 0]).check(dots, 3), Err(over));
    let many = VoteError::TooManyDots { given: 4, allowed: 3 };
    assert_eq!(vote(&[2, 2, 0]).check(dots, 3), Err(many));
    let other = VoteError::OtherOptions { expected: 3, found: 2 };
    assert_eq!(vote(&[1, 0]).check(dots, 3), Err(other));
    assert_eq!(vote(&[1, 0, 0]).check(Method::Approval, 3), Err(VoteError::OtherMethod));
    assert_eq!(Vote::Blank.check(Method::Approval, 3), Ok(()));
    let ranks = |ranks: &[Option<u8>]| Vote::Ranking(ranks.to_vec()).check(Method::Ranking, 3);
    assert_eq!(ranks(&[Some(2), None, Some(1)]), Ok(()));
    for broken in [[Some(1), Some(1), None], [Some(2), None, None], [Some(0), Some(1), None]] {
        assert_eq!(ranks(&broken), Err(VoteError::Ranks));
    }
}

#[test]
fn a_paper_keyed_on_two_devices_counts_once_and_void_wins() {
    let id = BallotId::paper(ConsultationId(Token(7)), 3);
    let keyed = |content| Ballot { id, way: VotingChannel::Paper(3), content };
    let vote = keyed(Content::Vote(Vote::Approval(vec![true, false])));
    let void = keyed(Content::Void(Reason::new("rayé").expect("a reason")));
    let mut urn = Urn::default();
    assert_eq!(urn.put(vote.clone()), Cast::Counted);
    assert_eq!(urn.put(vote.clone()), Cast::Known);
    assert_eq!(urn.put(void), Cast::Replaced);
    assert_eq!(urn.put(vote), Cast::Known);
    assert_eq!((urn.len(), urn.votes().count()), (1, 0));
}

#[test]
fn an_urn_takes_ballots_while_it_is_open_and_only_those_that_keep_to_the_rules() {
    let ballot = |number, vote| Ballot {
        id: BallotId::random(Token(number), Token(1)),
        way: VotingChannel::Phone,
        content: Content::Vote(vote),
    };
    let vote = || Vote::Dots(vec![0, 1, 0, 0]);
    let mut poll = Poll::new(opened());
    assert_eq!(poll.cast(ballot(1, vote())), Ok(Cast::Counted));
    assert_eq!(poll.cast(ballot(1, vote())), Ok(Cast::Known));
    let many = VoteError::OverCap { option: 0, given: 2, allowed: 1 };
    let greedy = Vote::Dots(vec![2, 0, 0, 0]);
    assert_eq!(poll.cast(ballot(2, greedy)), Err(CastError::Breach(many)));
    let void = Content::Void(Reason::new("rayé").expect("a reason"));
    let void = Ballot { content: void, ..ballot(3, Vote::Blank) };
    assert_eq!(poll.cast(void), Err(CastError::Void));
    poll.consultation = poll.consultation.step(Step::Close, Instant(9), device(1)).expect("open");
    assert_eq!(poll.cast(ballot(1, vote())), Ok(Cast::Known));
    assert_eq!(poll.cast(ballot(4, vote())), Err(CastError::Late));
    let mut early =
        Poll::new(Consultation::new(ConsultationId(Token(7)), draft(), Instant(1), device(1)));
    assert_eq!(early.cast(ballot(1, vote())), Err(CastError::Early));
    assert_eq!((poll.urn.len(), early.urn.len()), (1, 0));
}

#[test]
fn an_id_is_a_uuid_of_version_4_and_has_one_written_form() {
    let id = BallotId::random(Token(u64::MAX), Token(u64::MAX));
    assert_eq!(id.to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(BallotId::from_bytes(id.to_bytes()), id);
    for text in [
        "ffffffff-ffff-1fff-bfff-ffffffffffff",
        "FFFFFFFF-ffff-4fff-bfff-ffffffffffff",
        "ffffffffffff4fffbfffffffffffffff",
        "",
    ] {
        assert!(text.parse::<BallotId>().is_err(), "{text} was taken");
    }
}

#[test]
fn a_shuffle_shows_every_option_once_and_chance_decides_the_order() {
    let rules = draft().check().expect("complete");
    let mut orders = std::collections::BTreeSet::new();
    for random in 0..400 {
        let order = rules.order_for(Token(random));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3]);
        orders.insert(order);
    }
    assert_eq!(orders.len(), 24);
}

#[test]
fn a_code_is_known_again_and_another_is_not() {
    let id = ConsultationId(Token(7));
    assert_eq!(CodeHash::of(id, " AB12 "), CodeHash::of(id, "ab12"));
    assert_ne!(CodeHash::of(id, "ab12"), CodeHash::of(id, "ab13"));
    assert_ne!(CodeHash::of(id, "ab12"), CodeHash::of(ConsultationId(Token(8)), "ab12"));
    assert_eq!(CodeHash::of(id, "123"), Err(InvalidCodeError));
}

/// Regression: « Café » typed in two ways passed as two options, and its votes split.
#[test]
fn options_that_look_the_same_are_one_and_one_that_shows_nothing_is_none() {
    let flaws = |own: &[&str]| {
        let own = own.iter().map(|&own| own.to_owned()).collect();
        let draft = RulesDraft { items: Vec::new(), own, ..draft() };
        draft.check().err().unwrap_or_default()
    };
    for (one, two) in [("Café", "Cafe\u{301}"), ("l'été", "l’été"), ("un banc", "un  banc\u{200b}")]
    {
        assert_eq!(flaws(&[one, "Un four", two]), [RulesError::Twice], "{one} {two}");
    }
    assert_eq!(flaws(&["Café", "Cafe", "café"]), []);
    assert_eq!(flaws(&["Un banc", "\u{200b}\u{2060}", "Un four"]), [RulesError::Invisible(1)]);
    let unseen = RulesDraft { title: "\u{200b}".into(), question: "\u{ad}".into(), ..draft() };
    let (title, question) =
        (RulesError::Title(TextError::Empty), RulesError::Question(TextError::Empty));
    assert_eq!(unseen.check(), Err(vec![title, question]));
}

/// Votes opened before options were compared by their look must stay readable.
#[test]
fn rules_frozen_with_options_that_look_the_same_stay_readable() {
    let own = ["Café", "Cafe\u{301}", "\u{200b}"];
    let text = format!(
        r#"{{"title":"T","question":"Q","options":[{}],"method":"approval","order":"listed","reveal":"live"}}"#,
        own.map(|own| format!(r#"{{"own":"{own}"}}"#)).join(",")
    );
    let rules: Rules = serde_json::from_str(&text).expect("rules");
    assert_eq!(rules.options().len(), 3);
}
