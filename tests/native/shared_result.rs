//! A result to take home: a link carries it whole, without a ballot, and nothing else is taken for
//! one.

use jalons::codec::fingerprint::Fingerprint;
use jalons::codec::ours::{Ours, recognise};
use jalons::codec::poll_file::{Received, read};
use jalons::codec::qr;
use jalons::codec::transfer::{
    self, Page, PageProgress, Pages, SharedResult, TransferError, link, sheets,
};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, CodeHash, Consultation, MethodKind, Poll, Rules, RulesDraft, Step, Urn,
    VotingChannel,
};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::domain::voting::Tally;

use crate::transfer::{APP, ID, ballot, rules};

/// A closed poll in which this many people voted alike, each by a channel.
fn closed(rules: &Rules, ways: &[VotingChannel], conclusion: Option<&str>) -> Poll {
    let vote = ballot(rules).content;
    let cast = |(number, way): (u64, &VotingChannel)| {
        let id = match way {
            VotingChannel::Paper(number) => BallotId::paper(ID, *number),
            _ => BallotId::random(Token(number), Token(number)),
        };
        Ballot { id, way: *way, content: vote.clone() }
    };
    let device = DeviceId(Token(1));
    let step = |consultation: &Consultation, step| {
        consultation.step(step, Instant(2), device).expect("allowed")
    };
    let draft = Consultation::new(ID, RulesDraft::of(rules), Instant(1), device);
    let open = step(&draft, Step::Open(CodeHash::of(ID, "2021").expect("a code")));
    let mut consultation = step(&open, Step::Close);
    if let Some(text) = conclusion {
        let day = "2022-03-12".parse().ok();
        consultation = step(&consultation, Step::Conclude(Some((text.to_owned(), day))));
    }
    let urn: Urn = (0..).zip(ways).map(cast).collect();
    Poll { consultation, urn }
}

fn digest(poll: &Poll) -> [u8; 32] {
    let rules = poll.consultation.rules().expect("frozen");
    Fingerprint::of(ID, rules, &poll.urn).to_bytes()
}

fn packed(poll: &Poll) -> Vec<u8> {
    SharedResult::pack(convention(), poll, digest(poll)).expect("a result")
}

const METHODS: [MethodKind; 4] =
    [MethodKind::Dots, MethodKind::Approval, MethodKind::Judgment, MethodKind::Ranking];

#[test]
fn a_result_is_the_same_on_the_phone_that_takes_it_home() {
    for method in METHODS {
        let rules = rules(method);
        let poll = closed(&rules, &[VotingChannel::Urn; 12], Some("On commence par l’école."));
        let result = SharedResult::unpack(&packed(&poll)).expect("a result");
        assert_eq!(result.tally, Tally::of(&rules, &poll.urn), "{method:?}");
        assert_eq!(result.digest, digest(&poll));
        assert_eq!(result.conclusion.as_ref(), poll.consultation.conclusion());
        assert_eq!(result.rules, rules);
        assert_eq!(result.convention, transfer::convention_fingerprint(convention()));
    }
}

#[test]
fn it_is_read_as_a_link_or_as_several_codes_wherever_it_is_pasted_or_scanned() {
    let poll = closed(&rules(MethodKind::Ranking), &[VotingChannel::Urn; 40], Some("On y va."));
    let bytes = packed(&poll);
    let link = link(APP, &bytes);
    assert!(link.starts_with(&format!("{APP}#/consultations/resultat/")), "{link}");
    assert_eq!(recognise(&link), Some(Ours::Link));
    let broken = link.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).expect("ASCII"));
    for text in [&*link, &format!("Voilà : {link}."), &broken.collect::<Vec<_>>().join("\n")] {
        let Ok(Received::Page(page)) = read(text, convention()) else { panic!("{text}") };
        assert_eq!(page.whole(), Some(&*bytes));
    }
    let mut pages = Pages::default();
    let mut last = None;
    for sheet in sheets(APP, &bytes) {
        assert!(qr::draw(&sheet).is_some(), "a code of each page");
        last = Some(pages.put(Page::read(&sheet).expect("a page")).expect("in order"));
    }
    assert_eq!(last, Some(PageProgress::Whole(bytes)));
}

#[test]
fn it_tells_no_channel_that_few_have_used_and_holds_no_ballot() {
    let rules = rules(MethodKind::Approval);
    let few = [[VotingChannel::Urn; 6].as_slice(), &[VotingChannel::Phone; 2]].concat();
    let turnout = |ways: &[VotingChannel]| {
        let result = SharedResult::unpack(&packed(&closed(&rules, ways, None)));
        result.expect("a result").tally.turnout
    };
    let hidden = turnout(&few);
    assert_eq!([hidden.cast, hidden.urn, hidden.phone, hidden.paper], [8, 0, 0, 0]);
    let many = [[VotingChannel::Urn; 6].as_slice(), &[VotingChannel::Phone; 5]].concat();
    let told = turnout(&many);
    assert_eq!([told.urn, told.phone], [6, 5]);

    // No ballot's id is in it: of ballots with other ids, only the digest differs.
    let poll = closed(&rules, &few, None);
    let others = (0..).zip(poll.urn.ballots()).map(|(number, ballot)| Ballot {
        id: BallotId::random(Token(number), Token(99)),
        ..ballot.clone()
    });
    let other = Poll { urn: others.collect(), ..poll.clone() };
    let unpack = |poll: &Poll| SharedResult::unpack(&packed(poll)).expect("a result");
    let (one, two) = (unpack(&poll), unpack(&other));
    assert_eq!(SharedResult { digest: one.digest, ..two }, one);
}

#[test]
fn without_a_result_there_is_nothing_to_take_home() {
    let rules = rules(MethodKind::Dots);
    assert_eq!(SharedResult::pack(convention(), &closed(&rules, &[], None), [0; 32]), None);
    let device = DeviceId(Token(1));
    let consultation = Consultation::new(ID, RulesDraft::of(&rules), Instant(1), device);
    let draft = Poll { consultation, urn: Urn::default() };
    assert_eq!(SharedResult::pack(convention(), &draft, [0; 32]), None);
}

#[test]
fn a_cut_a_newer_and_another_link_are_refused_with_their_reason() {
    let bytes = packed(&closed(&rules(MethodKind::Dots), &[VotingChannel::Urn; 5], None));
    for end in 0..bytes.len() {
        assert!(SharedResult::unpack(&bytes[..end]).is_err(), "cut at {end}");
    }
    let text = link("", &bytes);
    assert_eq!(read(&text[..text.len() - 8], convention()), Err(TransferError::Damaged.into()));
    for at in 0..bytes.len() {
        let mut wounded = bytes.clone();
        wounded[at] ^= 0x10;
        assert!(SharedResult::unpack(&wounded).is_err(), "wounded at {at}");
    }
    let ballots = transfer::TransferPayload::ballot(
        ID,
        &rules(MethodKind::Dots),
        ballot(&rules(MethodKind::Dots)),
    );
    let ballot = transfer::pack(&ballots).expect("bytes");
    assert_eq!(SharedResult::unpack(&ballot), Err(TransferError::Foreign));
}
