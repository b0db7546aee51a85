//! The tab's own `sessionStorage`: what must survive a reload and nothing else.
//!
//! A vote that is being filled in lies here and nowhere else: it goes with the tab, is in no copy
//! and no other tab sees it. Where the browser refuses, it lives in memory only.

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::Storage;

/// Begins every key of ours.
const PREFIX: &str = "jalons/v1/session/";

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// What lies under a name.
#[must_use]
pub fn get(name: &str) -> Option<String> {
    let key = key(name);
    let stored = storage().and_then(|storage| storage.get_item(&key).ok().flatten());
    stored.or_else(|| MEMORY.with_borrow(|memory| memory.get(&key).cloned()))
}

/// Puts a text under a name.
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

/// Leaves nothing under a name.
pub fn remove(name: &str) {
    let key = key(name);
    if let Some(storage) = storage() {
        // Where it cannot be removed it could not be put.
        let _ = storage.remove_item(&key);
    }
    MEMORY.with_borrow_mut(|memory| memory.remove(&key));
}

/// Leaves nothing of ours.
pub fn clear() {
    MEMORY.set(BTreeMap::new());
    let Some(storage) = storage() else { return };
    let keys =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    for key in keys.collect::<Vec<_>>() {
        if key.starts_with(PREFIX) {
            // Where it cannot be removed it could not be put.
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
