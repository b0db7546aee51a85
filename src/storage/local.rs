//! The `localStorage` store: it is read before the app is shown, and mirrors IndexedDB.
//!
//! `localStorage` may be missing, throw on access, throw on writing or be full, and other apps may
//! share it. It is probed once; an unreadable entry is reported and never overwritten without a copy.
//!
//! Record parsing is in the chunk [`STORAGE_CHUNK`], which is not loaded while local storage is empty.
//! Until it is loaded, a record is written only to a free key or over a record that this page wrote.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage as _};
use jalons_macros::lazy_chunk;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::codec::stored::{
    self, Entry, KEY_NAMESPACE, Key, Resolution, Scope, resolve_non_record,
};
use crate::domain::record::RecordId;
use crate::domain::stamp::Token;
use crate::platform::chunks::{self, STORAGE_CHUNK};

/// Local storage that a probe has found to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalStore(());

/// The browser blocks local storage for this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("localStorage is blocked")]
pub struct LocalStoreBlockedError;

/// Why local storage did not take an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LocalStoreError {
    /// The quota is used up.
    #[error("localStorage is full")]
    Full,
    /// The browser refuses.
    #[error("localStorage refuses to be written")]
    Refused,
    /// Another page has written a record there, and the chunk that parses records is not loaded.
    #[error("the stored record cannot be read yet")]
    Unread,
}

thread_local! {
    /// The keys and texts of the records that this page has written before the storage chunk was
    /// loaded, in that order.
    static WRITTEN: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

impl LocalStore {
    /// Probes local storage.
    ///
    /// # Errors
    /// When the browser blocks it. Full is not blocked.
    pub fn open() -> Result<Self, LocalStoreBlockedError> {
        // gloo panics where the storage is blocked, so it is only used after this check.
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        let storage = storage.ok_or(LocalStoreBlockedError)?;
        let probe = format!("{KEY_NAMESPACE}probe");
        match storage.set_item(&probe, "") {
            Ok(()) => {
                let _ = storage.remove_item(&probe);
                Ok(Self(()))
            }
            Err(error) if LocalStoreError::of(&error) == LocalStoreError::Full => Ok(Self(())),
            Err(_) => Err(LocalStoreBlockedError),
        }
    }

    /// Whether it has consultations or ballots.
    #[must_use]
    pub fn has_votes(self) -> bool {
        keys().any(|key| matches!(Key::parse(&key), Ok(Key::Opaque(_))))
    }

    /// Whether it has no entry of the app.
    #[must_use]
    pub fn is_empty(self) -> bool {
        !keys().any(|key| key.starts_with(KEY_NAMESPACE))
    }

    /// Every key of the app, of any version, with its raw value.
    #[must_use]
    pub fn entries(self) -> BTreeMap<String, String> {
        let mut entries = BTreeMap::new();
        for key in keys().filter(|key| key.starts_with(KEY_NAMESPACE)) {
            if let Some(value) = text(&key) {
                entries.insert(key, value);
            }
        }
        entries
    }

    /// Every key of the app, of any version.
    pub fn keys(self) -> impl Iterator<Item = String> {
        keys().filter(|key| key.starts_with(KEY_NAMESPACE))
    }

    /// Writes an entry, unless the stored one is the same or supersedes it, or a removal covers it that
    /// is not among those `known` to its writer. Unreadable bytes are quarantined first. An entry
    /// without a text deletes its key, a removal the keys it covers.
    ///
    /// A record must be the newest version that this page knows.
    ///
    /// # Errors
    /// When the quota is used up, the browser refuses or the stored record cannot be read yet. The stored
    /// entry is then unchanged; the keys that a removal covers may be deleted.
    pub fn put(
        self,
        entry: &Entry,
        known: &BTreeMap<Scope, u64>,
        random: Token,
    ) -> Result<(), LocalStoreError> {
        let removal = |scope: &Scope| {
            let text = text(&Key::Removal(scope.clone()).to_string())?;
            stored::removal_number(&text)
        };
        if stored::is_overtaken(entry, known, &removal) {
            return Ok(());
        }
        let key = entry.key.to_string();
        let Some(offered) = &entry.text else {
            LocalStorage::delete(key);
            return Ok(());
        };
        if let Some(held) = text(&key) {
            match resolve_entry(entry, &key, &held, offered).ok_or(LocalStoreError::Unread)? {
                Resolution::KeepHeld => return Ok(()),
                Resolution::Replace => {}
                Resolution::ReplaceAndQuarantine => {
                    write(&entry.key.quarantine(random).to_string(), &held)?;
                }
            }
        }
        if let Key::Removal(scope) = &entry.key {
            // This makes room for the removal's own entry.
            clear(scope);
        }
        write(&key, offered)?;
        if matches!(entry.key, Key::Record(_)) && !chunks::is_loaded(STORAGE_CHUNK) {
            WRITTEN.with_borrow_mut(|written| written.push((key, offered.clone())));
        }
        Ok(())
    }

    /// The text under a key.
    #[must_use]
    pub fn text(self, key: &Key) -> Option<String> {
        text(&key.to_string())
    }
}

/// Deletes every key that a removal covers.
fn clear(scope: &Scope) {
    for (first, last) in scope.ranges() {
        if first == last {
            LocalStorage::delete(first);
            continue;
        }
        let covered: Vec<_> = keys().filter(|key| first <= *key && *key <= last).collect();
        covered.into_iter().for_each(LocalStorage::delete);
    }
}

/// Resolves a stored entry against a new one; `None` where that takes the storage chunk and it is not
/// loaded.
fn resolve_entry(entry: &Entry, key: &str, held: &str, offered: &str) -> Option<Resolution> {
    let Key::Record(id) = entry.key else {
        return Some(resolve_non_record(&entry.key, held, offered));
    };
    if held == offered {
        Some(Resolution::KeepHeld)
    } else if chunks::is_loaded(STORAGE_CHUNK) {
        resolve_records(id, held.to_owned(), offered.to_owned())
    } else {
        let is_it = |(of, text): &(String, String)| of == key && text == held;
        let is_own = WRITTEN.with_borrow(|written| written.iter().any(is_it));
        is_own.then_some(Resolution::Replace)
    }
}

#[lazy_chunk(storage)]
fn resolve_records(id: RecordId, held: String, offered: String) -> Resolution {
    stored::resolve_records(id, &held, &offered)
}

fn keys() -> impl Iterator<Item = String> {
    let storage = raw();
    let length = storage.length().unwrap_or_default();
    (0..length).filter_map(move |index| storage.key(index).ok().flatten())
}

fn text(key: &str) -> Option<String> {
    raw().get_item(key).ok().flatten()
}

fn write(key: &str, text: &str) -> Result<(), LocalStoreError> {
    raw().set_item(key, text).map_err(|error| LocalStoreError::of(&error))
}

fn raw() -> Storage {
    LocalStorage::raw()
}

impl LocalStoreError {
    fn of(error: &JsValue) -> Self {
        let name = error.dyn_ref::<DomException>().map(DomException::name);
        match name.as_deref() {
            // Firefox has its own name for the error.
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Self::Full,
            _ => Self::Refused,
        }
    }
}
