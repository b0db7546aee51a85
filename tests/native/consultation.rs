//! Consultations as they leave a device: as files, as bytes, and on QR codes.

use std::fs;
use std::path::Path;

use jalons::codec::carnet;
use jalons::codec::poll_file::{
    BallotEnvelope, Envelope, FileError, Misfit, Received, ballot_to_json, read, read_bytes,
    to_json,
};
use jalons::codec::transfer::{
    Parcel, TransferError, convention_fingerprint, link, pack, rules_fingerprint, sheets, unpack,
};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, Breach, Consultation, ConsultationId, Content, Grade, Method, MethodKind,
    Poll, Reason, Rules, RulesDraft, Step, Urn, Vote, Way,
};
use jalons::domain::item::{ItemId, ObjectiveLevel};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use proptest::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::arbitrary::cases;

const ID: ConsultationId = ConsultationId(Token(0x00c0_ffee_00c0_ffee));
/// As long as the address of a page on a town's own host.
const APP: &str = "https://www.illkirch.example/quartiers/jalons/";

/// The operational objectives of the convention: what a facilitator is offered.
fn objectives(level: ObjectiveLevel) -> Vec<ItemId> {
    let items = convention().items().map(|item| item.id());
    items.filter(|id| id.is_objective() && id.code().level() == level).collect()
}

fn draft(method: MethodKind) -> RulesDraft {
    let mut items = objectives(ObjectiveLevel::Operational);
    items.extend(objectives(ObjectiveLevel::Strategic));
    items.truncate(15);
    assert_eq!(items.len(), 15);
    RulesDraft {
        title: "Les priorités du quartier pour les deux années qui viennent, vues par ses voisins"
            .chars()
            .take(80)
            .collect(),
        question: "Parmi les objectifs de la convention, par lesquels faut-il commencer pour que \
            la vie de tous les jours devienne plus facile, pour les enfants, pour les familles, \
            pour les aînés et pour celles et ceux qui arrivent dans le quartier cette année ?"
            .chars()
            .take(240)
            .collect(),
        items,
        method,
        ..RulesDraft::default()
    }
}

fn rules(method: MethodKind) -> Rules {
    draft(method).check().expect("complete")
}

fn filled(rules: &Rules) -> Vote {
    let count = rules.options().len();
    match rules.method() {
        Method::Dots { each, cap } => {
            let mut dots = vec![0; count];
            let mut left = each;
            for dot in dots.iter_mut().step_by(3) {
                *dot = left.min(cap);
                left -= *dot;
            }
            Vote::Dots(dots)
        }
        Method::Approval => Vote::Approval((0..count).map(|place| place % 3 != 1).collect()),
        Method::Judgment => {
            Vote::Judgment((0..count).map(|place| Some(Grade::ALL[place * 5 % 7])).collect())
        }
        Method::Ranking => {
            let rank = |place| u8::try_from((place * 7) % count + 1).ok();
            Vote::Ranking((0..count).map(rank).collect())
        }
    }
}

fn ballot(rules: &Rules) -> Ballot {
    let vote = filled(rules);
    rules.allow(&vote).expect("a vote");
    let id = BallotId::random(Token(0x9e37_79b9_7f4a_7c15), Token(0xbf58_476d_1ce4_e5b9));
    Ballot { id, way: Way::Phone, content: Content::Vote(vote) }
}

/// The code that the app shows for a link: its two parts in their own modes.
fn code(link: &str) -> QrCode {
    let at = link.rfind('/').expect("a path") + 1;
    let (before, text) = link.split_at(at);
    let segments = [QrSegment::make_bytes(before.as_bytes()), QrSegment::make_alphanumeric(text)];
    QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        None,
        false,
    )
    .expect("room")
}

/// The greatest version, and how many codes there are.
fn shown(what: &str, parcel: &Parcel) -> (u8, usize) {
    let bytes = pack(parcel).expect("bytes");
    assert_eq!(unpack(&bytes).as_ref(), Ok(parcel));
    let sheets = sheets(APP, &bytes);
    let version = sheets.iter().map(|sheet| code(sheet).version().value()).max().unwrap_or(0);
    println!(
        "{what}: {} bytes, link of {} characters, {} page(s), version {version}",
        bytes.len(),
        link(APP, &bytes).len(),
        sheets.len(),
    );
    (version, sheets.len())
}

