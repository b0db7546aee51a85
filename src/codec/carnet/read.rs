//! Parses files that people import; any input must be handled.

use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::{CarnetEnvelope, FORMAT, VERSION};
use crate::codec::backup::{self, CombinedStores};
use crate::codec::elements;
use crate::codec::json_path::path_at;
use crate::codec::ours::{Ours, recognise};
use crate::domain::convention::Convention;
use crate::domain::journal::{ImportRecordError, RecordError};
use crate::domain::record::Record;

/// Why a file cannot be merged as a carnet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`FileError::LIMIT`] and was not read.
    #[error("the file has {0} bytes, more than {limit}", limit = FileError::LIMIT)]
    TooBig(u64),
    /// It is a compressed archive.
    #[error("the file is a zip archive")]
    Zip,
    /// It is text in UTF-16.
    #[error("the file is UTF-16 and not UTF-8")]
    Utf16,
    /// It is text in another encoding, such as that of old Windows programs.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// It is not text.
    #[error("the file is no text")]
    Binary,
    /// It is not JSON, or is cut off.
    #[error("line {line}, column {column}: the file is no JSON")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// It is JSON with deeper nesting than any file of this app.
    #[error("the file nests too deep")]
    TooDeep,
    /// It is JSON of another kind.
    #[error("the file is JSON of another kind")]
    OtherJson,
    /// It is another kind of file of this app.
    #[error("the file is of another kind: {0:?}")]
    Ours(Ours),
    /// It is a carnet with invalid parts; the parser's own message.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A later version of the app wrote it.
    #[error("the file has version {0}")]
    LaterVersion(u32),
    /// It is about another convention.
    #[error("the file is about the convention `{0}`")]
    OtherConvention(String),
    /// The browser could not read the file.
    #[error("the file could not be read")]
    Unreadable,
}

impl FileError {
    /// The greatest size that is read, in bytes: about 250,000 records, or a raw copy of 150,000.
    pub const LIMIT: u64 = 90_000_000;

    /// Whether a file of this size can be read back, to check before writing one.
    #[must_use]
    pub fn allows(size: usize) -> bool {
        u64::try_from(size).is_ok_and(|size| size <= Self::LIMIT)
    }
}

/// An opened carnet. Its records are parsed one by one, because parsing tens of thousands at once
/// would block the page for too long.
#[derive(Debug)]
pub struct Opened {
    records: Vec<Box<str>>,
    other_wording: bool,
    copy: Option<CombinedStores>,
}

/// The first fields of a file; all others are ignored.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
    version: Option<u32>,
}

/// Opens a file.
///
/// # Errors
/// When it is not a carnet, or not one for this convention and version.
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

/// The error for JSON of another kind than expected.
pub(in crate::codec) fn other(text: &str) -> FileError {
    match recognise(text) {
        Some(ours) => FileError::Ours(ours),
        None if nests_deeper(text, DEEPEST) => FileError::TooDeep,
        None => FileError::OtherJson,
    }
}

fn carnet(text: &str, convention: &Convention) -> Result<Opened, FileError> {
    let envelope: CarnetEnvelope<IgnoredAny> =
        serde_json::from_str(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let other_wording = envelope.convention.has_other_wording(convention)?;
    let records = elements(text, "records").ok_or(FileError::Damaged("records".to_owned()))?;
    Ok(Opened { records, other_wording, copy: None })
}

/// Opens a raw copy: its records are read like those of a carnet.
fn raw_copy(text: &str) -> Result<Opened, FileError> {
    let copy = backup::read(text).map_err(|error| FileError::Damaged(error.to_string()))?;
    let records = backup::records(&copy);
    Ok(Opened { records, other_wording: false, copy: Some(copy) })
}

/// Decodes the bytes of a file as text.
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

/// The error for a text without our header: other JSON, or no JSON.
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

/// The nesting limit of the record parser; JSON written by people stays below it.
const DEEPEST: usize = 128;

/// Whether brackets are nested deeper than `limit`. Brackets in strings count too; no valid file
/// has that many.
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
    /// The entries of a raw copy; `None` for a carnet.
    #[must_use]
    pub fn copy(&self) -> Option<&CombinedStores> {
        self.copy.as_ref()
    }

    /// The number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether the file was made with another wording of this convention.
    #[must_use]
    pub fn has_other_wording(&self) -> bool {
        self.other_wording
    }

    /// The record at an index, from 0; `None` past the last.
    #[must_use]
    pub fn record(&self, index: usize) -> Option<Result<Record, ImportRecordError>> {
        let raw = self.records.get(index)?;
        Some(serde_json::from_str(raw).map_err(|error| {
            let path = path_at(raw, error.line(), error.column());
            ImportRecordError { index, path, why: RecordError::Unreadable(error.to_string()) }
        }))
    }

    /// All records, in the order of the file.
    pub fn records(&self) -> impl Iterator<Item = Result<Record, ImportRecordError>> {
        (0..self.len()).filter_map(|index| self.record(index))
    }
}
