//! The disagreements between devices, marker by marker.

use super::super::{Block, Cell, ChartName, Table};
use super::{Source, paragraph, section};
use crate::domain::opinions::Contested;
use crate::domain::progress::Progress;
use crate::text::{bilan, report as words, views as said};

pub(super) fn disagreements(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, said::title());
    let contested = source.contested();
    if contested.is_empty() {
        return paragraph(blocks, words::no_views());
    }
    paragraph(blocks, said::scale());
    paragraph(blocks, bilan::views::key());
    let head = [words::marker(), words::voice()].into_iter().chain(bilan::views::heads());
    let table = Table {
        caption: words::voices_caption().to_owned(),
        head: head.map(str::to_owned).collect(),
        rows: contested.iter().flat_map(|contested| voices(source, contested)).collect(),
    };
    blocks.push(Block::Chart(ChartName::Opinions, table));
}

/// The opinions of each voice about a marker. The first row also has the days between them.
fn voices(source: &Source<'_>, contested: &Contested<'_>) -> Vec<Vec<Cell>> {
    let Contested { marker, views } = contested;
    let name = source.named((*marker).into());
    let days = views.days_apart().map(|days| said::days_apart(days, views.may_be_progress()));
    let mut names = vec![[Some(name), days].into_iter().flatten().collect::<Vec<_>>().join(". ")];
    names.resize(views.by_voice().len(), marker.to_string());
    let row = |(name, (voice, p)): (String, (_, Progress))| {
        let counts = [p.not_yet, p.in_progress, p.reached, p.not_observable].map(Cell::Count);
        let words = [name, said::voice(voice).to_owned()].map(Cell::Words);
        words.into_iter().chain(counts).collect()
    };
    names.into_iter().zip(views.by_voice()).map(row).collect()
}
