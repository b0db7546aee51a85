//! Who holds a device, in the words of whoever holds it.

use serde::{Deserialize, Serialize};

use super::note::BoundedText;

/// The name its owner gives a device: "Tablette de l'accueil".
pub type DeviceLabel = BoundedText<60>;

/// Whom the observations made with a device speak for.
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
    /// Every voice, in the order people are offered them.
    pub const ALL: [Self; 4] = [Self::Residents, Self::Association, Self::Staff, Self::Other];
}

/// What is known of a device beside its id. Observations name their device, so this is where each
/// of them comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The name its owner gave it.
    pub label: DeviceLabel,
    /// Whom it speaks for.
    pub speaks_for: Voice,
}
