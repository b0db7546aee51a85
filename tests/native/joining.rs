//! Joining a consultation's file: the plan announces all effects, and only valid ballots are taken.

use jalons::codec::poll_file::{OpenedPoll, Received, read, to_json};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotError, BallotId, Before, CastError, Concluding, Content, Decisions, JoinError,
    JoinPlan, Joined, Keyed, MethodKind, PaperBook, PaperState, Poll, Reason, StageChange, Step,
    Urn, Vote, VotingChannel,
};
use jalons::domain::stamp::{DeviceId, Instant, StampError, Token};
use proptest::prelude::*;

use crate::arbitrary::fewer_cases;
use crate::poll_file::{export, opened, urn};
use crate::transfer::ID;

const HERE: DeviceId = DeviceId(Token(9));

fn case(text: &str) -> OpenedPoll {
    match read(text, convention()) {
        Ok(Received::Poll(opened)) => *opened,
        other => panic!("{other:?}"),
    }
}

fn none() -> PaperBook {
    PaperBook::default()
}

fn carried(plan: &JoinPlan, held: Option<&Poll>, decisions: Decisions) -> Joined {
    plan.carry_out(held, &none(), decisions, Instant(9), HERE).expect("nothing in its way")
}

/// The held consultation of the cases, with six ballots.
fn held() -> Poll {
    let plan = case(include_str!("../fixtures/hostile/2a-urne.json")).plan(None, &none());
    let plan = plan.expect("it can be joined");
    assert_eq!((plan.stage, plan.fresh.len(), plan.refused.len()), (StageChange::New, 6, 0));
    carried(&plan, None, Decisions::default()).poll
}

#[test]
fn a_file_cannot_declare_a_ballot_of_an_urn_void() {
    let held = held();
    let file = case(include_str!("../fixtures/hostile/2b-memes-bulletins-nuls.json"));
    let plan = file.plan(Some(&held), &none()).expect("the same rules");
    let whys: Vec<_> = plan.refused.iter().map(|refusal| &refusal.why).collect();
    assert_eq!(whys, [&BallotError::Refused(CastError::Void); 5]);
    assert_eq!(plan.refused[0].to_string(), "ballots[0].content: only a paper can be void");
    assert_eq!((plan.identical, plan.changes()), (1, false));
    assert_eq!(carried(&plan, Some(&held), Decisions::ALL).poll, held);
}

#[test]
fn a_paper_counts_once_under_the_id_of_its_number_and_only_if_it_was_printed() {
    let mut held = held();
    let file = case(include_str!("../fixtures/hostile/2c-meme-papier-deux-fois.json"));
    let plan = file.plan(Some(&held), &none()).expect("the same rules");
    let whys: Vec<_> = plan.refused.iter().map(|refusal| &refusal.why).collect();
    assert_eq!(whys, [&BallotError::Refused(CastError::OtherPaper(7)); 4]);
    assert_eq!(carried(&plan, Some(&held), Decisions::ALL).poll, held);

    let id = held.consultation.id;
    let paper = |number| Ballot {
        id: BallotId::paper(id, number),
        way: VotingChannel::Paper(number),
        content: Content::Vote(Vote::Approval(vec![false, true])),
    };
    let offered =
        Poll { consultation: held.consultation.clone(), urn: [paper(7)].into_iter().collect() };
    let plan = JoinPlan::new(Some(&held), &none(), &offered).expect("the same rules");
    let why = CastError::NotPrinted { number: 7, printed: 0 };
    assert_eq!(plan.refused[0].why, why.into());
    // The urn itself refuses the same.
    assert_eq!(held.cast(paper(7)), Err(why));
    let other = Ballot { id: BallotId::paper(id, 8), ..paper(7) };
    assert_eq!(held.cast(other), Err(CastError::OtherPaper(7)));
    held.consultation = held.consultation.step(Step::Print(7), Instant(9), HERE).expect("open");
    held.cast(paper(7)).expect("it was printed");
    // The greater number of printed papers is used, and reported.
    let plan = JoinPlan::new(None, &none(), &held).expect("it can be joined");
    assert_eq!((plan.printed, plan.fresh.len()), (Some((0, 7)), 7));
}

