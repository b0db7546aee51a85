//! The text of a convention: its objectives, expected results and progress markers.
//!
//! A [`Convention`] is parsed from one JSON file and valid by construction: its ids are unique and
//! in document order, each code is nested under its parent's, and no text is empty. Nothing in the
//! type depends on the town; that is data.

use std::hash::Hasher;
use std::iter;

use fnv::FnvHasher;
use serde::Deserialize;

use super::item::{Code, ItemId, MarkerId};
use super::stamp::Token;

mod check;
mod lines;
mod terms;
mod visit;

pub use check::ConventionError;
pub use terms::{Piece, pieces};
pub use visit::Item;

/// The file of a convention.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ConventionFile {
    /// The address of the JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// Always `jalons-convention`.
    format: String,
    /// The version of this format: 1.
    version: u32,
    /// A stable name for the convention, of lower-case letters, digits and hyphens.
    id: String,
    /// The language of its texts, as a BCP 47 tag.
    language: String,
    /// The title of the convention.
    title: String,
    /// The town or territory that the convention is about.
    territory: String,
    /// The years that the convention covers.
    period: ConventionPeriod,
    /// The corrections made to its typography, for readers who compare it with the source.
    repairs: Vec<String>,
    /// The meanings of its abbreviations.
    glossary: Vec<Term>,
    /// Everyday words that the search takes for words of the texts.
    #[serde(default)]
    synonyms: Vec<Synonym>,
    /// The subjects that the search offers before anything is typed.
    #[serde(default)]
    themes: Vec<Theme>,
    /// The objectives, in the document's order.
    global_objectives: Vec<GlobalObjective>,
}

/// The years that a convention covers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Period"))]
#[serde(deny_unknown_fields)]
pub struct ConventionPeriod {
    /// The first year.
    pub first_year: u16,
    /// The last year.
    pub last_year: u16,
}

/// An abbreviation and its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The abbreviation, as the convention writes it.
    pub term: String,
    /// The meaning, in plain words.
    pub meaning: String,
}

/// An everyday word that the texts say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Synonym {
    /// The word that people search for.
    pub word: String,
    /// Words of the texts, each of which counts as this one.
    pub means: String,
}

/// A subject that people look for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The words to search for.
    pub search: String,
    /// The name of its icon, one of those of `ui/search/themes.rs`.
    pub icon: String,
}

/// An objective of the first level.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GlobalObjective {
    /// The code, such as `1`.
    pub code: Code,
    /// The aim, in the document's wording.
    pub title: String,
    /// An everyday name of at most five words. Empty where there is none.
    #[serde(default)]
    pub short_name: String,
    /// The aim in plain words. Empty where there are none.
    #[serde(default)]
    pub plain: String,
    /// The objectives of the second level that serve it.
    pub strategic_objectives: Vec<StrategicObjective>,
}

/// An objective of the second level.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StrategicObjective {
    /// The code, such as `1.2`.
    pub code: Code,
    /// The aim, in the document's wording.
    pub title: String,
    /// An everyday name of at most five words. Empty where there is none.
    #[serde(default)]
    pub short_name: String,
    /// The aim in plain words. Empty where there are none.
    #[serde(default)]
    pub plain: String,
    /// The objectives of the third level that serve it.
    pub operational_objectives: Vec<OperationalObjective>,
}

/// An objective of the third level, the only one with results and markers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OperationalObjective {
    /// The code, such as `1.2.1`.
    pub code: Code,
    /// The task, in the document's wording.
    pub title: String,
    /// An everyday name of at most five words. Empty where there is none.
    #[serde(default)]
    pub short_name: String,
    /// The task in plain words. Empty where there are none.
    #[serde(default)]
    pub plain: String,
    /// The results that the objective is to bring about.
    pub expected_results: Vec<ExpectedResult>,
    /// The signs by which progress can be observed.
    pub progress_markers: Vec<ProgressMarker>,
}

/// A result that an operational objective is to bring about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpectedResult {
    /// The id, such as `1.2.1-r2`.
    pub id: ItemId,
    /// The document's wording.
    pub text: String,
}

/// A sign by which progress can be observed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProgressMarker {
    /// The id, such as `1.2.1-m3`.
    pub id: MarkerId,
    /// The document's wording.
    pub text: String,
    /// The sign in plain words. Empty where there are none.
    #[serde(default)]
    pub plain: String,
}

