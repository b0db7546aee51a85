//! Notes: texts that people write about an item of the convention.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::stamp::Instant;
use super::wording::WordingHash;

/// The kind of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// *Constat*: an observation or a fact.
    Finding,
    /// *Idée*: a proposal.
    Idea,
    /// *Question*: a question to ask.
    Question,
    /// *Alerte*: a problem that should not wait.
    Alert,
}

impl NoteKind {
    /// Every kind, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Finding, Self::Idea, Self::Question, Self::Alert];
}

/// Text of 1 to `MAX` characters (Unicode scalar values), without blank ends, and with `
/// ` as the only line end. It is trimmed and measured once, so it needs no later check.
///
/// ```
/// use jalons::domain::note::{BoundedText, TextError};
///
/// assert_eq!(BoundedText::<5>::new("  été\r\n")?.as_str(), "été");
/// assert_eq!(BoundedText::<5>::new("a\rb\r\nc")?.as_str(), "a\nb\nc");
/// assert_eq!(BoundedText::<5>::new("  "), Err(TextError::Empty));
/// assert_eq!(BoundedText::<5>::new("années"), Err(TextError::TooLong { excess: 1 }));
/// # Ok::<(), TextError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct BoundedText<const MAX: usize>(String);

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// The text is blank.
    #[error("the text is empty")]
    Empty,
    /// The text is too long.
    #[error("the text has {excess} characters too many")]
    TooLong {
        /// By how many characters.
        excess: usize,
    },
}

impl<const MAX: usize> BoundedText<MAX> {
    /// The greatest number of characters.
    pub const MAX: usize = MAX;

    /// Stores `text` without its blank ends.
    ///
    /// # Errors
    /// When the text is blank, or longer than `MAX` characters.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let text = with_newlines(text);
        let text = text.trim();
        match text.chars().count() {
            0 => Err(TextError::Empty),
            count if count > MAX => Err(TextError::TooLong { excess: count - MAX }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text with every line end replaced by `
/// `.
fn with_newlines(text: &str) -> String {
    // Goes by characters: searching for "\r
    // " would add the string search to the first load.
    let mut before = ' ';
    let mut lines = String::with_capacity(text.len());
    for c in text.chars() {
        if (before, c) != ('\r', '\n') {
            lines.push(if c == '\r' { '\n' } else { c });
        }
        before = c;
    }
    lines
}

impl<const MAX: usize> fmt::Display for BoundedText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> TryFrom<String> for BoundedText<MAX> {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(&text)
    }
}

impl<const MAX: usize> Serialize for BoundedText<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl<const MAX: usize> schemars::JsonSchema for BoundedText<MAX> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Text{MAX}").into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX })
    }
}

/// The lines of a long text that are shown before it is unfolded, as in `style/notes.css`.
pub const FOLDED_LINES: usize = 6;

/// Whether a text takes more than [`FOLDED_LINES`], in a column of 80 characters.
///
/// ```
/// use jalons::domain::note::is_long;
///
/// assert!(!is_long(&"mot ".repeat(120)));
/// assert!(is_long(&"mot ".repeat(130)));
/// assert!(is_long("un\ndeux\n\nquatre\ncinq\nsix\nsept"));
/// ```
#[must_use]
pub fn is_long(text: &str) -> bool {
    let lines = text.split('\n').map(|line| line.chars().count().div_ceil(80).max(1));
    lines.sum::<usize>() > FOLDED_LINES
}

/// The text of a note.
pub type NoteText = BoundedText<4000>;

/// A note about one item. The item and the note's own id are in its record's id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The kind of the note.
    pub kind: NoteKind,
    /// The text of the note.
    pub text: NoteText,
    /// "Garder pour moi": never exported unless its owner asks for it.
    pub private: bool,
    /// The instant of its creation; the record's stamp has that of the latest edit.
    pub created: Instant,
    /// The wording of the item when the note was written or last edited.
    pub wording: WordingHash,
}

/// A note as typed; it is checked only when it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDraft {
    /// The kind of the note.
    pub kind: NoteKind,
    /// The raw text.
    pub text: String,
    /// "Garder pour moi".
    pub private: bool,
}

impl Default for NoteDraft {
    fn default() -> Self {
        Self { kind: NoteKind::Finding, text: String::new(), private: false }
    }
}

impl NoteDraft {
    /// A draft for editing `note`.
    #[must_use]
    pub fn of(note: &Note) -> Self {
        Self { kind: note.kind, text: note.text.to_string(), private: note.private }
    }

    /// Whether discarding the draft loses nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(NoteText::new(&"é".repeat(4000)).is_ok());
        assert_eq!(NoteText::new(&"é".repeat(4001)), Err(TextError::TooLong { excess: 1 }));
    }

    #[test]
    fn a_stored_text_that_breaks_the_bounds_is_refused() {
        assert!(serde_json::from_str::<NoteText>(r#"" ""#).is_err());
        let long = serde_json::to_string(&"a".repeat(4001)).expect("serialises");
        assert!(serde_json::from_str::<NoteText>(&long).is_err());
    }
}
