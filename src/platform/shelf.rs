//! The browser's `localStorage`: what is read before the app is shown, and the vault's mirror.
//!
//! `localStorage` may be missing, throw on access, throw on writing or be full, and other apps
//! may share it. It is probed once; what cannot be read is reported with its raw text and is
//! never written over without a copy.

use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage as _};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::codec::stored::{
    self, DraftId, Entry, FAMILY, Key, LocalFact, Offer, UnknownKey, weigh,
};
use crate::domain::note::NoteDraft;
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant, Token};

/// A storage that has been seen to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf(());

/// The browser keeps nothing for this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("localStorage is blocked")]
pub struct Blocked;

/// Why the shelf did not store something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeepError {
    /// There is no room left.
    #[error("localStorage is full")]
    Full,
    /// The browser refuses.
    #[error("localStorage refuses to be written")]
    Refused,
}

/// What lay on the shelf.
#[derive(Debug, Default)]
pub struct Found {
    /// The id this device goes by.
    pub device: Option<DeviceId>,
    /// When everything was last carried away.
    pub exported: Option<Instant>,
    /// What could be read.
    pub records: Vec<Record>,
    /// Versions that lost a conflict, as they lie there.
    pub lost: Vec<String>,
    /// Whether the person does not want to say whose device it is.
    pub unnamed: bool,
    /// The consultation whose urn this device is.
    pub urn: Option<String>,
    /// The keys of ours whose values could not be read.
    pub unreadable: Vec<String>,
    /// Whether another version of the app has stored something here.
    pub other_version: bool,
}

impl Shelf {
    /// Tries the storage.
    ///
    /// # Errors
    /// When the browser has none for this page. One that is merely full is not blocked.
    pub fn open() -> Result<Self, Blocked> {
        // gloo panics where the storage is blocked, so it is only used once this has passed.
        let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        let storage = storage.ok_or(Blocked)?;
        let probe = format!("{FAMILY}probe");
        match storage.set_item(&probe, "") {
            Ok(()) => {
                let _ = storage.remove_item(&probe);
                Ok(Self(()))
            }
            Err(error) if KeepError::of(&error) == KeepError::Full => Ok(Self(())),
            Err(_) => Err(Blocked),
        }
    }

    /// Reads everything of ours.
    #[must_use]
    pub fn read(self) -> Found {
        let mut found = Found::default();
        for (key, text) in self.entries() {
            match Key::parse(&key) {
                Ok(Key::Record(id)) => match stored::record(id, &text) {
                    Ok(record) => found.records.push(record),
                    Err(_) => found.unreadable.push(key),
                },
                Ok(Key::Device) => match text.parse() {
                    Ok(device) => found.device = Some(device),
                    Err(_) => found.unreadable.push(key),
                },
                Ok(Key::Local(LocalFact::Exported)) => found.exported = stored::instant(&text),
                Ok(Key::Local(LocalFact::Unnamed)) => found.unnamed = true,
                Ok(Key::Lost(_)) => found.lost.push(text),
                Ok(Key::Sealed(_)) if !stored::is_sealed(&text) => found.unreadable.push(key),
                Ok(Key::Local(LocalFact::Urn)) => found.urn = Some(text),
                Ok(Key::Draft(_) | Key::Aside(_) | Key::Local(_) | Key::Sealed(_))
                | Err(UnknownKey::Foreign) => {}
                Err(UnknownKey::OtherVersion) => found.other_version = true,
                Err(UnknownKey::Strange) => found.unreadable.push(key),
            }
        }
        found
    }

    /// Every key of the app, of any version, with its raw value.
    #[must_use]
    pub fn entries(self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for key in keys().filter(|key| key.starts_with(FAMILY)) {
            if let Some(value) = text(&key) {
                found.insert(key, value);
            }
        }
        found
    }

    /// How many records lie here, whatever their state.
    #[must_use]
    pub fn count(self) -> usize {
        keys().filter(|key| stored::is_record(key)).count()
    }

    /// Stores an entry, unless what lies there is the same or supersedes it, or takes away what
    /// lies there. Bytes that cannot be read are copied aside first.
    ///
    /// # Errors
    /// When there is no room or the browser refuses; what lay there then still does.
    pub fn keep(self, entry: &Entry, chance: Token) -> Result<(), KeepError> {
        let key = entry.key.to_string();
        let Some(offered) = &entry.text else {
            LocalStorage::delete(key);
            return Ok(());
        };
        if let Some(held) = text(&key) {
            match weigh(&entry.key, &held, offered) {
                Offer::Declined => return Ok(()),
                Offer::Taken => {}
                Offer::TakenAside => put(&entry.key.aside(chance).to_string(), &held)?,
            }
        }
        put(&key, offered)
    }

    /// What lies under a key.
    #[must_use]
    pub fn text(self, key: &Key) -> Option<String> {
        text(&key.to_string())
    }

    /// What was being typed, and is not blank.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let draft = stored::note_draft(&self.text(&Key::Draft(id))?)?;
        (!draft.is_blank()).then_some(draft)
    }

    /// Takes away every key of the app, of any version.
    pub fn erase(self) {
        for key in self.entries().into_keys() {
            LocalStorage::delete(key);
        }
    }
}

fn keys() -> impl Iterator<Item = String> {
    let storage = raw();
    let length = storage.length().unwrap_or_default();
    (0..length).filter_map(move |index| storage.key(index).ok().flatten())
}

fn text(key: &str) -> Option<String> {
    raw().get_item(key).ok().flatten()
}

fn put(key: &str, text: &str) -> Result<(), KeepError> {
    raw().set_item(key, text).map_err(|error| KeepError::of(&error))
}

fn raw() -> Storage {
    LocalStorage::raw()
}

impl KeepError {
    fn of(error: &JsValue) -> Self {
        let name = error.dyn_ref::<DomException>().map(DomException::name);
        match name.as_deref() {
            // Firefox has a name of its own for it.
            Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => Self::Full,
            _ => Self::Refused,
        }
    }
}
