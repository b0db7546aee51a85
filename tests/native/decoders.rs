//! Every decoder of `codec` reads or refuses arbitrary input. Decoders of files are in `carnet.rs`.

use jalons::codec::backup::{Backup, beside, read, records};
use jalons::codec::carnet::open;
use jalons::codec::stored::{Key, encode, note_draft, record};
use jalons::convention::convention;
use jalons::domain::journal::Journal;
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::stamp::Instant;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::arbitrary::{cases, journal};
use crate::storage::examples;

/// A text with some bytes overwritten. Invalid UTF-8 is replaced, as browsers do.
pub(crate) fn wounded(text: &str, wounds: &[(Index, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (place, byte) in wounds {
        let place = place.index(bytes.len());
        bytes[place] = *byte;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) fn wounds() -> impl Strategy<Value = Vec<(Index, u8)>> {
    proptest::collection::vec((any::<Index>(), any::<u8>()), 1..4)
}

/// Bytes of any kind, or bytes that are frequent in JSON.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let json = select(&br#"{}[]",:\u0e-truefalsn 19"#[..]);
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        proptest::collection::vec(json, 0..200),
    ]
}

/// Keys of every kind, as the app writes them.
fn keys() -> Vec<String> {
    let journal = examples();
    let of_records = journal.iter().map(|record| Key::Record(record.id()).to_string());
    let others = [
        "jalons/v1/device",
        "jalons/v1/draft/new/1.2.1-r1",
        "jalons/v1/draft/of/note/1.2/00c0ffee00c0ffee",
        "jalons/v1/aside/note/1.2/00c0ffee00c0ffee/0000000000000001",
    ];
    of_records.chain(others.map(str::to_owned)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_bytes_are_no_value_of_ours(bytes in bytes()) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = Key::parse(&text);
        let _ = Key::parse(&format!("jalons/v1/{text}"));
        let _ = Key::parse(&format!("jalons/v1/record/{text}"));
        let _ = note_draft(&text);
        prop_assert!(open(&bytes, convention()).is_err());
        prop_assert!(read(&text).is_err());
        for example in examples().iter().take(1) {
            prop_assert!(record(example.id(), &text).is_err());
        }
    }

    /// A key that parses prints as the same text.
    #[test]
    fn a_damaged_key_is_read_as_it_stands_or_refused(key in select(keys()), wounds in wounds()) {
        let key = wounded(&key, &wounds);
        if let Ok(read) = Key::parse(&key) {
            prop_assert_eq!(read.to_string(), key);
        }
    }

    /// A damaged record is refused, or read as a record of its key.
    #[test]
    fn a_damaged_value_is_read_or_refused(example in select(examples()), wounds in wounds()) {
        let text = wounded(&encode(&example).expect("JSON"), &wounds);
        if let Ok(read) = record(example.id(), &text) {
            prop_assert_eq!(read.id(), example.id());
        }
    }

    #[test]
    fn a_damaged_draft_is_read_or_refused(text in ".{0,40}", wounds in wounds()) {
        let draft = NoteDraft { kind: NoteKind::Idea, text, private: true };
        let written = encode(&draft).expect("JSON");
        prop_assert_eq!(note_draft(&written), Some(draft));
        let _ = note_draft(&wounded(&written, &wounds));
    }

    /// A damaged raw copy is refused, or its records are read one by one.
    #[test]
    fn a_damaged_raw_copy_is_read_or_refused(journal in journal(), wounds in wounds()) {
        let held = journal.records().count();
        let none = std::collections::BTreeMap::new();
        let tab = journal.records().map(|record| {
            (Key::Record(record.id()).to_string(), encode(record).expect("JSON"))
        });
        let copy = Backup::of(&tab.collect(), &none, &none).to_json().expect("JSON");
        let copy = wounded(&copy, &wounds);
        if let Ok(copy) = read(&copy) {
            prop_assert!(records(&copy).len() <= held);
            let _ = beside(&copy, convention(), Instant(0));
        }
        if let Ok(opened) = open(copy.as_bytes(), convention()) {
            let read: Journal = opened.records().filter_map(Result::ok).collect();
            prop_assert!(read.records().count() <= held);
        }
    }
}
