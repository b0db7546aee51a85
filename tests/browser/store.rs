//! `AppStore` over the browser's own storage.

use std::collections::BTreeMap;

use jalons::codec::stored::{Entry, Scope, is_record, record};
use jalons::convention::convention;
use jalons::domain::journal::Action;
use jalons::domain::observation::Level;
use jalons::domain::record::Record;
use jalons::platform::events::StoredElsewhere;
use jalons::route::Route;
use jalons::storage::SaveStatus;
use jalons::storage::idb::IdbStore;
use jalons::storage::local::LocalStore;
use jalons::store::{AppStore, Notice};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{NOTE_KEY, empty_storage, empty_stores, note_record, pause};

/// Runs `act` with a newly loaded store, in an owner of its own.
fn with_store(act: impl FnOnce(AppStore)) {
    let owner = Owner::new();
    owner.with(|| act(AppStore::load(convention(), Route::Home)));
    // Pending saves of the store may still need it.
    std::mem::forget(owner);
}

/// Waits for the store's pending work, then drops the store.
async fn retire(owner: Owner) {
    pause(500).await;
    owner.cleanup();
}

/// Waits for the notice of the last action.
async fn told(store: AppStore) -> Option<Notice> {
    for _ in 0..200 {
        pause(10).await;
        let notice = store.notice().get_untracked();
        if !matches!(notice, None | Some(Notice::Done { saving: SaveStatus::Pending, .. })) {
            return notice;
        }
    }
    None
}

#[wasm_bindgen_test]
async fn a_tick_is_stored_in_both_stores_and_found_by_the_next_load() {
    empty_stores().await;
    let marker = "1.2.1-m3".parse().expect("an id");
    let owner = Owner::new();
    let store = owner.with(|| AppStore::load(convention(), Route::Home));
    store.storage().start_sync();
    store.dispatch(Action::Tick(marker)).expect("a tick");
    assert_eq!(store.notice().get_untracked(), None, "nothing is said before it is stored");
    let notice = told(store).await;
    assert!(matches!(notice, Some(Notice::Done { saving: SaveStatus::Saved, .. })), "{notice:?}");
    let held = IdbStore::default().read().await.expect("a database");
    retire(owner).await;
    assert_eq!(held.keys().filter(|key| is_record(key)).count(), 1);
    with_store(|store| {
        let level = store.state(marker).get_untracked().map(|(level, _)| level);
        assert_eq!(level, Some(Level::Reached));
    });
}

#[wasm_bindgen_test]
async fn many_records_are_taken_in_at_once_and_let_go_again() {
    const MANY: u32 = 1_200;
    empty_stores().await;
    let owner = Owner::new();
    let store = owner.with(|| AppStore::load(convention(), Route::Home));
    store.storage().start_sync();
    pause(100).await;
    let note = |number: u32| {
        let text = note_record(1).replace("00c0ffee00c0ffee", &format!("{number:016x}"));
        let id = format!("note/1.2/{number:016x}").parse().expect("an id");
        record(id, &text).expect("a record")
    };
    let records: Vec<_> = (0..MANY).map(note).collect();
    let ids = records.iter().map(Record::id).collect();
    assert_eq!(store.storage().save_import(records, Vec::new()).await, SaveStatus::Saved);
    let counts = || async {
        let held = IdbStore::default().read().await.expect("a database");
        let kept = held.keys().filter(|key| is_record(key)).count();
        (
            kept,
            LocalStore::open().expect("local storage").keys().filter(|key| is_record(key)).count(),
            store.note_count("1.2".parse().expect("an id")),
        )
    };
    assert_eq!(counts().await, (1_200, 1_200, 1_200));
    store.storage().replace(ids, Vec::new(), Vec::new()).await.expect("a database");
    assert_eq!(counts().await, (0, 0, 0));
    retire(owner).await;
}

