//! The report: one content that is shown on a page, printed, and carried away as Markdown or as a
//! page of its own.
//!
//! [`compose`] is the only place that decides what the report says. What it returns is text and
//! nothing else, in the order of reading; every rendering shows all of it, and adds nothing but
//! the drawings of the charts. Notes that somebody keeps for themselves are left out there,
//! whoever calls.

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

/// What the report says, from its cover to its last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What stands at the top of each page and names the file's window.
    pub title: String,
    /// The cover.
    pub cover: Cover,
    /// What follows it.
    pub blocks: Vec<Block>,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// What it is.
    pub kind: String,
    /// Of what.
    pub title: String,
    /// Where, when, by whom.
    pub facts: Vec<Fact>,
    /// What the list below is.
    pub brief_title: String,
    /// The whole in a few lines.
    pub brief: Vec<String>,
}

/// A name and what it stands for.
pub type Fact = (String, String);

/// A piece of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Rank, String),
    /// A paragraph.
    Paragraph(String),
    /// Names and what they stand for.
    Facts(Vec<Fact>),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A chart, and the table that says the same.
    Chart(ChartName, Table),
    /// What somebody wrote.
    Note(Quotation),
}

/// How far a heading reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Over a section.
    Section,
    /// Over a part of one.
    Part,
}

/// Which chart stands in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartName {
    /// How many markers stand at which level, for each global objective.
    Levels,
    /// How that came about.
    Evolution,
    /// What observations are founded on.
    EvidenceStats,
    /// Where notes are.
    NoteCounts,
    /// Where devices differ.
    Opinions,
}

/// A note in the words of whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its kind, and the day it was written.
    pub head: String,
    /// What it is about.
    pub about: String,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Document {
    /// Every text of the report in the order of reading.
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

    /// The charts, in the order of reading.
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
