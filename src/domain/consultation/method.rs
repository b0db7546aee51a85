//! The voting methods: how people answer, with the figures that a method needs.

use serde::{Deserialize, Serialize};

/// The method of voting and of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// *Gommettes*: each person distributes a number of dots over the options.
    Dots {
        /// The number of dots of each person.
        each: u8,
        /// The greatest number of dots on one option.
        cap: u8,
    },
    /// Each person approves as many options as they like.
    Approval,
    /// *Jugement majoritaire*: each person gives each option one of seven mentions.
    Judgment,
    /// Each person ranks the options.
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

/// A method without its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MethodKind {
    /// *Gommettes*, as in `Method`.
    #[default]
    Dots,
    /// Approval, as in `Method`.
    Approval,
    /// *Jugement majoritaire*, as in `Method`.
    Judgment,
    /// Ranking, as in `Method`.
    Ranking,
}

impl MethodKind {
    /// Every method, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Dots, Self::Approval, Self::Judgment, Self::Ranking];
}
