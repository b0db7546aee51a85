//! The record: the unit that is stored, exported and merged.
//!
//! A record is small and independent: its id says what it is about, its stamp which version it is,
//! and its body what it says. Deleting writes a tombstone, which merges like any other version.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::day::Day;
use super::device::Device;
use super::follow_up::FollowUp;
use super::item::{ItemId, MarkerId};
use super::note::Note;
use super::observation::Observation;
use super::serde_str::serde_as_str;
use super::stamp::{DeviceId, Instant, Stamp, Token};

/// The id of a record: its subject, and what distinguishes it from others about that subject.
///
/// Ids sort by kind, then item, then day or token: the history of a marker and the notes on an item
/// are each one range of an ordered map. An observation's id consists of marker, day and device, so
/// two tabs that tick one marker on one day write the same record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordId {
    /// `observation/1.2.1-m3/2021-03-12/00c0ffee00c0ffee`
    Observation(ObservationId),
    /// `note/1.2.1/00c0ffee00c0ffee`
    Note(NoteId),
    /// `device/00c0ffee00c0ffee`
    Device(DeviceId),
    /// `follow-up/1.2.1-m3/00c0ffee00c0ffee`
    FollowUp(FollowUpId),
}

/// The id of an observation: marker, day and device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObservationId {
    /// The marker that was observed.
    pub marker: MarkerId,
    /// The day of the observation.
    pub day: Day,
    /// The device that made it.
    pub device: DeviceId,
}

/// The id of a note: the item it is about, and a random token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId {
    /// The item that the note is about.
    pub item: ItemId,
    /// Distinguishes the note from others on the same item.
    pub token: Token,
}

/// The id of a follow-up; each device has at most one per marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FollowUpId {
    /// The marker that is followed up.
    pub marker: MarkerId,
    /// The device that follows it up.
    pub device: DeviceId,
}

impl RecordId {
    /// The item that the record is about; `None` for a device.
    #[must_use]
    pub fn item(self) -> Option<ItemId> {
        match self {
            Self::Observation(id) => Some(id.marker.into()),
            Self::Note(id) => Some(id.item),
            Self::FollowUp(id) => Some(id.marker.into()),
            Self::Device(_) => None,
        }
    }
}

/// The text is not a record's id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not the id of a record")]
pub struct InvalidRecordIdError(String);

/// The content of a version of a record. Its order only makes merging total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The record was deleted.
    Deleted,
    /// An observation of a marker.
    Observation(Observation),
    /// A note about an item.
    Note(Note),
    /// The name of a device.
    Device(Device),
    /// The follow-up of a marker.
    FollowUp(FollowUp),
}

// A version never changes, so copies share it: a merge holds each version several times, and moves
// it through large maps.
/// One version of one record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "RecordParts"))]
#[serde(try_from = "RecordParts")]
pub struct Record(Arc<RecordParts>);

/// A record as parsed, before its id and body are known to match.
#[derive(Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Record"))]
#[serde(deny_unknown_fields)]
struct RecordParts {
    id: RecordId,
    stamp: Stamp,
    body: Body,
}

/// The id and the body are of different kinds.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("body: it is of another kind than its id `{0}` says")]
pub struct KindMismatchError(RecordId);

impl Record {
    /// A record of these three parts.
    ///
    /// # Errors
    /// When the id and the body are of different kinds.
    pub fn new(id: RecordId, stamp: Stamp, body: Body) -> Result<Self, KindMismatchError> {
        let fits = matches!(
            (&id, &body),
            (_, Body::Deleted)
                | (RecordId::Observation(_), Body::Observation(_))
                | (RecordId::Note(_), Body::Note(_))
                | (RecordId::Device(_), Body::Device(_))
                | (RecordId::FollowUp(_), Body::FollowUp(_))
        );
        if fits { Ok(Self::of(id, stamp, body)) } else { Err(KindMismatchError(id)) }
    }

    fn of(id: RecordId, stamp: Stamp, body: Body) -> Self {
        Self(Arc::new(RecordParts { id, stamp, body }))
    }

    pub(crate) fn observation(id: ObservationId, stamp: Stamp, observation: Observation) -> Self {
        Self::of(RecordId::Observation(id), stamp, Body::Observation(observation))
    }

    pub(crate) fn note(id: NoteId, stamp: Stamp, note: Note) -> Self {
        Self::of(RecordId::Note(id), stamp, Body::Note(note))
    }

    pub(crate) fn device(id: DeviceId, stamp: Stamp, device: Device) -> Self {
        Self::of(RecordId::Device(id), stamp, Body::Device(device))
    }

    pub(crate) fn follow_up(id: FollowUpId, stamp: Stamp, follow_up: FollowUp) -> Self {
        Self::of(RecordId::FollowUp(id), stamp, Body::FollowUp(follow_up))
    }

