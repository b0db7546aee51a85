//! The carnet file: the exported records of a journal, to be merged on other devices.
//!
//! It is one JSON object, described by `public/schema/carnet-v1.schema.json`. It is canonical: the
//! same records give the same bytes, whichever device exports them and however they were merged. So
//! the file names neither the exporting device nor the time: the author of a record is in its
//! stamp, and the description of a device is a record itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::convention::Convention;
use crate::domain::item::Code;
use crate::domain::journal::Journal;
use crate::domain::record::{Body, Record, RecordId};
use crate::domain::stamp::{DeviceId, Token};

mod read;

pub use read::{FileError, Opened, open};
pub(super) use read::{other, strange, text};

/// The value of `format` in every version.
pub const FORMAT: &str = "jalons-carnet";

/// The value of `version` in this version.
pub const VERSION: u32 = 1;

/// The whole file of a carnet. `R` is a record, parsed or as raw text.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Carnet"))]
#[serde(deny_unknown_fields)]
pub struct CarnetEnvelope<R> {
    /// Always `jalons-carnet`.
    format: String,
    /// The version of this format: 1.
    version: u32,
    /// The convention that the records are about.
    convention: About,
    /// The records, each at most once, in the order of their ids.
    records: Vec<R>,
}

/// The convention that a file is about.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConventionOfCarnet"))]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// The convention's id.
    id: String,
    /// The fingerprint of all its texts. The same id with another fingerprint means another wording.
    wording: Token,
}

impl About {
    pub(super) fn of(convention: &Convention) -> Self {
        Self { id: convention.id().to_owned(), wording: convention.fingerprint() }
    }

    /// Whether the file was made with another wording of the convention.
    pub(super) fn has_other_wording(self, convention: &Convention) -> Result<bool, FileError> {
        if self.id == convention.id() {
            Ok(self.wording != convention.fingerprint())
        } else {
            Err(FileError::OtherConvention(self.id))
        }
    }
}

/// The selection of records to export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only records about this objective and below it; all records, for `None`.
    pub under: Option<Code>,
    /// Whether private notes are exported too.
    pub with_private: bool,
    /// Records that the person leaves out in addition.
    pub without: BTreeSet<RecordId>,
}

impl Selection {
    /// The selected records, by id. A device's record is selected if one of its records is.
    #[must_use]
    pub fn of(&self, journal: &Journal) -> Vec<Record> {
        let about_items = journal.records().filter(|record| self.takes(record));
        let devices: BTreeSet<_> = about_items.flat_map(makers).collect();
        let leaves = |record: &&Record| match record.id() {
            RecordId::Device(device) => {
                (self.under.is_none() || devices.contains(&device))
                    && !self.without.contains(&record.id())
            }
            _ => self.takes(record),
        };
        journal.records().filter(leaves).cloned().collect()
    }

    fn takes(&self, record: &Record) -> bool {
        let Some(item) = record.id().item() else { return false };
        let hidden = matches!(record.body(), Body::Note(note) if note.private);
        self.under.is_none_or(|code| code.covers(item.code()))
            && (self.with_private || !hidden)
            && !self.without.contains(&record.id())
    }
}

/// The devices that wrote or observed a record.
fn makers(record: &Record) -> impl Iterator<Item = DeviceId> {
    let observer = match record.id() {
        RecordId::Observation(id) => Some(id.device),
        RecordId::FollowUp(id) => Some(id.device),
        _ => None,
    };
    observer.into_iter().chain([record.stamp().device])
}

/// The text of a file with these records, one per line, in the order of their ids.
///
/// # Errors
/// None that today's records can cause: they can all be written as JSON.
pub fn to_json(convention: &Convention, records: &[Record]) -> Result<String, serde_json::Error> {
    let about = serde_json::to_string(&About::of(convention))?;
    let mut text = format!(
        "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"convention\":{about},\"records\":["
    );
    let mut ordered = BTreeMap::<_, &Record>::new();
    for record in records {
        let held = ordered.entry(record.id()).or_insert(record);
        if record.supersedes(held) {
            *held = record;
        }
    }
    let commas = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    for (record, comma) in ordered.into_values().zip(commas) {
        text.push_str(comma);
        text.push_str(&serde_json::to_string(&record.bounded())?);
    }
    text.push_str("\n]}\n");
    Ok(text)
}