#[test]
fn a_file_closes_a_vote_only_if_the_person_does_and_never_under_another_code() {
    let held = held();
    let file = case(include_str!("../fixtures/hostile/2f-close-sans-code.json"));
    let plan = file.plan(Some(&held), &none()).expect("the same rules");
    assert_eq!((plan.stage, plan.other_code), (StageChange::Closes, true));
    assert_eq!(carried(&plan, Some(&held), Decisions::default()).poll, held);
    let decisions = Decisions { close: true, ..Decisions::default() };
    let closed = carried(&plan, Some(&held), decisions).poll;
    assert!(closed.consultation.is_closed());
    assert_eq!(closed.consultation.code, held.consultation.code);
    assert_eq!(closed.urn, held.urn);
    assert!(closed.consultation.supersedes(&held.consultation));
    assert!(closed.consultation.supersedes(&file.consultation));
}

#[test]
fn a_file_whose_stamp_or_papers_claim_too_much_is_refused() {
    let file = case(include_str!("../fixtures/hostile/1-tampon-plafond-close.json"));
    assert_eq!(file.plan(None, &none()), Err(JoinError::Stamp(StampError::Edits)));
    let file = case(include_str!("../fixtures/hostile/4-imprimes-65535.json"));
    assert_eq!(file.plan(None, &none()), Err(JoinError::Printed(65535)));
}

#[test]
fn what_is_written_here_is_kept_over_the_greatest_stamp_that_is_taken() {
    let text = include_str!("../fixtures/hostile/1-tampon-plafond-close.json");
    let text = text.replace("4294967295", "2000000").replace("18446744073709551615", "5");
    let plan = case(&text).plan(None, &none()).expect("it can be joined");
    let held = carried(&plan, None, Decisions::default()).poll;
    let conclude = Step::Conclude(Some(("On commence.".to_owned(), None)));
    let edited = held.consultation.step(conclude, Instant(6), HERE).expect("closed");
    assert!(edited.supersedes(&held.consultation));
    // It can be restored after exporting and erasing.
    let edited = Poll { consultation: edited, urn: held.urn.clone() };
    let file = to_json(convention(), &edited).expect("JSON");
    let plan = case(&file).plan(None, &none()).expect("it can be joined");
    let back = carried(&plan, None, Decisions::default()).poll;
    assert_eq!(back.consultation.conclusion(), edited.consultation.conclusion());
    assert_eq!(back.urn, edited.urn);
}

fn paper(number: u16, option: Option<usize>) -> Ballot {
    let content = match option {
        None => Content::Void(Reason::new("rayé").expect("short")),
        Some(at) => {
            let mut dots = vec![0; 15];
            dots[at] = 1;
            Content::Vote(Vote::Dots(dots))
        }
    };
    Ballot { id: BallotId::paper(ID, number), way: VotingChannel::Paper(number), content }
}

fn phone(number: u64, option: usize) -> Ballot {
    let id = BallotId::random(Token(number), Token(number));
    Ballot { id, way: VotingChannel::Phone, ..paper(1, Some(option)) }
}

fn poll(ballots: impl IntoIterator<Item = Ballot>) -> Poll {
    Poll { consultation: opened(MethodKind::Dots), urn: ballots.into_iter().collect() }
}

