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
pub const VERSION: u32 = 1;

/// The copy, as it is written to a file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backup {
    /// Always `jalons-raw-backup`.
    format: &'static str,
    /// The version of this format: 1.
    version: u32,
    /// Every stored key of the app and its value, as they stand.
    entries: BTreeMap<String, String>,
}

impl Backup {
    /// What is stored, and over it what the journal holds: a record that could not be stored is
    /// in the copy all the same.
    ///
    /// # Errors
    /// When a record has no JSON form, which none of today's types can cause.
    pub fn of(
        stored: impl IntoIterator<Item = (String, String)>,
        journal: &Journal,
    ) -> Result<Self, serde_json::Error> {
        let mut entries = BTreeMap::new();
        for (key, value) in stored {
            entries.insert(key, value);
        }
        for record in journal.records() {
            entries.insert(Key::Record(record.id()).to_string(), encode(record)?);
        }
        Ok(Self { format: FORMAT, version: VERSION, entries })
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