    /// The same body under another stamp.
    pub(crate) fn rewritten(&self, stamp: Stamp) -> Self {
        Self::of(self.id(), stamp, self.body().clone())
    }

    /// This version as other devices read it, with its instants clamped to the limits. Only
    /// versions merged before there were limits exceed them.
    pub(crate) fn bounded(&self) -> Self {
        let mut body = self.body().clone();
        if let Body::Note(note) = &mut body {
            note.created = note.created.bounded();
        }
        let stamp = Stamp { at: self.stamp().at.bounded(), ..self.stamp() };
        Self::of(self.id(), stamp, body)
    }

    /// Whether it is a note with a creation time beyond the limit.
    pub(crate) fn is_created_too_late(&self) -> bool {
        matches!(self.body(), Body::Note(note) if note.created >= Instant::END)
    }

    pub(crate) fn deleted(id: RecordId, stamp: Stamp) -> Self {
        Self::of(id, stamp, Body::Deleted)
    }

    /// The id of the record.
    #[must_use]
    pub fn id(&self) -> RecordId {
        self.0.id
    }

    /// The version of the record.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.0.stamp
    }

    /// The content of the record.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.0.body
    }

    /// Whether this version wins over `other`, of the same id: the greater stamp wins. Two contents
    /// under one stamp, which only a copied device can write, have a fixed order, so that every
    /// device chooses alike.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        (self.stamp(), self.body()) > (other.stamp(), other.body())
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl TryFrom<RecordParts> for Record {
    type Error = KindMismatchError;

    fn try_from(parts: RecordParts) -> Result<Self, KindMismatchError> {
        Self::new(parts.id, parts.stamp, parts.body)
    }
}

impl FromStr for RecordId {
    type Err = InvalidRecordIdError;

    fn from_str(text: &str) -> Result<Self, InvalidRecordIdError> {
        let parsed = match text.split('/').collect::<Vec<_>>().as_slice() {
            ["observation", marker, day, device] => observation(marker, day, device),
            ["note", item, token] => note(item, token),
            ["device", device] => device.parse().ok().map(Self::Device),
            ["follow-up", marker, device] => follow_up(marker, device),
            _ => None,
        };
        parsed.ok_or_else(|| InvalidRecordIdError(text.to_owned()))
    }
}

fn observation(marker: &str, day: &str, device: &str) -> Option<RecordId> {
    Some(RecordId::Observation(ObservationId {
        marker: marker.parse().ok()?,
        day: day.parse().ok()?,
        device: device.parse().ok()?,
    }))
}

fn note(item: &str, token: &str) -> Option<RecordId> {
    Some(RecordId::Note(NoteId { item: item.parse().ok()?, token: token.parse().ok()? }))
}

fn follow_up(marker: &str, device: &str) -> Option<RecordId> {
    let (marker, device) = (marker.parse().ok()?, device.parse().ok()?);
    Some(RecordId::FollowUp(FollowUpId { marker, device }))
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Observation(ObservationId { marker, day, device }) => {
                write!(f, "observation/{marker}/{day}/{device}")
            }
            Self::Note(NoteId { item, token }) => write!(f, "note/{item}/{token}"),
            Self::Device(device) => write!(f, "device/{device}"),
            Self::FollowUp(FollowUpId { marker, device }) => {
                write!(f, "follow-up/{marker}/{device}")
            }
        }
    }
}

serde_as_str!(
    RecordId,
    pattern = "^(observation/[^/]+/[^/]+/[0-9a-f]{16}|(note|follow-up)/[^/]+/[0-9a-f]{16}|device/[0-9a-f]{16})$"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_prints_as_it_was_written() {
        for text in [
            "observation/1.2.1-m3/2021-03-12/00c0ffee00c0ffee",
            "note/1.2.1/00c0ffee00c0ffee",
            "note/1.2.1-r2/00c0ffee00c0ffee",
            "device/00c0ffee00c0ffee",
            "follow-up/1.2.1-m3/00c0ffee00c0ffee",
        ] {
            assert_eq!(text.parse::<RecordId>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn a_follow_up_is_of_a_marker_only() {
        assert!("follow-up/1.2.1/00c0ffee00c0ffee".parse::<RecordId>().is_err());
    }

    #[test]
    fn an_observation_is_of_a_marker_only() {
        assert!("observation/1.2.1/2021-03-12/00c0ffee00c0ffee".parse::<RecordId>().is_err());
    }

    #[test]
    fn a_body_of_another_kind_is_refused() {
        let json = r#"{"id":"note/1/00c0ffee00c0ffee",
            "stamp":{"edit":1,"at":0,"device":"00c0ffee00c0ffee"},
            "body":{"observation":{"level":"reached","wording":"00000000"}}}"#;
        let error = serde_json::from_str::<Record>(json).expect_err("kinds differ");
        assert!(error.to_string().contains("another kind"), "{error}");
    }
}
