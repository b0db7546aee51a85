//! One item of a convention, of any kind: objective, result or marker.

use std::iter;

use super::{
    ExpectedResult, GlobalObjective, ItemId, OperationalObjective, ProgressMarker,
    StrategicObjective,
};

/// An objective, a result or a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// A global objective.
    Global(&'a GlobalObjective),
    /// A strategic objective.
    Strategic(&'a StrategicObjective),
    /// An operational objective.
    Operational(&'a OperationalObjective),
    /// An expected result.
    Result(&'a ExpectedResult),
    /// A progress marker.
    Marker(&'a ProgressMarker),
}

impl<'a> Item<'a> {
    /// The item's id.
    #[must_use]
    pub fn id(self) -> ItemId {
        match self {
            Self::Global(objective) => ItemId::objective(objective.code),
            Self::Strategic(objective) => ItemId::objective(objective.code),
            Self::Operational(objective) => ItemId::objective(objective.code),
            Self::Result(result) => result.id,
            Self::Marker(marker) => marker.id.into(),
        }
    }

    /// Its title or wording, as in the document.
    #[must_use]
    pub fn text(self) -> &'a str {
        match self {
            Self::Global(objective) => &objective.title,
            Self::Strategic(objective) => &objective.title,
            Self::Operational(objective) => &objective.title,
            Self::Result(result) => &result.text,
            Self::Marker(marker) => &marker.text,
        }
    }
}

/// A strategic objective and all items below it.
pub(super) fn strategic(objective: &StrategicObjective) -> impl Iterator<Item = Item<'_>> {
    let below = objective.operational_objectives.iter().flat_map(operational);
    iter::once(Item::Strategic(objective)).chain(below)
}

fn operational(objective: &OperationalObjective) -> impl Iterator<Item = Item<'_>> {
    let results = objective.expected_results.iter().map(Item::Result);
    let markers = objective.progress_markers.iter().map(Item::Marker);
    iter::once(Item::Operational(objective)).chain(results).chain(markers)
}
