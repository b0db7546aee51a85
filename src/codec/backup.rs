//! A raw copy of everything the app has stored, readable or not, and what comes back from one.
//!
//! This is what a person saves when something is wrong: nothing is interpreted, so nothing can be
//! refused. The rescue page writes the same format when the app itself no longer runs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::stored::{self, Key, Resolution, resolve};

mod read;
mod restore;

pub use read::{Beside, RefusedPoll, RestoreError, beside, read, records};
pub use restore::{Back, Brought, RestoreUndo, Restoring, texts_of, way_back};

/// What `format` says.
pub const FORMAT: &str = "jalons-raw-backup";

/// What `version` says.
pub const VERSION: u32 = 3;

/// What lies in a store, by key.
pub type RawEntries = BTreeMap<String, String>;

/// The copy, as it is written to a file.
///
/// `entries` is everything as it was in use. The two maps beside it hold, under the same keys, what
/// a store had in place of that: unreadable bytes, and versions that another one supersedes. The
/// rescue page, which can compare nothing, leaves `entries` empty and writes both stores whole.
/// Whoever reads a copy treats the three as stores of their own. Version 1 had `entries` only;
/// in version 2 what was in the database was told in `entries` unless `localStorage` had its key.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backup {
    /// Always `jalons-raw-backup`.
    format: &'static str,
    /// The version of this format: 3.
    version: u32,
    /// Every key of the app and its value, as it was in use.
    entries: RawEntries,
    /// What `localStorage` holds and `entries` does not.
    #[serde(rename = "shelf")]
    local: RawEntries,
    /// What `IndexedDB` holds and `entries` does not.
    #[serde(rename = "vault")]
    idb: RawEntries,
}

impl Backup {
    /// What the two stores hold, and what the open tab holds: something that could not be stored is
    /// in the copy all the same.
    #[must_use]
    pub fn of(tab: &RawEntries, local: &RawEntries, idb: &RawEntries) -> Self {
        let entries = put_together([tab.clone(), local.clone(), idb.clone()]).texts;
        let [local, idb] = [local, idb].map(|store| {
            let is_beside = |(key, value): &(&String, &String)| entries.get(*key) != Some(*value);
            let beside = store.iter().filter(is_beside);
            beside.map(|(key, value)| (key.clone(), value.clone())).collect()
        });
        Self { format: FORMAT, version: VERSION, entries, local, idb }
    }

    /// Everything as it was in use.
    #[must_use]
    pub fn entries(&self) -> &RawEntries {
        &self.entries
    }

    /// The file's text.
    ///
    /// # Errors
    /// None: keys and values are text.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

/// What several stores of one device hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// What is in use under each key.
    pub texts: RawEntries,
    /// Unreadable bytes, with the key in whose place something readable is in use.
    pub bytes: Vec<(Key, String)>,
}

/// Puts stores together as the app does: what one of them knows to be removed is gone from those
/// that do not, and of two texts under one key [`resolve`] keeps one. Under a key that this version does
/// not know the first stays.
#[must_use]
pub fn put_together<const N: usize>(mut stores: [RawEntries; N]) -> Together {
    for one in 0..N {
        for other in one + 1..N {
            if let Ok([one, other]) = stores.get_disjoint_mut([one, other]) {
                stored::drop_removed(one, other);
            }
        }
    }
    let mut together = Together::default();
    for (name, text) in stores.into_iter().flatten() {
        let Some(held) = together.texts.get_mut(&name) else {
            together.texts.insert(name, text);
            continue;
        };
        let Ok(key) = Key::parse(&name) else { continue };
        match resolve(&key, held, &text) {
            Resolution::KeepHeld if *held == text || stored::is_readable(&name, &text) => {}
            Resolution::KeepHeld => together.bytes.push((key, text)),
            Resolution::Replace => *held = text,
            Resolution::ReplaceAndQuarantine => {
                together.bytes.push((key, std::mem::replace(held, text)));
            }
        }
    }
    together
}
