//! The voting methods: how people answer, with the figures that a method needs.

use serde::{Deserialize, Serialize};

/// How people answer, and how the answers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// *Gommettes*: everyone shares out some dots.
    Dots {
        /// How many each person has.
        each: u8,
        /// How many of them may go to one option.
        cap: u8,
    },
    /// Everyone says yes to as many options as they like.
    Approval,
    /// *Jugement majoritaire*: everyone gives each option one of seven mentions.
    Judgment,
    /// Everyone puts options in order.
    Ranking,
}

impl Method {
    /// The method without its figures.
    #[must_use]
    pub fn kind(self) -> MethodKind {
        match self {
            Self::Dots { .. } => MethodKind::Dots,
            Self::Approval => MethodKind::Approval,
            Self::Judgment => MethodKind::Judgment,
            Self::Ranking => MethodKind::Ranking,
        }
    }
}

/// A method without its figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// See [`Method::Dots`].
    #[default]
    Dots,
    /// See [`Method::Approval`].
    Approval,
    /// See [`Method::Judgment`].
    Judgment,
    /// See [`Method::Ranking`].
    Ranking,
}

impl MethodKind {
    /// Every method, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Dots, Self::Approval, Self::Judgment, Self::Ranking];
}