#[test]
fn a_consultation_of_fifteen_objectives_fits_one_code_and_its_ballots_small_ones() {
    for method in MethodKind::ALL {
        let rules = rules(method);
        let invitation = Parcel::invitation(convention(), ID, rules.clone());
        let (version, pages) = shown(&format!("{method:?}, 15 objectives"), &invitation);
        assert!(version <= 20 && pages == 1, "version {version}, {pages} pages");
        let parcel = Parcel::ballot(ID, &rules, ballot(&rules));
        let (version, pages) = shown(&format!("{method:?}, ballot"), &parcel);
        assert!(version <= 10 && pages == 1, "version {version}, {pages} pages");
    }
}

#[test]
fn what_is_too_long_for_one_code_goes_onto_several_of_the_same_fineness() {
    let own = "Ouvrir la salle de la rue des Platanes un soir par semaine, avec des jeux, un café et \
        quelqu'un qui aide à remplir les papiers, et un trajet à pied éclairé jusque-là";
    let own = |number: usize| format!("{number}. {own}").chars().take(160).collect();
    let draft = RulesDraft {
        items: Vec::new(),
        own: (1..=15).map(own).collect(),
        ..draft(MethodKind::Dots)
    };
    let similar = Parcel::invitation(convention(), ID, draft.check().expect("complete"));
    shown("15 own options that are much alike", &similar);
    // Fifteen stretches of the convention's own prose.
    let prose: String = convention().items().map(|item| item.text().to_owned() + " ").collect();
    let prose: Vec<char> = prose.chars().collect();
    let own = prose.chunks(160).take(15).map(|part| part.iter().collect()).collect();
    let rules = RulesDraft { items: Vec::new(), own, ..draft }.check().expect("complete");
    let parcel = Parcel::invitation(convention(), ID, rules.clone());
    let (version, pages) = shown("15 own options of 160 characters", &parcel);
    assert!(version <= 20 && pages > 1, "version {version}, {pages} pages");
    let (version, _) = shown("their ballot", &Parcel::ballot(ID, &rules, ballot(&rules)));
    assert!(version <= 10, "version {version}");
}

/// What stands on paper and in messages out there stays readable for ever: the file has the bytes
/// of two parcels of version 1, and is never written again.
#[test]
fn parcels_of_version_1_are_read() {
    let rules = rules(MethodKind::Judgment);
    let invitation = Parcel::Invitation { convention: 0x0102_0304, id: ID, rules: rules.clone() };
    let returned = Parcel::ballot(ID, &rules, ballot(&rules));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/parcels.txt");
    let held = fs::read_to_string(path).expect("a fixture");
    let read = held.lines().map(|line| unpack(&bytes(line)).expect("a parcel"));
    assert_eq!(read.collect::<Vec<_>>(), [invitation, returned]);
    assert_eq!(rules_fingerprint(ID, &rules), 0);
}

/// The bytes that pairs of hexadecimal digits stand for.
fn bytes(line: &str) -> Vec<u8> {
    let digits: Vec<u8> = line.bytes().collect();
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).expect("ASCII"), 16);
    digits.chunks(2).map(|digits| pair(digits).expect("two digits")).collect()
}

fn opened(method: MethodKind) -> Consultation {
    let device = DeviceId(Token(1));
    let new = Consultation::new(ID, draft(method), Instant(1), device);
    let code = jalons::domain::consultation::CodeHash::of(ID, "2021").expect("a code");
    new.step(Step::Open(code), Instant(2), device).expect("complete")
}

fn poll(method: MethodKind) -> Poll {
    let mut poll = Poll::new(opened(method));
    let ballot = ballot(&rules(method));
    let blank = Ballot {
        id: BallotId::paper(ID, 1),
        way: Way::Paper(1),
        content: Content::Vote(Vote::Blank),
    };
    let void = Ballot {
        id: BallotId::paper(ID, 2),
        way: Way::Paper(2),
        content: Content::Void(Reason::new("illisible « ici »").expect("short")),
    };
    poll.urn = [ballot, blank, void].into_iter().collect();
    poll
}

fn export(poll: &Poll) -> String {
    to_json(convention(), poll).expect("JSON")
}

fn import(text: &str) -> Result<Poll, FileError> {
    match read(text, convention())? {
        Received::Poll { poll, .. } => Ok(*poll),
        other => panic!("{other:?}"),
    }
}