#[wasm_bindgen_test]
async fn erasing_leaves_that_it_was_done_and_nothing_else() {
    let storage = empty_stores().await;
    storage.set_item("theme", "dark").expect("room");
    storage.set_item("jalons/v2/later", "?").expect("room");
    let owner = Owner::new();
    let store = owner.with(|| AppStore::load(convention(), Route::Home));
    store.storage().start_sync();
    store.dispatch(Action::Tick("1.2.1-m3".parse().expect("an id"))).expect("a tick");
    told(store).await;
    store.storage().erase_all().await.expect("nothing in the way");
    assert_eq!(store.observation_count(), 0);
    let erased = "jalons/v1/removed/all".to_owned();
    assert_eq!(storage.length().expect("readable"), 2);
    assert_eq!(storage.get_item(&erased).expect("readable").as_deref(), Some("1"));
    let held = IdbStore::default().read().await.expect("a database");
    assert_eq!(held.into_iter().collect::<Vec<_>>(), [(erased, "1".to_owned())]);
    // The app continues like a new one.
    store.dispatch(Action::Tick("1.2.1-m3".parse().expect("an id"))).expect("a tick");
    let notice = told(store).await;
    assert!(matches!(notice, Some(Notice::Done { saving: SaveStatus::Saved, .. })), "{notice:?}");
    retire(owner).await;
}

/// Regression: entries imported while an earlier erasure was detected were reported as saved and
/// never written.
#[wasm_bindgen_test]
async fn what_is_stored_while_an_earlier_erasure_comes_to_light_is_stored() {
    empty_stores().await;
    let idb = IdbStore::default();
    idb.write(vec![Entry::removal(&Scope::everything(), 1)], BTreeMap::new()).await.expect("room");
    let owner = Owner::new();
    let store = owner.with(|| AppStore::load(convention(), Route::Home));
    let id = "note/1.2/00c0ffee00c0ffee".parse().expect("an id");
    let records = vec![record(id, &note_record(1)).expect("a record")];
    assert_eq!(store.storage().save_import(records, Vec::new()).await, SaveStatus::Saved);
    let held = idb.read().await.expect("a database");
    assert_eq!(held.get(NOTE_KEY), Some(&note_record(1)));
    retire(owner).await;
}

#[wasm_bindgen_test]
fn loading_writes_nothing() {
    let storage = empty_storage();
    storage.set_item(NOTE_KEY, "unreadable").expect("room");
    with_store(|store| assert_eq!(store.storage_status().get_untracked().unreadable, 1));
    assert_eq!(storage.length().expect("readable"), 1);
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable").as_deref(), Some("unreadable"));
}

#[wasm_bindgen_test]
fn a_newer_version_from_another_tab_is_taken_and_an_older_one_is_not() {
    empty_storage();
    let item = "1.2".parse().expect("an id");
    with_store(|store| {
        let notes = store.notes(item, false);
        let text = move || notes.get_untracked().first().map(|row| row.note.text.to_string());
        let follow = |value: Option<String>| {
            let entry = StoredElsewhere { key: NOTE_KEY.into(), value };
            store.storage().hear_local(entry);
        };
        follow(Some(note_record(2)));
        assert_eq!(text().as_deref(), Some("version 2"));
        follow(Some(note_record(1)));
        follow(Some("unreadable".into()));
        follow(None);
        assert_eq!(text().as_deref(), Some("version 2"));
        follow(Some(note_record(3)));
        assert_eq!(text().as_deref(), Some("version 3"));
    });
}

#[wasm_bindgen_test]
fn undoing_goes_back_deed_by_deed() {
    empty_storage();
    let marker = "1.2.1-m3".parse().expect("an id");
    with_store(|store| {
        assert!(!store.can_undo());
        store.dispatch(Action::Tick(marker)).expect("a tick");
        store.dispatch(Action::Untick(marker)).expect("an untick");
        store.undo();
        assert!(store.state(marker).get_untracked().is_some());
        store.undo();
        assert!(store.state(marker).get_untracked().is_none());
        assert!(!store.can_undo());
    });
}
