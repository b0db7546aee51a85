//! The `IndexedDB` store: a batch is written completely or not at all, and never over a newer
//! version.

use std::collections::BTreeMap;

use jalons::codec::stored::{Entry, Key, Scope, wrap};
use jalons::storage::idb::IdbStore;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{NOTE_KEY, delete_database, empty_stores, note_record};

fn entry(edit: u32) -> Entry {
    Entry { key: Key::parse(NOTE_KEY).expect("a key"), text: Some(note_record(edit)) }
}

async fn held(idb: &IdbStore) -> Option<String> {
    idb.read().await.expect("a database").get(NOTE_KEY).cloned()
}

#[wasm_bindgen_test]
async fn an_older_version_is_not_written_over_a_newer_one() {
    empty_stores().await;
    let idb = IdbStore::default();
    for (offered, stays) in [(2, 2), (7, 7), (3, 7), (8, 8)] {
        idb.write(vec![entry(offered)], BTreeMap::new()).await.expect("room");
        assert_eq!(held(&idb).await, Some(note_record(stays)));
    }
    idb.write(vec![Entry { text: None, ..entry(1) }], BTreeMap::new()).await.expect("a database");
    assert_eq!(held(&idb).await, None);
    idb.close();
}

#[wasm_bindgen_test]
async fn two_connections_that_write_at_once_agree_on_the_newest() {
    empty_stores().await;
    let [one, other] = [IdbStore::default(), IdbStore::default()];
    for edit in 1..20 {
        let (first, second) = if edit % 2 == 0 { (&one, &other) } else { (&other, &one) };
        let written = first.write(vec![entry(edit + 1)], BTreeMap::new());
        let late = second.write(vec![entry(edit)], BTreeMap::new());
        written.await.expect("room");
        late.await.expect("room");
        assert_eq!(held(first).await, Some(note_record(edit + 1)));
    }
    one.close();
    other.close();
}

#[wasm_bindgen_test]
async fn a_removal_takes_away_what_it_covers_in_its_place_among_the_entries() {
    empty_stores().await;
    let idb = IdbStore::default();
    let key = |name: &str| Key::parse(&format!("jalons/v1/{name}")).expect(name);
    let sealed = |name: &str| Entry { key: key(name), text: Some(wrap("1", "content")) };
    let ballot = |number: u32| {
        sealed(&format!("ballot/00c0ffee00c0ffee/{number:08}-ffff-4fff-bfff-ffffffffffff"))
    };
    let mut entries: Vec<_> = (0..1_200).map(ballot).collect();
    entries.push(sealed("consultation/00c0ffee00c0ffee"));
    entries.push(sealed("ballot/00c0ffee00c0ffef/00000000-ffff-4fff-bfff-ffffffffffff"));
    entries.push(entry(7));
    idb.write(entries, BTreeMap::new()).await.expect("room");
    let removed = |name: &str, number| Entry::removal(&Scope::of(&key(name)), number);
    // An older version replaces removed texts, but no others.
    let batch = vec![
        removed("consultation/00c0ffee00c0ffee", 5),
        ballot(3),
        removed(NOTE_KEY.trim_start_matches("jalons/v1/"), 5),
        entry(2),
    ];
    idb.write(batch, BTreeMap::new()).await.expect("room");
    let held = idb.read().await.expect("a database");
    let ballots: Vec<_> = held.keys().filter(|key| key.contains("/ballot/")).collect();
    assert_eq!(ballots.len(), 2, "{ballots:?}");
    assert_eq!(held.get(NOTE_KEY), Some(&note_record(2)));
    assert_eq!(held.len(), 5);
    // Who does not know the removal writes what is older than it.
    idb.write(vec![ballot(4), entry(9)], BTreeMap::new()).await.expect("nothing to do");
    assert_eq!(idb.read().await.as_ref(), Ok(&held));
    // Repeating a known removal removes nothing.
    idb.write(vec![removed("consultation/00c0ffee00c0ffee", 5)], BTreeMap::new())
        .await
        .expect("room");
    assert_eq!(idb.read().await.map(|held| held.len()), Ok(5));
    idb.close();
}

#[wasm_bindgen_test]
async fn a_connection_gives_way_to_whoever_deletes_the_database_and_is_made_again() {
    empty_stores().await;
    let [one, other] = [IdbStore::default(), IdbStore::default()];
    one.write(vec![entry(1)], BTreeMap::new()).await.expect("room");
    delete_database().await;
    assert_eq!(held(&one).await, None);
    one.write(vec![entry(2)], BTreeMap::new()).await.expect("room");
    assert_eq!(held(&other).await, Some(note_record(2)));
    one.close();
    other.close();
}
