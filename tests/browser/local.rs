//! The `localStorage` store: entries are read, stored and never lost.

use std::collections::BTreeMap;

use jalons::codec::stored::{Entry, Key, Scope};
use jalons::domain::record::RecordId;
use jalons::domain::stamp::Token;
use jalons::storage::local::LocalStore;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{NOTE_KEY, empty_storage, note_record};

fn id() -> RecordId {
    "note/1.2/00c0ffee00c0ffee".parse().expect("an id")
}

/// The entry of this edit.
fn entry(edit: u32) -> Entry {
    Entry { key: Key::Record(id()), text: Some(note_record(edit)) }
}

#[wasm_bindgen_test]
fn what_is_kept_is_found_again_under_a_key_of_its_own() {
    let storage = empty_storage();
    let local = LocalStore::open().expect("a storage");
    local.put(&entry(1), &BTreeMap::new(), Token(1)).expect("room");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), Some(note_record(1)));
    assert_eq!(local.entries(), BTreeMap::from([(NOTE_KEY.to_owned(), note_record(1))]));
}

#[wasm_bindgen_test]
fn an_older_version_is_not_written_over_a_newer_one() {
    let storage = empty_storage();
    let local = LocalStore::open().expect("a storage");
    storage.set_item(NOTE_KEY, &note_record(7)).expect("room");
    local.put(&entry(2), &BTreeMap::new(), Token(1)).expect("nothing to do");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), Some(note_record(7)));
    local.put(&entry(8), &BTreeMap::new(), Token(1)).expect("room");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), Some(note_record(8)));
}

#[wasm_bindgen_test]
fn unreadable_bytes_are_set_aside_before_their_key_is_written() {
    let storage = empty_storage();
    storage.set_item(NOTE_KEY, "{half a rec").expect("room");
    storage.set_item("theme", "dark").expect("room");
    let local = LocalStore::open().expect("a storage");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable").as_deref(), Some("{half a rec"));

    local.put(&entry(1), &BTreeMap::new(), Token(0xab)).expect("room");
    let aside = "jalons/v1/aside/note/1.2/00c0ffee00c0ffee/00000000000000ab";
    assert_eq!(storage.get_item(aside).expect("readable").as_deref(), Some("{half a rec"));
    assert_eq!(storage.get_item("theme").expect("readable").as_deref(), Some("dark"));
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), Some(note_record(1)));
}

#[wasm_bindgen_test]
fn a_removal_takes_away_what_it_covers_and_only_once() {
    let storage = empty_storage();
    let local = LocalStore::open().expect("a storage");
    let covered =
        ["consultation/00c0ffee00c0ffee", "paper/00c0ffee00c0ffee", "ballot/00c0ffee00c0ffee/1"];
    let other = "jalons/v1/ballot/00c0ffee00c0ffef/1";
    let fill = || {
        for key in covered {
            storage.set_item(&format!("jalons/v1/{key}"), "x").expect("room");
        }
    };
    fill();
    storage.set_item(other, "x").expect("room");
    let key = Key::parse("jalons/v1/consultation/00c0ffee00c0ffee").expect("a key");
    let removal = Entry::removal(&Scope::of(&key), 5);
    local.put(&removal, &BTreeMap::new(), Token(1)).expect("room");
    let left: Vec<_> = local.entries().into_keys().collect();
    assert_eq!(left, [other, "jalons/v1/removed/consultation/00c0ffee00c0ffee"]);
    fill();
    local.put(&removal, &BTreeMap::new(), Token(1)).expect("nothing to do");
    assert_eq!(local.entries().len(), 5);
}

#[wasm_bindgen_test]
fn what_a_removal_covers_is_not_written_by_one_who_does_not_know_it() {
    let storage = empty_storage();
    let local = LocalStore::open().expect("a storage");
    let scope = Scope::of(&Key::Record(id()));
    let known = BTreeMap::from([(scope.clone(), 5)]);
    local.put(&Entry::removal(&scope, 5), &known, Token(1)).expect("room");
    local.put(&entry(1), &BTreeMap::new(), Token(1)).expect("nothing to do");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), None);
    local.put(&entry(1), &known, Token(1)).expect("room");
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable"), Some(note_record(1)));
}
