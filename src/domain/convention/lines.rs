//! The compact text form of a convention: one line per text. The page holds it for the app.
//!
//! Each line is a name, a tab and a text. Items come in the document's order, and an item's id
//! gives its place in the tree.

use super::{
    Code, Convention, ConventionPeriod, ExpectedResult, GlobalObjective, ItemId,
    OperationalObjective, ProgressMarker, StrategicObjective, Term,
};
use crate::domain::item::ObjectiveLevel;

impl Convention {
    /// Writes all its texts as lines, as [`Convention::from_lines`] parses them.
    #[must_use]
    pub fn to_lines(&self) -> String {
        let period = self.period();
        let mut lines = vec![
            format!("id\t{}", self.id()),
            format!("language\t{}", self.language()),
            format!("title\t{}", self.title()),
            format!("territory\t{}", self.territory()),
            format!("first_year\t{}", period.first_year),
            format!("last_year\t{}", period.last_year),
        ];
        lines.extend(self.repairs().iter().map(|repair| format!("repair\t{repair}")));
        let terms = self.glossary().iter();
        lines.extend(terms.map(|Term { term, meaning }| format!("term\t{term}\t{meaning}")));
        lines.extend(self.items().map(|item| format!("{}\t{}", item.id(), item.text())));
        lines.join("\n")
    }

    /// Parses lines. `None` for lines that do not form a tree.
    #[must_use]
    pub fn from_lines(lines: &str) -> Option<Self> {
        let mut convention = Self {
            id: String::new(),
            language: String::new(),
            title: String::new(),
            territory: String::new(),
            period: ConventionPeriod { first_year: 0, last_year: 0 },
            repairs: Vec::new(),
            glossary: Vec::new(),
            globals: Vec::new(),
        };
        for line in lines.split('\n') {
            let (name, text) = line.split_once('\t')?;
            match name {
                "id" => text.clone_into(&mut convention.id),
                "language" => text.clone_into(&mut convention.language),
                "title" => text.clone_into(&mut convention.title),
                "territory" => text.clone_into(&mut convention.territory),
                "first_year" => convention.period.first_year = text.parse().ok()?,
                "last_year" => convention.period.last_year = text.parse().ok()?,
                "repair" => convention.repairs.push(text.to_owned()),
                "term" => {
                    let (term, meaning) = text.split_once('\t')?;
                    let (term, meaning) = (term.to_owned(), meaning.to_owned());
                    convention.glossary.push(Term { term, meaning });
                }
                id => convention.put(id.parse().ok()?, text.to_owned())?,
            }
        }
        Some(convention)
    }

    /// Appends an item under its parent.
    fn put(&mut self, id: ItemId, text: String) -> Option<()> {
        let code = id.code();
        if let Some(marker) = id.marker() {
            let markers = &mut self.last_operational(code)?.progress_markers;
            markers.push(ProgressMarker { id: marker, text });
        } else if id.is_result() {
            let results = &mut self.last_operational(code)?.expected_results;
            results.push(ExpectedResult { id, text });
        } else {
            self.put_objective(code, text)?;
        }
        Some(())
    }

    fn put_objective(&mut self, code: Code, title: String) -> Option<()> {
        match code.level() {
            ObjectiveLevel::Global => {
                let strategic_objectives = Vec::new();
                self.globals.push(GlobalObjective { code, title, strategic_objectives });
            }
            ObjectiveLevel::Strategic => {
                let above = self.globals.last_mut()?;
                let operational_objectives = Vec::new();
                let objective = StrategicObjective { code, title, operational_objectives };
                above.strategic_objectives.push(objective);
            }
            ObjectiveLevel::Operational => {
                let above = self.globals.last_mut()?.strategic_objectives.last_mut()?;
                above.operational_objectives.push(OperationalObjective {
                    code,
                    title,
                    expected_results: Vec::new(),
                    progress_markers: Vec::new(),
                });
            }
        }
        Some(())
    }

    fn last_operational(&mut self, code: Code) -> Option<&mut OperationalObjective> {
        let above = self.globals.last_mut()?.strategic_objectives.last_mut()?;
        above.operational_objectives.last_mut().filter(|objective| objective.code == code)
    }
}
