//! The charts of evidence and of notes.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::figure::Figure;
use super::{Charts, objective};
use crate::charts::Chart;
use crate::charts::grounds::{DEGREES, Ground, GroundsChart};
use crate::charts::legend::Legend;
use crate::charts::note_places::{NoteCountRow, NotePlacesChart};
use crate::charts::palette::Sample;
use crate::domain::note::NoteKind;
use crate::domain::note_counts::ItemNoteCount;
use crate::text::bilan::{self as words, grounds, note_places};
use crate::text::notes;
use crate::ui::chart_view::Reading;
use crate::ui::element::{El, el};

impl Charts {
    pub(super) fn grounds(self) -> El {
        let (on, counts) = (self.on, self.store.evidence_stats(self.on));
        let chart = move || -> Rc<dyn Chart> {
            Rc::new(GroundsChart {
                titles: [grounds::confidence(), grounds::evidence()].map(str::to_owned),
                grounds: counts.get(),
            })
        };
        let reader = move |datum| {
            let said = match GroundsChart::datum(datum)? {
                Ground::Confidence(degree) => grounds::confidence_said(degree, counts.get()),
                Ground::Evidence(has) => grounds::evidence_said(has, counts.get()),
            };
            Some(Reading { said, leads_to: None })
        };
        let named = |(degree, name): (usize, &str)| {
            (Ground::Confidence(DEGREES[degree]).sample(), name.to_owned())
        };
        Figure {
            name: "appuis",
            title: grounds::title(),
            lead: Arc::new(move || grounds::lead(on.get(), counts.get())),
            has_data: Memo::new(move |_| counts.get().total > 0),
            legend: Legend(grounds::legend().into_iter().enumerate().map(named).collect()),
            chart: Arc::new(chart),
            reader: Arc::new(reader),
            table: Arc::new(move || grounds::table(counts.get())),
            source: self.source(),
            file: self.file("appuis"),
        }
        .section(vec![el("p").class("muted").text(grounds::which())])
    }

    pub(super) fn note_places(self) -> El {
        let places = self.store.note_counts(self.chosen.by());
        // Notes have no history: they are shown as of today.
        let today = self.store.today();
        let private = move || match self.store.private_count(None) {
            0 => String::new(),
            count => note_places::private(count),
        };
        let chart = move || -> Rc<dyn Chart> {
            let row = |place: &ItemNoteCount| NoteCountRow {
                title: self.row_title(place.code),
                kinds: place.kinds,
            };
            Rc::new(NotePlacesChart { rows: places.read().places.iter().map(row).collect() })
        };
        let reader = move |datum| {
            let (row, kind) = NotePlacesChart::datum(datum);
            let places = places.read();
            let place = *places.places.get(row)?;
            let said = note_places::said(
                &self.row_title(place.code),
                *NoteKind::ALL.get(kind)?,
                place.kinds,
            );
            Some(Reading { said, leads_to: Some(objective(place.code)) })
        };
        let named = |(place, kind)| (Sample::Kind(place), notes::kind_label(kind).to_owned());
        Figure {
            name: "notes",
            title: note_places::title(),
            lead: Arc::new(move || note_places::lead(&places.read())),
            has_data: Memo::new(move |_| places.read().sum().total() > 0),
            legend: Legend(NoteKind::ALL.into_iter().enumerate().map(named).collect()),
            chart: Arc::new(chart),
            reader: Arc::new(reader),
            table: Arc::new(move || note_places::table(self.convention, &places.read())),
            source: Arc::new(move || words::source_of_notes(self.convention, today.get())),
            file: Arc::new(move |ending| words::file_name("notes", today.get_untracked(), ending)),
        }
        .section(vec![el("p").class("muted").text(private)])
    }
}
