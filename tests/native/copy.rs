//! A raw copy restores everything, whatever the state of the stores and whichever page wrote it.

use std::collections::BTreeMap;

use jalons::codec::backup::{
    Back, Backup, RawEntries, RestoreUndo, Restoring, beside, combine, texts_of, undo_data,
};
use jalons::codec::carnet::open;
use jalons::codec::consultation::{self as sealed, WaitingBallot};
use jalons::codec::stored::{
    self, DeviceSetting, DraftId, Entry, Fate, Inventory, KEY_NAMESPACE, Key, Scope, StoredKind,
    encode, wrap,
};
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, Consultation, ConsultationId, Content, Keyed, MethodKind, Readings, Reason,
    Stage, Vote, VotingChannel,
};
use jalons::domain::journal::{Journal, Merging};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use proptest::prelude::*;

use crate::arbitrary::{fewer_cases, record};
use crate::transfer::{draft, rules};

/// An instant later than all those in the copies.
const NOW: Instant = Instant(2_000_000_000_000);

/// The result of restoring a copy in an empty browser.
struct Returned {
    texts: RawEntries,
    plan: Restoring,
}

/// Restores a copy over the entries `held`.
fn bring_back(text: &str, held: &RawEntries, adopts: bool) -> Returned {
    let opened = open(text.as_bytes(), convention()).expect("a copy");
    let mut journal = Journal::default();
    for (key, text) in held {
        if let Ok(Key::Record(id)) = Key::parse(key) {
            journal.put(stored::record(id, text).expect("a record"));
        }
    }
    let mut merging = Merging::default();
    merging.plan(convention(), &journal, opened.records());
    let beside = beside(opened.copy().expect("a copy"), convention(), NOW);
    let plan = Restoring::plan(beside, held, adopts);
    let mut texts = held.clone();
    texts.extend(texts_of(&plan.entries));
    for record in merging.finish() {
        journal.put(record);
    }
    for record in journal.records() {
        let entry = Entry::record(record).expect("JSON");
        texts.extend(texts_of(&[entry]));
    }
    for record in &plan.set_aside {
        texts.extend(texts_of(&[Entry::conflict_loser(encode(record).expect("JSON"))]));
    }
    Returned { texts, plan }
}

