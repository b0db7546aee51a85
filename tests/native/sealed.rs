//! Consultations and ballots as they are stored: what the stores keep is what merging keeps.

use jalons::codec::consultation::{Place, Sealed, ballot, consultation, papers, read};
use jalons::codec::stored::{Entry, Offer, weigh};
use jalons::domain::consultation::{
    Ballot, BallotId, Cast, Consultation, Content, Grade, MethodKind, Reason, Stage, Urn, Vote, Way,
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
    Ballot { id: BallotId::paper(ID, 1), way: Way::Paper(1), content }
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
        Consultation { id: ID, stamp, stage, code: None, printed: 0 }
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
        let offer = weigh(&held.key, text(&held), text(&offered));
        prop_assert_eq!(offer == Offer::Taken, taken);
    }

    #[test]
    fn of_two_versions_stores_keep_the_one_that_merging_keeps(one in version(), two in version()) {
        let (held, offered) = (consultation(&one).expect("JSON"), consultation(&two).expect("JSON"));
        let offer = weigh(&held.key, text(&held), text(&offered));
        prop_assert_eq!(offer == Offer::Taken, two.supersedes(&one));
    }

    #[test]
    fn what_is_stored_is_read_again_and_what_is_damaged_is_not(
        content in content(), at in any::<usize>(), flip in 1_u8..128,
    ) {
        let ballot_of = paper(content);
        let entry = ballot(ID, &ballot_of).expect("JSON");
        let key = entry.key.to_string();
        prop_assert_eq!(read(&key, text(&entry)), Some(Sealed::Ballot(ID, ballot_of)));
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
    let other = Place::Ballot(ID, BallotId::paper(ID, 2)).key().to_string();
    assert_eq!(read(&other, text(&entry)), None);
    let papers = papers(ID, 7, "{}");
    let read_again = read(&papers.key.to_string(), text(&papers));
    assert_eq!(read_again, Some(Sealed::Papers(ID, 7, "{}".into())));
}
