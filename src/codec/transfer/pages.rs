//! The text form of payloads, for links and for one or several QR codes.
//!
//! The text is base 32 (RFC 4648, section 6, without padding), whose characters a QR code stores in
//! five and a half bits each. A payload that would need too fine a code for phones is split over
//! several: each page begins with a byte that no payload begins with, two bytes of the payload's
//! checksum, its index and the number of pages.

use std::collections::BTreeMap;

use data_encoding::{BASE32_NOPAD, BASE32_NOPAD_NOCASE};

use super::{BALLOT, CHECKSUM, LIMIT, TransferError, content, is_result};
use crate::domain::percent::decodings;

/// The first byte of a page; its lower bits are reserved for later versions.
const PAGE: u8 = 0x80;
const HEAD: usize = 5;

/// One page of a payload, or a payload on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    set: [u8; 2],
    /// The index, from 0.
    index: u8,
    of: u8,
    bytes: Vec<u8>,
}

/// How many pages of a payload have been collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageProgress {
    /// Some pages are missing.
    Missing {
        /// How many are collected.
        have: usize,
        /// How many there are in all.
        of: usize,
    },
    /// The bytes of the payload.
    Whole(Vec<u8>),
}

/// Collects pages, which may come in any order and repeatedly, and mixed with those of other
/// payloads.
#[derive(Clone, Debug, Default)]
pub struct Pages(BTreeMap<([u8; 2], u8), BTreeMap<u8, Vec<u8>>>);

/// Splits an encoded payload into texts of at most `room` characters.
#[must_use]
pub fn pages(bytes: &[u8], room: usize) -> Vec<String> {
    let whole = BASE32_NOPAD.encode(bytes);
    if whole.len() <= room {
        return vec![whole];
    }
    // The number of pages is one byte, so at most 255; a page then exceeds the requested length.
    let room = (room * 5 / 8).saturating_sub(HEAD).max(bytes.len().div_ceil(255));
    let count = bytes.len().div_ceil(room);
    let set = set(bytes);
    let parts = bytes.chunks(bytes.len().div_ceil(count)).collect::<Vec<_>>();
    let of = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    let text = |(part, index): (&&[u8], u8)| {
        let mut page = vec![PAGE, set[0], set[1], index, of];
        page.extend(*part);
        BASE32_NOPAD.encode(&page)
    };
    parts.iter().zip(0..of).map(text).collect()
}

/// The id of a payload's pages: the end of its checksum.
fn set(bytes: &[u8]) -> [u8; 2] {
    bytes.last_chunk().copied().unwrap_or_default()
}

/// The link that opens an encoded payload in the app at `app`, however long.
#[must_use]
pub fn link(app: &str, bytes: &[u8]) -> String {
    format!("{app}{}{}", path(bytes), BASE32_NOPAD.encode(bytes))
}

/// The links for QR codes: one if the payload fits, otherwise as many as it needs.
#[must_use]
pub fn sheets(app: &str, bytes: &[u8]) -> Vec<String> {
    let before = format!("{app}{}", path(bytes));
    let pages = pages(bytes, room(&before));
    pages.iter().map(|page| format!("{before}{page}")).collect()
}

fn path(bytes: &[u8]) -> &'static str {
    match bytes.first() {
        Some(_) if is_result(bytes) => "#/consultations/resultat/",
        Some(header) if header & BALLOT != 0 => "#/bulletin/",
        _ => "#/voter/",
    }
}

/// How many base-32 characters a QR code of version 20 can hold after `before`, with error
/// correction M (ISO/IEC 18004, table 7: 669 bytes of data). Such a code has 97 modules per side:
/// on a phone's screen each is wider than half a millimetre, which other phones can read.
#[must_use]
pub fn room(before: &str) -> usize {
    const BITS: usize = 669 * 8;
    // Each segment has its mode, in 4 bits, and its length: in 16 bits for bytes, 11 for
    // characters.
    let left = BITS.saturating_sub(4 + 16 + 8 * before.len() + 4 + 11);
    left * 2 / 11
}

/// How many links in a text are tried.
const MAX_LINKS: usize = 8;
/// How many lines a mail may have broken a link into.
const MAX_RUNS: usize = 1000;

/// The texts behind our paths, the last first. Mail services write other signs in place of `/`, and
/// a path may be broken over lines like a payload.
fn behind_paths(text: &str) -> impl Iterator<Item = &str> {
    let letters = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric());
    let (places, letters): (Vec<usize>, Vec<u8>) = letters.unzip();
    let ends = (1..=letters.len()).rev().filter(move |end| {
        let paths: [&[u8]; 3] = [b"voter", b"bulletin", b"resultat"];
        paths.iter().any(|path| letters[..*end].ends_with(path))
    });
    let behind = ends.map(move |end| &text[places[end - 1] + 1..]);
    behind.filter(|text| !text.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty())
}

