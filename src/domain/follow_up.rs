//! The follow-up of a progress marker: a planned day, and whether it is watched.
//!
//! There is one record per marker and device: a resident's watch and an official's planned day
//! coexist and never conflict.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::stamp::DeviceId;

/// The follow-up of one marker by one device. Without a date and the flag it means the same as no
/// follow-up.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// *Échéance*: the planned day of the marker, past or to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// *Suivi de près*: whether the owner of the device watches the marker.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watched: bool,
}

impl FollowUp {
    /// Whether the follow-up is empty.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// The planned day of a marker, and the device that set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// The device that set it.
    pub device: DeviceId,
}
