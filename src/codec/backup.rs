//! A raw copy of everything the app has stored, readable or not.
//!
//! This is what a person saves when something is wrong: nothing is interpreted, so nothing can be
//! refused. The rescue page writes the same format when the app itself no longer runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::stored::{Key, encode};
use crate::domain::journal::Journal;

/// What `format` says.
pub const FORMAT: &str = "jalons-raw-backup";

/// What `version` says.
pub const VERSION: u32 = 2;

/// The copy, as it is written to a file.
///
/// `entries` alone is everything as it was in use. The two maps beside it hold, under the same
/// keys, what a store had in place of that: unreadable bytes, and versions that another one
/// supersedes. Version 1 had `entries` only.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backup {
    /// Always `jalons-raw-backup`.
    format: &'static str,
    /// The version of this format: 2.
    version: u32,
    /// Every key of the app and its value: as the app holds it, or else as `localStorage` does,
    /// or else as `IndexedDB` does.
    entries: BTreeMap<String, String>,
    /// What `localStorage` holds and `entries` does not.
    shelf: BTreeMap<String, String>,
    /// What `IndexedDB` holds and `entries` does not.
    vault: BTreeMap<String, String>,
}

impl Backup {
    /// What the two stores hold, and over it what the journal holds: a record that could not be
    /// stored is in the copy all the same.
    ///
    /// # Errors
    /// When a record has no JSON form, which none of today's types can cause.
    pub fn of(
        shelf: &BTreeMap<String, String>,
        vault: &BTreeMap<String, String>,
        journal: &Journal,
    ) -> Result<Self, serde_json::Error> {
        let mut entries = BTreeMap::new();
        for record in journal.records() {
            entries.insert(Key::Record(record.id()).to_string(), encode(record)?);
        }
        let [shelf, vault] = [shelf, vault].map(|store| {
            let mut beside = BTreeMap::new();
            for (key, value) in store {
                match entries.get(key) {
                    None => drop(entries.insert(key.clone(), value.clone())),
                    Some(used) if used == value => {}
                    Some(_) => drop(beside.insert(key.clone(), value.clone())),
                }
            }
            beside
        });
        Ok(Self { format: FORMAT, version: VERSION, entries, shelf, vault })
    }

    /// The file's text.
    ///
    /// # Errors
    /// None: keys and values are text.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

/// The raw texts of the records that a copy holds, in the order of their keys. Values that are no
/// JSON stand as JSON strings, so that they are met and refused where they stand.
///
/// # Errors
/// When the text is no copy.
pub fn records(text: &str) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Entries {
        entries: BTreeMap<String, String>,
    }

    let Entries { entries } = serde_json::from_str(text)?;
    let records =
        entries.into_iter().filter(|(key, _)| matches!(Key::parse(key), Ok(Key::Record(_))));
    records
        .map(|(_, value)| {
            RawValue::from_string(value.clone())
                .or_else(|_| serde_json::value::to_raw_value(&value))
        })
        .collect()
}
