//! The routes of the *bilan*: its part of the address, parsed and printed.

use std::fmt;

use crate::domain::day::Day;
use crate::domain::item::ObjectiveLevel;

/// A page of the bilan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BilanPlace {
    /// `bilan?par=strategique&au=2021-03-12`: the charts.
    Charts(BilanView),
    /// `bilan/a-regarder`: the markers to look at.
    Attention,
    /// `bilan/avis`: disagreements between devices.
    Opinions,
    /// `bilan/rapport`: the printable report.
    Report,
    /// Any other path.
    Unknown,
}

/// The parameters of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BilanView {
    /// The level of the objectives that have a bar each.
    pub by: ObjectiveLevel,
    /// The day whose state is shown; today for `None`.
    pub on: Option<Day>,
}

impl Default for BilanView {
    fn default() -> Self {
        Self { by: ObjectiveLevel::Global, on: None }
    }
}

/// The words for each level in an address.
const LEVELS: [(&str, ObjectiveLevel); 3] = [
    ("global", ObjectiveLevel::Global),
    ("strategique", ObjectiveLevel::Strategic),
    ("operationnel", ObjectiveLevel::Operational),
];

impl BilanPlace {
    /// Parses the path of [`Route::Bilan`](super::Route::Bilan).
    ///
    /// ```
    /// use jalons::route::BilanPlace;
    ///
    /// assert_eq!(BilanPlace::parse("bilan/avis"), BilanPlace::Opinions);
    /// assert_eq!(BilanPlace::parse("bilan?au=hier"), BilanPlace::Unknown);
    /// ```
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match path {
            "bilan" => view(query).map_or(Self::Unknown, Self::Charts),
            "bilan/a-regarder" => Self::Attention,
            "bilan/avis" => Self::Opinions,
            "bilan/rapport" => Self::Report,
            _ => Self::Unknown,
        }
    }
}

fn view(query: &str) -> Option<BilanView> {
    let mut view = BilanView::default();
    for (key, value) in super::pairs(query) {
        match key {
            "par" => view.by = LEVELS.iter().find(|(word, _)| *word == value)?.1,
            "au" => view.on = Some(value.parse().ok()?),
            _ => return None,
        }
    }
    Some(view)
}

impl fmt::Display for BilanPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attention => f.write_str("bilan/a-regarder"),
            Self::Opinions => f.write_str("bilan/avis"),
            Self::Report => f.write_str("bilan/rapport"),
            Self::Unknown => f.write_str("bilan"),
            Self::Charts(BilanView { by, on }) => {
                f.write_str("bilan")?;
                let mut mark = '?';
                if let Some((word, _)) = LEVELS[1..].iter().find(|(_, level)| level == by) {
                    write!(f, "{mark}par={word}")?;
                    mark = '&';
                }
                on.iter().try_for_each(|day| write!(f, "{mark}au={day}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_prints_as_it_was_parsed() {
        for path in [
            "bilan",
            "bilan?par=strategique",
            "bilan?au=2021-03-12",
            "bilan?par=operationnel&au=2021-03-12",
            "bilan/a-regarder",
            "bilan/avis",
            "bilan/rapport",
        ] {
            let place = BilanPlace::parse(path);
            assert_ne!(place, BilanPlace::Unknown, "{path}");
            assert_eq!(place.to_string(), path);
        }
        for path in ["bilan/x", "bilan?par=x", "bilan?au=2021-02-30", "bilan?x=1", ""] {
            assert_eq!(BilanPlace::parse(path), BilanPlace::Unknown, "{path} was taken");
        }
    }
}
