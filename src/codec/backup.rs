//! The raw copy: a file with all stored entries, readable or not.
//!
//! A person saves it when something is wrong: it does not interpret values, so it cannot fail on
//! them. The rescue page writes the same format when the app no longer runs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::stored::{self, Key, Resolution, resolve};

mod read;
mod restore;

pub use read::{BackupExtras, RefusedPoll, RestoreError, beside, read, records};
pub use restore::{Back, RestoreUndo, RestoredEntry, Restoring, texts_of, undo_data};

/// The value of `format`.
pub const FORMAT: &str = "jalons-raw-backup";

/// The value of `version`.
pub const VERSION: u32 = 3;

/// The entries of a store: texts by key.
pub type RawEntries = BTreeMap<String, String>;

/// The raw copy, as written to a file.
///
/// `entries` has the entries that the app uses. The two other maps have, by key, the texts of one
/// store that differ from these: unreadable bytes, and superseded versions. The rescue page cannot
/// compare entries, so it leaves `entries` empty and writes both stores completely. Reading treats
/// the three maps as three stores. Version 1 had `entries` only; in version 2, `entries` also had
/// the database's text of every key that `localStorage` lacked.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backup {
    /// Always `jalons-raw-backup`.
    format: &'static str,
    /// The version of this format: 3.
    version: u32,
    /// Every key of the app with the value in use.
    entries: RawEntries,
    /// Entries of `localStorage` that differ from `entries`.
    #[serde(rename = "shelf")]
    local: RawEntries,
    /// Entries of `IndexedDB` that differ from `entries`.
    #[serde(rename = "vault")]
    idb: RawEntries,
}

impl Backup {
    /// The copy of both stores and of the open tab, which may hold entries that could not be
    /// stored.
    #[must_use]
    pub fn of(tab: &RawEntries, local: &RawEntries, idb: &RawEntries) -> Self {
        let entries = combine([tab.clone(), local.clone(), idb.clone()]).texts;
        let [local, idb] = [local, idb].map(|store| {
            let is_beside = |(key, value): &(&String, &String)| entries.get(*key) != Some(*value);
            let beside = store.iter().filter(is_beside);
            beside.map(|(key, value)| (key.clone(), value.clone())).collect()
        });
        Self { format: FORMAT, version: VERSION, entries, local, idb }
    }

    /// The entries in use.
    #[must_use]
    pub fn entries(&self) -> &RawEntries {
        &self.entries
    }

    /// The text of the file.
    ///
    /// # Errors
    /// None: keys and values are text.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

/// The entries of several stores, resolved into one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CombinedStores {
    /// The text in use under each key.
    pub texts: RawEntries,
    /// Unreadable texts, each with its key; another store has a readable text under that key.
    pub bytes: Vec<(Key, String)>,
}

/// Resolves stores into one, as the app does: a removal known to one store applies to the others,
/// and [`resolve`] picks one of two texts under the same key. Under an unknown key, the first store
/// wins.
#[must_use]
pub fn combine<const N: usize>(mut stores: [RawEntries; N]) -> CombinedStores {
    for one in 0..N {
        for other in one + 1..N {
            if let Ok([one, other]) = stores.get_disjoint_mut([one, other]) {
                stored::drop_removed(one, other);
            }
        }
    }
    let mut together = CombinedStores::default();
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
