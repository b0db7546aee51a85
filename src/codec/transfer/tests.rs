//! Round trips of payloads through bytes and text, and refusals of all other input.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::consultation::{
    BallotId, Choice, Content, Grade, Method, MethodKind, OptionText, Order, Question, Reason,
    Reveal, RulesDraft, Title, Vote, VotingChannel,
};
use crate::domain::stamp::Token;

/// Rules over three options.
pub(in crate::codec) fn rules_of(method: Method) -> Rules {
    let draft = RulesDraft {
        title: "Priorités".into(),
        question: "Par quoi commencer ?".into(),
        items: ["1.1.1", "1.2.1-m3"].map(|id| id.parse().expect(id)).into(),
        own: vec!["Un marché le soir".into()],
        method: method.kind(),
        each: Some(3),
        cap: Some(2),
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

fn vote(method: Method) -> BoxedStrategy<Vote> {
    let vote = match method {
        Method::Dots { .. } => {
            select(vec![[2, 1, 0], [0, 0, 1], [1, 1, 1]]).prop_map(|d| Vote::Dots(d.into())).boxed()
        }
        Method::Approval => vec(any::<bool>(), 3).prop_map(Vote::Approval).boxed(),
        Method::Judgment => {
            vec(proptest::option::of(select(&Grade::ALL)), 3).prop_map(Vote::Judgment).boxed()
        }
        Method::Ranking => {
            Just(vec![Some(1), None, Some(2)]).prop_shuffle().prop_map(Vote::Ranking).boxed()
        }
    };
    let chosen = vote.prop_filter("something is chosen", |vote| !vote.is_empty());
    prop_oneof![4 => chosen, 1 => Just(Vote::Blank)].boxed()
}

fn ballot(method: Method) -> impl Strategy<Value = Ballot> {
    let id = (0_u64..6, 0_u64..2).prop_map(|(a, b)| BallotId::random(Token(a), Token(b)));
    let way = prop_oneof![
        Just(VotingChannel::Urn),
        Just(VotingChannel::Phone),
        any::<u16>().prop_map(VotingChannel::Paper)
    ];
    let void = select(vec!["rayé", "illisible"]);
    let void = void.prop_map(|reason| Content::Void(Reason::new(reason).expect("short")));
    let content = prop_oneof![6 => vote(method).prop_map(Content::Vote), 1 => void];
    (id, way, content).prop_map(|(id, way, content)| Ballot { id, way, content })
}

/// Ballots that are valid under the rules of [`rules_of`]; some share an id.
pub(in crate::codec) fn ballots(method: Method) -> impl Strategy<Value = Vec<Ballot>> {
    vec(ballot(method), 0..8)
}

fn method() -> impl Strategy<Value = Method> {
    let dots = Method::Dots { each: 3, cap: 2 };
    select(vec![dots, Method::Approval, Method::Judgment, Method::Ranking])
}

/// Rules with options of both kinds in any order.
fn rules() -> impl Strategy<Value = Rules> {
    let item = (1_u8..=99, 0_u8..=99, 0_u8..=99, select(vec!["", "-r", "-m"]), 1_u16..=999);
    let item = item.prop_filter_map("an id", |(a, b, c, part, number)| {
        let code = [a, b, c].iter().filter(|n| **n > 0).map(u8::to_string).collect::<Vec<_>>();
        let part = if part.is_empty() { String::new() } else { format!("{part}{number}") };
        format!("{}{part}", code.join(".")).parse().ok().map(Choice::Item)
    });
    let own = "[a-zé’]{1,160}".prop_map(|text| Choice::Own(OptionText::new(&text).expect("short")));
    let options = vec(prop_oneof![item, own], 2..20);
    let order = select(vec![Order::Shuffled, Order::Listed]);
    let reveal = select(vec![Reveal::AfterClosing, Reveal::Live]);
    let text = ("[A-Zé]{1,80}", "[A-Zé ?]{0,239}[a-z]");
    (text, options, method(), order, reveal).prop_filter_map(
        "complete",
        |((title, question), options, method, order, reveal)| {
            let title = Title::new(&title).ok()?;
            let question = Question::new(&question).ok()?;
            Rules::new(title, question, options, method, order, reveal).ok()
        },
    )
}

fn parcel() -> impl Strategy<Value = TransferPayload> {
    let invitation = (any::<u32>(), any::<u64>(), rules()).prop_map(|(convention, id, rules)| {
        TransferPayload::Invitation { convention, id: ConsultationId(Token(id)), rules }
    });
    let ballot = method().prop_flat_map(ballot);
    let rules = prop_oneof![
        any::<u32>().prop_map(RulesFingerprint::Short),
        any::<u128>().prop_map(RulesFingerprint::Whole),
    ];
    let ballot = (any::<u64>(), rules, ballot).prop_map(|(id, rules, ballot)| {
        TransferPayload::Ballot { consultation: ConsultationId(Token(id)), rules, ballot }
    });
    prop_oneof![invitation, ballot]
}

fn packed(parcel: &TransferPayload) -> Vec<u8> {
    pack(parcel).expect("bytes")
}

fn whole(progress: Result<PageProgress, TransferError>) -> Vec<u8> {
    match progress {
        Ok(PageProgress::Whole(bytes)) => bytes,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn what_is_packed_comes_back(parcel in parcel()) {
        prop_assert_eq!(unpack(&packed(&parcel)), Ok(parcel));
    }

    #[test]
    fn a_text_comes_back_on_as_many_pages_as_it_needs(
        parcel in parcel(),
        other in parcel(),
        room in 20_usize..900,
        order in any::<u64>(),
    ) {
        let (bytes, others) = (packed(&parcel), packed(&other));
        let mut texts = pages(&bytes, room);
        prop_assert!(texts.len() == 1 || bytes.len() > room * 5 / 8);
        prop_assert!(texts.iter().all(|text| text.len() <= room) || bytes.len() > 255 * 7);
        let last = texts.swap_remove(usize::try_from(order).unwrap_or(0) % texts.len());
        let mut held = Pages::default();
        let mixed = pages(&others, room);
        for text in mixed.iter().take(mixed.len() - 1).chain(&texts).chain(&texts) {
            let missing = matches!(held.add(&text.to_lowercase()), Ok(PageProgress::Missing { .. }));
            prop_assert!(missing);
        }
        prop_assert_eq!(whole(held.add(&last)), bytes.clone());
        prop_assert_eq!(whole(held.add(&last)), bytes);
    }

    /// One page of another payload among the right ones never decodes to a third payload.
    #[test]
    fn pages_of_two_parcels_never_mix(one in rules(), two in rules(), at in any::<usize>()) {
        let parcel = |rules| TransferPayload::Invitation { convention: 1, id: ConsultationId(Token(1)), rules };
        let (one, two) = (packed(&parcel(one)), packed(&parcel(two)));
        prop_assume!(one != two);
        let (mut texts, others) = (pages(&one, 60), pages(&two, 60));
        let at = at % texts.len();
        texts[at].clone_from(&others[at % others.len()]);
        let mut held = Pages::default();
        for text in &texts {
            if let Ok(PageProgress::Whole(bytes)) = held.add(text) {
                prop_assert!(bytes == one || bytes == two);
            }
        }
    }

    #[test]
    fn any_bytes_and_texts_are_read_or_refused(bytes in vec(any::<u8>(), 0..400), text in ".{0,80}") {
        prop_assert!(unpack(&bytes).is_err());
        let _ = Pages::default().add(&text);
        let _ = Pages::default().add(&pages(&bytes, 40).concat());
    }

    /// Random bodies with a right checksum never cause a panic.
    #[test]
    fn bodies_of_chance_are_read_or_refused(header in 0_u8..64, body in vec(any::<u8>(), 0..300)) {
        let mut bytes = vec![header];
        bytes.extend(body);
        bytes.extend(checksum(&bytes));
        if let Ok(parcel) = unpack(&bytes) {
            prop_assert_eq!(unpack(&packed(&parcel)), Ok(parcel));
        }
    }

    #[test]
    fn what_is_changed_or_cut_is_refused(parcel in parcel(), at in any::<usize>(), bit in 0_u32..8) {
        let bytes = packed(&parcel);
        let mut changed = bytes.clone();
        changed[at % bytes.len()] ^= 1 << bit;
        prop_assert_eq!(unpack(&changed), Err(TransferError::Damaged));
        prop_assert!(unpack(&bytes[..at % bytes.len()]).is_err());
        let text = pages(&bytes, usize::MAX).concat();
        let cut = text.get(..at % text.len()).unwrap_or_default();
        prop_assert!(!matches!(Pages::default().add(cut), Ok(PageProgress::Whole(_))));
    }
}

/// A file of a few bytes that would decompress to fill the memory is refused.
#[test]
fn a_bomb_is_refused() {
    let mut bomb = vec![VERSION << 4 | COMPRESSED];
    bomb.extend(compress_to_vec(&vec![0; 50_000_000], 9));
    bomb.truncate(30_000);
    bomb.extend(checksum(&bomb));
    assert_eq!(unpack(&bomb), Err(TransferError::TooLarge));
    assert_eq!(unpack(&vec![0; LIMIT + 1]), Err(TransferError::TooLarge));
    assert_eq!(Pages::default().add(&"A".repeat(10_000_000)), Err(TransferError::TooLarge));
}

#[test]
fn the_largest_consultation_there_can_be_fits() {
    let mut draft = RulesDraft {
        title: "🗳".repeat(80),
        question: "🗳".repeat(240),
        method: MethodKind::Approval,
        ..RulesDraft::default()
    };
    // Data without repetition hardly compresses.
    let mut state = 1_u32;
    let mut any = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x1_0000 + (state >> 15)).unwrap_or('🗳')
    };
    for _ in 0..Rules::MAX_OPTIONS {
        draft.own.push((0..160).map(|_| any()).collect());
    }
    let rules = draft.check().expect("complete");
    let parcel = TransferPayload::Invitation { convention: 1, id: ConsultationId(Token(1)), rules };
    let bytes = packed(&parcel);
    assert_eq!(unpack(&bytes), Ok(parcel));
    let mut held = Pages::default();
    let sheets = sheets("https://example.org/", &bytes);
    let progress = sheets
        .iter()
        .map(|link| held.add(link.rsplit('/').next().expect("a text")).expect("a page"));
    assert_eq!(progress.last(), Some(PageProgress::Whole(bytes)));
}

#[test]
fn what_is_newer_is_told_from_what_is_none() {
    let mut bytes = packed(&TransferPayload::ballot(
        ConsultationId(Token(1)),
        &rules_of(Method::Approval),
        Ballot {
            id: BallotId::random(Token(1), Token(2)),
            way: VotingChannel::Phone,
            content: Content::Vote(Vote::Blank),
        },
    ));
    bytes.truncate(bytes.len() - CHECKSUM);
    bytes[0] += 16;
    bytes.extend(checksum(&bytes));
    assert_eq!(unpack(&bytes), Err(TransferError::Newer(3)));
    for text in ["", "Bonjour !", "AAAA", "0189", "https://example.org/"] {
        assert_eq!(Pages::default().add(text), Err(TransferError::Foreign), "{text}");
    }
}

#[test]
fn rules_that_are_none_say_what_they_lack() {
    let body = |options: &[u32], own: &[&str]| {
        let method = 1_u8;
        let rules = ("Titre", "Question ?", options, own, method, 0_u8, 0_u8);
        let body = postcard::to_allocvec(&([0_u8; 4], [0_u8; 8], rules)).expect("bytes");
        let mut bytes = vec![VERSION << 4];
        bytes.extend(body);
        bytes.extend(checksum(&bytes));
        unpack(&bytes)
    };
    assert!(body(&[item::number("1".parse().expect("an id")), 0], &["Un marché"]).is_ok());
    assert_eq!(body(&[0], &["Un marché"]), Err(TransferError::Flawed(RulesError::TooFew)));
    assert_eq!(body(&[1, 1], &[]), Err(TransferError::Flawed(RulesError::Twice)));
    assert_eq!(body(&[0, 0], &["Un marché"]), Err(TransferError::Malformed));
    assert_eq!(body(&[1, 2], &["Un marché"]), Err(TransferError::Malformed));
    assert_eq!(body(&[1, 16], &[]), Err(TransferError::Malformed));
}
