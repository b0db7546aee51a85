//! The browser's `localStorage`: what is read before the app is shown, and the vault's mirror.
//!
//! `localStorage` may be missing, throw on access, throw on writing or be full, and other apps
//! may share it. It is probed once; what cannot be read is reported with its raw text and is
//! never written over without a copy.
//!
//! What reads records is in the part [`STORES`], which who has an empty shelf does without. Until it
//! is here a record is put where nothing lies, or what this page has put there itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gloo_storage::{LocalStorage, Storage as _};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::parts::{self, STORES};
use crate::codec::stored::{
    self, DraftId, Entry, FAMILY, Key, LocalFact, Offer, Scope, UnknownKey, weigh_beside,
};
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
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
    /// A record lies there that was put there by another page, and the part that could read it is
    /// not here.
    #[error("what lies there cannot be read yet")]
    Unread,
}

thread_local! {
    /// The keys and texts of the records that this page has put on the shelf before the part came
    /// that reads them, in that order.
    static PUT: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
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
    /// What was removed, with its number.
    pub removals: BTreeMap<Scope, u64>,
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

    /// Whether nothing of ours lies here.
    #[must_use]
    pub fn is_empty(self) -> bool {
        !keys().any(|key| key.starts_with(FAMILY))
    }

    /// Reads everything of ours; `None` while the part that does so is not here.
    #[must_use]
    pub fn read(self) -> Option<Found> {
        if parts::has(STORES) { parts::at_once(found(self)) } else { None }
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

    /// Every key of the app, of any version.
    pub fn keys(self) -> impl Iterator<Item = String> {
        keys().filter(|key| key.starts_with(FAMILY))
    }

    /// Stores an entry, unless what lies there is the same or supersedes it, or takes away what
    /// lies there. Bytes that cannot be read are copied aside first. A removal takes away what it
    /// covers.
    ///
    /// A record has to be the newest that this page knows of.
    ///
    /// # Errors
    /// When there is no room, the browser refuses or what lies there cannot be read yet; what lay
    /// there then still does, but for what a removal covers.
    pub fn keep(self, entry: &Entry, chance: Token) -> Result<(), KeepError> {
        let key = entry.key.to_string();
        let Some(offered) = &entry.text else {
            LocalStorage::delete(key);
            return Ok(());
        };
        let mut offer = Offer::Taken;
        if let Some(held) = text(&key) {
            offer = weighed(entry, &key, &held, offered).ok_or(KeepError::Unread)?;
            match offer {
                Offer::Declined => return Ok(()),
                Offer::Taken => {}
                Offer::TakenAside => put(&entry.key.aside(chance).to_string(), &held)?,
            }
        }
        if let (Key::Removal(scope), Offer::Taken) = (&entry.key, offer) {
            // This makes the room for the number that follows.
            clear(scope);
        }
        put(&key, offered)?;
        if matches!(entry.key, Key::Record(_)) && !parts::has(STORES) {
            PUT.with_borrow_mut(|put| put.push((key, offered.clone())));
        }
        Ok(())
    }

    /// What lies under a key.
    #[must_use]
    pub fn text(self, key: &Key) -> Option<String> {
        text(&key.to_string())
    }

    /// Whether a draft lies here.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        let is = |key: &String| text(key).is_some_and(|text| stored::note_draft(&text).is_some());
        keys().filter(|key| stored::is_draft(key)).any(|key| is(&key))
    }

    /// The drafts that lie here, as they are stored. Nothing else is read: there may be much.
    #[must_use]
    pub fn drafts(self) -> Vec<(String, String)> {
        let stored = keys().filter(|key| stored::is_draft(key));
        stored.filter_map(|key| text(&key).map(|text| (key, text))).collect()
    }

    /// What was being typed, and is not blank.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let draft = stored::note_draft(&self.text(&Key::Draft(id))?)?;
        (!draft.is_blank()).then_some(draft)
    }
}

/// Takes away everything that a removal covers.
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

/// Decides between what lies under a key and what is offered; `None` where it takes the part that
/// reads records, and that is not here.
fn weighed(entry: &Entry, key: &str, held: &str, offered: &str) -> Option<Offer> {
    let Key::Record(id) = entry.key else {
        return Some(weigh_beside(&entry.key, held, offered));
    };
    if held == offered {
        Some(Offer::Declined)
    } else if parts::has(STORES) {
        parts::at_once(weigh_records(id, held.to_owned(), offered.to_owned()))
    } else {
        let is_it = |(of, text): &(String, String)| of == key && text == held;
        let is_own = PUT.with_borrow(|put| put.iter().any(is_it));
        is_own.then_some(Offer::Taken)
    }
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
#[cfg_attr(
    not(feature = "split"),
    expect(clippy::needless_pass_by_value, reason = "a part outlives what is lent to it")
)]
fn weigh_records(id: RecordId, held: String, offered: String) -> Offer {
    stored::weigh_records(id, &held, &offered)
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
fn found(shelf: Shelf) -> Found {
    let mut found = Found::default();
    for (key, text) in shelf.entries() {
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
            Ok(Key::Removal(scope)) => match stored::removal_number(&text) {
                Some(number) => drop(found.removals.insert(scope, number)),
                None => found.unreadable.push(key),
            },
            Ok(Key::Draft(_) | Key::Aside(_) | Key::Local(_) | Key::Sealed(_))
            | Err(UnknownKey::Foreign) => {}
            Err(UnknownKey::OtherVersion) => found.other_version = true,
            Err(UnknownKey::Strange) => found.unreadable.push(key),
        }
    }
    found
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
