//! Who wrote a record, when, and how often it had been written before.
//!
//! Stamps are what merging compares. The edit counter comes first, so a clock that runs wrong
//! can change who wins between two people who edited the same version, never whether devices
//! agree in the end.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::as_text::serde_as_text;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, as the device's clock had it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Instant(pub u64);

/// 64 random bits that tell things apart, written as 16 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u64);

/// The random id of a device, in fact of one browser profile on it. Says nothing about its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Token);

/// Text that is not 16 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an id of 16 lower-case hexadecimal digits")]
pub struct InvalidToken;

/// The version of a record. Compares by edit counter, then instant, then device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// How many times the record had been written, this time included: 1 when it is new.
    pub edit: u32,
    /// When it was written, by the writer's clock.
    pub at: Instant,
    /// Which device wrote it.
    pub device: DeviceId,
}

/// What a stamp from elsewhere claims too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Excess {
    /// More edits than anybody makes: taken, what it stamps could never be edited again.
    #[error("more than {limit} edits", limit = Stamp::MAX_EDITS)]
    Edits,
    /// An instant after the year 2999.
    #[error("an instant after the year 2999")]
    Instant,
}

impl Stamp {
    /// The greatest edit counter that is taken from elsewhere as it is. A person who edits something
    /// every second of a working day for a month does not reach it.
    pub const MAX_EDITS: u32 = 1_000_000;

    /// How many edits above that people may have made since it was taken: it comes back as the
    /// greatest, so that what this app wrote it also takes, however often it goes round.
    const ROOM: u32 = 1_000_000;

    /// The stamp as it is taken from elsewhere.
    ///
    /// # Errors
    /// When it claims what nobody can have done.
    pub fn from_elsewhere(self) -> Result<Self, Excess> {
        // 3000-01-01T00:00:00Z.
        const END_OF_TIME: Instant = Instant(32_503_680_000_000);
        if self.edit > Self::MAX_EDITS + Self::ROOM {
            Err(Excess::Edits)
        } else if self.at >= END_OF_TIME {
            Err(Excess::Instant)
        } else {
            Ok(Self { edit: self.edit.min(Self::MAX_EDITS), ..self })
        }
    }

    /// The stamp of the write that follows `former` (of the first write, for `None`).
    #[must_use]
    pub fn after(former: Option<Self>, at: Instant, device: DeviceId) -> Self {
        let edit = former.map_or(0, |stamp| stamp.edit).saturating_add(1);
        Self { edit, at, device }
    }
}

impl FromStr for Token {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 16 || !text.bytes().all(plain) {
            return Err(InvalidToken);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| InvalidToken)
    }
}

impl FromStr for DeviceId {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

serde_as_text!(Token, pattern = "^[0-9a-f]{16}$");
serde_as_text!(DeviceId, pattern = "^[0-9a-f]{16}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edit_counter_decides_before_the_clock() {
        let device = DeviceId(Token(1));
        let early = Stamp { edit: 2, at: Instant(10), device };
        let late = Stamp { edit: 1, at: Instant(99), device };
        assert!(early > late);
    }

    #[test]
    fn what_comes_from_elsewhere_leaves_room_for_edits_and_they_come_back() {
        let device = DeviceId(Token(1));
        let stamp = |edit, at| Stamp { edit, at: Instant(at), device };
        assert_eq!(stamp(u32::MAX, 0).from_elsewhere(), Err(Excess::Edits));
        assert_eq!(stamp(1, u64::MAX).from_elsewhere(), Err(Excess::Instant));
        let mut held = stamp(Stamp::MAX_EDITS, 5).from_elsewhere().expect("the greatest");
        for at in 6..9 {
            let edited = Stamp::after(Some(held), Instant(at), device);
            assert!(edited > held);
            held = edited.from_elsewhere().expect("an edit of this app");
        }
        assert_eq!(held, stamp(Stamp::MAX_EDITS, 8));
    }

    #[test]
    fn a_token_has_one_written_form() {
        assert_eq!(Token(0xab).to_string(), "00000000000000ab");
        assert_eq!("00000000000000ab".parse(), Ok(Token(0xab)));
        for text in ["", "ab", "00000000000000AB", "+0000000000000ab", "00000000000000abc"] {
            assert!(text.parse::<Token>().is_err(), "{text} was taken");
        }
    }
}
