//! Files of consultations, and refusals of other input.

use std::collections::BTreeSet;

use jalons::codec::carnet;
use jalons::codec::fingerprint::Fingerprint;
use jalons::codec::ours::Ours;
use jalons::codec::poll_file::{
    BallotEnvelope, ConsultationEnvelope, PollFileError, Received, ballot_to_json, read,
    read_bytes, to_json,
};
use jalons::codec::transfer::{
    RulesFingerprint, TransferError, TransferPayload, convention_fingerprint, link, pack, sheets,
};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, CodeHash, Consultation, Content, Decisions, MethodKind, PaperBook, Poll,
    Reason, Step, Urn, Vote, VotingChannel,
};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::arbitrary::fewer_cases;
use crate::decoders::{bytes, wounded, wounds};
use crate::transfer::{APP, ID, ballot, draft, rules};

pub(crate) fn opened(method: MethodKind) -> Consultation {
    let device = DeviceId(Token(1));
    let new = Consultation::new(ID, draft(method), Instant(1), device);
    let code = CodeHash::of(ID, "2021").expect("a code");
    let open = new.step(Step::Open(code), Instant(2), device).expect("complete");
    open.step(Step::Print(9), Instant(3), device).expect("open")
}

pub(crate) fn poll(method: MethodKind) -> Poll {
    let mut poll = Poll::new(opened(method));
    let ballot = ballot(&rules(method));
    let blank = Ballot {
        id: BallotId::paper(ID, 1),
        way: VotingChannel::Paper(1),
        content: Content::Vote(Vote::Blank),
    };
    let void = Ballot {
        id: BallotId::paper(ID, 2),
        way: VotingChannel::Paper(2),
        content: Content::Void(Reason::new("illisible « ici »").expect("short")),
    };
    poll.urn = [ballot, blank, void].into_iter().collect();
    poll
}

pub(crate) fn export(poll: &Poll) -> String {
    to_json(convention(), poll).expect("JSON")
}

/// The poll in a file if the whole file can be joined to nothing, or else the error.
fn import(text: &str) -> Result<Poll, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let opened = match read(text, convention()).map_err(|error| said(&error))? {
        Received::Poll(opened) => opened,
        other => panic!("{other:?}"),
    };
    let book = PaperBook::default();
    let plan = opened.plan(None, &book).map_err(|error| said(&error))?;
    if let Some(refusal) = plan.refused.first() {
        return Err(said(refusal));
    }
    let joined = plan.carry_out(None, &book, Decisions::default(), Instant(0), DeviceId(Token(9)));
    Ok(joined.expect("nothing in its way").poll)
}

pub(crate) fn urn() -> impl Strategy<Value = Urn> {
    let rules = rules(MethodKind::Dots);
    let ballot = (0_u64..9, 0_u8..5, 0_usize..15).prop_map(move |(id, kind, at)| {
        let mut dots = vec![0; rules.options().len()];
        dots[at] = 1;
        let content = match kind {
            0 => Content::Vote(Vote::Blank),
            1 => Content::Void(Reason::new("rayé").expect("short")),
            _ => Content::Vote(Vote::Dots(dots)),
        };
        let number = u16::try_from(id).expect("small") + 1;
        let (id, way) = match (&content, id % 2) {
            (Content::Void(_), _) | (_, 0) => {
                (BallotId::paper(ID, number), VotingChannel::Paper(number))
            }
            _ => (BallotId::random(Token(id), Token(id)), VotingChannel::Urn),
        };
        Ballot { id, way, content }
    });
    proptest::collection::vec(ballot, 0..12).prop_map(|ballots| ballots.into_iter().collect())
}

