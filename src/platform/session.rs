//! The tab's `sessionStorage`: data that must survive a reload, but not the tab.
//!
//! A vote being filled in is stored only here: it is gone when the tab is closed, is in no copy,
//! and no other tab sees it. If the browser refuses storage, it is in memory only.

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::Storage;

/// The prefix of all keys.
const PREFIX: &str = "jalons/v1/session/";

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The text under a name.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    let key = key(name);
    let stored = storage().and_then(|storage| storage.get_item(&key).ok().flatten());
    stored.or_else(|| MEMORY.with_borrow(|memory| memory.get(&key).cloned()))
}

/// Stores a text under a name.
pub fn put(name: &str, text: &str) {
    let key = key(name);
    let stored = storage().is_some_and(|storage| storage.set_item(&key, text).is_ok());
    MEMORY.with_borrow_mut(|memory| {
        if stored {
            memory.remove(&key);
        } else {
            memory.insert(key, text.to_owned());
        }
    });
}

/// Removes the text under a name.
pub fn remove(name: &str) {
    let key = key(name);
    if let Some(storage) = storage() {
        // If it cannot be removed, it could not be stored either.
        let _ = storage.remove_item(&key);
    }
    MEMORY.with_borrow_mut(|memory| memory.remove(&key));
}

/// Removes all texts of this app.
pub fn clear() {
    MEMORY.set(BTreeMap::new());
    let Some(storage) = storage() else { return };
    let keys =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    for key in keys.collect::<Vec<_>>() {
        if key.starts_with(PREFIX) {
            // If it cannot be removed, it could not be stored either.
            let _ = storage.remove_item(&key);
        }
    }
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
