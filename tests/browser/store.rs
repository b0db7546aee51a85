//! The store over a real storage.

use jalons::domain::journal::Action;
use jalons::domain::observation::Level;
use jalons::platform::events::StoredElsewhere;
use jalons::route::Route;
use jalons::store::{AppStore, Notice};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{NOTE_KEY, empty_storage, note_record};

/// Runs `act` with a freshly loaded store, in an owner of its own.
fn with_store(act: impl FnOnce(AppStore)) {
    let owner = Owner::new();
    owner.with(|| act(AppStore::load(Route::Home)));
    owner.cleanup();
}

#[wasm_bindgen_test]
fn a_tick_is_stored_and_found_by_the_next_load() {
    empty_storage();
    let marker = "1.2.1-m3".parse().expect("an id");
    with_store(|store| {
        store.dispatch(Action::Tick(marker)).expect("a tick");
        assert!(matches!(store.notice().get_untracked(), Some(Notice::Done { saved: true, .. })));
    });
    with_store(|store| {
        let level = store.state(marker).get_untracked().map(|(level, _)| level);
        assert_eq!(level, Some(Level::Reached));
    });
}

#[wasm_bindgen_test]
fn loading_writes_nothing() {
    let storage = empty_storage();
    storage.set_item(NOTE_KEY, "unreadable").expect("room");
    with_store(|store| assert_eq!(store.keeping().get_untracked().unreadable, 1));
    assert_eq!(storage.length().expect("readable"), 1);
    assert_eq!(storage.get_item(NOTE_KEY).expect("readable").as_deref(), Some("unreadable"));
}

#[wasm_bindgen_test]
fn a_newer_version_from_another_tab_is_taken_and_an_older_one_is_not() {
    empty_storage();
    let item = "1.2".parse().expect("an id");
    with_store(|store| {
        let notes = store.notes(item);
        let text = move || notes.get_untracked().first().map(|row| row.note.text.to_string());
        let follow = |value: Option<String>| {
            store.follow(&StoredElsewhere { key: NOTE_KEY.into(), value });
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
