//! The report as Markdown (`CommonMark` with tables); charts are their tables.

use super::{Block, Cell, Cover, Document, Fact, Quotation, Rank, Table};
use crate::report::markdown_syntax::escaped;

/// The report. No text becomes markup.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut text = String::new();
    cover(&mut text, &document.cover);
    for block in &document.blocks {
        add(&mut text, block);
    }
    text
}

fn cover(text: &mut String, cover: &Cover) {
    let Cover { kind, title, facts, brief_title, brief } = cover;
    paragraph(text, &format!("*{}*", line(kind)));
    paragraph(text, &format!("# {}", line(title)));
    list(text, facts.iter().map(fact));
    paragraph(text, &format!("## {}", line(brief_title)));
    list(text, brief.iter().map(|said| line(said)));
}

fn add(text: &mut String, block: &Block) {
    match block {
        Block::Heading(Rank::Section, title) => paragraph(text, &format!("## {}", line(title))),
        Block::Heading(Rank::Part, title) => paragraph(text, &format!("### {}", line(title))),
        Block::Paragraph(said) => paragraph(text, &line(said)),
        Block::Facts(facts) => list(text, facts.iter().map(fact)),
        Block::List(lines) => list(text, lines.iter().map(|said| line(said))),
        Block::Table(table) | Block::Chart(_, table) => {
            paragraph(text, &format!("**{}**", line(&table.caption)));
            paragraph(text, &rows(table));
        }
        Block::Note(note) => paragraph(text, &quoted(note)),
    }
}

/// Appends a paragraph, separated by an empty line.
fn paragraph(text: &mut String, said: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(said);
    text.push('\n');
}

fn list(text: &mut String, items: impl Iterator<Item = String>) {
    let items = items.map(|item| format!("- {item}"));
    paragraph(text, &items.collect::<Vec<_>>().join("\n"));
}

fn fact((name, value): &Fact) -> String {
    format!("**{}** {}", line(name), line(value))
}

fn rows(Table { head, rows, .. }: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        format!("| {} |", cells.map(|cell| line(&cell)).collect::<Vec<_>>().join(" | "))
    };
    let is_count = |column: usize| rows.iter().all(|row| matches!(row[column], Cell::Count(_)));
    let rule = (0..head.len()).map(|column| if is_count(column) { "--:" } else { "---" });
    let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
    let rows = rows.iter().map(|cells| row(&mut cells.iter().map(ToString::to_string)));
    let lines = [row(&mut head.iter().cloned()), rule].into_iter().chain(rows);
    lines.collect::<Vec<_>>().join("\n")
}

fn quoted(Quotation { head, about, lines }: &Quotation) -> String {
    let head = format!("**{}** {}", line(head), line(about));
    let lines = lines.iter().map(|said| line(said));
    let lines = [head].into_iter().chain(lines).map(|said| format!("> {said}"));
    lines.collect::<Vec<_>>().join("  \n")
}

/// The text in one line.
fn line(text: &str) -> String {
    escaped(&text.replace(['\n', '\r'], " "))
}
