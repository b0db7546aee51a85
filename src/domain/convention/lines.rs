//! The compact text form of a convention: one line per item. The page holds it for the app.
//!
//! Each line is a name and texts, with tabs between. Items come in the document's order, and an
//! item's id gives its place in the tree. Its texts are the document's wording, the one in plain
//! words, and the short name of an objective.

use super::{
    Code, Convention, ConventionPeriod, ExpectedResult, GlobalObjective, Item, ItemId,
    OperationalObjective, ProgressMarker, StrategicObjective, Synonym, Term, Theme,
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
        let synonyms = self.synonyms().iter();
        lines.extend(synonyms.map(|Synonym { word, means }| format!("like\t{word}\t{means}")));
        let themes = self.themes().iter();
        lines.extend(
            themes.map(|Theme { name, search, icon }| format!("theme\t{icon}\t{search}\t{name}")),
        );
        lines.extend(self.items().map(line));
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
            synonyms: Vec::new(),
            themes: Vec::new(),
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
                "like" => {
                    let (word, means) = text.split_once('\t')?;
                    let (word, means) = (word.to_owned(), means.to_owned());
                    convention.synonyms.push(Synonym { word, means });
                }
                "theme" => {
                    let mut words = text.split('\t').map(str::to_owned);
                    let (icon, search, name) = (words.next()?, words.next()?, words.next()?);
                    convention.themes.push(Theme { name, search, icon });
                }
                id => convention.put(id.parse().ok()?, text)?,
            }
        }
        Some(convention)
    }

    /// Appends an item under its parent.
    fn put(&mut self, id: ItemId, texts: &str) -> Option<()> {
        let code = id.code();
        let mut texts = texts.split('\t').map(str::to_owned);
        let text = texts.next()?;
        let mut more = || texts.next().unwrap_or_default();
        if let Some(marker) = id.marker() {
            let markers = &mut self.last_operational(code)?.progress_markers;
            markers.push(ProgressMarker { id: marker, text, plain: more() });
        } else if id.is_result() {
            let results = &mut self.last_operational(code)?.expected_results;
            results.push(ExpectedResult { id, text });
        } else {
            self.put_objective(code, [text, more(), more()])?;
        }
        Some(())
    }

    fn put_objective(&mut self, code: Code, texts: [String; 3]) -> Option<()> {
        let [title, plain, short_name] = texts;
        match code.level() {
            ObjectiveLevel::Global => {
                let strategic_objectives = Vec::new();
                let objective =
                    GlobalObjective { code, title, short_name, plain, strategic_objectives };
                self.globals.push(objective);
            }
            ObjectiveLevel::Strategic => {
                let above = self.globals.last_mut()?;
                let operational_objectives = Vec::new();
                let objective =
                    StrategicObjective { code, title, short_name, plain, operational_objectives };
                above.strategic_objectives.push(objective);
            }
            ObjectiveLevel::Operational => {
                let above = self.globals.last_mut()?.strategic_objectives.last_mut()?;
                above.operational_objectives.push(OperationalObjective {
                    code,
                    title,
                    short_name,
                    plain,
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

fn line(item: Item<'_>) -> String {
    let mut texts = vec![item.text()];
    match item {
        Item::Global(_) | Item::Strategic(_) | Item::Operational(_) => {
            texts.extend([item.plain(), item.short_name()].map(Option::unwrap_or_default));
        }
        Item::Marker(_) => texts.push(item.plain().unwrap_or_default()),
        Item::Result(_) => {}
    }
    format!("{}\t{}", item.id(), texts.join("\t"))
}
