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
    self, DeviceSetting, DraftId, Entry, KEY_NAMESPACE, Key, KeyError, Resolution, Scope,
    resolve_non_record,
};
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::{DeviceId, Instant, Token};
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

/// The parsed contents of local storage.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The id of this device.
    pub device: Option<DeviceId>,
    /// When everything was last exported.
    pub exported: Option<Instant>,
    /// The readable records.
    pub records: Vec<Record>,
    /// Versions that lost a conflict, as stored.
    pub conflict_losers: Vec<String>,
    /// Whether the person prefers not to name the device.
    pub name_declined: bool,
    /// The consultation whose urn this device is.
    pub urn: Option<String>,
    /// The removals with their numbers.
    pub removals: BTreeMap<Scope, u64>,
    /// The keys whose values could not be read.
    pub unreadable: Vec<String>,
    /// Whether another version of the app has stored an entry.
    pub other_version: bool,
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

    /// Reads every entry of the app; `None` while the storage chunk is not loaded.
    #[must_use]
    pub fn read(self) -> Option<Snapshot> {
        if chunks::is_loaded(STORAGE_CHUNK) { read_snapshot(self) } else { None }
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

    /// Writes an entry, unless the stored one is the same or supersedes it; an entry without a text
    /// deletes its key. Unreadable bytes are quarantined first. A removal deletes the keys it covers.
    ///
    /// A record must be the newest version that this page knows.
    ///
    /// # Errors
    /// When the quota is used up, the browser refuses or the stored record cannot be read yet. The stored
    /// entry is then unchanged; the keys that a removal covers may be deleted.
    pub fn put(self, entry: &Entry, random: Token) -> Result<(), LocalStoreError> {
        let key = entry.key.to_string();
        let Some(offered) = &entry.text else {
            LocalStorage::delete(key);
            return Ok(());
        };
        let mut resolution = Resolution::Replace;
        if let Some(held) = text(&key) {
            resolution =
                resolve_entry(entry, &key, &held, offered).ok_or(LocalStoreError::Unread)?;
            match resolution {
                Resolution::KeepHeld => return Ok(()),
                Resolution::Replace => {}
                Resolution::ReplaceAndQuarantine => {
                    write(&entry.key.quarantine(random).to_string(), &held)?;
                }
            }
        }
        if let (Key::Removal(scope), Resolution::Replace) = (&entry.key, resolution) {
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

    /// Whether it has a draft.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        let is = |key: &String| text(key).is_some_and(|text| stored::note_draft(&text).is_some());
        keys().filter(|key| stored::is_draft(key)).any(|key| is(&key))
    }

    /// The drafts as stored. No other entry is read: there may be many.
    #[must_use]
    pub fn drafts(self) -> Vec<(String, String)> {
        let stored = keys().filter(|key| stored::is_draft(key));
        stored.filter_map(|key| text(&key).map(|text| (key, text))).collect()
    }

    /// A draft that is not blank.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let draft = stored::note_draft(&self.text(&Key::Draft(id))?)?;
        (!draft.is_blank()).then_some(draft)
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

#[lazy_chunk(storage)]
fn read_snapshot(local: LocalStore) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for (key, text) in local.entries() {
        match Key::parse(&key) {
            Ok(Key::Record(id)) => match stored::record(id, &text) {
                Ok(record) => snapshot.records.push(record),
                Err(_) => snapshot.unreadable.push(key),
            },
            Ok(Key::Device) => match text.parse() {
                Ok(device) => snapshot.device = Some(device),
                Err(_) => snapshot.unreadable.push(key),
            },
            Ok(Key::Local(DeviceSetting::Exported)) => snapshot.exported = stored::instant(&text),
            Ok(Key::Local(DeviceSetting::Unnamed)) => snapshot.name_declined = true,
            Ok(Key::ConflictLoser(_)) => snapshot.conflict_losers.push(text),
            Ok(Key::Opaque(_)) if !stored::is_opaque(&text) => snapshot.unreadable.push(key),
            Ok(Key::Local(DeviceSetting::Urn)) => snapshot.urn = Some(text),
            Ok(Key::Removal(scope)) => match stored::removal_number(&text) {
                Some(number) => drop(snapshot.removals.insert(scope, number)),
                None => snapshot.unreadable.push(key),
            },
            Ok(Key::Draft(_) | Key::Quarantine(_) | Key::Local(_) | Key::Opaque(_))
            | Err(KeyError::Foreign) => {}
            Err(KeyError::OtherVersion) => snapshot.other_version = true,
            Err(KeyError::Strange) => snapshot.unreadable.push(key),
        }
    }
    snapshot
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
