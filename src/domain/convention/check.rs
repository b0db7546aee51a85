//! Validation of a convention's file; each error has the path of the offending value.

use std::collections::BTreeSet;

use thiserror::Error;

use super::super::item::ObjectiveLevel;
use super::{Code, ConventionFile, ItemId, OperationalObjective};

/// Why a file is not a valid convention. Paths look like `global_objectives[0].title`.
#[derive(Debug, Error)]
pub enum ConventionError {
    /// The JSON is malformed or of another shape; the message has line and column.
    #[error("not a convention's file: {0}")]
    Json(#[from] serde_json::Error),
    /// The format or version is another one.
    #[error("{path}: expected `{expected}`, found `{found}`")]
    Format {
        /// The path of the field.
        path: &'static str,
        /// The expected value.
        expected: &'static str,
        /// The value found.
        found: String,
    },
    /// A text is empty.
    #[error("{path}: empty text")]
    EmptyText {
        /// The path of the text.
        path: String,
    },
    /// A text has blank ends, or white space other than single spaces.
    #[error("{path}: white space other than single spaces between words")]
    Spacing {
        /// The path of the text.
        path: String,
    },
    /// An id appears twice, or out of order.
    #[error("{path}: `{id}` stands twice or out of order")]
    Order {
        /// The path of the id.
        path: String,
        /// The id.
        id: ItemId,
    },
    /// An id does not belong under its parent's.
    #[error("{path}: `{id}` does not belong here")]
    Nesting {
        /// The path of the id.
        path: String,
        /// The id.
        id: ItemId,
    },
    /// A list that must not be empty is empty.
    #[error("{path}: empty list")]
    EmptyList {
        /// The path of the list.
        path: String,
    },
    /// The period ends before it begins.
    #[error("period: it ends before it begins")]
    Period,
}

/// Checks the whole file.
pub(super) fn check(file: &ConventionFile) -> Result<(), ConventionError> {
    format("format", "jalons-convention", &file.format)?;
    format("version", "1", &file.version.to_string())?;
    for (path, value) in [
        ("id", &file.id),
        ("language", &file.language),
        ("title", &file.title),
        ("territory", &file.territory),
    ] {
        text(path, value)?;
    }
    if file.period.first_year > file.period.last_year {
        return Err(ConventionError::Period);
    }
    for (index, repair) in file.repairs.iter().enumerate() {
        text(&format!("repairs[{index}]"), repair)?;
    }
    for (index, term) in file.glossary.iter().enumerate() {
        text(&format!("glossary[{index}].term"), &term.term)?;
        text(&format!("glossary[{index}].meaning"), &term.meaning)?;
    }
    for (index, synonym) in file.synonyms.iter().enumerate() {
        text(&format!("synonyms[{index}].word"), &synonym.word)?;
        text(&format!("synonyms[{index}].means"), &synonym.means)?;
    }
    for (index, theme) in file.themes.iter().enumerate() {
        text(&format!("themes[{index}].name"), &theme.name)?;
        text(&format!("themes[{index}].search"), &theme.search)?;
        text(&format!("themes[{index}].icon"), &theme.icon)?;
    }
    Survey::default().globals(file)
}

fn format(path: &'static str, expected: &'static str, found: &str) -> Result<(), ConventionError> {
    if found == expected {
        return Ok(());
    }
    Err(ConventionError::Format { path, expected, found: found.to_owned() })
}

fn text(path: &str, text: &str) -> Result<(), ConventionError> {
    if text.trim().is_empty() {
        return Err(ConventionError::EmptyText { path: path.to_owned() });
    }
    if text.split(' ').any(|word| word.is_empty() || word.contains(char::is_whitespace)) {
        return Err(ConventionError::Spacing { path: path.to_owned() });
    }
    Ok(())
}

fn filled<T>(path: &str, list: &[T]) -> Result<(), ConventionError> {
    if list.is_empty() {
        return Err(ConventionError::EmptyList { path: path.to_owned() });
    }
    Ok(())
}

/// The ids seen so far, to find duplicates.
#[derive(Default)]
struct Survey {
    ids: BTreeSet<ItemId>,
}

impl Survey {
    fn globals(&mut self, file: &ConventionFile) -> Result<(), ConventionError> {
        filled("global_objectives", &file.global_objectives)?;
        for (g, global) in file.global_objectives.iter().enumerate() {
            let path = format!("global_objectives[{g}]");
            self.objective(&path, (global.code, &global.title), ObjectiveLevel::Global, None)?;
            everyday(&path, &global.short_name, &global.plain)?;
            let path = format!("{path}.strategic_objectives");
            filled(&path, &global.strategic_objectives)?;
            for (s, strategic) in global.strategic_objectives.iter().enumerate() {
                let path = format!("{path}[{s}]");
                let (objective, level) =
                    ((strategic.code, strategic.title.as_str()), ObjectiveLevel::Strategic);
                self.objective(&path, objective, level, Some(global.code))?;
                everyday(&path, &strategic.short_name, &strategic.plain)?;
                let path = format!("{path}.operational_objectives");
                filled(&path, &strategic.operational_objectives)?;
                for (o, operational) in strategic.operational_objectives.iter().enumerate() {
                    self.operational(&format!("{path}[{o}]"), operational, strategic.code)?;
                }
            }
        }
        Ok(())
    }

