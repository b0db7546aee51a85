//! A thousand corrupted stores: no panic, no silent reset, and every byte is still stored
//! somewhere.
//!
//! Each case fills both stores with the same records, corrupts some of the values in one or both,
//! loads, syncs, saves one more action, and looks for the corrupted values: under their keys, in
//! quarantine in the same store, and in the raw copy.

use std::collections::BTreeMap;

use jalons::codec::stored::{self, Key};
use jalons::convention::convention;
use jalons::domain::journal::Action;
use jalons::domain::record::RecordId;
use jalons::route::Route;
use jalons::storage::idb::{IdbStore, NAME, STORE};
use jalons::storage::local::LocalStore;
use jalons::store::AppStore;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{empty_stores, note_record, pause};

const CASES: u64 = 1_000;
const RECORDS: u64 = 6;

/// A deterministic random number generator (xorshift64*, Vigna 2016).
struct Rng(u64);

impl Rng {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits") % end
    }
}

type RawEntries = BTreeMap<String, String>;

fn id(number: u64) -> RecordId {
    format!("note/1.2/{number:016x}").parse().expect("an id")
}

fn text(number: u64) -> String {
    note_record(1).replace("00c0ffee00c0ffee", &format!("{number:016x}"))
}

/// Corrupts a value: a flipped bit, a truncation, another type, a newer schema.
fn spoil(text: &str, random: &mut Rng) -> String {
    let mut bytes = text.as_bytes().to_vec();
    match random.below(5) {
        0 => {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(7);
            String::from_utf8_lossy(&bytes).into_owned()
        }
        1 => text[..random.below(text.len())].to_owned(),
        2 => ["", "null", "[]", "12", "\u{fffd}\u{0}"][random.below(5)].to_owned(),
        3 => text.replace("\"edit\":1", "\"edit\":\"one\""),
        _ => text.replace("\"body\":", "\"version\":2,\"contents\":"),
    }
}

/// IndexedDB with raw writes that the app's own interface does not allow.
struct Raw(web_sys::IdbDatabase);

impl Raw {
    async fn open() -> Self {
        // The app's interface creates the database first.
        let idb = IdbStore::default();
        idb.write(Vec::new(), BTreeMap::new()).await.expect("a database");
        idb.close();
        let request = web_sys::window()
            .and_then(|window| js_sys::Reflect::get(&window, &"indexedDB".into()).ok())
            .expect("IndexedDB")
            .unchecked_into::<web_sys::IdbFactory>()
            .open(NAME)
            .expect("a request");
        while request.ready_state() != web_sys::IdbRequestReadyState::Done {
            pause(0).await;
        }
        Self(request.result().expect("a database").unchecked_into())
    }

    /// Replaces the content of IndexedDB with these values. Later transactions wait for it.
    fn fill(&self, values: &RawEntries) {
        let mode = web_sys::IdbTransactionMode::Readwrite;
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode);
        let store = transaction.and_then(|it| it.object_store(STORE)).expect("a store");
        store.clear().expect("a request");
        for (key, value) in values {
            let value = match value.as_str() {
                // A value that is not a string.
                "12" => JsValue::from_f64(12.0),
                value => JsValue::from_str(value),
            };
            store.put_with_key(&value, &JsValue::from_str(key)).expect("a request");
        }
    }
}

/// The corrupted values in each store, and all values in each.
fn spoilt_stores(random: &mut Rng) -> [(RawEntries, RawEntries); 2] {
    let mut stores =
        [(RawEntries::new(), RawEntries::new()), (RawEntries::new(), RawEntries::new())];
    for number in 0..RECORDS {
        let key = Key::Record(id(number)).to_string();
        let which = random.below(4);
        for (at, (spoilt, all)) in stores.iter_mut().enumerate() {
            let mut value = text(number);
            if which == at || which == 2 {
                value = spoil(&value, random);
                // A flipped bit may yield another valid record, which does not count as corrupted.
                if stored::record(id(number), &value).is_err() {
                    spoilt.insert(key.clone(), value.clone());
                }
            }
            all.insert(key.clone(), value);
        }
    }
    if random.below(4) == 0 {
        let (newer, value) = ("jalons/v2/record/note/1".to_owned(), "{\"new\":1}".to_owned());
        let (spoilt, all) = &mut stores[random.below(2)];
        spoilt.insert(newer.clone(), value.clone());
        all.insert(newer, value);
    }
    stores
}

