//! The report as elements, for screen and paper.

use super::super::super::chart_view::chart_view;
use super::charts::chart;
use crate::report::{
    Block, Cell, ChartName, Cover, Document, Fact, Quotation, Rank, Source, Table,
};
use crate::text::report::chart_of;
use crate::ui::element::{El, el};

/// The cover and the blocks after it. Headings begin one level below the screen's.
pub(super) fn blocks(document: &Document, source: &Source<'_>) -> Vec<El> {
    let blocks = document.blocks.iter().map(|block| element(block, source));
    [cover(&document.cover)].into_iter().chain(blocks).collect()
}

fn cover(cover: &Cover) -> El {
    el("header")
        .class("report__cover")
        .child(el("p").class("report__kind").text(&cover.kind))
        .child(el("h2").class("report__title").text(&cover.title))
        .child(facts(&cover.facts))
        .child(el("h3").class("report__section").text(&cover.brief_title))
        .child(list(&cover.brief))
}

fn element(block: &Block, source: &Source<'_>) -> El {
    match block {
        Block::Heading(Rank::Section, title) => el("h3").class("report__section").text(title),
        Block::Heading(Rank::Part, title) => el("h4").class("report__part").dir_auto().text(title),
        Block::Paragraph(text) => el("p").dir_auto().text(text),
        Block::Facts(held) => facts(held),
        Block::List(lines) => list(lines),
        Block::Table(held) => table(held),
        Block::Chart(name, held) => el("div")
            .class("report__chart")
            .children([figure(*name, &held.caption, source), table(held)]),
        Block::Note(note) => quotation(note),
    }
}

fn facts(facts: &[Fact]) -> El {
    let fact = |(name, value): &Fact| {
        el("div")
            .class("report__fact")
            .child(el("dt").text(name))
            .child(el("dd").dir_auto().text(value))
    };
    el("dl").class("report__facts").children(facts.iter().map(fact))
}

fn list(lines: &[String]) -> El {
    el("ul").class("report__list").children(lines.iter().map(|line| el("li").dir_auto().text(line)))
}

fn figure(name: ChartName, caption: &str, source: &Source<'_>) -> El {
    let chart = chart(name, source);
    let frame = chart_view(Box::new(move || chart.clone()), caption)
        .attr("role", "region")
        .attr("aria-label", &chart_of(caption))
        .attr("tabindex", "0");
    el("figure").class("report__figure").child(frame)
}

fn table(table: &Table) -> El {
    let head = table.head.iter().enumerate().map(|(column, name)| {
        let counts = table.rows.iter().all(|row| matches!(row.get(column), Some(Cell::Count(_))));
        aligned(el("th").attr("scope", "col"), counts).text(name)
    });
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let element =
                if column == 0 { el("th").attr("scope", "row").dir_auto() } else { el("td") };
            aligned(element, matches!(cell, Cell::Count(_))).text(&cell.to_string())
        });
        el("tr").children(cells)
    });
    let shown = el("table")
        .child(el("caption").text(&table.caption))
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(rows));
    el("div")
        .class("report__table")
        .attr("role", "region")
        .attr("aria-label", &table.caption)
        .attr("tabindex", "0")
        .child(shown)
}

/// Counts are aligned at their ends.
fn aligned(cell: El, counts: bool) -> El {
    if counts { cell.class("report__count") } else { cell }
}

fn quotation(Quotation { head, about, lines }: &Quotation) -> El {
    let head = el("p")
        .class("report__about")
        .child(el("strong").text(head))
        .text(" ")
        .child(el("span").text(about));
    let lines = lines.iter().map(|line| el("p").dir_auto().text(line));
    el("blockquote").class("report__note").child(head).children(lines)
}
