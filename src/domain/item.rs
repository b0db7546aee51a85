//! Ids of the convention's items: objectives, expected results and progress markers.
//!
//! An id is parsed once, at the edge, into a small `Copy` value that sorts in document order and
//! prints as it was written. An id encodes an item's place and not its text: editing, inserting or
//! reordering texts changes no id.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::serde_str::serde_as_str;

/// The depth of an objective in the convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectiveLevel {
    /// `1`
    Global,
    /// `1.2`
    Strategic,
    /// `1.2.1`
    Operational,
}

/// The code of an objective: one to three numbers from 1 to 99, as in `1.2.1`.
///
/// ```
/// use jalons::domain::item::Code;
///
/// let code: Code = "1.2.1".parse()?;
/// assert_eq!(code.to_string(), "1.2.1");
/// assert_eq!(code.parent(), Some("1.2".parse()?));
/// # Ok::<(), jalons::domain::item::InvalidItemIdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code([u8; 3]);

/// The part of an objective that an id names. Sorts in the document's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Objective,
    Result(u16),
    Marker(u16),
}

/// The id of any item: `1`, `1.2`, `1.2.1`, `1.2.1-r2` (a result) or `1.2.1-m3` (a marker).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    code: Code,
    part: Part,
}

/// The id of a progress marker, such as `1.2.1-m3`. Only markers can be observed, so observations
/// take this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkerId {
    code: Code,
    number: u16,
}

/// The text is not a valid id of this kind.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not an id such as 1.2.1, 1.2.1-r2 or 1.2.1-m3")]
pub struct InvalidItemIdError(String);

impl Code {
    /// The level of this code.
    #[must_use]
    pub fn level(self) -> ObjectiveLevel {
        match self.0 {
            [_, 0, 0] => ObjectiveLevel::Global,
            [_, _, 0] => ObjectiveLevel::Strategic,
            _ => ObjectiveLevel::Operational,
        }
    }

    /// The code one level up; `None` for a global objective.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        match self.0 {
            [_, 0, 0] => None,
            [a, _, 0] => Some(Self([a, 0, 0])),
            [a, b, _] => Some(Self([a, b, 0])),
        }
    }

    /// The global objective this code belongs to (itself, for a global one).
    #[must_use]
    pub fn global(self) -> Self {
        Self([self.0[0], 0, 0])
    }

    /// The first number: the global objective's, counted from 1.
    #[must_use]
    pub fn family(self) -> u8 {
        self.0[0]
    }

    /// Whether `other` is this objective or stands below it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, theirs)| *mine == 0 || *mine == theirs)
    }
}

/// The document's order, compared as one number: the derived implementation would call a memory
/// comparison, which took an eighth of a merge's time.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |Self([a, b, c]): &Self| u32::from_be_bytes([0, *a, *b, *c]);
        number(self).cmp(&number(other))
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl ItemId {
    /// The id of an objective.
    #[must_use]
    pub fn objective(code: Code) -> Self {
        Self { code, part: Part::Objective }
    }

    /// The objective this item is or belongs to.
    #[must_use]
    pub fn code(self) -> Code {
        self.code
    }

    /// The marker's id, if this item is a marker.
    #[must_use]
    pub fn marker(self) -> Option<MarkerId> {
        match self.part {
            Part::Marker(number) => Some(MarkerId { code: self.code, number }),
            _ => None,
        }
    }

    /// Whether this id names an expected result.
    #[must_use]
    pub fn is_result(self) -> bool {
        matches!(self.part, Part::Result(_))
    }

    /// Whether this id names an objective.
    #[must_use]
    pub fn is_objective(self) -> bool {
        self.part == Part::Objective
    }

    /// Whether the two items are siblings: objectives of one level, or results or markers of one
    /// objective.
    #[must_use]
    pub fn is_beside(self, other: Self) -> bool {
        match (self.part, other.part) {
            (Part::Objective, Part::Objective) => self.code.level() == other.code.level(),
            (Part::Result(_), Part::Result(_)) | (Part::Marker(_), Part::Marker(_)) => {
                self.code == other.code
            }
            _ => false,
        }
    }

    /// The least possible id, for range scans.
    pub(crate) const FIRST: Self = Self { code: Code([0; 3]), part: Part::Objective };
}

impl MarkerId {
    /// The operational objective that this marker belongs to.
    #[must_use]
    pub fn code(self) -> Code {
        self.code
    }
}

impl From<MarkerId> for ItemId {
    fn from(marker: MarkerId) -> Self {
        Self { code: marker.code, part: Part::Marker(marker.number) }
    }
}