fn urn() -> impl Strategy<Value = Urn> {
    let rules = rules(MethodKind::Dots);
    let ballot = (0_u64..9, 0_u8..5, 0_usize..15).prop_map(move |(id, kind, at)| {
        let mut dots = vec![0; rules.options().len()];
        dots[at] = 1;
        let content = match kind {
            0 => Content::Vote(Vote::Blank),
            1 => Content::Void(Reason::new("rayé").expect("short")),
            _ => Content::Vote(Vote::Dots(dots)),
        };
        Ballot { id: BallotId::random(Token(id), Token(id)), way: Way::Urn, content }
    });
    proptest::collection::vec(ballot, 0..12).prop_map(|ballots| ballots.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases().cases / 20, ..cases() })]

    /// Read and written again, a file has the same bytes, and two files merge into that of both.
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
    fn whatever_is_handed_in_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read_bytes(&bytes, convention()).is_err());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(at in any::<usize>(), byte in 1_u8..128) {
        let mut bytes = export(&poll(MethodKind::Ranking)).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read_bytes(&bytes, convention());
        prop_assert!(read_bytes(&bytes[..at], convention()).is_err());
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
        rules: rules_fingerprint(ID, &rules),
        ballot: ballot.clone(),
    };
    let bytes = pack(&Parcel::ballot(ID, &rules, ballot.clone())).expect("bytes");
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
    assert_eq!(read(&link[..link.len() - 2], convention()), Err(TransferError::Damaged.into()));
}

#[test]
fn an_invitation_and_its_pages_are_known_as_such() {
    let rules = rules(MethodKind::Dots);
    let bytes = pack(&Parcel::invitation(convention(), ID, rules.clone())).expect("bytes");
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
    let line = good.lines().find(|line| line.contains("approval")).expect("a ballot");
    let line = line.trim_end_matches(',');
    let (asked, answered) = good.split_at(good.find("\"ballots\"").expect("ballots"));
    let dots = answered.replace("approval", "dots").replace("true", "1").replace("false", "0");
    for (bad, said) in [
        (good.replace(ballot, r#""content":{"vote":{"approval":[0"#), "approval[0]: invalid type"),
        (good.replace("[true,", "["), "]: it answers 14 options of 15"),
        (format!("{asked}{dots}"), "]: it answers by another method"),
        (good.replace("\"way\":\"phone\"", "\"way\":\"phone\",\"who\":1"), ".who: unknown field"),
        (good.replace("\"printed\":0", "\"printed\":0,\"x\":1"), "consultation.x: unknown field"),
        (good.replace("\n]}", &format!(",\n{line}\n]}}")), "ballots[3]: a second ballot"),
        (
            good.replacen("1.1.1", "9.9.9", 1),
            "consultation.stage: the convention has no item 9.9.9",
        ),
        (good.replacen("1.1.2", "1.1.1", 1), "consultation.stage.open: two options are the same"),
    ] {
        assert_ne!(bad, good, "{said}");
        let error = read(&bad, convention()).expect_err(said).to_string();
        assert!(error.contains(said), "{said}: {error}");
    }
    let breach = good.replace("[true,", "[");
    assert!(matches!(
        read(&breach, convention()),
        Err(FileError::Refused { why: Misfit::Breach(Breach::OtherOptions { .. }), .. })
    ));
}

#[test]
fn what_is_no_consultation_is_told_apart() {
    let good = export(&poll(MethodKind::Approval));
    let refused = |text: &str| read(text, convention()).expect_err(text);
    let carnet = carnet::to_json(convention(), &[]).expect("JSON");
    assert_eq!(refused(&carnet), FileError::Carnet);
    assert_eq!(refused(""), carnet::FileError::Empty.into());
    assert_eq!(refused("{}"), carnet::FileError::OtherJson.into());
    assert_eq!(refused("Bonjour"), TransferError::Foreign.into());
    let later = good.replace("\"version\":1", "\"version\":2");
    assert_eq!(refused(&later), carnet::FileError::LaterVersion(2).into());
    let other = good.replacen(convention().id(), "autre", 1);
    assert_eq!(refused(&other), carnet::FileError::OtherConvention("autre".into()).into());
    let cut = &good[..good.len() / 2];
    assert!(matches!(refused(cut), FileError::File(carnet::FileError::NotJson { .. })));
    let unversioned = good.replace("\"version\":1", "\"version\":\"un\"");
    assert!(matches!(refused(&unversioned), FileError::File(carnet::FileError::Damaged(_))));
    let wording = convention().fingerprint().to_string();
    let reworded = good.replace(&wording, "0123456789abcdef");
    let Ok(Received::Poll { other_wording, .. }) = read(&reworded, convention()) else {
        panic!("a consultation");
    };
    assert!(other_wording);
}

#[test]
fn exported_files_keep_the_published_schemas() {
    let validator = |schema: schemars::Schema| {
        let schema = serde_json::to_value(schema).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let polls = validator(schemars::schema_for!(Envelope<Ballot>));
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