    fn operational(
        &mut self,
        path: &str,
        objective: &OperationalObjective,
        parent: Code,
    ) -> Result<(), ConventionError> {
        let level = ObjectiveLevel::Operational;
        self.objective(path, (objective.code, &objective.title), level, Some(parent))?;
        everyday(path, &objective.short_name, &objective.plain)?;
        for (index, result) in objective.expected_results.iter().enumerate() {
            let path = format!("{path}.expected_results[{index}]");
            leaf(&path, result.id, objective.code, &result.text, result.id.is_result())?;
            self.put(&path, result.id)?;
        }
        for (index, marker) in objective.progress_markers.iter().enumerate() {
            let path = format!("{path}.progress_markers[{index}]");
            leaf(&path, marker.id.into(), objective.code, &marker.text, true)?;
            everyday(&path, "", &marker.plain)?;
            self.put(&path, marker.id.into())?;
        }
        Ok(())
    }

    fn objective(
        &mut self,
        path: &str,
        (code, title): (Code, &str),
        level: ObjectiveLevel,
        parent: Option<Code>,
    ) -> Result<(), ConventionError> {
        let id = ItemId::objective(code);
        if code.level() != level || code.parent() != parent {
            return Err(ConventionError::Nesting { path: format!("{path}.code"), id });
        }
        text(&format!("{path}.title"), title)?;
        self.put(&format!("{path}.code"), id)
    }

    /// Records an id. Results and markers may come in any order, so that a text can move without
    /// changing its id; objectives come in the order of their codes.
    fn put(&mut self, path: &str, id: ItemId) -> Result<(), ConventionError> {
        let last_objective = self.ids.iter().rfind(|id| id.is_objective());
        let backwards = id.is_objective() && last_objective.is_some_and(|last| *last >= id);
        if backwards || !self.ids.insert(id) {
            return Err(ConventionError::Order { path: path.to_owned(), id });
        }
        Ok(())
    }
}

/// Checks the texts of an item that it may lack.
fn everyday(path: &str, short_name: &str, plain: &str) -> Result<(), ConventionError> {
    for (key, words) in [("short_name", short_name), ("plain", plain)] {
        if !words.is_empty() {
            text(&format!("{path}.{key}"), words)?;
        }
    }
    Ok(())
}

fn leaf(
    path: &str,
    id: ItemId,
    parent: Code,
    wording: &str,
    right_kind: bool,
) -> Result<(), ConventionError> {
    if id.code() != parent || !right_kind {
        return Err(ConventionError::Nesting { path: format!("{path}.id"), id });
    }
    text(&format!("{path}.text"), wording)
}