#[test]
fn a_paper_that_two_devices_read_differently_counts_for_neither_until_somebody_decides() {
    for (here, there) in [(Some(1), Some(2)), (Some(2), Some(1)), (Some(1), None), (None, Some(1))]
    {
        let held = poll([paper(2, here), paper(3, Some(4))]);
        let file = poll([paper(2, there), paper(3, Some(4))]);
        let plan = JoinPlan::new(Some(&held), &none(), &file).expect("the same rules");
        assert_eq!((plan.disputed.len(), plan.identical, plan.fresh.len()), (1, 1, 0));
        assert_eq!(plan.disputed[0].number, 2);
        let joined = carried(&plan, Some(&held), Decisions::default());
        assert_eq!(joined.poll.urn, [paper(3, Some(4))].into_iter().collect());
        assert_eq!(joined.taken_out, [BallotId::paper(ID, 2)]);
        let (first, second) =
            (Keyed::of(&paper(2, here).content), Keyed::of(&paper(2, there).content));
        let Some(PaperState::Differs { first: one, second: two, .. }) = joined.book.state(2) else {
            panic!("{:?}", joined.book);
        };
        assert_eq!((one, two), (first.clone(), second));
        // Joining either file again brings no reading back.
        for again in [&held, &file] {
            let plan = JoinPlan::new(Some(&joined.poll), &joined.book, again).expect("like");
            assert_eq!((plan.waiting.as_slice(), plan.changes()), ([2].as_slice(), false));
        }
        // After a decision it counts.
        let mut decided = joined.poll.clone();
        let mut book = joined.book.clone();
        book.settle(2, first);
        decided.cast(paper(2, here)).expect("open");
        assert_eq!(decided.urn, held.urn);
    }
}

#[test]
fn a_paper_that_was_keyed_once_here_is_held_against_what_a_file_says() {
    let mut book = none();
    book.key(2, Keyed::of(&paper(2, Some(1)).content));
    let held = poll([]);
    let plan = |ballot| JoinPlan::new(Some(&held), &book, &poll([ballot])).expect("like");
    assert_eq!(plan(paper(2, Some(1))).fresh.len(), 1);
    assert_eq!(plan(paper(2, Some(3))).disputed.len(), 1);
    // A paper settled by the file cannot be keyed again here.
    let joined = plan(paper(2, Some(1)));
    let joined = joined.carry_out(Some(&held), &book, Decisions::default(), Instant(9), HERE);
    let book = joined.expect("nothing in its way").book;
    assert!(book.unsettled("2", 9).is_err());
}

#[test]
fn of_two_contents_under_the_id_of_a_phone_the_held_one_stays_and_both_are_shown() {
    for (here, there) in [(1, 2), (2, 1)] {
        let (held, file) = (poll([phone(5, here)]), poll([phone(5, there)]));
        let plan = JoinPlan::new(Some(&held), &none(), &file).expect("the same rules");
        assert_eq!(plan.conflicts, [(phone(5, here), phone(5, there))]);
        assert!(!plan.changes());
        assert_eq!(carried(&plan, Some(&held), Decisions::ALL).poll, held);
        // The same for a ballot that is handed in alone.
        let mut held = held;
        assert_eq!(held.cast(phone(5, there)), Err(CastError::Otherwise));
    }
}

#[test]
fn ballots_that_come_after_closing_are_taken_only_with_a_word() {
    let mut held = poll([phone(1, 1)]);
    held.consultation = held.consultation.step(Step::Close, Instant(8), HERE).expect("open");
    let plan = JoinPlan::new(Some(&held), &none(), &poll([phone(1, 1), phone(2, 1)]));
    let plan = plan.expect("the same rules");
    assert_eq!((plan.late, plan.fresh.len(), plan.stage), (true, 1, StageChange::Stays));
    assert_eq!(carried(&plan, Some(&held), Decisions::default()).poll, held);
    let late = Decisions { late: true, ..Decisions::default() };
    assert_eq!(carried(&plan, Some(&held), late).poll.urn.len(), 2);
}

