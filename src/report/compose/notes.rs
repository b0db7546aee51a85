//! The selected notes, objective by objective.

use super::super::{Block, ChartName, Quotation, Rank};
use super::{Source, paragraph, section};
use crate::domain::item::ItemId;
use crate::domain::journal::NoteRef;
use crate::text::bilan::note_places as placed;
use crate::text::{dates, items, notes as kinds, report as words};

pub(super) fn notes(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, words::notes_section());
    let places = source.places();
    paragraph(blocks, &placed::lead(&places));
    if places.sum().total() > 0 {
        let table = placed::table(source.convention, &places);
        blocks.push(Block::Chart(ChartName::NoteCounts, table));
    }
    let quoted = source.quoted();
    if quoted.is_empty() {
        return paragraph(blocks, words::no_chosen());
    }
    let mut under = None;
    for noted in quoted {
        let code = noted.id.item.code();
        if under.replace(code) != Some(code) {
            let title = items::short(source.convention, ItemId::objective(code));
            blocks.push(Block::Heading(Rank::Part, title));
        }
        blocks.push(Block::Note(quotation(source, &noted)));
    }
}

fn quotation(source: &Source<'_>, noted: &NoteRef<'_>) -> Quotation {
    let (item, note) = (noted.id.item, noted.note);
    let written = dates::full((source.day_of)(note.created));
    let lines = note.text.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
    Quotation {
        head: format!("{} · {written}", kinds::kind_label(note.kind)),
        about: source.named(item),
        lines: lines.map(str::to_owned).collect(),
    }
}
