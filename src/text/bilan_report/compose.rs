//! What the report says, decided in one place.

use std::collections::BTreeSet;

use super::{Block, ChartName, Document, Rank, Table, words};
use crate::domain::attention::{Reason, attention};
use crate::domain::consultation::Poll;
use crate::domain::convention::{Convention, Item};
use crate::domain::day::Day;
use crate::domain::item::{Code, ItemId, MarkerId};
use crate::domain::journal::{Journal, Noted};
use crate::domain::period::Period;
use crate::domain::progress::Progress;
use crate::domain::record::NoteId;
use crate::domain::stamp::{DeviceId, Instant};
use crate::domain::views::{Contested, disagreements};
use crate::text::{dates, devices, progress, shell, typeset};

mod cover;
mod notes;
mod polls;

/// What the report is made from.
pub struct Source<'a> {
    /// The convention.
    pub convention: &'a Convention,
    /// All that this device holds.
    pub journal: &'a Journal,
    /// This device, whose own plans count.
    pub own: DeviceId,
    /// The day it is made.
    pub today: Day,
    /// What it is about; from the first to the last observation for `None`.
    pub period: Option<Period>,
    /// The notes to quote. Those kept for oneself are not quoted, chosen or not.
    pub chosen: &'a BTreeSet<NoteId>,
    /// The consultations on this device, of which those that are closed are told.
    pub polls: Vec<&'a Poll>,
    /// Tells on which day an instant was, where the device is.
    pub day_of: &'a dyn Fn(Instant) -> Day,
}

impl Source<'_> {
    /// The period that the report is about.
    fn span(&self) -> Period {
        let today = Period { first: self.today, last: self.today };
        self.period.or_else(|| Period::of(self.journal)).unwrap_or(today)
    }

    /// The last day that counts.
    fn on(&self) -> Day {
        self.span().last
    }

    fn contested(&self) -> Vec<Contested<'_>> {
        disagreements(self.convention, self.journal, self.on())
    }

    /// The markers whose planned day has passed when the report is made.
    fn due(&self) -> Vec<(MarkerId, Day)> {
        let list = attention(self.convention, self.journal, self.own, self.today);
        let day = |reason| if let Reason::Due(day) = reason { Some(day) } else { None };
        list.iter().filter_map(|one| Some((one.marker, one.reasons().find_map(day)?))).collect()
    }

    fn quoted(&self) -> Vec<Noted<'_>> {
        let mut notes = self.journal.all_notes();
        notes.retain(|noted| !noted.note.private && self.chosen.contains(&noted.id));
        notes
    }

    fn closed(&self) -> Vec<&Poll> {
        let mut closed: Vec<_> =
            self.polls.iter().copied().filter(|poll| poll.consultation.is_closed()).collect();
        closed.sort_by_key(|poll| (poll.consultation.stamp.at, poll.consultation.id));
        closed
    }

    fn wording(&self, item: ItemId) -> String {
        typeset(self.convention.find(item).map(Item::text).unwrap_or_default())
    }

    /// « Marqueur 1.2.1-m3 : … »
    fn named(&self, item: ItemId) -> String {
        typeset(&format!("{} : {}", shell::item_name(item), self.wording(item)))
    }
}

/// The report.
#[must_use]
pub fn compose(source: &Source<'_>) -> Document {
    let convention = source.convention;
    let title = typeset(&format!("{} · {}", words::kind(), convention.title()));
    let mut blocks = Vec::new();
    levels(source, &mut blocks);
    notes::notes(source, &mut blocks);
    views(source, &mut blocks);
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

fn levels(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, words::levels_title());
    paragraph(blocks, &words::levels_lead(source.on()));
    let head = [words::objective()].into_iter().chain(words::states()).chain([words::total()]);
    let objectives = source.convention.items().map(Item::id).filter(|id| id.is_objective());
    let table = Table {
        head: head.map(str::to_owned).collect(),
        rows: objectives.map(|id| counts(source, id.code())).collect(),
    };
    blocks.push(Block::Chart(ChartName::Levels, words::levels_caption().to_owned(), table));
}

fn counts(source: &Source<'_>, code: Code) -> Vec<String> {
    let p = Progress::under(source.convention, source.journal, code, source.on());
    let counts = [p.reached, p.in_progress, p.not_yet, p.not_observable, p.unobserved(), p.total];
    let name = format!("{code} {}", source.wording(ItemId::objective(code)));
    [name].into_iter().chain(counts.map(|count| count.to_string())).collect()
}

fn views(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, words::views_title());
    let contested = source.contested();
    if contested.is_empty() {
        return paragraph(blocks, words::no_views());
    }
    paragraph(blocks, words::views_lead());
    let [reached, in_progress, not_yet, not_observable, _] = words::states();
    let head = [words::marker(), words::voice(), reached, in_progress, not_yet, not_observable];
    let table = Table {
        head: head.map(str::to_owned).to_vec(),
        rows: contested.iter().flat_map(|contested| said(source, contested)).collect(),
    };
    blocks.push(Block::Table(words::views_caption().to_owned(), table));
}

/// What is said of a marker: together, and where several voices speak by each of them.
fn said(source: &Source<'_>, contested: &Contested<'_>) -> Vec<Vec<String>> {
    let Contested { marker, views } = contested;
    let mut name = source.named((*marker).into());
    if views.may_be_progress() {
        name.push_str(". ");
        name.push_str(words::may_be_progress());
    }
    let row = |name: String, voice: &str, p: Progress| {
        let counts = [p.reached, p.in_progress, p.not_yet, p.not_observable];
        [name, voice.to_owned()].into_iter().chain(counts.map(|n| n.to_string())).collect()
    };
    let mut rows = vec![row(name, words::together(), views.counts())];
    let voices = views.by_voice();
    if voices.len() > 1 {
        rows.extend(voices.into_iter().map(|(voice, counts)| {
            let voice = voice.map_or(words::no_voice(), devices::voice);
            row(marker.to_string(), voice, counts)
        }));
    }
    rows
}

fn due(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, words::due_title());
    let due = source.due();
    if due.is_empty() {
        return paragraph(blocks, words::no_due());
    }
    paragraph(blocks, words::due_lead());
    let row = |(marker, day): (MarkerId, Day)| {
        let state = source.journal.state(marker, source.today).map(|state| state.seen.level);
        vec![source.named(marker.into()), dates::full(day), progress::level_label(state).to_owned()]
    };
    let table = Table {
        head: [words::marker(), words::due(), words::state()].map(str::to_owned).to_vec(),
        rows: due.into_iter().map(row).collect(),
    };
    blocks.push(Block::Table(words::due_caption().to_owned(), table));
}

fn method(blocks: &mut Vec<Block>) {
    section(blocks, words::method_title());
    let lines = [
        words::method_marker(),
        words::method_state(),
        words::method_unobserved(),
        words::method_count(),
        words::method_views(),
        words::method_voices(),
        words::method_notes(),
        words::method_polls(),
        words::method_wording(),
        words::method_private(),
    ];
    blocks.push(Block::List(lines.map(str::to_owned).to_vec()));
}