#[test]
fn of_two_conclusions_the_person_chooses_and_one_alone_is_told() {
    let closed = opened(MethodKind::Dots).step(Step::Close, Instant(8), HERE).expect("open");
    let concluded = |text: &str, at| {
        let conclude = Step::Conclude(Some((text.to_owned(), None)));
        Poll::new(closed.step(conclude, Instant(at), DeviceId(Token(at))).expect("closed"))
    };
    let (one, two, bare) = (concluded("Un", 11), concluded("Deux", 12), Poll::new(closed.clone()));
    let plan = JoinPlan::new(Some(&bare), &none(), &one).expect("the same rules");
    assert!(matches!(plan.conclusion, Concluding::New(_)));
    // A version with the file's content is the file's own version.
    assert_eq!(carried(&plan, Some(&bare), Decisions::default()).poll, one);
    let plan = JoinPlan::new(Some(&one), &none(), &two).expect("the same rules");
    assert!(matches!(plan.conclusion, Concluding::Conflict(..)));
    assert_eq!(carried(&plan, Some(&one), Decisions::default()).poll, one);
    let theirs = Decisions { conclusion: true, ..Decisions::default() };
    let chosen = carried(&plan, Some(&one), theirs).poll;
    assert_eq!(chosen.consultation.conclusion(), two.consultation.conclusion());
    assert!(chosen.consultation.supersedes(&one.consultation));
    let plan = JoinPlan::new(Some(&one), &none(), &bare).expect("the same rules");
    assert!(!plan.changes());
}

#[test]
fn that_the_code_was_done_without_is_told_before_it_is_taken_over() {
    let held = poll([]);
    let mut file = held.clone();
    file.consultation = file.consultation.step(Step::WithoutCode, Instant(7), HERE).expect("open");
    let plan = JoinPlan::new(Some(&held), &none(), &file).expect("the same rules");
    assert!(plan.without_code && plan.changes());
    let joined = carried(&plan, Some(&held), Decisions::default()).poll;
    assert!(joined.consultation.without_code);
    let plan = JoinPlan::new(Some(&joined), &none(), &file).expect("the same rules");
    assert!(!plan.without_code && !plan.changes());
}

#[test]
fn other_rules_under_one_id_are_refused_with_both() {
    let (one, two) = (poll([]), Poll::new(opened(MethodKind::Approval)));
    let refused = JoinPlan::new(Some(&one), &none(), &two).expect_err("other rules");
    assert!(matches!(refused, JoinError::Rules(..)));
    assert_eq!(one.clone().merge(&two).expect_err("other rules").0, ID);
}

/// A poll of any stage, with and without printed papers and a conclusion.
fn any_poll() -> impl Strategy<Value = Poll> {
    let papers = proptest::collection::vec((1_u16..8, proptest::option::of(0_usize..3)), 0..6);
    let steps = (0_u8..4, 1_u64..4, 8_u16..12);
    (urn(), papers, steps).prop_map(|(mut urn, papers, (stage, device, printed))| {
        let device = DeviceId(Token(device));
        urn.merge(&papers.into_iter().map(|(number, option)| paper(number, option)).collect());
        let print = Step::Print(printed);
        let mut consultation = opened(MethodKind::Dots);
        consultation = consultation.step(print, Instant(4), device).expect("open");
        if stage > 1 {
            consultation = consultation.step(Step::Close, Instant(5), device).expect("open");
        }
        if stage > 2 {
            let conclude = Step::Conclude(Some((format!("Vu par {device}"), None)));
            consultation = consultation.step(conclude, Instant(6), device).expect("closed");
        }
        Poll { consultation, urn }
    })
}

fn merged(one: &Poll, two: &Poll) -> String {
    let mut merged = one.clone();
    merged.merge(two).expect("the same rules");
    export(&merged)
}

fn decisions() -> impl Strategy<Value = Decisions> {
    any::<(bool, bool, bool)>().prop_map(|(late, close, conclusion)| Decisions {
        late,
        close,
        conclusion,
    })
}

