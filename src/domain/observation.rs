//! Observations: the level of a progress marker on a day.

use serde::{Deserialize, Serialize};

use super::note::BoundedText;
use super::wording::WordingHash;

/// How far a marker was on the day it was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// *Pas encore*: looked, and nothing of it is there.
    NotYet,
    /// *En cours*: some of it is there.
    InProgress,
    /// *Atteint*: it is there.
    Reached,
    /// *Non observable*: looked, and found that one cannot tell from here.
    NotObservable,
}

impl Level {
    /// Every level, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::NotYet, Self::InProgress, Self::Reached, Self::NotObservable];
}

/// How sure the observer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// *Faible*
    Low,
    /// *Moyenne*
    Medium,
    /// *Forte*
    High,
}

impl Confidence {
    /// Every degree, the lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];
}

/// The evidence for an observation: a place, a document, a count.
pub type Evidence = BoundedText<500>;

/// The state of one marker as one device saw it on one day. Marker, day and device are in the
/// record's id, so a second look on the same day replaces the first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// How far the marker was.
    pub level: Level,
    /// How sure the observer was, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// What it was seen by, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The wording of the marker when it was observed.
    pub wording: WordingHash,
}
