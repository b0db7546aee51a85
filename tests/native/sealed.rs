//! Stored consultations and ballots: resolving their texts agrees with merging their contents.

use jalons::codec::consultation::{
    OpaqueEntry, OpaqueKey, WaitingBallot, ballot, consultation, paper as stored_paper, read,
    waiting,
};
use jalons::codec::stored::{Entry, Resolution, Scope, resolve, wrap};
use jalons::domain::consultation::{
    Ballot, BallotId, Cast, Consultation, Content, Grade, Keyed, MethodKind, PaperBook, PaperState,
    Reason, Stage, Urn, Vote, VotingChannel,
};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use proptest::prelude::*;

use crate::arbitrary::cases;
use crate::transfer::{ID, draft, rules};

fn text(entry: &Entry) -> &str {
    entry.text.as_deref().expect("something")
}

fn content() -> impl Strategy<Value = Content> {
    let grade = proptest::option::of(proptest::sample::select(&Grade::ALL[..]));
    prop_oneof![
        Just(Content::Vote(Vote::Blank)),
        proptest::collection::vec(0_u8..3, 3).prop_map(|dots| Content::Vote(Vote::Dots(dots))),
        proptest::collection::vec(grade, 3).prop_map(|all| Content::Vote(Vote::Judgment(all))),
        "[a-z|]{1,8}".prop_map(|why| Content::Void(Reason::new(&why).expect("short"))),
    ]
}

fn paper(content: Content) -> Ballot {
    Ballot { id: BallotId::paper(ID, 1), way: VotingChannel::Paper(1), content }
}