impl FromStr for Code {
    type Err = InvalidItemIdError;

    fn from_str(text: &str) -> Result<Self, InvalidItemIdError> {
        let invalid = || InvalidItemIdError(text.to_owned());
        let mut numbers = [0; 3];
        for (position, part) in text.split('.').enumerate() {
            let slot = numbers.get_mut(position).ok_or_else(invalid)?;
            *slot = number(part, 99).and_then(|n| u8::try_from(n).ok()).ok_or_else(invalid)?;
        }
        Ok(Self(numbers))
    }
}

impl FromStr for ItemId {
    type Err = InvalidItemIdError;

    fn from_str(text: &str) -> Result<Self, InvalidItemIdError> {
        let invalid = || InvalidItemIdError(text.to_owned());
        let Some((code, part)) = text.split_once('-') else {
            return Ok(Self::objective(text.parse().map_err(|_| invalid())?));
        };
        let code: Code = code.parse().map_err(|_| invalid())?;
        let part = match part.split_at_checked(1).ok_or_else(invalid)? {
            ("r", digits) => Part::Result(number(digits, 999).ok_or_else(invalid)?),
            ("m", digits) => Part::Marker(number(digits, 999).ok_or_else(invalid)?),
            _ => return Err(invalid()),
        };
        // Only operational objectives have results and markers.
        if code.level() != ObjectiveLevel::Operational {
            return Err(invalid());
        }
        Ok(Self { code, part })
    }
}

impl FromStr for MarkerId {
    type Err = InvalidItemIdError;

    fn from_str(text: &str) -> Result<Self, InvalidItemIdError> {
        let id: ItemId = text.parse()?;
        id.marker().ok_or_else(|| InvalidItemIdError(text.to_owned()))
    }
}

/// A whole number from 1 to `limit` in its one written form: no sign, no leading zero.
fn number(digits: &str, limit: u16) -> Option<u16> {
    let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && *n <= limit)
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [a, 0, 0] => write!(f, "{a}"),
            [a, b, 0] => write!(f, "{a}.{b}"),
            [a, b, c] => write!(f, "{a}.{b}.{c}"),
        }
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Objective => self.code.fmt(f),
            Part::Result(number) => write!(f, "{}-r{number}", self.code),
            Part::Marker(number) => write!(f, "{}-m{number}", self.code),
        }
    }
}

impl fmt::Display for MarkerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ItemId::from(*self).fmt(f)
    }
}

serde_as_str!(Code, pattern = r"^[1-9][0-9]?(\.[1-9][0-9]?){0,2}$");
serde_as_str!(
    ItemId,
    pattern = r"^[1-9][0-9]?((\.[1-9][0-9]?){0,2}|(\.[1-9][0-9]?){2}-[rm][1-9][0-9]{0,2})$"
);
serde_as_str!(MarkerId, pattern = r"^[1-9][0-9]?(\.[1-9][0-9]?){2}-m[1-9][0-9]{0,2}$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_as_it_was_written() {
        for text in ["1", "1.2", "1.2.1", "1.2.1-r2", "12.34.56-m789"] {
            assert_eq!(text.parse::<ItemId>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in [
            "",
            ".",
            "0",
            "01",
            "1.",
            ".1",
            "1.2.3.4",
            "100",
            "1.2.1-",
            "1.2.1-x1",
            "1.2.1-r",
            "1.2.1-r0",
            "1.2.1-m01",
            "1.2.1-m+1",
            "1.2-m1",
            "1.2.1-m1000",
            "1.2.1-é1",
            "a",
        ] {
            assert!(text.parse::<ItemId>().is_err(), "{text} was taken");
        }
    }

    #[test]
    fn ids_sort_in_document_order() {
        let order = ["1", "1.1", "1.1.1", "1.1.1-r1", "1.1.1-m2", "1.1.1-m10", "1.1.2", "1.2", "2"];
        let ids: Vec<ItemId> = order.iter().map(|t| t.parse().expect(t)).collect();
        let mut sorted = ids.clone();
        sorted.sort();
        assert_eq!(ids, sorted);
    }

    #[test]
    fn a_code_covers_what_stands_below_it() {
        let code = |text: &str| text.parse::<Code>().expect(text);
        assert!(code("1").covers(code("1.2.1")));
        assert!(code("1.2").covers(code("1.2.1")));
        assert!(code("1.2.1").covers(code("1.2.1")));
        assert!(!code("1.2.1").covers(code("1.2")));
        assert!(!code("1").covers(code("2.1")));
    }
}
