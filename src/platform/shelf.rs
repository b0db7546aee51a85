//! The browser's `localStorage`: where records lie.
//!
//! `localStorage` may be missing, throw on access, throw on writing or be full, and other apps
//! may share it. It is probed once; what cannot be read is reported with its raw text and is
//! never written over without a copy.

use gloo_storage::{LocalStorage, Storage as _};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::codec::stored::{self, DraftId, FAMILY, Key, UnknownKey};
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::{DeviceId, Token};

/// A storage that has been seen to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf(());

/// The browser keeps nothing for this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("localStorage is blocked")]
pub struct Blocked;

/// Why something was not stored.
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
    /// What could be read.
    pub records: Vec<Record>,
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
                Ok(Key::Draft(_) | Key::Aside(_)) | Err(UnknownKey::Foreign) => {}
                Err(UnknownKey::OtherVersion) => found.other_version = true,
                Err(UnknownKey::Strange) => found.unreadable.push(key),
            }
        }
        found
    }

    /// Every key of the app, of any version, with its raw value.
    #[must_use]
    pub fn entries(self) -> Vec<(String, String)> {
        let storage = raw();
        let length = storage.length().unwrap_or_default();
        let keys = (0..length).filter_map(|index| storage.key(index).ok().flatten());
        keys.filter(|key| key.starts_with(FAMILY))
            .filter_map(|key| {
                let value = storage.get_item(&key).ok().flatten()?;
                Some((key, value))
            })
            .collect()
    }

    /// Stores a record, unless what lies there is the same or supersedes it. Bytes that cannot be
    /// read are copied aside first.
    ///
    /// # Errors
    /// When there is no room or the browser refuses; what lay there then still does.
    pub fn keep(self, record: &Record, chance: Token) -> Result<(), KeepError> {
        let key = Key::Record(record.id()).to_string();
        if let Some(held) = text(&key) {
            match stored::record(record.id(), &held) {
                Ok(held) if !record.supersedes(&held) => return Ok(()),
                Ok(_) => {}
                Err(_) => put(&Key::aside(record.id(), chance).to_string(), &held)?,
            }
        }
        put(&key, &stored::encode(record).map_err(|_| KeepError::Refused)?)
    }

    /// The record as it lies there now.
    #[must_use]
    pub fn record(self, id: RecordId) -> Option<Record> {
        stored::record(id, &text(&Key::Record(id).to_string())?).ok()
    }

    /// Stores the id this device goes by. Bytes that are no id are copied aside first.
    ///
    /// # Errors
    /// When there is no room or the browser refuses.
    pub fn keep_device(self, device: DeviceId, chance: Token) -> Result<(), KeepError> {
        let key = Key::Device.to_string();
        match text(&key) {
            Some(held) if held == device.to_string() => return Ok(()),
            Some(held) if held.parse::<DeviceId>().is_err() => {
                put(&Key::Aside(format!("device/{chance}")).to_string(), &held)?;
            }
            _ => {}
        }
        put(&key, &device.to_string())
    }

    /// What was being typed, and is not blank.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let draft = stored::note_draft(&text(&Key::Draft(id).to_string())?)?;
        (!draft.is_blank()).then_some(draft)
    }

    /// Stores what is being typed.
    ///
    /// # Errors
    /// When there is no room or the browser refuses.
    pub fn keep_draft(self, id: DraftId, draft: &NoteDraft) -> Result<(), KeepError> {
        let draft = stored::encode(draft).map_err(|_| KeepError::Refused)?;
        put(&Key::Draft(id).to_string(), &draft)
    }

    /// Forgets what was being typed: it has been kept, or given up.
    pub fn drop_draft(self, id: DraftId) {
        LocalStorage::delete(Key::Draft(id).to_string());
    }
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
