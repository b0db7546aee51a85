//! The sections of the charts, with their tables.

use super::super::{Block, Cell, ChartName, Table};
use super::{Source, paragraph, section};
use crate::domain::convention::Item;
use crate::domain::evidence_stats::EvidenceStats;
use crate::domain::evolution::Evolution;
use crate::domain::progress::Progress;
use crate::text::bilan::{evolution as turns, grounds as founded, levels as standing};
use crate::text::report as words;

/// Up to this many changes are listed one by one; of more, only the last of each month.
const MANY: usize = 15;

pub(super) fn levels(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let (convention, on) = (source.convention, source.on());
    section(blocks, standing::title());
    let under = |code| Progress::under(convention, source.journal, code, on);
    let state = |marker| source.journal.state(marker, on).map(|state| state.seen.level);
    let whole = Progress::of(convention.markers().map(|marker| state(marker.id)));
    paragraph(blocks, &standing::lead(on, whole));
    paragraph(blocks, standing::not_observed());
    let codes = convention.items().map(Item::id).filter(|id| id.is_objective());
    let rows: Vec<_> = codes.map(|id| (id.code(), under(id.code()))).collect();
    blocks.push(Block::Chart(ChartName::Levels, standing::table(convention, on, &rows)));
}

pub(super) fn evolution(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let on = source.on();
    let evolution = Evolution::of(source.convention, source.journal, None, on);
    section(blocks, turns::title());
    paragraph(blocks, &turns::lead(&evolution, on));
    let table = turns::table(&evolution, on);
    if !table.rows.is_empty() {
        blocks.push(Block::Chart(ChartName::Evolution, by_month(table)));
    }
}

/// The table with the last change of each month, if it is long. The latest comes first.
fn by_month(mut table: Table) -> Table {
    let month = |row: &Vec<Cell>| match row.first() {
        Some(Cell::Day(day)) => Some((day.year(), day.month())),
        _ => None,
    };
    if table.rows.len() > MANY {
        table.rows.dedup_by_key(|row| month(row));
        words::by_month().clone_into(&mut table.caption);
    }
    table
}

pub(super) fn grounds(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let grounds = EvidenceStats::of(source.convention, source.journal, None, source.on());
    section(blocks, founded::title());
    paragraph(blocks, &founded::lead(source.on(), grounds));
    if grounds.total > 0 {
        paragraph(blocks, founded::which());
        blocks.push(Block::Chart(ChartName::EvidenceStats, founded::table(grounds)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_evolution_is_told_month_by_month() {
        let row = |month: u8, day: u8| {
            vec![Cell::Day(crate::domain::day::Day::new(2021, month, day).expect("a day"))]
        };
        let of = |rows: Vec<_>| Table { rows, ..Table::default() };
        let few = of((1..=15).rev().map(|day| row(1, day)).collect());
        assert_eq!(by_month(few.clone()), few);
        let days = (1..=3).rev().flat_map(|month| (1..=9).rev().map(move |day| (month, day)));
        let told = by_month(of(days.map(|(month, day)| row(month, day)).collect()));
        assert_eq!(told.rows, [row(3, 9), row(2, 9), row(1, 9)]);
        assert_eq!(told.caption, words::by_month());
    }
}
