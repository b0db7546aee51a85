//! The stamp of a record's version: its edit counter, instant and device.
//!
//! Merging compares stamps. The edit counter comes first, so a wrong clock can change which of two
//! edits of one version wins, but never whether devices agree in the end.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::serde_str::serde_as_str;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, by the device's clock.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Instant(pub u64);

impl Instant {
    /// The end of supported instants, as for days: 3000-01-01T00:00:00Z. Valid instants are before
    /// it.
    pub const END: Self = Self(32_503_680_000_000);

    /// This instant, or the last one before [`Instant::END`].
    #[must_use]
    pub fn bounded(self) -> Self {
        self.min(Self(Self::END.0 - 1))
    }
}

/// 64 random bits as an identifier, written as 16 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u64);

/// The random id of a device, or rather of one browser profile on it. It reveals nothing about the
/// owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Token);

/// The text is not 16 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an id of 16 lower-case hexadecimal digits")]
pub struct InvalidTokenError;

/// The version of a record. Compares by edit counter, then instant, then device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The edit counter: the number of times the record has been written, 1 when it is new.
    pub edit: u32,
    /// The instant of the edit, by the clock of the device that made it.
    pub at: Instant,
    /// The device that made the edit.
    pub device: DeviceId,
}

/// Why a stamp from another device is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StampError {
    /// Its edit counter is so high that the record could never be edited again.
    #[error("more than {limit} edits", limit = Stamp::MOST_EDITS_TAKEN)]
    Edits,
    /// Its instant is after the year 2999.
    #[error("an instant after the year 2999")]
    Instant,
}

impl Stamp {
    /// The edit counter stops at this number. A person who edits a record every second of every
    /// working day for a month does not reach it; from there on, only the instant grows.
    pub const MAX_EDITS: u32 = 1_000_000;

    /// The greatest edit counter accepted from another device. It exceeds [`Self::MAX_EDITS`],
    /// because earlier builds counted without a limit.
    const MOST_EDITS_TAKEN: u32 = 2 * Self::MAX_EDITS;

    /// The latest instant accepted from another device once its edit counter has stopped,
    /// 2900-01-01T00:00:00Z: that leaves a century of milliseconds for later edits.
    const LAST_UNCOUNTED: Instant = Instant(29_348_006_400_000);

    /// Checks a stamp from another device, and clamps it so that later edits stay possible.
    ///
    /// # Errors
    /// When the stamp is out of range.
    pub fn from_elsewhere(self) -> Result<Self, StampError> {
        match self {
            Self { edit, .. } if edit > Self::MOST_EDITS_TAKEN => Err(StampError::Edits),
            Self { at, .. } if at >= Instant::END => Err(StampError::Instant),
            Self { edit, at, .. } if edit >= Self::MAX_EDITS => {
                Ok(Self { at: at.min(Self::LAST_UNCOUNTED), ..self })
            }
            _ => Ok(self),
        }
    }

    /// The stamp of the version after `former`; of the first version, for `None`. It is greater
    /// than `former`, and accepted by every device that accepts `former`.
    #[must_use]
    pub fn after(former: Option<Self>, at: Instant, device: DeviceId) -> Self {
        let at = at.bounded();
        match former {
            Some(Self { edit, at: before, .. }) if edit >= Self::MAX_EDITS => {
                Self { edit, at: at.max(Instant(before.0.saturating_add(1))), device }
            }
            former => Self { edit: former.map_or(0, |stamp| stamp.edit) + 1, at, device },
        }
    }
}

impl FromStr for Token {
    type Err = InvalidTokenError;

    fn from_str(text: &str) -> Result<Self, InvalidTokenError> {
        let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() != 16 || !text.bytes().all(plain) {
            return Err(InvalidTokenError);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| InvalidTokenError)
    }
}

impl FromStr for DeviceId {
    type Err = InvalidTokenError;

    fn from_str(text: &str) -> Result<Self, InvalidTokenError> {
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

serde_as_str!(Token, pattern = "^[0-9a-f]{16}$");
serde_as_str!(DeviceId, pattern = "^[0-9a-f]{16}$");

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
        assert_eq!(stamp(u32::MAX, 0).from_elsewhere(), Err(StampError::Edits));
        assert_eq!(stamp(1, u64::MAX).from_elsewhere(), Err(StampError::Instant));
        let mut held = stamp(Stamp::MAX_EDITS, 5).from_elsewhere().expect("the greatest");
        for at in 6..9 {
            let edited = Stamp::after(Some(held), Instant(at), device);
            assert!(edited > held);
            held = edited.from_elsewhere().expect("an edit of this app");
        }
        assert_eq!(held, stamp(Stamp::MAX_EDITS, 8));
    }

    /// Regression: a note at the limit was imported and edited, and then its own export was
    /// refused.
    #[test]
    fn what_follows_a_stamp_that_is_taken_is_greater_and_is_taken_too() {
        let device = DeviceId(Token(1));
        let last = Instant(Instant::END.0 - 1);
        for edit in [1, 999_999, Stamp::MAX_EDITS, Stamp::MAX_EDITS + 1, Stamp::MOST_EDITS_TAKEN] {
            for at in [Instant(0), Instant(1_700_000_000_000), Stamp::LAST_UNCOUNTED, last] {
                let mut held =
                    Stamp { edit, at, device }.from_elsewhere().expect("within the limits");
                for now in [Instant(0), Instant(1_700_000_000_001), last, Instant(u64::MAX)] {
                    let next = Stamp::after(Some(held), now, device);
                    assert!(next > held, "{next:?} after {held:?}");
                    assert!(next.from_elsewhere().is_ok(), "{next:?} is refused");
                    held = next.from_elsewhere().expect("within the limits");
                }
            }
        }
        let beyond = Stamp { edit: Stamp::MOST_EDITS_TAKEN + 1, at: last, device };
        assert_eq!(beyond.from_elsewhere(), Err(StampError::Edits));
        let beyond = Stamp { edit: 1, at: Instant::END, device };
        assert_eq!(beyond.from_elsewhere(), Err(StampError::Instant));
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
