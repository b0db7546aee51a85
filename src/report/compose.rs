//! Composes the report: the only place that decides its content.

use std::collections::BTreeSet;

use super::{Block, Cell, Document, Rank, Table};
use crate::domain::attention::{Attention, AttentionReason, attention};
use crate::domain::consultation::Poll;
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::item::{ItemId, MarkerId, ObjectiveLevel};
use crate::domain::journal::{Journal, NoteRef};
use crate::domain::note::Note;
use crate::domain::note_counts::NoteCounts;
use crate::domain::opinions::{Agreement, Contested};
use crate::domain::period::Period;
use crate::domain::record::NoteId;
use crate::domain::stamp::{DeviceId, Instant};
use crate::text::{items, progress, report as words, typeset};

mod cover;
mod figures;
mod notes;
mod opinions;
mod polls;

/// The input of the report.
pub struct Source<'a> {
    /// The convention.
    pub convention: &'a Convention,
    /// The records of this device.
    pub journal: &'a Journal,
    /// This device, whose own planned days count first.
    pub own: DeviceId,
    /// The day of composing.
    pub today: Day,
    /// The period; from the first to the last observation for `None`.
    pub period: Option<Period>,
    /// The notes to quote. Private notes are not quoted, even if selected.
    pub chosen: &'a BTreeSet<NoteId>,
    /// The consultations on this device; the report has the closed ones.
    pub polls: Vec<&'a Poll>,
    /// Converts an instant into a local day.
    pub day_of: &'a dyn Fn(Instant) -> Day,
}

impl Source<'_> {
    /// The period of the report.
    fn span(&self) -> Period {
        let today = Period { first: self.today, last: self.today };
        self.period.or_else(|| Period::of(self.journal, self.today)).unwrap_or(today)
    }

    /// The last day that counts; never in the future.
    #[must_use]
    pub fn on(&self) -> Day {
        self.span().last.min(self.today)
    }

    /// The markers with disagreements between devices.
    #[must_use]
    pub fn contested(&self) -> Vec<Contested<'_>> {
        Agreement::of(self.convention, self.journal, self.on()).contested
    }

    /// The markers whose planned day has passed; `None` for a period that ended before today, to
    /// which they do not belong.
    fn due(&self) -> Option<Vec<(MarkerId, Day)>> {
        if self.period.is_some_and(|period| period.last < self.today) {
            return None;
        }
        let list = attention(self.convention, self.journal, self.own, self.today);
        let day = |reason| if let AttentionReason::Due(day) = reason { Some(day) } else { None };
        let due = |one: &Attention| Some((one.marker, one.reasons().find_map(day)?));
        Some(list.iter().filter_map(due).collect())
    }

    /// The counts of notes that are not private.
    #[must_use]
    pub fn places(&self) -> NoteCounts {
        let inside = |note: &Note| {
            self.period.is_none_or(|period| period.holds((self.day_of)(note.created)))
        };
        let counts = |note: &Note| !note.private && inside(note);
        NoteCounts::of(self.convention, self.journal, ObjectiveLevel::Strategic, counts)
    }

    fn quoted(&self) -> Vec<NoteRef<'_>> {
        let mut notes = self.journal.all_notes();
        notes.retain(|noted| !noted.note.private && self.chosen.contains(&noted.id));
        notes
    }

    fn closed(&self) -> Vec<&Poll> {
        let mut closed: Vec<_> =
            self.polls.iter().copied().filter(|poll| poll.consultation.is_closed()).collect();
        // The last edit of a closed consultation is its closing or a later conclusion.
        closed.retain(|poll| {
            let day = (self.day_of)(poll.consultation.stamp.at);
            self.period.is_none_or(|period| period.holds(day))
        });
        closed.sort_by_key(|poll| (poll.consultation.stamp.at, poll.consultation.id));
        closed
    }

    fn named(&self, item: ItemId) -> String {
        items::official(self.convention, item)
    }
}

/// The report.
#[must_use]
pub fn compose(source: &Source<'_>) -> Document {
    let title = typeset(&format!("{} · {}", words::kind(), source.convention.title()));
    let mut blocks = Vec::new();
    figures::levels(source, &mut blocks);
    figures::evolution(source, &mut blocks);
    figures::grounds(source, &mut blocks);
    notes::notes(source, &mut blocks);
    opinions::disagreements(source, &mut blocks);
    due(source, &mut blocks);
    polls::polls(source, &mut blocks);
    method(&mut blocks);
    Document { title, cover: cover::cover(source), blocks }
}

fn section(blocks: &mut Vec<Block>, title: &str) {
    blocks.push(Block::Heading(Rank::Section, title.to_owned()));
}

fn paragraph(blocks: &mut Vec<Block>, text: &str) {
    blocks.push(Block::Paragraph(text.to_owned()));
}

fn due(source: &Source<'_>, blocks: &mut Vec<Block>) {
    let Some(due) = source.due() else { return };
    section(blocks, words::due_title());
    if due.is_empty() {
        return paragraph(blocks, words::no_due());
    }
    paragraph(blocks, words::due_lead());
    let row = |(marker, day): (MarkerId, Day)| {
        let state = source.journal.state(marker, source.today).map(|state| state.seen.level);
        let level = progress::level_label(state).to_owned();
        vec![Cell::Words(source.named(marker.into())), Cell::Day(day), Cell::Words(level)]
    };
    blocks.push(Block::Table(Table {
        caption: words::due_caption().to_owned(),
        head: [words::marker(), words::due(), words::state()].map(str::to_owned).to_vec(),
        rows: due.into_iter().map(row).collect(),
    }));
}

fn method(blocks: &mut Vec<Block>) {
    section(blocks, words::method_title());
    blocks.push(Block::List(words::method().map(str::to_owned).to_vec()));
}
