//! The charts of the report, from the same figures as their tables.

use std::rc::Rc;

use crate::charts::Chart;
use crate::charts::evolution::EvolutionChart;
use crate::charts::grounds::{DEGREES, Ground, GroundsChart};
use crate::charts::legend::{Explained, Legend};
use crate::charts::levels::{LevelsChart, LevelsRow, STATES};
use crate::charts::note_places::{NoteCountRow, NotePlacesChart};
use crate::charts::palette::Sample;
use crate::charts::views::{ViewsChart, ViewsRow};
use crate::domain::evidence_stats::EvidenceStats;
use crate::domain::evolution::Evolution;
use crate::domain::item::{Code, ItemId};
use crate::domain::note::NoteKind;
use crate::domain::progress::Progress;
use crate::report::{ChartName, Source};
use crate::text::bilan::{evolution, grounds, views};
use crate::text::items;
use crate::text::{notes, progress};

/// A chart with its legend.
pub(super) fn chart(name: ChartName, source: &Source<'_>) -> Rc<dyn Chart> {
    let (chart, legend) = match name {
        ChartName::Levels => (levels(source), states(0)),
        ChartName::Evolution => (turns(source), states(1)),
        ChartName::EvidenceStats => (founded(source), degrees()),
        ChartName::NoteCounts => (placed(source), kinds()),
        ChartName::Opinions => (differing(source), columns()),
    };
    Rc::new(Explained { chart, legend })
}

fn title(source: &Source<'_>, code: Code) -> String {
    items::short(source.convention, ItemId::objective(code))
}

fn levels(source: &Source<'_>) -> Rc<dyn Chart> {
    let row = |code| LevelsRow {
        title: title(source, code),
        progress: Progress::under(source.convention, source.journal, code, source.on()),
    };
    let globals = source.convention.globals().iter();
    Rc::new(LevelsChart { rows: globals.map(|global| row(global.code)).collect() })
}

fn turns(source: &Source<'_>) -> Rc<dyn Chart> {
    let to = source.on();
    let evolution = Evolution::of(source.convention, source.journal, None, to);
    let from = evolution.first().unwrap_or(to).min(to);
    Rc::new(EvolutionChart {
        total: evolution.at(to).total,
        steps: evolution.steps().to_vec(),
        from,
        to,
        mark: None,
        ticks: evolution::ticks(from, to),
    })
}

fn founded(source: &Source<'_>) -> Rc<dyn Chart> {
    Rc::new(GroundsChart {
        titles: [grounds::confidence(), grounds::evidence()].map(str::to_owned),
        grounds: EvidenceStats::of(source.convention, source.journal, None, source.on()),
    })
}

fn placed(source: &Source<'_>) -> Rc<dyn Chart> {
    let places = source.places();
    let row = |place: &crate::domain::note_counts::ItemNoteCount| NoteCountRow {
        title: title(source, place.code),
        kinds: place.kinds,
    };
    Rc::new(NotePlacesChart { rows: places.places.iter().map(row).collect() })
}

fn differing(source: &Source<'_>) -> Rc<dyn Chart> {
    let contested = source.contested();
    let row = |one: &crate::domain::opinions::Contested<'_>| ViewsRow {
        title: items::short(source.convention, one.marker.into()),
        views: one.views.counts(),
    };
    Rc::new(ViewsChart {
        heads: views::heads().map(str::to_owned),
        rows: contested.iter().map(row).collect(),
    })
}

/// The legend of states, without the last `but` ones, which have no area.
fn states(but: usize) -> Legend {
    let named = |(place, state)| (Sample::State(place), progress::level_label(state).to_owned());
    Legend(STATES.into_iter().enumerate().take(STATES.len() - but).map(named).collect())
}

fn degrees() -> Legend {
    let named = |(degree, name): (usize, &str)| {
        (Ground::Confidence(DEGREES[degree]).sample(), name.to_owned())
    };
    Legend(grounds::legend().into_iter().enumerate().map(named).collect())
}

fn kinds() -> Legend {
    let named = |(place, kind)| (Sample::Kind(place), notes::kind_label(kind).to_owned());
    Legend(NoteKind::ALL.into_iter().enumerate().map(named).collect())
}

fn columns() -> Legend {
    let named = |(column, name): (usize, &str)| (ViewsChart::sample(column), name.to_owned());
    Legend(views::heads().into_iter().enumerate().map(named).collect())
}
