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

    /// Its everyday name, where it is an objective that has one.
    #[must_use]
    pub fn short_name(self) -> Option<&'a str> {
        let name = match self {
            Self::Global(objective) => &objective.short_name,
            Self::Strategic(objective) => &objective.short_name,
            Self::Operational(objective) => &objective.short_name,
            Self::Result(_) | Self::Marker(_) => "",
        };
        Some(name).filter(|name| !name.is_empty())
    }

    /// Its meaning in plain words, where it has one. The document's wording alone is official.
    #[must_use]
    pub fn plain(self) -> Option<&'a str> {
        let words = match self {
            Self::Global(objective) => &objective.plain,
            Self::Strategic(objective) => &objective.plain,
            Self::Operational(objective) => &objective.plain,
            Self::Marker(marker) => &marker.plain,
            Self::Result(_) => "",
        };
        Some(words).filter(|words| !words.is_empty())
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
