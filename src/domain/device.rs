//! The owner's description of a device: its name and whom it speaks for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::note::{BoundedText, TextError};

/// The name that the owner gives a device, such as "Tablette de l'accueil". It is always one line:
/// line ends, control characters and direction marks, which a file may contain, become spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct DeviceLabel(BoundedText<60>);

impl DeviceLabel {
    /// Stores `text` as one line, without blank ends.
    ///
    /// # Errors
    /// When the text is blank, or longer than 60 characters.
    pub fn new(text: &str) -> Result<Self, TextError> {
        let parts = text.split(parts_lines).map(str::trim).filter(|part| !part.is_empty());
        BoundedText::new(&parts.collect::<Vec<_>>().join(" ")).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Whether the character begins a line or changes the direction of writing.
fn parts_lines(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

impl TryFrom<String> for DeviceLabel {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        Self::new(&text)
    }
}

impl fmt::Display for DeviceLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DeviceLabel {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        BoundedText::<60>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BoundedText::<60>::json_schema(generator)
    }
}

/// The people for whom the owner of a device speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// *Habitants*: people who live there.
    Residents,
    /// *Association*
    Association,
    /// *Agents*: people who work for the municipality or another public body.
    Staff,
    /// *Autre*
    Other,
}

impl Voice {
    /// Every voice, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Residents, Self::Association, Self::Staff, Self::Other];
}

/// The name and the voice of a device. Observations refer to their device by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The name that its owner gave it.
    pub label: DeviceLabel,
    /// The people for whom its owner speaks.
    pub speaks_for: Voice,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line() {
        for (written, name) in [
            ("Tablette\n\n- puce\n\n1. liste\n\n    code", "Tablette - puce 1. liste code"),
            ("  École\u{2028}du\u{85}centre\r", "École du centre"),
            ("A\u{202e}B\u{0}", "A B"),
            ("Tablette n°\u{a0}3  bis", "Tablette n°\u{a0}3  bis"),
        ] {
            assert_eq!(DeviceLabel::new(written).expect(written).as_str(), name);
            let read: DeviceLabel = serde_json::from_value(written.into()).expect(written);
            assert_eq!(read.as_str(), name);
        }
        assert_eq!(DeviceLabel::new("\n\u{0}"), Err(TextError::Empty));
    }
}