/// A complete, valid convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convention {
    id: String,
    language: String,
    title: String,
    territory: String,
    period: ConventionPeriod,
    repairs: Vec<String>,
    glossary: Vec<Term>,
    synonyms: Vec<Synonym>,
    themes: Vec<Theme>,
    globals: Vec<GlobalObjective>,
}

impl Convention {
    /// Parses a convention's file and checks all of it.
    ///
    /// # Errors
    /// When the file has another format or breaks a rule; the error names the place.
    pub fn from_json(json: &str) -> Result<Self, ConventionError> {
        let file: ConventionFile = serde_json::from_str(json)?;
        check::check(&file)?;
        Ok(Self {
            id: file.id,
            language: file.language,
            title: file.title,
            territory: file.territory,
            period: file.period,
            repairs: file.repairs,
            glossary: file.glossary,
            synonyms: file.synonyms,
            themes: file.themes,
            globals: file.global_objectives,
        })
    }

    /// A stable name for the convention.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The language of its texts, as a BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The convention's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The town or territory it is about.
    #[must_use]
    pub fn territory(&self) -> &str {
        &self.territory
    }

    /// The years it covers.
    #[must_use]
    pub fn period(&self) -> ConventionPeriod {
        self.period
    }

    /// The corrections made to its typography.
    #[must_use]
    pub fn repairs(&self) -> &[String] {
        &self.repairs
    }

    /// The meanings of its abbreviations.
    #[must_use]
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    /// Everyday words that the search takes for words of the texts.
    #[must_use]
    pub fn synonyms(&self) -> &[Synonym] {
        &self.synonyms
    }

    /// The subjects that the search offers before anything is typed.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The global objectives, in the document's order.
    #[must_use]
    pub fn globals(&self) -> &[GlobalObjective] {
        &self.globals
    }

    /// The operational objectives, in the document's order.
    #[must_use]
    pub fn operationals(&self) -> impl DoubleEndedIterator<Item = &OperationalObjective> {
        let strategic = self.globals().iter().flat_map(|global| &global.strategic_objectives);
        strategic.flat_map(|strategic| &strategic.operational_objectives)
    }

    /// The markers of an objective and of all objectives below it, in the document's order.
    pub fn markers_under(&self, code: Code) -> impl Iterator<Item = &ProgressMarker> {
        self.operationals()
            .filter(move |objective| code.covers(objective.code))
            .flat_map(|objective| &objective.progress_markers)
    }

    /// Every marker, in the document's order.
    pub fn markers(&self) -> impl Iterator<Item = &ProgressMarker> {
        self.operationals().flat_map(|objective| &objective.progress_markers)
    }

    /// Every item, in the document's order.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.globals().iter().flat_map(|global| {
            let below = global.strategic_objectives.iter().flat_map(visit::strategic);
            iter::once(Item::Global(global)).chain(below)
        })
    }

    /// A fingerprint of all ids and texts: FNV-1a of 64 bits over one line per item. Two editions
    /// of one convention differ in it.
    #[must_use]
    pub fn fingerprint(&self) -> Token {
        let mut hasher = FnvHasher::default();
        for item in self.items() {
            for part in [&item.id().to_string(), " ", item.text(), "\n"] {
                hasher.write(part.as_bytes());
            }
        }
        Token(hasher.finish())
    }

    /// The item with this id. Visits only the objectives above it, because a merge looks up every
    /// record.
    #[must_use]
    pub fn find(&self, id: ItemId) -> Option<Item<'_>> {
        let above = self.globals().iter().filter(|global| global.code.covers(id.code()));
        let mut near = above.flat_map(|global| {
            let strategic = global.strategic_objectives.iter();
            let below = strategic.filter(|strategic| strategic.code.covers(id.code()));
            iter::once(Item::Global(global)).chain(below.flat_map(visit::strategic))
        });
        near.find(|item| item.id() == id)
    }

    /// The previous and the next item of the same kind, in the document's order: objectives of its
    /// level, or results or markers of its objective.
    #[must_use]
    pub fn neighbours(&self, id: ItemId) -> (Option<Item<'_>>, Option<Item<'_>>) {
        let mut before = None;
        let mut beside = self.items().filter(|item| id.is_beside(item.id()));
        for item in beside.by_ref() {
            if item.id() == id {
                return (before, beside.next());
            }
            before = Some(item);
        }
        (None, None)
    }
}

/// The JSON Schema of a convention's file.
#[cfg(feature = "schema")]
#[must_use]
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(ConventionFile)
}