#[wasm_bindgen_test]
async fn a_thousand_spoilt_stores_lose_not_a_byte() {
    let mut random = Rng(0x6a61_6c6f_6e73);
    let mut spoilt_values = 0;
    let local = LocalStore::open().expect("a storage");
    let storage = empty_stores().await;
    // The stores of all cases are in one page and must not notify each other.
    let channel = without_channel();
    let raw = Raw::open().await;
    let idb = IdbStore::default();
    for case in 0..CASES {
        storage.clear().expect("a storage");
        let [in_local, in_idb] = spoilt_stores(&mut random);
        for (key, value) in &in_local.1 {
            storage.set_item(key, value).expect("room");
        }
        raw.fill(&in_idb.1);

        let owner = Owner::new();
        let store = owner.with(|| AppStore::load(convention(), Route::Home));
        store.storage().start_sync();
        let again = id(random.below(6) as u64);
        let record = stored::record(again, &note_record_of(again, 9)).expect("a record");
        store.storage().save_import(vec![record], Vec::new()).await;
        store.dispatch(Action::Tick("1.2.1-m3".parse().expect("an id"))).expect("a tick");
        // Like a page being left: otherwise each case would wait for the flush delay.
        store.storage().flush_now();
        settle(store).await;

        let copy = store.storage().backup().await.expect("JSON");
        let copy: serde_json::Value = serde_json::from_str(&copy.text).expect("JSON");
        let held = idb.read().await.expect("a database");
        for (spoilt, now) in [(&in_local.0, &local.entries()), (&in_idb.0, &held)] {
            for (key, bytes) in spoilt {
                let aside = key.replace("/record/", "/aside/");
                let mut kept = now.iter().filter(|(at, _)| *at == key || at.starts_with(&aside));
                assert!(kept.any(|(_, value)| value == bytes), "case {case}: {key} = {bytes}");
                let copied = ["entries", "shelf", "vault"].iter().any(|part| {
                    let part = copy[part].as_object().expect("a map");
                    part.values().any(|value| value == bytes)
                });
                assert!(copied, "case {case}: {key} = {bytes} is not in the copy");
                spoilt_values += 1;
            }
        }
        // If one store is intact, no record is missing on screen.
        for number in 0..RECORDS {
            let key = Key::Record(id(number)).to_string();
            let lost = in_local.0.contains_key(&key) && in_idb.0.contains_key(&key);
            let shown = store.note_text(match id(number) {
                RecordId::Note(id) => id,
                _ => unreachable!("notes only"),
            });
            assert!(lost || shown.is_some(), "case {case}: {key} is gone");
        }
        // Tasks of the store may still use its signals.
        std::mem::forget(owner);
    }
    restore(&channel);
    raw.0.close();
    idb.close();
    assert!(spoilt_values > CASES, "only {spoilt_values} values were spoilt");
}

const CHANNEL: &str = "BroadcastChannel";

fn without_channel() -> JsValue {
    let global = js_sys::global();
    let channel = js_sys::Reflect::get(&global, &CHANNEL.into()).expect("a global");
    js_sys::Reflect::delete_property(&global, &CHANNEL.into()).expect("a global");
    channel
}

fn restore(channel: &JsValue) {
    js_sys::Reflect::set(&js_sys::global(), &CHANNEL.into(), channel).expect("a global");
}

fn note_record_of(id: RecordId, edit: u32) -> String {
    let RecordId::Note(note) = id else { unreachable!("notes only") };
    note_record(edit).replace("00c0ffee00c0ffee", &note.token.to_string())
}

/// Waits until the stores have been reconciled and the actions saved.
async fn settle(store: AppStore) {
    for _ in 0..400 {
        pause(0).await;
        if store.notice().get_untracked().is_some() {
            return;
        }
    }
    panic!("nothing was said");
}
