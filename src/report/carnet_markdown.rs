//! The carnet as Markdown (`CommonMark` with tables): the progress of a convention, and its notes.

use std::fmt::Write as _;

use crate::domain::convention::{Convention, GlobalObjective, OperationalObjective};
use crate::domain::day::Day;
use crate::domain::item::ItemId;
use crate::domain::journal::{Journal, NoteRef, ObservationRef};
use crate::domain::progress::Progress;

use super::markdown_syntax::escaped;
use crate::text::{carnet_report as words, devices, notes, shell, tables, typeset};

/// The report on a day: counts for every objective, then each observed marker, with notes at their
/// items.
#[must_use]
pub fn markdown(convention: &Convention, journal: &Journal, today: Day) -> String {
    let mut report = Report { convention, journal, today, text: String::new() };
    report.head();
    for global in convention.globals() {
        report.global(global);
    }
    report.text
}

struct Report<'a> {
    convention: &'a Convention,
    journal: &'a Journal,
    today: Day,
    text: String,
}

impl Report<'_> {
    fn head(&mut self) {
        self.line(&format!("# {}", wording(self.convention.title())));
        self.line("");
        let observations = self.journal.observation_count();
        self.line(&words::counts(self.today, observations, self.journal.all_notes().len()));
        self.line("");
        self.line(words::unobserved());
    }

    fn global(&mut self, global: &GlobalObjective) {
        self.heading(2, global.code.to_string().as_str(), &global.title);
        self.notes(ItemId::objective(global.code));
        self.counts(global);
        for strategic in &global.strategic_objectives {
            let id = ItemId::objective(strategic.code);
            if !self.journal.notes(id).is_empty() {
                self.heading(3, &strategic.code.to_string(), &strategic.title);
                self.notes(id);
            }
            for operational in &strategic.operational_objectives {
                self.operational(operational);
            }
        }
    }

    fn counts(&mut self, global: &GlobalObjective) {
        self.line("");
        self.line(&format!("| {} |", tables::PROGRESS.join(" | ")));
        self.line("|---|--:|--:|--:|--:|--:|--:|");
        let operationals = global
            .strategic_objectives
            .iter()
            .flat_map(|strategic| &strategic.operational_objectives);
        for objective in operationals {
            let p = Progress::under(self.convention, self.journal, objective.code, self.today);
            let row = format!(
                "| {} ({}) | {} | {} | {} | {} | {} | {} |",
                wording(&objective.title),
                objective.code,
                p.total,
                p.reached,
                p.in_progress,
                p.not_yet,
                p.not_observable,
                p.unobserved(),
            );
            self.line(&row);
        }
    }

    /// The observations and notes of an objective, its results and its markers, if there are any.
    fn operational(&mut self, objective: &OperationalObjective) {
        let own = ItemId::objective(objective.code);
        let results = objective.expected_results.iter().map(|result| (result.id, &result.text));
        let noted: Vec<_> = results.filter(|(id, _)| !self.journal.notes(*id).is_empty()).collect();
        let markers = objective.progress_markers.iter();
        let markers: Vec<_> = markers
            .filter(|marker| {
                self.journal.state(marker.id, self.today).is_some()
                    || !self.journal.notes(marker.id.into()).is_empty()
            })
            .collect();
        if noted.is_empty() && markers.is_empty() && self.journal.notes(own).is_empty() {
            return;
        }
        self.heading(3, &objective.code.to_string(), &objective.title);
        self.notes(own);
        for (id, text) in noted {
            self.line("");
            self.line(&format!(
                "**{}** ({})",
                wording(text),
                shell::item_name(id).to_ascii_lowercase()
            ));
            self.notes(id);
        }
        for marker in markers {
            self.line("");
            self.line(&format!(
                "**{}** ({})",
                wording(&marker.text),
                shell::item_name(marker.id.into()).to_ascii_lowercase()
            ));
            if let Some(state) = self.journal.state(marker.id, self.today) {
                let line = self.state(&state);
                self.line("");
                self.line(&line);
            }
            self.notes(marker.id.into());
        }
    }

    /// « État : atteint, le 12 mars 2021 (Tablette de l'accueil). Preuve : deux ateliers. »
    fn state(&self, state: &ObservationRef<'_>) -> String {
        let device = devices::name(state.id.device, self.journal.device(state.id.device));
        let mut line = words::state(state.seen.level, state.id.day, &escaped(&device));
        if let Some(confidence) = state.seen.confidence {
            line.push_str(words::confidence(confidence));
        }
        line.push('.');
        if let Some(evidence) = &state.seen.evidence {
            let evidence = escaped(evidence.as_str()).replace('\n', " ");
            let _ = write!(line, " {} {evidence}", words::evidence());
        }
        line
    }

    fn notes(&mut self, item: ItemId) {
        let notes: Vec<String> = self.journal.notes(item).iter().map(quoted).collect();
        for note in notes {
            self.line("");
            self.line(&note);
        }
    }

    fn heading(&mut self, level: usize, code: &str, title: &str) {
        self.line("");
        self.line(&format!("{} {} ({code})", "#".repeat(level), wording(title)));
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// The convention's wording, typeset.
fn wording(text: &str) -> String {
    escaped(&typeset(text))
}

/// A note as a quotation, line by line.
fn quoted(noted: &NoteRef<'_>) -> String {
    let kind = words::note_kind(notes::kind_label(noted.note.kind), noted.note.private);
    let mut quotation = format!("> *{kind}*");
    for line in noted.note.text.as_str().lines() {
        let _ = write!(quotation, "  \n> {}", escaped(line));
    }
    quotation
}
