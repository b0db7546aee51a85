//! What people plan for a progress marker: a day to look at it again, and to keep an eye on it.
//!
//! One record for a marker and a device: what a resident watches and the date that an agent has
//! set stand side by side and never conflict.

use serde::{Deserialize, Serialize};

use super::day::Day;
use super::stamp::DeviceId;

/// How one device follows one marker up. With neither a date nor the flag it says nothing, as if
/// it were not there.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// *Échéance*: the day by which something is planned, past or to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// *Suivi de près*: that whoever holds the device keeps an eye on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watched: bool,
}

impl FollowUp {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// The day that is planned for a marker, and the device it was set with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// Who set it.
    pub device: DeviceId,
}
