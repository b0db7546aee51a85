//! Reading a file that somebody hands in: it may be anything.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use thiserror::Error;

use super::{CarnetEnvelope, FORMAT, VERSION};
use crate::codec::backup::{self, Together};
use crate::codec::json_path::path_at;
use crate::codec::ours::{Ours, recognise};
use crate::domain::convention::Convention;
use crate::domain::journal::{ImportRecordError, RecordError};
use crate::domain::record::Record;

/// Why a file is not a carnet that can be merged here.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`FileError::LIMIT`], and was not read.
    #[error("the file has {0} bytes, more than {limit}", limit = FileError::LIMIT)]
    TooBig(u64),
    /// It is a compressed archive.
    #[error("the file is a zip archive")]
    Zip,
    /// It is text in UTF-16.
    #[error("the file is UTF-16 and not UTF-8")]
    Utf16,
    /// It is text in some other encoding, such as that of old Windows programs.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// It is no text at all.
    #[error("the file is no text")]
    Binary,
    /// It is no JSON, or ends too early.
    #[error("line {line}, column {column}: the file is no JSON")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// It is JSON that nests deeper than any file of this app.
    #[error("the file nests too deep")]
    TooDeep,
    /// It is some other JSON.
    #[error("the file is JSON of another kind")]
    OtherJson,
    /// It is a file of this app that is read elsewhere, or not at all.
    #[error("the file is of another kind: {0:?}")]
    Ours(Ours),
    /// It has the right name and the wrong parts; the reader's own words.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A later version of the app wrote it.
    #[error("the file has version {0}")]
    LaterVersion(u32),
    /// It is about another convention.
    #[error("the file is about the convention `{0}`")]
    OtherConvention(String),
    /// The browser could not read it.
    #[error("the file could not be read")]
    Unreadable,
}

impl FileError {
    /// The greatest size that is read, in bytes: some 250,000 records, or a raw copy of 150,000.
    pub const LIMIT: u64 = 90_000_000;

    /// Whether a file of so many bytes is read again, for those who make one.
    #[must_use]
    pub fn allows(size: usize) -> bool {
        u64::try_from(size).is_ok_and(|size| size <= Self::LIMIT)
    }
}

/// A file that is a carnet. Its records are read one by one: reading tens of thousands takes
/// longer than a page may stand still.
#[derive(Debug)]
pub struct Opened {
    records: Vec<Box<RawValue>>,
    other_wording: bool,
    copy: Option<Together>,
}

/// The first look at a file. All else is skipped, however strange.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u32>,
}

/// Opens a file.
///
/// # Errors
/// When it is no carnet, or not one for this convention and version.
pub fn open(bytes: &[u8], convention: &Convention) -> Result<Opened, FileError> {
    let text = text(bytes)?;
    let header: Header = serde_json::from_str(text).map_err(|error| strange(text, &error))?;
    match (header.format.as_deref(), header.version) {
        (Some(FORMAT), Some(VERSION)) => carnet(text, convention),
        (Some(backup::FORMAT), Some(1..=backup::VERSION)) => raw_copy(text),
        (Some(FORMAT | backup::FORMAT), Some(later)) => Err(FileError::LaterVersion(later)),
        (Some(FORMAT | backup::FORMAT), None) => Err(FileError::Damaged("version".to_owned())),
        _ => Err(other(text)),
    }
}

/// What a text is that is JSON, and not what was looked for.
pub(in crate::codec) fn other(text: &str) -> FileError {
    match recognise(text) {
        Some(ours) => FileError::Ours(ours),
        None if nests_deeper(text, DEEPEST) => FileError::TooDeep,
        None => FileError::OtherJson,
    }
}

fn carnet(text: &str, convention: &Convention) -> Result<Opened, FileError> {
    let envelope: CarnetEnvelope<Box<RawValue>> =
        serde_json::from_str(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let other_wording = envelope.convention.has_other_wording(convention)?;
    Ok(Opened { records: envelope.records, other_wording, copy: None })
}

/// A raw copy: its records are read as those of a carnet.
fn raw_copy(text: &str) -> Result<Opened, FileError> {
    let damaged = |error: serde_json::Error| FileError::Damaged(error.to_string());
    let copy = backup::read(text).map_err(damaged)?;
    let records = backup::records(&copy).map_err(damaged)?;
    Ok(Opened { records, other_wording: false, copy: Some(copy) })
}

/// The bytes of a file as text.
pub(in crate::codec) fn text(bytes: &[u8]) -> Result<&str, FileError> {
    let bytes = match bytes {
        [] => return Err(FileError::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Err(FileError::Zip),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'{', 0, ..] | [0, b'{', ..] => {
            return Err(FileError::Utf16);
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => rest,
        other => other,
    };
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let is_json = bytes.trim_ascii_start().starts_with(b"{") && !bytes.contains(&0);
        if is_json { FileError::NotUtf8 } else { FileError::Binary }
    })?;
    if text.trim().is_empty() { Err(FileError::Empty) } else { Ok(text) }
}

/// What a text is that has no header: another JSON, or none.
pub(in crate::codec) fn strange(text: &str, error: &serde_json::Error) -> FileError {
    if nests_deeper(text, DEEPEST) {
        return FileError::TooDeep;
    }
    if !text.trim_start().starts_with('{')
        && let Some(ours) = recognise(text)
    {
        return FileError::Ours(ours);
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(error) => FileError::NotJson { line: error.line(), column: error.column() },
        Ok(_) if text.contains(FORMAT) => FileError::Damaged(error.to_string()),
        Ok(_) => FileError::OtherJson,
    }
}

/// How deep the reader of records goes, and any JSON that people write.
const DEEPEST: usize = 128;

/// Whether brackets are open within brackets more than `limit` times. Those in strings count too,
/// which no honest file has that many of.
fn nests_deeper(text: &str, limit: usize) -> bool {
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > limit
    })
}

impl Opened {
    /// What else a raw copy holds; `None` for a carnet.
    #[must_use]
    pub fn copy(&self) -> Option<&Together> {
        self.copy.as_ref()
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether the file was made with another wording of this convention.
    #[must_use]
    pub fn has_other_wording(&self) -> bool {
        self.other_wording
    }

    /// The record at a place, counted from 0; `None` past the last.
    #[must_use]
    pub fn record(&self, index: usize) -> Option<Result<Record, ImportRecordError>> {
        let raw = self.records.get(index)?;
        Some(serde_json::from_str(raw.get()).map_err(|error| {
            let path = path_at(raw.get(), error.line(), error.column());
            ImportRecordError { index, path, why: RecordError::Unreadable(error.to_string()) }
        }))
    }

    /// All records, in the order of the file.
    pub fn records(&self) -> impl Iterator<Item = Result<Record, ImportRecordError>> {
        (0..self.len()).filter_map(|index| self.record(index))
    }
}