/// The entries of a state that are to be restored: all but those about the stores themselves.
fn coming(texts: &RawEntries) -> RawEntries {
    let comes = |(key, _): &(&String, &String)| {
        Key::parse(key).is_ok_and(|key| StoredKind::of(&key).fate() != Fate::Stays)
    };
    let no_draft = |text: &str| stored::is_no_draft(text);
    let texts = texts.iter().filter(comes).filter(|(_, text)| !no_draft(text));
    texts.map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// A copy as written by the rescue page, which does not compare the stores (`public/start.js`).
fn rescue(local: &RawEntries, idb: &RawEntries) -> String {
    serde_json::json!({
        "format": "jalons-raw-backup", "version": 3,
        "entries": {}, "shelf": local, "vault": idb,
    })
    .to_string()
}

/// A ballot that its voter has not handed over yet.
fn waiting_ballot(consultation: ConsultationId) -> WaitingBallot {
    let id = BallotId::random(Token(3), Token(4));
    let ballot = Ballot { id, way: VotingChannel::Phone, content: Content::Vote(Vote::Blank) };
    WaitingBallot { consultation, rules: rules(MethodKind::Dots), ballot }
}

fn consultation(id: u64) -> impl Strategy<Value = Vec<Entry>> {
    let id = ConsultationId(Token(id));
    let vote = prop_oneof![
        Just(Content::Vote(Vote::Blank)),
        Just(Content::Vote(Vote::Dots((0..15).map(|at| u8::from(at < 3)).collect()))),
    ];
    let urn = proptest::collection::vec((any::<u64>(), vote), 0..6);
    (0..3_u8, 1..4_u32, urn, any::<bool>(), any::<bool>()).prop_map(
        move |(stage, edit, ballots, void, keyed)| {
            let stage = match stage {
                0 => Stage::Draft(draft(MethodKind::Dots)),
                1 => Stage::Open(rules(MethodKind::Dots)),
                _ => Stage::Closed(rules(MethodKind::Dots), None),
            };
            let is_draft = matches!(stage, Stage::Draft(_));
            let stamp = Stamp { edit, at: Instant(5), device: DeviceId(Token(7)) };
            let consultation =
                Consultation { id, stamp, stage, code: None, printed: 9, without_code: true };
            let mut entries = vec![sealed::consultation(&consultation).expect("JSON")];
            if is_draft {
                return entries;
            }
            let mut put = |ballot: Ballot| entries.extend(sealed::ballot(id, &ballot));
            for (random, content) in ballots {
                let ballot = BallotId::random(Token(random), Token(!random));
                put(Ballot { id: ballot, way: VotingChannel::Urn, content });
            }
            if void {
                let content = Content::Void(Reason::new("raturé").expect("short"));
                put(Ballot { id: BallotId::paper(id, 3), way: VotingChannel::Paper(3), content });
            }
            if keyed {
                let readings = Readings::new(Keyed::of(&Content::Vote(Vote::Blank)), None);
                entries.extend(sealed::paper(id, 2, &readings));
                entries.extend(sealed::waiting(Token(5), &waiting_ballot(id)));
            }
            entries
        },
    )
}

/// Entries of every kind, each often absent.
fn state() -> impl Strategy<Value = Vec<Entry>> {
    let records = proptest::collection::vec(record(), 0..6).prop_map(|records| {
        let journal: Journal = records.into_iter().collect();
        journal.records().filter_map(|record| Entry::record(record).ok()).collect::<Vec<_>>()
    });
    let lost = proptest::collection::vec(record(), 0..2).prop_map(|records| {
        records
            .iter()
            .map(|record| Entry::conflict_loser(encode(record).expect("JSON")))
            .collect::<Vec<_>>()
    });
    let draft = (any::<bool>(), 1..9_u64, "[a-z ]{1,9}[a-z]").prop_map(|(some, at, text)| {
        let id = DraftId::New("1.2".parse().expect("an id"));
        let draft = NoteDraft { kind: NoteKind::Idea, text, private: some };
        let written = Entry::draft(id, &draft, Instant(at)).expect("JSON");
        vec![if some { written } else { Entry::no_draft(id, Instant(at)) }]
    });
    let device = Entry { key: Key::Device, text: Some("00c0ffee00c0ffee".to_owned()) };
    let aside = "jalons/v1/aside/note/1.2/00c0ffee00c0ffee/0000000000000001";
    let aside = Entry { key: Key::parse(aside).expect("a key"), text: Some("{spoilt".to_owned()) };
    let facts = [
        device,
        aside,
        Entry::local(DeviceSetting::Exported, "1600000000000".to_owned()),
        Entry::local(DeviceSetting::Unnamed, "1".to_owned()),
        Entry::local(DeviceSetting::Suggested, "1".to_owned()),
        Entry::local(DeviceSetting::Urn, "00c0ffee00c0ffee".to_owned()),
        Entry::removal(&Scope::of(&Key::Local(DeviceSetting::Urn)), 3),
    ];
    let facts = proptest::sample::subsequence(facts.to_vec(), 0..7);
    (records, lost, draft, consultation(1), consultation(2), facts).prop_map(
        |(records, lost, draft, one, two, facts)| {
            [records, lost, draft, one, two, facts].into_iter().flatten().collect()
        },
    )
}

/// The entries that a store holds, selected by bits.
fn some_of(entries: &[Entry], bits: u64) -> RawEntries {
    let kept = entries.iter().enumerate().filter(|(at, _)| bits >> (at % 64) & 1 == 1);
    texts_of(&kept.map(|(_, entry)| entry.clone()).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(fewer_cases())]

    #[test]
    fn any_stored_state_comes_back_from_its_copy(entries in state(), full in any::<u64>()) {
        // Local storage is full and holds some entries, IndexedDB holds all.
        let idb = texts_of(&entries);
        let local = some_of(&entries, full);
        let copy = Backup::of(&RawEntries::new(), &local, &idb).to_json().expect("JSON");
        let returned = bring_back(&copy, &RawEntries::new(), true);
        prop_assert_eq!(&returned.texts, &coming(&idb));
        let rescued = bring_back(&rescue(&local, &idb), &RawEntries::new(), true);
        prop_assert_eq!(&rescued.texts, &returned.texts);
        // Entries that only the tab holds are in the copy too.
        let tab = Backup::of(&idb, &local, &RawEntries::new()).to_json().expect("JSON");
        prop_assert_eq!(&bring_back(&tab, &RawEntries::new(), true).texts, &returned.texts);
    }

    #[test]
    fn bringing_a_copy_back_twice_changes_nothing_more(entries in state()) {
        let idb = texts_of(&entries);
        let copy = Backup::of(&RawEntries::new(), &idb, &idb).to_json().expect("JSON");
        let once = bring_back(&copy, &RawEntries::new(), true);
        let twice = bring_back(&copy, &once.texts, false);
        prop_assert_eq!(twice.plan.changes(), 0);
        prop_assert_eq!(&twice.plan.entries, &[]);
        prop_assert_eq!(twice.texts, once.texts);
    }

    #[test]
    fn what_a_stale_local_storage_still_has_of_what_was_removed_stays_removed(
        entries in state(), stale in any::<u64>(), again in any::<bool>(), all in any::<bool>(),
    ) {
        let local = some_of(&entries, stale);
        let mut idb = texts_of(&entries);
        let id = Key::Opaque("consultation/0000000000000001".to_owned());
        let scope = if all { Scope::everything() } else { Scope::of(&id) };
        let covers = |key: &str| {
            scope.ranges().iter().any(|(first, last)| (first.as_str()..=last.as_str()).contains(&key))
        };
        let written_since = again && !all;
        idb.retain(|key, _| !covers(key));
        if written_since {
            idb.extend(texts_of(&entries).into_iter().filter(|(key, _)| covers(key)));
        }
        idb.extend(texts_of(&[Entry::removal(&scope, 9)]));
        for copy in [
            Backup::of(&RawEntries::new(), &local, &idb).to_json().expect("JSON"),
            rescue(&local, &idb),
        ] {
            prop_assert_eq!(bring_back(&copy, &RawEntries::new(), true).texts, coming(&idb));
        }
    }

    #[test]
    fn taking_a_return_back_leaves_what_was_there(held in state(), entries in state()) {
        let held = coming(&texts_of(&held));
        let copy = Backup::of(&RawEntries::new(), &texts_of(&entries), &RawEntries::new());
        let plan = bring_back(&copy.to_json().expect("JSON"), &held, false).plan;
        let mut texts = held.clone();
        texts.extend(texts_of(&plan.entries));
        let back = RestoreUndo { beside: undo_data(&plan.entries, &held), ..RestoreUndo::default() };
        let back = RestoreUndo::parse(&back.to_text().expect("JSON")).expect("a way back");
        for brought in &back.beside {
            let Back { gone, scope, before } = brought.back(&texts).expect("unchanged");
            for (first, last) in scope.map(|scope| scope.ranges()).unwrap_or_default() {
                texts.retain(|key, _| !(&first..=&last).contains(&key));
            }
            texts.remove(&gone.to_string());
            texts.extend(before.map(|text| (gone.to_string(), text)));
        }
        prop_assert_eq!(texts, held);
    }
}

/// An example of each stored kind. A new kind does not compile until it has one.
fn example(kind: StoredKind) -> Entry {
    let record = |text: &str| {
        let record = serde_json::from_str(text).expect("a record");
        Entry::record(&record).expect("JSON")
    };
    let stamp = r#""stamp":{"edit":1,"at":5,"device":"00c0ffee00c0ffee"}"#;
    let of = |id: &str, body: &str| record(&format!(r#"{{"id":"{id}",{stamp},"body":{body}}}"#));
    let id = ConsultationId(Token(1));
    let ballot = Ballot {
        id: BallotId::random(Token(1), Token(2)),
        way: VotingChannel::Urn,
        content: Content::Vote(Vote::Blank),
    };
    let local = |fact| Entry::local(fact, "5".to_owned());
    match kind {
        StoredKind::Observation => of(
            "observation/1.2.1-m3/2021-03-12/00c0ffee00c0ffee",
            r#"{"observation":{"level":"reached","wording":"00000000"}}"#,
        ),
        StoredKind::Note => of(
            "note/1.2/00c0ffee00c0ffee",
            r#"{"note":{"kind":"idea","text":"un banc","private":true,"created":5,"wording":"00000000"}}"#,
        ),
        StoredKind::FollowUp => {
            of("follow-up/1.2.1-m3/00c0ffee00c0ffee", r#"{"follow-up":{"watched":true}}"#)
        }
        StoredKind::NamedDevice => of(
            "device/00c0ffee00c0ffee",
            r#"{"device":{"label":"Accueil","speaks_for":"association"}}"#,
        ),
        StoredKind::Consultation => {
            let stamp = Stamp { edit: 1, at: Instant(5), device: DeviceId(Token(7)) };
            let stage = Stage::Open(rules(MethodKind::Dots));
            let opened =
                Consultation { id, stamp, stage, code: None, printed: 0, without_code: false };
            sealed::consultation(&opened).expect("JSON")
        }
        StoredKind::Ballot => sealed::ballot(id, &ballot).expect("JSON"),
        StoredKind::Paper => {
            let readings = Readings::new(Keyed::of(&Content::Vote(Vote::Blank)), None);
            sealed::paper(id, 2, &readings).expect("JSON")
        }
        StoredKind::Waiting => sealed::waiting(Token(5), &waiting_ballot(id)).expect("JSON"),
        StoredKind::Draft => {
            let draft = NoteDraft { text: "un".to_owned(), ..NoteDraft::default() };
            let item = DraftId::New("1.2".parse().expect("an id"));
            Entry::draft(item, &draft, Instant(5)).expect("JSON")
        }
        StoredKind::ConflictLoser => {
            Entry::conflict_loser(example(StoredKind::Note).text.expect("a text"))
        }
        StoredKind::Bytes => {
            Entry { key: Key::Quarantine("note/1".to_owned()), text: Some("{spoilt".to_owned()) }
        }
        StoredKind::DeviceId => {
            Entry { key: Key::Device, text: Some("00c0ffee00c0ffee".to_owned()) }
        }
        StoredKind::Exported => local(DeviceSetting::Exported),
        StoredKind::Unnamed => Entry::local(DeviceSetting::Unnamed, "1".to_owned()),
        StoredKind::Suggested => Entry::local(DeviceSetting::Suggested, "1".to_owned()),
        StoredKind::Synced => local(DeviceSetting::Synced),
        StoredKind::Asked => local(DeviceSetting::Asked),
        StoredKind::QuotaNotice => local(DeviceSetting::QuotaNotice),
        StoredKind::Merge => local(DeviceSetting::Merge),
        StoredKind::Urn => local(DeviceSetting::Urn),
        StoredKind::Removal => Entry::removal(&Scope::of(&Key::Device), 5),
    }
}

#[test]
fn every_kind_that_is_stored_is_copied_erased_brought_back_and_counted() {
    let entries: Vec<_> = StoredKind::ALL.iter().map(|kind| example(*kind)).collect();
    let texts = texts_of(&entries);
    assert_eq!(texts.len(), StoredKind::ALL.len(), "each has a key of its own");
    let copy = Backup::of(&RawEntries::new(), &texts, &RawEntries::new());
    let returned = bring_back(&copy.to_json().expect("JSON"), &RawEntries::new(), true).texts;
    let inventory = Inventory::of(&texts);
    let words = jalons::text::stored::holdings(&inventory).join(", ");
    let erased = jalons::text::erase::what_goes(&inventory);
    for (kind, entry) in StoredKind::ALL.iter().zip(&entries) {
        let key = entry.key.to_string();
        assert_eq!(StoredKind::of(&entry.key), *kind);
        assert_eq!(Key::parse(&key).as_ref(), Ok(&entry.key));
        // The copy contains it.
        assert_eq!(copy.entries().get(&key), entry.text.as_ref(), "{kind:?}");
        // Erasing covers it.
        let [(first, last)] = <[_; 1]>::try_from(Scope::everything().ranges()).expect("a range");
        assert!((first..=last).contains(&key) && key.starts_with(KEY_NAMESPACE), "{kind:?}");
        // It is restored, if its kind is.
        let comes = returned.get(&key) == entry.text.as_ref();
        assert_eq!(comes, kind.fate() != Fate::Stays, "{kind:?}");
        // It is counted by name, if a person would miss it.
        let named = jalons::text::stored::named(*kind, 1);
        assert_eq!(named.is_some(), kind.fate() == Fate::Joined, "{kind:?}");
        if let Some(named) = named {
            assert_eq!(inventory.count(*kind), 1);
            assert!(words.contains(&named) && erased.contains(&named), "{named}");
        }
    }
    let page = jalons::text::health::holds(&inventory, false);
    assert!(
        page.contains(
            "4 éléments, 1 consultation, 1 bulletin, 1 papier en saisie et 1 bulletin à remettre"
        ),
        "{page}"
    );
}

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/hostile/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect(name)
}

/// Regression: the consultation and its ballot were never restored.
#[test]
fn a_copy_of_version_2_brings_its_consultation_and_its_ballot_back() {
    let copy = fixture("7-copie-brute-avec-consultation.json");
    let returned = bring_back(&copy, &RawEntries::new(), true);
    let value: serde_json::Value = serde_json::from_str(&copy).expect("JSON");
    let entries: BTreeMap<String, String> =
        serde_json::from_value(value["entries"].clone()).expect("entries");
    assert_eq!(returned.texts, entries);
    assert_eq!(returned.plan.changes(), 2);
}

/// A malicious copy: entries that a consultation file could not bring in stay in quarantine.
#[test]
fn a_hostile_copy_brings_in_nothing_that_a_file_could_not() {
    let [open, ballot, papers] =
        [StoredKind::Consultation, StoredKind::Ballot, StoredKind::Paper].map(example);
    let content = |entry: &Entry| {
        stored::unwrap_opaque(entry.text.as_deref().expect("a text")).expect("whole").to_owned()
    };
    let with = |entry: &Entry, text: String| Entry { key: entry.key.clone(), text: Some(text) };
    // Its order claims to beat every later version.
    let greatest = with(&open, wrap(&"9".repeat(60), &content(&open)));
    // A void ballot from an urn, one that breaks the rules, and one without a consultation.
    let void = content(&ballot).replace(r#"{"vote":"blank"}"#, r#"{"void":"à moi"}"#);
    assert_ne!(void, content(&ballot));
    let many = content(&ballot).replace(r#""blank""#, r#"{"dots":[200,200,200]}"#);
    let id = BallotId::random(Token(1), Token(2)).to_string();
    let strays = [Token(8), Token(9)].map(|token| BallotId::random(token, token).to_string());
    let moved = |to: &str, of: &str, text: &str| Entry {
        key: Key::parse(&ballot.key.to_string().replace(&id, to).replace("0000000000000001/", of))
            .expect("a key"),
        text: Some(wrap("9", &text.replace(&id, to))),
    };
    let hostile = [
        greatest,
        with(&ballot, wrap("9", &void)),
        moved(&strays[0], "0000000000000001/", &many),
        moved(&strays[1], "0000000000000002/", &content(&ballot)),
        with(&papers, wrap(&"9".repeat(19), &content(&papers))),
        Entry::local(DeviceSetting::Urn, "0000000000000001".to_owned()),
        Entry::removal(&Scope::everything(), u64::MAX - 1),
    ];
    let copy = rescue(&texts_of(&hostile), &RawEntries::new());
    let returned = bring_back(&copy, &RawEntries::new(), true);
    let kinds: Vec<_> =
        returned.plan.entries.iter().map(|entry| StoredKind::of(&entry.key)).collect();
    let count = |kind| kinds.iter().filter(|of| **of == kind).count();
    assert_eq!((count(StoredKind::Ballot), count(StoredKind::Bytes)), (0, 3), "{kinds:?}");
    assert_eq!((count(StoredKind::Urn), count(StoredKind::Removal)), (0, 0));
    // The restored text is encoded again, so a later version from an honest device wins.
    let text = returned.texts.get(&open.key.to_string());
    assert_eq!(text, open.text.as_ref());
}

#[test]
fn where_somebody_has_been_the_device_stays_who_it_is() {
    let device = |id: &str| Entry { key: Key::Device, text: Some(id.to_owned()) };
    let copy = Backup::of(
        &texts_of(&[device("0000000000000001")]),
        &RawEntries::new(),
        &RawEntries::new(),
    );
    let held = texts_of(&[device("0000000000000002"), example(StoredKind::Note)]);
    let returned = bring_back(&copy.to_json().expect("JSON"), &held, false);
    assert_eq!(returned.texts, held);
}

/// A draft typed after the copy was made is newer than the copy's.
#[test]
fn what_is_newer_here_stays() {
    let id = DraftId::New("1.2".parse().expect("an id"));
    let typed = |text: &str, at| {
        let draft = NoteDraft { text: text.to_owned(), ..NoteDraft::default() };
        texts_of(&[Entry::draft(id, &draft, Instant(at)).expect("JSON")])
    };
    let copy = Backup::of(&typed("hier", 5), &RawEntries::new(), &RawEntries::new())
        .to_json()
        .expect("JSON");
    let held = typed("aujourd'hui", 6);
    let returned = bring_back(&copy, &held, false);
    assert_eq!(returned.texts, held);
    assert_eq!(returned.plan.tallies[&StoredKind::Draft].older, 1);
}

#[test]
fn bytes_that_one_store_has_in_place_of_something_readable_are_kept() {
    let note = example(StoredKind::Note);
    let spoilt = Entry { key: note.key.clone(), text: Some("{spoilt".to_owned()) };
    let both = combine([texts_of(&[spoilt]), texts_of(std::slice::from_ref(&note))]);
    assert_eq!(both.texts, texts_of(std::slice::from_ref(&note)));
    assert_eq!(both.bytes, [(note.key, "{spoilt".to_owned())]);
}
