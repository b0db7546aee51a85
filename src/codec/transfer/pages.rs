//! Parcels as text: in links, and on one QR code or several.
//!
//! The text is base 32 (RFC 4648, section 6, without padding), whose characters a QR code holds at
//! five and a half bits each. What needs a code so fine that phones read it badly goes onto
//! several: each begins with a byte that no parcel begins with, two bytes of the parcel's
//! checksum, which page it is and how many there are.

use std::collections::BTreeMap;

use data_encoding::{BASE32_NOPAD, BASE32_NOPAD_NOCASE};

use super::{BALLOT, CHECKSUM, LIMIT, TransferError, content};

/// What the first byte of a page is; its lower bits are for later versions.
const PAGE: u8 = 0x80;
const HEAD: usize = 5;

/// One page of a parcel, or a parcel on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    set: [u8; 2],
    /// From 0.
    index: u8,
    of: u8,
    bytes: Vec<u8>,
}

/// How far the pages of a parcel have come together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageProgress {
    /// Some pages are still to come.
    Missing {
        /// How many are here.
        have: usize,
        /// How many there are.
        of: usize,
    },
    /// The bytes of the parcel.
    Whole(Vec<u8>),
}

/// Pages as they come, in any order and more than once. Those of several parcels may come mixed.
#[derive(Clone, Debug, Default)]
pub struct Pages(BTreeMap<([u8; 2], u8), BTreeMap<u8, Vec<u8>>>);

/// A packed parcel as texts of at most `room` characters.
#[must_use]
pub fn pages(bytes: &[u8], room: usize) -> Vec<String> {
    let whole = BASE32_NOPAD.encode(bytes);
    if whole.len() <= room {
        return vec![whole];
    }
    // There cannot be more pages than a byte counts; then each has more than was asked for.
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

/// What tells the pages of one parcel from those of another: the end of its checksum.
fn set(bytes: &[u8]) -> [u8; 2] {
    bytes.last_chunk().copied().unwrap_or_default()
}

/// The address that opens a packed parcel in the app at `app`, however long it becomes.
#[must_use]
pub fn link(app: &str, bytes: &[u8]) -> String {
    format!("{app}{}{}", path(bytes), BASE32_NOPAD.encode(bytes))
}

/// The addresses that QR codes show: one where a parcel fits it, or as many as it needs.
#[must_use]
pub fn sheets(app: &str, bytes: &[u8]) -> Vec<String> {
    let before = format!("{app}{}", path(bytes));
    let pages = pages(bytes, room(&before));
    pages.iter().map(|page| format!("{before}{page}")).collect()
}

fn path(bytes: &[u8]) -> &'static str {
    match bytes.first() {
        Some(header) if header & BALLOT != 0 => "#/bulletin/",
        _ => "#/voter/",
    }
}

/// How many characters of base 32 a QR code of version 20 has room for behind `before`, with
/// error correction M (ISO/IEC 18004, table 7: 669 bytes of data). Such a code has 97 modules a
/// side: on a phone's screen each is more than half a millimetre, which other phones read.
#[must_use]
pub fn room(before: &str) -> usize {
    const BITS: usize = 669 * 8;
    // Each part says its mode, in 4 bits, and its length: in 16 bits for bytes, 11 for characters.
    let left = BITS.saturating_sub(4 + 16 + 8 * before.len() + 4 + 11);
    left * 2 / 11
}

impl Page {
    /// Reads what [`pages`] has written. Capitals and white space do not count.
    ///
    /// # Errors
    /// When it is nothing of this app.
    pub fn read(text: &str) -> Result<Self, TransferError> {
        let text: String = text.split_ascii_whitespace().collect();
        if text.len() > LIMIT * 2 {
            return Err(TransferError::TooLarge);
        }
        let bytes = BASE32_NOPAD_NOCASE.decode(text.as_bytes());
        // A link that was cut is no base 32 any more at some of its lengths, and still ours.
        let cut = text.len() >= 32 && text.bytes().all(|c| c.is_ascii_alphanumeric());
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

    /// The bytes of the parcel, where this page is all of it.
    #[must_use]
    pub fn whole(&self) -> Option<&[u8]> {
        (self.of == 1).then_some(&self.bytes)
    }
}

impl Pages {
    /// Puts a page to the others.
    ///
    /// # Errors
    /// When it is nothing of this app, or when all pages are here and make no parcel: then they are
    /// forgotten, and can come anew.
    pub fn add(&mut self, text: &str) -> Result<PageProgress, TransferError> {
        self.put(Page::read(text)?)
    }

    /// As [`Pages::add`], for a page that has been read.
    ///
    /// # Errors
    /// When all pages are here and make no parcel.
    pub fn put(&mut self, page: Page) -> Result<PageProgress, TransferError> {
        let key = (page.set, page.of);
        let here = self.0.entry(key).or_default();
        if here.get(&page.index).is_some_and(|held| *held != page.bytes) {
            // Another parcel has the same two bytes: the one that is shown now is meant.
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
