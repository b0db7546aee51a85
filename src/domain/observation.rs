//! Observations: the level of a progress marker on a day.

use serde::{Deserialize, Serialize};

use super::note::BoundedText;
use super::wording::WordingHash;

/// The level of a marker on the day of an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// *Pas encore*: the observer has found no sign of it.
    NotYet,
    /// *En cours*: the observer has found a part of it.
    InProgress,
    /// *Atteint*: the observer has found all of it.
    Reached,
    /// *Non observable*: the observer could not find out.
    NotObservable,
}

impl Level {
    /// Every level, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::NotYet, Self::InProgress, Self::Reached, Self::NotObservable];
}

/// The confidence of the observer.
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

/// An observation of one marker by one device on one day. Marker, day and device are in the
/// record's id, so a second observation on the same day replaces the first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The level of the marker.
    pub level: Level,
    /// The confidence of the observer, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The evidence, if given: a place, a document, a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// The wording of the marker when it was observed.
    pub wording: WordingHash,
}
