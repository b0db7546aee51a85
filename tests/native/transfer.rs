//! Consultations as bytes and QR codes: their sizes, and reading all earlier versions.

use std::fs;
use std::path::Path;

use jalons::codec::qr;
use jalons::codec::transfer::{
    Page, RulesFingerprint, TransferPayload, link, pack, sheets, unpack,
};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, ConsultationId, Content, Grade, Method, MethodKind, Rules, RulesDraft, Vote,
    VotingChannel,
};
use jalons::domain::convention::Item;
use jalons::domain::item::{ItemId, ObjectiveLevel};
use jalons::domain::stamp::Token;

pub(crate) const ID: ConsultationId = ConsultationId(Token(0x00c0_ffee_00c0_ffee));
/// A page address as long as on a town's own host.
pub(crate) const APP: &str = "https://www.illkirch.example/quartiers/jalons/";

/// The convention's objectives of one level, as a facilitator is offered them.
fn objectives(level: ObjectiveLevel) -> Vec<ItemId> {
    let items = convention().items().map(Item::id);
    items.filter(|id| id.is_objective() && id.code().level() == level).collect()
}

pub(crate) fn draft(method: MethodKind) -> RulesDraft {
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

pub(crate) fn rules(method: MethodKind) -> Rules {
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

pub(crate) fn ballot(rules: &Rules) -> Ballot {
    let vote = filled(rules);
    rules.allow(&vote).expect("a vote");
    let id = BallotId::random(Token(0x9e37_79b9_7f4a_7c15), Token(0xbf58_476d_1ce4_e5b9));
    Ballot { id, way: VotingChannel::Phone, content: Content::Vote(vote) }
}

/// The highest version, and the number of codes.
fn shown(what: &str, parcel: &TransferPayload) -> (u8, usize) {
    let bytes = pack(parcel).expect("bytes");
    assert_eq!(unpack(&bytes).as_ref(), Ok(parcel));
    let sheets = sheets(APP, &bytes);
    let version =
        sheets.iter().map(|sheet| qr::draw(sheet).expect("room").version).max().unwrap_or(0);
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
        let invitation = TransferPayload::invitation(convention(), ID, rules.clone());
        let (version, pages) = shown(&format!("{method:?}, 15 objectives"), &invitation);
        assert!(version <= 20 && pages == 1, "version {version}, {pages} pages");
        let parcel = TransferPayload::ballot(ID, &rules, ballot(&rules));
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
    let similar = TransferPayload::invitation(convention(), ID, draft.check().expect("complete"));
    shown("15 own options that are much alike", &similar);
    // Fifteen pieces of the convention's own text.
    let prose: String = convention().items().map(|item| item.text().to_owned() + " ").collect();
    let prose: Vec<char> = prose.chars().collect();
    let own = prose.chunks(160).take(15).map(|part| part.iter().collect()).collect();
    let rules = RulesDraft { items: Vec::new(), own, ..draft }.check().expect("complete");
    let parcel = TransferPayload::invitation(convention(), ID, rules.clone());
    let (version, pages) = shown("15 own options of 160 characters", &parcel);
    assert!(version <= 20 && pages > 1, "version {version}, {pages} pages");
    let (version, _) = shown("their ballot", &TransferPayload::ballot(ID, &rules, ballot(&rules)));
    assert!(version <= 10, "version {version}");
}

/// Links on paper and in messages must stay readable for ever: the file has the bytes of two
/// payloads of version 1, and is never rewritten.
#[test]
fn parcels_of_version_1_are_read() {
    let rules = rules(MethodKind::Judgment);
    let invitation =
        TransferPayload::Invitation { convention: 0x0102_0304, id: ID, rules: rules.clone() };
    let short = RulesFingerprint::Short(67_890_100);
    let returned =
        TransferPayload::Ballot { consultation: ID, rules: short, ballot: ballot(&rules) };
    let read: Vec<_> = parcels("v1").map(|bytes| unpack(&bytes).expect("a parcel")).collect();
    assert_eq!(read, [invitation, returned]);
    assert!(short.fits(ID, &rules));
}

/// The same two payloads in version 2, written once.
#[test]
fn parcels_of_version_2_are_read_and_written_alike() {
    let rules = rules(MethodKind::Judgment);
    let invitation =
        TransferPayload::Invitation { convention: 0x0102_0304, id: ID, rules: rules.clone() };
    let returned = TransferPayload::ballot(ID, &rules, ballot(&rules));
    for (bytes, parcel) in parcels("v2").zip([invitation, returned]) {
        assert_eq!(unpack(&bytes).as_ref(), Ok(&parcel));
        assert_eq!(pack(&parcel).expect("bytes"), bytes);
    }
    assert_eq!(parcels("v2").count(), 2);
}

fn parcels(version: &str) -> impl Iterator<Item = Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(version);
    let held = fs::read_to_string(path.join("parcels.txt")).expect("a fixture");
    held.lines().map(bytes).collect::<Vec<_>>().into_iter()
}

/// The bytes written as pairs of hexadecimal digits.
fn bytes(line: &str) -> Vec<u8> {
    let digits: Vec<u8> = line.bytes().collect();
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).expect("ASCII"), 16);
    digits.chunks(2).map(|digits| pair(digits).expect("two digits")).collect()
}

