//! What lies in `IndexedDB` is written all at once or not at all, and never by an older version.

use jalons::codec::stored::{Entry, Key};
use jalons::platform::vault::Vault;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{NOTE_KEY, empty_stores, note_record};

fn entry(edit: u32) -> Entry {
    Entry { key: Key::parse(NOTE_KEY).expect("a key"), text: Some(note_record(edit)) }
}

async fn held(vault: &Vault) -> Option<String> {
    vault.read().await.expect("a vault").get(NOTE_KEY).cloned()
}

#[wasm_bindgen_test]
async fn an_older_version_is_not_written_over_a_newer_one() {
    empty_stores().await;
    let vault = Vault::default();
    for (offered, stays) in [(2, 2), (7, 7), (3, 7), (8, 8)] {
        vault.write(vec![entry(offered)]).await.expect("room");
        assert_eq!(held(&vault).await, Some(note_record(stays)));
    }
    vault.write(vec![Entry { text: None, ..entry(1) }]).await.expect("a vault");
    assert_eq!(held(&vault).await, None);
    vault.close();
}

#[wasm_bindgen_test]
async fn two_connections_that_write_at_once_agree_on_the_newest() {
    empty_stores().await;
    let [one, other] = [Vault::default(), Vault::default()];
    for edit in 1..20 {
        let (first, second) = if edit % 2 == 0 { (&one, &other) } else { (&other, &one) };
        let [written, late] = [first.write(vec![entry(edit + 1)]), second.write(vec![entry(edit)])];
        written.await.expect("room");
        late.await.expect("room");
        assert_eq!(held(first).await, Some(note_record(edit + 1)));
    }
    one.close();
    other.close();
}

#[wasm_bindgen_test]
async fn a_connection_gives_way_to_erasing_and_is_made_again() {
    empty_stores().await;
    let [one, other] = [Vault::default(), Vault::default()];
    one.write(vec![entry(1)]).await.expect("room");
    other.erase().await.expect("the other gives way");
    assert_eq!(held(&one).await, None);
    one.write(vec![entry(2)]).await.expect("room");
    assert_eq!(held(&other).await, Some(note_record(2)));
    one.close();
    other.close();
}
