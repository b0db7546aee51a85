//! Tests that need a browser: storage, canvas, its Unicode tables and the mounted app.

#![cfg(target_arch = "wasm32")]

mod app;
mod canvas;
mod corruption;
mod idb;
mod local;
mod store;
mod unicode;

use jalons::platform::chunks::{self, STORAGE_CHUNK};
use jalons::storage::idb::NAME;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// Empties local storage and returns it. The storage chunk is loaded, as in a page that finds
/// entries.
fn empty_storage() -> web_sys::Storage {
    // A panic in a callback fails no test by itself.
    assert!(!std::thread::panicking(), "something has panicked in a callback of a former test");
    chunks::fetch(STORAGE_CHUNK, |loaded| assert!(loaded));
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    let storage = storage.expect("a storage");
    storage.clear().expect("a storage that can be cleared");
    storage
}

/// Empties both stores and returns local storage.
async fn empty_stores() -> web_sys::Storage {
    // The stores of former tests write what is pending.
    pause(200).await;
    let storage = empty_storage();
    delete_database().await;
    storage
}

/// Deletes the database, like a browser clearing its data.
async fn delete_database() {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let request = factory.expect("IndexedDB").delete_database(NAME).expect("a request");
    let deleted = js_sys::Promise::new(&mut |resolve, reject| {
        let heard = [("success", resolve), ("error", reject)];
        for (event, then) in heard {
            request.add_event_listener_with_callback(event, &then).expect("a listener");
        }
    });
    wasm_bindgen_futures::JsFuture::from(deleted).await.expect("a database that can be deleted");
}

/// Waits for this many milliseconds.
async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .expect("a timer");
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("a pause");
}

/// The stored text of a record with this edit counter.
fn note_record(edit: u32) -> String {
    format!(
        r#"{{"id":"note/1.2/00c0ffee00c0ffee","stamp":{{"edit":{edit},"at":5,"device":"0000000000000001"}},"body":{{"note":{{"kind":"idea","text":"version {edit}","private":false,"created":5,"wording":"00000000"}}}}}}"#
    )
}

/// Its key.
const NOTE_KEY: &str = "jalons/v1/record/note/1.2/00c0ffee00c0ffee";