/// The brightness of a photo of a code: its modules are `wide` pixels wide, on grey paper, in light
/// that fades from one side to the other.
pub(crate) fn photo(drawing: &qr::Drawing, wide: usize) -> (Vec<u8>, u32) {
    let margin = usize::try_from(qr::QUIET).expect("positive");
    let side = usize::try_from(drawing.side).expect("positive") + 2 * margin;
    let mut black = vec![false; side * side];
    for run in drawing.path.split('M').skip(1) {
        let numbers: Vec<usize> = run
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|digits| digits.parse().ok())
            .collect();
        let [x, y, length, ..] = numbers[..] else { panic!("{run}") };
        let from = (y + margin) * side + x + margin;
        black[from..from + length].fill(true);
    }
    let pixels = side * wide;
    let luma = (0..pixels * pixels).map(|at| {
        let (x, y) = (at % pixels, at / pixels);
        let light = if black[y / wide * side + x / wide] { 40 } else { 170 };
        light + u8::try_from(x * 60 / pixels).expect("at most 60")
    });
    (luma.collect(), u32::try_from(pixels).expect("small"))
}

/// The app's reader decodes every code that a phone shows.
#[test]
fn codes_are_read_as_they_are_drawn() {
    for (version, length) in [(3, 20), (10, 300), (20, 860)] {
        let text: String =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".chars().cycle().take(length).collect();
        let link = format!("https://x.example/#/voter/{text}");
        let drawing = qr::draw(&link).expect("room");
        assert!(drawing.version.abs_diff(version) <= 1, "version {}", drawing.version);
        for wide in [3, 4, 7] {
            let (luma, side) = photo(&drawing, wide);
            let read = qr::decode(&luma, side, side, qr::Look::default());
            assert_eq!(read, [&*link], "version {version}, {wide} pixels");
        }
    }
}

/// The whole transfer of a consultation that needs several codes.
#[test]
fn a_consultation_goes_from_screen_to_screen() {
    let own = |number| format!("{number} : {}", "un marché, ".repeat(12));
    let own = (1..=52).map(own).collect();
    let draft = RulesDraft { items: Vec::new(), own, ..draft(MethodKind::Approval) };
    let parcel = TransferPayload::invitation(convention(), ID, draft.check().expect("complete"));
    let bytes = pack(&parcel).expect("bytes");
    let sheets = sheets(&"https://example.org/".repeat(20), &bytes);
    assert!(sheets.len() > 1);
    let mut pages = jalons::codec::transfer::Pages::default();
    let mut whole = None;
    for sheet in &sheets {
        let (luma, side) = photo(&qr::draw(sheet).expect("room"), 4);
        let read = qr::decode(&luma, side, side, qr::Look::default());
        let text = read[0].rsplit('/').next().expect("a text");
        whole = Some(pages.put(Page::read(text).expect("a page")).expect("pages of one parcel"));
    }
    assert_eq!(whole, Some(jalons::codec::transfer::PageProgress::Whole(bytes)));
}