proptest! {
    #![proptest_config(fewer_cases())]

    /// Reading and writing a file gives the same bytes, and two files merge like their polls.
    #[test]
    fn a_consultation_comes_back_and_merges_as_a_file(one in urn(), two in urn()) {
        let consultation = opened(MethodKind::Dots);
        let file = |urn: &Urn| export(&Poll { consultation: consultation.clone(), urn: urn.clone() });
        let mut first = import(&file(&one)).expect("a consultation");
        prop_assert_eq!(export(&first), file(&one));
        let mut second = import(&file(&two)).expect("a consultation");
        let both: Urn = one.ballots().chain(two.ballots()).cloned().collect();
        second.merge(&first).expect("the same rules");
        first.merge(&import(&file(&two)).expect("a consultation")).expect("the same rules");
        prop_assert_eq!(export(&first), file(&both));
        prop_assert_eq!(export(&second), file(&both));
    }

    #[test]
    fn whatever_is_handed_in_is_read_or_refused(bytes in bytes()) {
        prop_assert!(read_bytes(&bytes, convention()).is_err());
    }

    /// A damaged file is refused, or the ballots taken from it are valid.
    #[test]
    fn what_is_taken_of_a_damaged_file_keeps_the_rules_of_the_urn(
        method in select(&MethodKind::ALL),
        closed in any::<bool>(),
        wounds in wounds(),
        cut in any::<Index>(),
    ) {
        let mut whole = poll(method);
        if closed {
            let device = DeviceId(Token(1));
            let closed = whole.consultation.step(Step::Close, Instant(9), device);
            whole.consultation = closed.expect("open");
        }
        let file = export(&whole);
        // A file without its last line break is still complete.
        let cut = cut.index(file.len() - 2);
        prop_assert!(read_bytes(&file.as_bytes()[..cut], convention()).is_err());
        let damaged = wounded(&file, &wounds);
        let held = whole.clone();
        let book = PaperBook::default();
        if let Ok(Received::Poll(opened)) = read_bytes(damaged.as_bytes(), convention()) {
            for held in [None, Some(&held)] {
                let Ok(plan) = opened.plan(held, &book) else { continue };
                for decisions in [Decisions::default(), Decisions::ALL] {
                    let joined =
                        plan.carry_out(held, &book, decisions, Instant(9), DeviceId(Token(9)));
                    let joined = joined.expect("nothing in its way").poll;
                    let mut ids = BTreeSet::new();
                    for ballot in joined.urn.ballots() {
                        prop_assert_eq!(joined.consultation.allow(ballot), Ok(()));
                        prop_assert!(ids.insert(ballot.id));
                    }
                    let stays = held.is_none_or(|held| held.consultation.code == joined.consultation.code);
                    prop_assert!(stays);
                }
            }
        }
    }
}

#[test]
fn a_file_has_one_ballot_a_line_in_the_order_of_ids() {
    let poll = poll(MethodKind::Approval);
    let text = export(&poll);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3 + 3 + 1);
    let mut ids: Vec<_> = lines[3..6].to_vec();
    ids.sort_unstable();
    assert_eq!(ids, lines[3..6]);
    assert_eq!(import(&text), Ok(poll));
}

#[test]
fn ballots_are_handed_back_as_a_file_as_a_link_and_as_text() {
    let rules = rules(MethodKind::Ranking);
    let ballot = ballot(&rules);
    let received = Received::Ballot {
        consultation: ID,
        rules: RulesFingerprint::of(ID, &rules),
        ballot: ballot.clone(),
    };
    let bytes = pack(&TransferPayload::ballot(ID, &rules, ballot.clone())).expect("bytes");
    let link = link("http://192.168.0.7:8080/j/", &bytes);
    let text = link.rsplit('/').next().expect("a text").to_lowercase();
    let file = ballot_to_json(ID, &rules, &ballot).expect("JSON");
    for handed in [
        link.clone(),
        format!("  Voici mon bulletin : {link} .\n"),
        text,
        file.clone(),
        format!("\u{feff}{file}"),
    ] {
        assert_eq!(read(&handed, convention()), Ok(received.clone()), "{handed}");
    }
    for cut in 1..9 {
        let cut = &link[..link.len() - cut];
        assert_eq!(read(cut, convention()), Err(TransferError::Damaged.into()));
    }
}

#[test]
fn an_invitation_and_its_pages_are_known_as_such() {
    let rules = rules(MethodKind::Dots);
    let bytes = pack(&TransferPayload::invitation(convention(), ID, rules.clone())).expect("bytes");
    let convention_of = convention_fingerprint(convention());
    let invitation = Received::Invitation { convention: convention_of, id: ID, rules };
    assert_eq!(read(&link(APP, &bytes), convention()), Ok(invitation));
    let pages = sheets(&"a".repeat(600), &bytes);
    assert!(pages.len() > 1);
    for page in pages {
        assert!(matches!(read(&page, convention()), Ok(Received::Page(_))));
    }
}

