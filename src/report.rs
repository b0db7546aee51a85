//! The report: one document, shown on screen, printed, and saved as Markdown or HTML.
//!
//! Only [`compose`] decides the content of the report. It returns plain text in reading order;
//! every rendering shows all of it and adds nothing but the drawings of the charts. `compose`
//! leaves private notes out, whatever the caller passes.

use crate::domain::day::Day;

pub mod carnet_markdown;
mod compose;
mod html;
mod markdown;
mod markdown_syntax;
pub mod tables;
pub mod tally_tables;

pub use crate::text::bilan::{Cell, Table};
pub use compose::{Source, compose};
pub use html::html;
pub use markdown::markdown;

/// The content of the report, from its cover to its last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The running title of each page, and the title of the HTML file.
    pub title: String,
    /// The cover.
    pub cover: Cover,
    /// The content after the cover.
    pub blocks: Vec<Block>,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The kind of document.
    pub kind: String,
    /// Its subject.
    pub title: String,
    /// The territory, the period, the date and the devices.
    pub facts: Vec<Fact>,
    /// The title of the summary.
    pub brief_title: String,
    /// The summary in a few lines.
    pub brief: Vec<String>,
}

/// A name and its value.
pub type Fact = (String, String);

/// A piece of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Rank, String),
    /// A paragraph.
    Paragraph(String),
    /// Names and their values.
    Facts(Vec<Fact>),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart, and the table with the same data.
    Chart(ChartName, Table),
    /// A quoted note.
    Note(Quotation),
}

/// The level of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// A section.
    Section,
    /// A part of a section.
    Part,
}

/// A chart of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartName {
    /// The number of markers at each level, for each global objective.
    Levels,
    /// Progress over time.
    Evolution,
    /// Confidence and evidence of observations.
    EvidenceStats,
    /// Notes by objective and kind.
    NoteCounts,
    /// Disagreements between devices.
    Opinions,
}

/// A note in its writer's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its kind, and the day it was written.
    pub head: String,
    /// The item that it is about.
    pub about: String,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Document {
    /// Every text of the report, in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let Cover { kind, title, facts, brief_title, brief } = &self.cover;
        let mut texts = vec![kind.clone(), title.clone()];
        texts.extend(facts.iter().flat_map(fact));
        texts.push(brief_title.clone());
        texts.extend(brief.iter().cloned());
        for block in &self.blocks {
            block.add_texts(&mut texts);
        }
        texts
    }

    /// The charts, in reading order.
    pub fn charts(&self) -> impl Iterator<Item = ChartName> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Chart(name, _) => Some(*name),
            _ => None,
        })
    }
}

impl Block {
    fn add_texts(&self, texts: &mut Vec<String>) {
        match self {
            Self::Heading(_, text) | Self::Paragraph(text) => texts.push(text.clone()),
            Self::Facts(facts) => texts.extend(facts.iter().flat_map(fact)),
            Self::List(lines) => texts.extend(lines.iter().cloned()),
            Self::Table(table) | Self::Chart(_, table) => {
                texts.push(table.caption.clone());
                texts.extend(table.head.iter().cloned());
                texts.extend(table.rows.iter().flatten().map(ToString::to_string));
            }
            Self::Note(Quotation { head, about, lines }) => {
                texts.extend([head.clone(), about.clone()]);
                texts.extend(lines.iter().cloned());
            }
        }
    }
}

fn fact((name, value): &Fact) -> [String; 2] {
    [name.clone(), value.clone()]
}

/// « jalons-bilan-2026-11-23.html »
#[must_use]
pub fn file_name(made: Day, ending: &str) -> String {
    crate::text::export::file_name("bilan", None, made, ending)
}
