//! A *carnet* as a file: what leaves one device to be merged on others.
//!
//! One JSON object with the records of a journal, described by
//! `public/schema/carnet-v1.schema.json`. It is canonical: the same records give the same bytes,
//! whoever writes them and in whatever order they came together. So it names neither the device
//! that wrote the file nor the instant: who a record comes from is in the record's stamp, and what
//! is known of that device is a record itself.

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

/// What `format` says in every version.
pub const FORMAT: &str = "jalons-carnet";

/// What `version` says in this one.
pub const VERSION: u32 = 1;

/// The whole file, for its schema. `R` is what stands for a record: itself, or its raw text.
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

/// Which convention a file is about.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConventionOfCarnet"))]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// The convention's id.
    id: String,
    /// The fingerprint of all its texts. Another one under the same id is another wording.
    wording: Token,
}

impl About {
    pub(super) fn of(convention: &Convention) -> Self {
        Self { id: convention.id().to_owned(), wording: convention.fingerprint() }
    }

    /// Whether a file about this was made with another wording of a convention.
    pub(super) fn has_other_wording(self, convention: &Convention) -> Result<bool, FileError> {
        if self.id == convention.id() {
            Ok(self.wording != convention.fingerprint())
        } else {
            Err(FileError::OtherConvention(self.id))
        }
    }
}

/// Which records of a journal leave with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only what is about this objective and all below it; everything, for `None`.
    pub under: Option<Code>,
    /// Whether notes marked "garder pour moi" leave too.
    pub with_private: bool,
    /// What the person wants to leave out beside.
    pub without: BTreeSet<RecordId>,
}

impl Selection {
    /// The records that leave, by id. Devices leave with what was made on them.
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

/// The devices that had a hand in a record.
fn makers(record: &Record) -> impl Iterator<Item = DeviceId> {
    let observer = match record.id() {
        RecordId::Observation(id) => Some(id.device),
        RecordId::FollowUp(id) => Some(id.device),
        _ => None,
    };
    observer.into_iter().chain([record.stamp().device])
}

/// The text of a file with these records, one to a line, in the order of their ids.
///
/// # Errors
/// None that today's records can cause: they all have a JSON form.
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