/// Whether a text may begin a payload: by its first byte, which is not the beginning of a word of
/// French.
fn could_be_ours(text: &str) -> bool {
    let begins = text.get(..2).and_then(|two| BASE32_NOPAD_NOCASE.decode(two.as_bytes()).ok());
    begins.is_none_or(|first| matches!(first.first(), Some(header) if header & 0b1000_1000 == 0))
}

impl Page {
    /// Parses the text that [`pages`] has written, as people pass it on: its link with words around
    /// it, broken over lines, or percent-encoded inside another link. Case is ignored.
    ///
    /// # Errors
    /// When it is not from this app.
    pub fn read(text: &str) -> Result<Self, TransferError> {
        if text.len() > LIMIT * 8 {
            return Err(TransferError::TooLarge);
        }
        let texts: Vec<_> = decodings(text).collect();
        let behind = texts.iter().flat_map(|text| behind_paths(text)).take(MAX_LINKS);
        let mut first = Err(TransferError::Foreign);
        for text in texts.iter().map(String::as_str).chain(behind) {
            let read = Self::begin(text);
            if read.as_ref().is_ok_and(Self::is_sound) {
                return read;
            }
            if first == Err(TransferError::Foreign) {
                first = read;
            }
        }
        first
    }

    /// Parses the page at the beginning of a text. The characters of its alphabet may be in several
    /// runs, with any others between them: the checksum says where the last one ends.
    fn begin(text: &str) -> Result<Self, TransferError> {
        let mut joined = String::new();
        let mut first = None;
        for run in runs(text).take(MAX_RUNS) {
            joined.push_str(run);
            if joined.len() > LIMIT * 2 {
                return first.unwrap_or(Err(TransferError::TooLarge));
            }
            let read = Self::decode(&joined);
            if read.as_ref().is_ok_and(Self::is_sound) {
                return read;
            }
            first.get_or_insert(read);
            if !could_be_ours(&joined) {
                break;
            }
        }
        first.unwrap_or(Err(TransferError::Foreign))
    }

    /// Whether it is one of several pages, which are checked together, or a payload with its
    /// checksum.
    fn is_sound(&self) -> bool {
        self.whole().is_none_or(|bytes| content(bytes).is_ok())
    }

    /// Parses the text of one page.
    fn decode(text: &str) -> Result<Self, TransferError> {
        let bytes = BASE32_NOPAD_NOCASE.decode(text.as_bytes());
        // A truncated link may not be valid base 32, but it is still from this app.
        let cut = text.len() >= 32;
        let error = if cut { TransferError::Damaged } else { TransferError::Foreign };
        let bytes = bytes.map_err(|_| error)?;
        match *bytes {
            [PAGE, one, two, index, of, ref part @ ..] if index < of && !part.is_empty() => {
                Ok(Self { set: [one, two], index, of, bytes: part.to_vec() })
            }
            [PAGE..=255, ..] => Err(TransferError::Damaged),
            _ if bytes.len() <= CHECKSUM => Err(TransferError::Foreign),
            _ => Ok(Self { set: set(&bytes), index: 0, of: 1, bytes }),
        }
    }

    /// The bytes of the payload, if this page is all of it.
    #[must_use]
    pub fn whole(&self) -> Option<&[u8]> {
        (self.of == 1).then_some(&self.bytes)
    }
}

impl Pages {
    /// Adds a page.
    ///
    /// # Errors
    /// When the text is not from this app, or when all pages are collected and the checksum is
    /// wrong: then they are dropped, and can be scanned again.
    pub fn add(&mut self, text: &str) -> Result<PageProgress, TransferError> {
        self.put(Page::read(text)?)
    }

    /// Like [`Pages::add`], for a parsed page.
    ///
    /// # Errors
    /// When all pages are collected and the checksum is wrong.
    pub fn put(&mut self, page: Page) -> Result<PageProgress, TransferError> {
        let key = (page.set, page.of);
        let here = self.0.entry(key).or_default();
        if here.get(&page.index).is_some_and(|held| *held != page.bytes) {
            // Another payload has the same id: the one shown now replaces it.
            here.clear();
        }
        here.insert(page.index, page.bytes);
        let (have, of) = (here.len(), usize::from(page.of));
        if have < of {
            return Ok(PageProgress::Missing { have, of });
        }
        let whole: Vec<u8> = here.values().flatten().copied().collect();
        match content(&whole) {
            Ok(_) => Ok(PageProgress::Whole(whole)),
            Err(error) => {
                self.0.remove(&key);
                Err(error)
            }
        }
    }
}