fn version() -> impl Strategy<Value = Consultation> {
    (0..3_u8, 1..4_u32, 0..3_u64, 1..3_u64).prop_map(|(stage, edit, at, device)| {
        let rules = rules(MethodKind::Dots);
        let stage = match stage {
            0 => Stage::Draft(draft(MethodKind::Dots)),
            1 => Stage::Open(rules),
            _ => Stage::Closed(rules, None),
        };
        let stamp = Stamp { edit, at: Instant(at), device: DeviceId(Token(device)) };
        Consultation { id: ID, stamp, stage, code: None, printed: 0, without_code: false }
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn of_two_ballots_under_one_id_stores_keep_the_one_that_an_urn_keeps(
        one in content(), two in content(),
    ) {
        let (held, offered) = (paper(one), paper(two));
        let mut urn = Urn::default();
        urn.put(held.clone());
        let taken = urn.put(offered.clone()) == Cast::Replaced;
        let (held, offered) = (ballot(ID, &held).expect("JSON"), ballot(ID, &offered).expect("JSON"));
        let offer = resolve(&held.key, text(&held), text(&offered));
        prop_assert_eq!(offer == Resolution::Replace, taken);
    }

    #[test]
    fn of_two_versions_stores_keep_the_one_that_merging_keeps(one in version(), two in version()) {
        let (held, offered) = (consultation(&one).expect("JSON"), consultation(&two).expect("JSON"));
        let offer = resolve(&held.key, text(&held), text(&offered));
        prop_assert_eq!(offer == Resolution::Replace, two.supersedes(&one));
    }

    #[test]
    fn what_is_stored_is_read_again_and_what_is_damaged_is_not(
        content in content(), at in any::<usize>(), flip in 1_u8..128,
    ) {
        let ballot_of = paper(content);
        let entry = ballot(ID, &ballot_of).expect("JSON");
        let key = entry.key.to_string();
        prop_assert_eq!(read(&key, text(&entry)), Some(OpaqueEntry::Ballot(ID, ballot_of)));
        let mut bytes = text(&entry).as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= flip;
        prop_assert_eq!(read(&key, &String::from_utf8_lossy(&bytes)), None);
    }

    #[test]
    fn any_text_under_any_key_is_read_or_left(key in "[a-z/0-9-]{0,40}", text in ".{0,80}") {
        prop_assert_eq!(read(&format!("jalons/v1/{key}"), &text), None);
    }
}

#[test]
fn a_text_under_the_key_of_another_is_left() {
    let entry = ballot(ID, &paper(Content::Vote(Vote::Blank))).expect("JSON");
    let other = OpaqueKey::Ballot(ID, BallotId::paper(ID, 2)).key().to_string();
    assert_eq!(read(&other, text(&entry)), None);
}

/// An action on a book of papers.
#[derive(Clone, Debug)]
enum ActionKind {
    Key(u16, Keyed),
    Settle(u16, Keyed),
}

fn keyed() -> impl Strategy<Value = Keyed> {
    prop_oneof![
        Just(Keyed::Vote(Vote::Blank)),
        (0_u8..3).prop_map(|dot| Keyed::Vote(Vote::Dots(vec![dot, 1, 0]))),
        "[ab]".prop_map(|why| Keyed::Void(Reason::new(&why).expect("short"))),
    ]
}

fn actions() -> impl Strategy<Value = Vec<ActionKind>> {
    let action = (1_u16..4, keyed(), 0..5).prop_map(|(number, keyed, what)| match what {
        0 => ActionKind::Settle(number, keyed),
        _ => ActionKind::Key(number, keyed),
    });
    proptest::collection::vec(action, 0..8)
}

fn after(mut book: PaperBook, actions: &[ActionKind]) -> PaperBook {
    for action in actions.iter().cloned() {
        match action {
            ActionKind::Key(number, keyed) => drop(book.key(number, keyed)),
            ActionKind::Settle(number, keyed) => book.settle(number, keyed),
        }
    }
    book
}

fn both(one: &PaperBook, two: &PaperBook) -> PaperBook {
    let mut both = one.clone();
    both.merge(two);
    both
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn putting_books_of_papers_together_is_commutative_associative_and_idempotent(
        before in actions(), one in actions(), two in actions(), three in actions(),
    ) {
        let shared = after(PaperBook::default(), &before);
        let [one, two, three] = [one, two, three].map(|actions| after(shared.clone(), &actions));
        prop_assert_eq!(both(&one, &two), both(&two, &one));
        prop_assert_eq!(both(&both(&one, &two), &three), both(&one, &both(&two, &three)));
        prop_assert_eq!(both(&one, &one), one.clone());
        // Merging with an ancestor changes nothing.
        prop_assert_eq!(both(&one, &shared), one);
    }

    #[test]
    fn what_two_tabs_read_differently_in_one_round_is_seen(one in keyed(), two in keyed()) {
        let book = |keyed: &Keyed| after(PaperBook::default(), &[ActionKind::Key(1, keyed.clone())]);
        let state = both(&book(&one), &book(&two)).state(1).expect("keyed");
        prop_assert_eq!(matches!(state, PaperState::Differs { .. }), !one.agrees(&two));
    }

    #[test]
    fn the_stores_keep_what_two_tabs_have_put_together(
        before in actions(), one in actions(), two in actions(),
    ) {
        let shared = after(PaperBook::default(), &before);
        let [one, two] = [one, two].map(|actions| after(shared.clone(), &actions));
        let both = both(&one, &two);
        for number in 1..4 {
            for part in [&one, &two] {
                let (Some(part), Some(whole)) = (part.readings(number), both.readings(number)) else {
                    continue;
                };
                let part = stored_paper(ID, number, part).expect("JSON");
                let whole = stored_paper(ID, number, whole).expect("JSON");
                let offer = resolve(&part.key, text(&part), text(&whole));
                prop_assert_eq!(offer == Resolution::Replace, part != whole);
                prop_assert_eq!(resolve(&part.key, text(&whole), text(&part)), Resolution::KeepHeld);
            }
        }
    }

    #[test]
    fn what_was_keyed_from_a_paper_is_read_again(actions in actions()) {
        let book = after(PaperBook::default(), &actions);
        let mut again = PaperBook::default();
        for number in 1..4 {
            let Some(readings) = book.readings(number) else { continue };
            let entry = stored_paper(ID, number, readings).expect("JSON");
            match read(&entry.key.to_string(), text(&entry)) {
                Some(OpaqueEntry::Papers(ID, paper)) => again.merge(&paper),
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert_eq!(again, book);
    }
}

#[test]
fn papers_that_version_1_keyed_are_read_and_what_is_keyed_since_is_added() {
    let version_1 = r#"{"entries":{
        "1":{"first":{"vote":{"dots":[1,0,0]}},"second":{"vote":{"dots":[0,1,0]}}},
        "2":{"first":{"vote":"blank"},"second":null},
        "3":{"first":{"void":"rayé"},"second":{"void":"rayé"}}}}"#;
    let key = OpaqueKey::Papers(ID).key().to_string();
    let Some(OpaqueEntry::Papers(ID, book)) = read(&key, &wrap(&format!("{:020}", 7), version_1))
    else {
        panic!("version 1 cannot be read any more");
    };
    let reason = Reason::new("rayé").expect("short");
    assert!(matches!(book.state(1), Some(PaperState::Differs { .. })));
    assert_eq!(book.state(2), Some(PaperState::Once));
    assert_eq!(book.state(3), Some(PaperState::Agreed(Keyed::Void(reason))));
    // A later settlement stays, whichever of the two is read first.
    let mut later = book.clone();
    later.settle(1, Keyed::Vote(Vote::Blank));
    assert_eq!(both(&later, &book), later);
    assert_eq!(both(&book, &later), later);
}

#[test]
fn a_paper_has_one_key() {
    for (number, is) in [("1", true), ("999", true), ("0", false), ("01", false), ("+1", false)] {
        let key = format!("jalons/v1/paper/{ID}/{number}");
        assert_eq!(OpaqueKey::parse(&key).is_some(), is, "{number}");
    }
}

#[test]
fn a_ballot_that_waits_is_read_again_and_goes_alone() {
    let ballot = WaitingBallot {
        consultation: ID,
        rules: rules(MethodKind::Dots),
        ballot: Ballot {
            id: BallotId::paper(ID, 1),
            way: VotingChannel::Phone,
            content: Content::Vote(Vote::Blank),
        },
    };
    let entry = waiting(Token(5), &ballot).expect("JSON");
    let key = entry.key.to_string();
    assert!(!key.contains(&ballot.ballot.id.to_string()), "what stays of it tells whose it was");
    assert_eq!(read(&key, text(&entry)), Some(OpaqueEntry::Waiting(Token(5), ballot)));
    assert_eq!(Scope::of(&entry.key).opaque_key(), Some(key.clone()));
    let other = key.replace(&ID.to_string(), "ffffffffffffffff");
    assert_eq!(read(&other, text(&entry)), None);
}