proptest! {
    #![proptest_config(fewer_cases())]

    /// Merging is commutative, associative and idempotent, to the byte.
    #[test]
    fn polls_merge_in_any_order(one in any_poll(), two in any_poll(), three in any_poll()) {
        prop_assert_eq!(merged(&one, &two), merged(&two, &one));
        prop_assert_eq!(merged(&one, &one), export(&one));
        let mut left = one.clone();
        left.merge(&two).expect("the same rules");
        let mut right = two.clone();
        right.merge(&three).expect("the same rules");
        prop_assert_eq!(merged(&left, &three), merged(&one, &right));
    }

    /// A join changes no held ballot, removes only ballots that wait for a decision, and takes only
    /// valid ballots; and it can be undone completely.
    #[test]
    fn a_join_keeps_what_is_held_and_can_be_taken_back(
        held in any_poll(),
        offered in any_poll(),
        decisions in decisions(),
    ) {
        let plan = JoinPlan::new(Some(&held), &none(), &offered).expect("the same rules");
        prop_assert_eq!(plan.refused.len(), 0);
        let joined = carried(&plan, Some(&held), decisions);
        for ballot in held.urn.ballots() {
            let now = joined.poll.urn.get(ballot.id);
            let waits = joined.taken_out.contains(&ballot.id);
            prop_assert_eq!(now, Some(ballot).filter(|_| !waits));
        }
        for ballot in joined.poll.urn.ballots() {
            prop_assert_eq!(joined.poll.consultation.allow(ballot), Ok(()));
        }
        let grown = joined.poll.urn.len() + joined.taken_out.len();
        prop_assert_eq!(grown, held.urn.len() + joined.counted);
        let opens = joined.poll.consultation.is_open() && !held.consultation.is_open();
        prop_assert!(!opens);
        let closes = joined.poll.consultation.is_closed() && held.consultation.is_open();
        prop_assert!(!closes || decisions.close);
        if joined.poll.consultation != held.consultation {
            prop_assert!(joined.poll.consultation.supersedes(&held.consultation));
        }
        // Joining again changes nothing.
        let again = JoinPlan::new(Some(&joined.poll), &joined.book, &offered).expect("like");
        if !again.late && joined.poll.consultation.is_closed() == offered.consultation.is_closed() {
            prop_assert_eq!((again.fresh.len(), again.disputed.len()), (0, 0));
        }
        let before = Before { poll: Some(held.clone()), book: none() };
        let now = (&joined.poll, &joined.book);
        let back = before.take_back(now, now);
        prop_assert_eq!(back.poll, Some(held));
        prop_assert_eq!(back.book, none());
        prop_assert!(back.whole);
    }

    /// Two devices that join each other's urns hold the same ballots.
    #[test]
    fn devices_that_join_each_other_hold_the_same_urn(one in any_poll(), two in any_poll()) {
        let join = |held: &Poll, offered: &Poll| {
            let plan = JoinPlan::new(Some(held), &none(), offered).expect("the same rules");
            carried(&plan, Some(held), Decisions::ALL)
        };
        let (here, there) = (join(&one, &two), join(&two, &one));
        prop_assert_eq!(here.taken_out, there.taken_out);
        let numbered = |poll: &Poll| poll.urn.ballots().map(|ballot| ballot.id).collect::<Vec<_>>();
        prop_assert_eq!(numbered(&here.poll), numbered(&there.poll));
    }
}

#[test]
fn what_came_after_a_join_stays_when_that_is_taken_back() {
    let held = poll([phone(1, 1), paper(2, Some(1))]);
    let file = poll([phone(2, 1), paper(2, Some(3))]);
    let plan = JoinPlan::new(Some(&held), &none(), &file).expect("the same rules");
    let joined = carried(&plan, Some(&held), Decisions::default());
    let mut now = joined.poll.clone();
    now.cast(phone(3, 1)).expect("open");
    let before = Before { poll: Some(held.clone()), book: none() };
    let back = before.take_back((&joined.poll, &joined.book), (&now, &joined.book));
    let expected: Urn = [phone(1, 1), phone(3, 1), paper(2, Some(1))].into_iter().collect();
    assert_eq!(back.poll.expect("it was here before").urn, expected);
    // A consultation that the join brought is removed with it, unless it has changed since.
    let new = Before { poll: None, book: none() };
    let after = (&joined.poll, &joined.book);
    assert_eq!(new.take_back(after, after).poll, None);
    let left = new.take_back(after, (&now, &joined.book));
    assert_eq!(left.poll.expect("a ballot has followed").urn, [phone(3, 1)].into_iter().collect());
    assert!(!left.whole);
}