#[test]
fn a_refusal_names_the_ballot_the_path_and_the_reason() {
    let good = export(&poll(MethodKind::Approval));
    let ballot = r#""content":{"vote":{"approval":[true"#;
    assert!(good.contains(ballot));
    let (asked, answered) = good.split_at(good.find("\"ballots\"").expect("ballots"));
    let line = answered.lines().find(|line| line.contains("approval")).expect("a ballot");
    let line = line.trim_end_matches(',');
    let dots = answered.replace("approval", "dots").replace("true", "1").replace("false", "0");
    for (bad, said) in [
        (good.replace("\"paper\":2", "\"paper\":3"), ".id: it is not the id of paper 3"),
        (good.replace(ballot, r#""content":{"vote":{"approval":[0"#), "approval[0]: invalid type"),
        (good.replace("[true,", "["), "].content: it answers 14 options of 15"),
        (format!("{asked}{dots}"), "].content: it answers by another method"),
        (good.replace("\"way\":\"phone\"", "\"way\":\"phone\",\"who\":1"), ".who: unknown field"),
        (good.replace("\"printed\":9", "\"printed\":9,\"x\":1"), "consultation.x: unknown field"),
        (good.replace("\n]}", &format!(",\n{line}\n]}}")), "ballots[3].id: a second ballot"),
        (
            good.replacen("1.1.1", "9.9.9", 1),
            "consultation.stage: the convention has no item 9.9.9",
        ),
        (good.replacen("1.1.2", "1.1.1", 1), "consultation.stage: two options are the same"),
    ] {
        assert_ne!(bad, good, "{said}");
        let error = import(&bad).expect_err(said);
        assert!(error.contains(said), "{said}: {error}");
    }
}

#[test]
fn what_is_no_consultation_is_told_apart() {
    let good = export(&poll(MethodKind::Approval));
    let refused = |text: &str| read(text, convention()).expect_err(text);
    let carnet = carnet::to_json(convention(), &[]).expect("JSON");
    assert_eq!(refused(&carnet), carnet::FileError::Ours(Ours::Carnet).into());
    assert_eq!(refused(""), carnet::FileError::Empty.into());
    assert_eq!(refused("{}"), carnet::FileError::OtherJson.into());
    assert_eq!(refused("Bonjour"), TransferError::Foreign.into());
    let later = good.replace("\"version\":1", "\"version\":3");
    assert_eq!(refused(&later), carnet::FileError::LaterVersion(3).into());
    let other = good.replacen(convention().id(), "autre", 1);
    assert_eq!(refused(&other), carnet::FileError::OtherConvention("autre".into()).into());
    let cut = &good[..good.len() / 2];
    assert!(matches!(refused(cut), PollFileError::File(carnet::FileError::NotJson { .. })));
    let unversioned = good.replace("\"version\":1", "\"version\":\"un\"");
    assert!(matches!(refused(&unversioned), PollFileError::File(carnet::FileError::Damaged(_))));
    let wording = convention().fingerprint().to_string();
    let reworded = good.replace(&wording, "0123456789abcdef");
    let Ok(Received::Poll(opened)) = read(&reworded, convention()) else {
        panic!("a consultation");
    };
    assert!(opened.other_wording);
}

#[test]
fn bytes_that_are_no_text_of_ours_are_told_apart() {
    let refused = |bytes: &[u8]| read_bytes(bytes, convention()).expect_err("no consultation");
    for (bytes, why) in [
        (&b"PK\x03\x04\0\0"[..], carnet::FileError::Zip),
        (b"\xff\xfe{\0", carnet::FileError::Utf16),
        (b"{\0\"\0", carnet::FileError::Utf16),
        (b" {\"format\":\"\xe9\"}", carnet::FileError::NotUtf8),
        (b"\x89PNG\xff\xd8\0", carnet::FileError::Binary),
        (b"", carnet::FileError::Empty),
    ] {
        assert_eq!(refused(bytes), why.into());
    }
}

#[test]
fn exported_files_keep_the_published_schemas() {
    let validator = |schema: schemars::Schema| {
        let schema = serde_json::to_value(schema).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let polls = validator(schemars::schema_for!(ConsultationEnvelope<Ballot>));
    let ballots = validator(schemars::schema_for!(BallotEnvelope));
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    for method in MethodKind::ALL {
        let text = export(&poll(method));
        assert!(polls.is_valid(&value(&text)), "{text}");
        assert!(!polls.is_valid(&value(&text.replace("\"way\"", "\"who\""))));
        let rules = rules(method);
        let text = ballot_to_json(ID, &rules, &ballot(&rules)).expect("JSON");
        assert!(ballots.is_valid(&value(&text)), "{text}");
    }
    let draft = Consultation::new(ID, draft(MethodKind::Dots), Instant(1), DeviceId(Token(1)));
    assert!(polls.is_valid(&value(&export(&Poll::new(draft)))));
}

/// Files that voters saved before ballots had a fingerprint of 128 bits.
#[test]
fn a_ballot_file_of_version_1_is_read_and_the_length_of_its_fingerprint_with_it() {
    let rules = rules(MethodKind::Judgment);
    let file = ballot_to_json(ID, &rules, &ballot(&rules)).expect("JSON");
    let whole = RulesFingerprint::of(ID, &rules);
    let first = file.replace("\"version\":2", "\"version\":1");
    let first = first.replace(&whole.to_string(), "040bebb4");
    let Ok(Received::Ballot { rules: short, ballot: cast, .. }) = read(&first, convention()) else {
        panic!("{first}");
    };
    assert_eq!((short, cast), (RulesFingerprint::Short(67_890_100), ballot(&rules)));
    assert!(short.fits(ID, &rules) && whole.fits(ID, &rules));
    for (version, fingerprint) in [("1", whole.to_string()), ("2", "040bebb4".to_owned())] {
        let mixed = file.replace("\"version\":2", &format!("\"version\":{version}"));
        let mixed = mixed.replace(&whole.to_string(), &fingerprint);
        let refused = read(&mixed, convention());
        assert!(matches!(refused, Err(PollFileError::Refused { path, .. }) if path == "rules"));
    }
}

/// A file from `tests/fixtures/hostile/`.
fn hostile(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/hostile/");
    std::fs::read_to_string(format!("{folder}{name}")).expect(name)
}

/// Regression: two sets of rules had the same 32 bits: an invitation to "Non" or "Oui", in this
/// order, for a consultation about "Oui" or "Non". A vote for "Oui" was counted for "Non".
#[test]
fn two_sets_of_rules_with_one_short_fingerprint_are_told_apart() {
    let held = import(&hostile("8-regles-oui-non.json")).expect("a consultation");
    let held = held.consultation.rules().expect("open").clone();
    let invited = read(&hostile("8-invitation-non-oui.txt"), convention());
    let Ok(Received::Invitation { id, rules, .. }) = invited else { panic!("{invited:?}") };
    let own = RulesFingerprint::of(id, &rules);
    let short: RulesFingerprint = own.to_string()[..8].parse().expect("eight digits");
    assert!(short.fits(id, &rules) && short.fits(id, &held));
    assert!(own.fits(id, &rules) && !own.fits(id, &held));
    // A vote by today's invitation has all 128 bits.
    let vote = Ballot {
        id: BallotId::random(Token(1), Token(2)),
        way: VotingChannel::Phone,
        content: Content::Vote(Vote::Approval(vec![true, false])),
    };
    let file = ballot_to_json(id, &rules, &vote).expect("JSON");
    let Ok(Received::Ballot { rules: said, .. }) = read(&file, convention()) else {
        panic!("{file}");
    };
    assert!(!said.fits(id, &held));
}

/// Regression: two prepared urns had the same four words and opposite results.
#[test]
fn two_urns_that_were_prepared_to_agree_are_told_apart() {
    let print = |name: &str| {
        let Poll { consultation, urn } = import(&hostile(name)).expect("a consultation");
        Fingerprint::of(consultation.id, consultation.rules().expect("closed"), &urn)
    };
    let (one, two) = (print("empreinte-A-oui-gagne.json"), print("empreinte-B-non-gagne.json"));
    assert_ne!(one.words(), two.words());
    assert_ne!(one.whole(), two.whole());
    assert_eq!(one.whole().len(), 64 + 15);
}

#[test]
fn a_vote_that_was_opened_without_its_code_says_so_in_version_2_and_all_others_stay_version_1() {
    let ordinary = poll(MethodKind::Approval);
    let before = export(&ordinary);
    assert!(before.contains("\"version\":1,") && !before.contains("without_code"));
    let mut poll = ordinary;
    let device = DeviceId(Token(7));
    poll.consultation =
        poll.consultation.step(Step::WithoutCode, Instant(9), device).expect("it is open");
    let after = export(&poll);
    assert!(after.contains("\"version\":2,") && after.contains("\"without_code\":true"));
    let again = import(&after).expect("version 2 is read");
    assert_eq!(export(&again), after);
    // The schema of version 1 is frozen, and ordinary files still conform to it.
    let schema = include_str!("../../public/schema/consultation-v1.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let is_valid = |text: &str| validator.is_valid(&serde_json::from_str(text).expect("JSON"));
    assert!(is_valid(&before) && !is_valid(&after));
    // Version 1 has no such field, so a file with it is refused.
    let mixed = after.replace("\"version\":2", "\"version\":1");
    assert!(import(&mixed).expect_err("mixed").contains("consultation.without_code"));
    // Joining keeps what one device knows.
    let mut here = import(&before).expect("version 1 is read");
    here.merge(&poll).expect("the same rules");
    assert!(here.consultation.without_code);
    poll.merge(&import(&before).expect("version 1 is read")).expect("the same rules");
    assert!(poll.consultation.without_code);
}
