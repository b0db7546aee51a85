//! The charts of the bilan, each with its table: levels on a day, their evolution, the evidence,
//! the notes, and disagreements.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::Now;
use super::figure::Figure;
use super::period::{Chosen, levels, slider};
use super::way;
use crate::charts::Chart;
use crate::charts::evolution::EvolutionChart;
use crate::charts::legend::Legend;
use crate::charts::levels::{LevelsChart, LevelsRow, STATES};
use crate::charts::palette::Sample;
use crate::charts::views::{ViewsChart, ViewsRow};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::evolution::Evolution;
use crate::domain::item::{Code, ItemId, MarkerId};
use crate::domain::observation::Level;
use crate::domain::progress::Progress;
use crate::domain::tracking::{SeenFilter, TrackingFilter};
use crate::route::{BilanPlace, BilanView, Route};
use crate::store::{AppStore, DisagreementStats};
use crate::text::bilan::{self as words, evolution, views};
use crate::text::{attention, drawing, progress, views as agreement};
use crate::ui::chart_view::Reading;
use crate::ui::element::{El, el};
use crate::ui::shared::heading::heading;
use crate::ui::shared::styles::mount_style;
use crate::ui::store;

mod founded;

/// The screen.
pub(super) fn charts() -> Vec<El> {
    mount_style(include_str!("../../../style/bilan.css"));
    let store = store();
    let chosen = Chosen::of(store);
    let charts = Charts {
        store,
        convention: store.convention(),
        chosen,
        on: chosen.on(),
        evolution: store.evolution(),
        differing: store.disagreement_stats(chosen.on()),
    };
    let place = |to: BilanPlace, name: &str| way(to).class("button").text(name);
    let ways = el("p")
        .class("form__actions no-print")
        .child(place(BilanPlace::Attention, attention::title()))
        .child(place(BilanPlace::Opinions, agreement::title()))
        .child(place(BilanPlace::Report, drawing::report()));
    vec![
        heading(crate::text::shell::section(crate::route::Section::Bilan)),
        el("p").class("lead").text(move || charts.lead()),
        ways,
        el("div")
            .class("bilan")
            .child(charts.standing())
            .child(charts.evolution())
            .child(charts.views())
            .child(charts.grounds())
            .child(charts.note_places()),
    ]
}

/// The number of disagreements drawn: the others are in the table and on a screen of their own.
const MOST: usize = 12;

/// The data of the charts.
#[derive(Clone, Copy)]
struct Charts {
    store: AppStore,
    convention: &'static Convention,
    chosen: Chosen,
    on: Memo<Day>,
    evolution: Memo<Evolution>,
    differing: Memo<DisagreementStats>,
}

impl Charts {
    fn lead(self) -> String {
        let on = self.on.get();
        words::levels::lead(on, self.evolution.read().at(on))
    }

    /// The source line of a chart of the selected day.
    fn source(self) -> Now<String> {
        Arc::new(move || {
            words::source(self.convention, self.on.get(), self.differing.read().devices)
        })
    }

    /// The source line of a chart of today.
    fn source_today(self) -> Now<String> {
        let on = Memo::new(move |_| self.store.today().get());
        // Read only for an export.
        let differing = self.store.disagreement_stats(on);
        Arc::new(move || words::source(self.convention, on.get(), differing.read().devices))
    }

    /// The name of a chart's files.
    fn file(self, name: &'static str) -> Arc<dyn Fn(&str) -> String + Send + Sync> {
        Arc::new(move |ending| words::file_name(name, self.on.get_untracked(), ending))
    }

    /// The title of an objective's row.
    fn row_title(self, code: Code) -> String {
        crate::text::items::short(self.convention, ItemId::objective(code))
    }

    fn standing(self) -> El {
        let (by, on) = (self.chosen.by(), self.on);
        let rows = self.store.objective_counts(by, on);
        let chart = move || -> Rc<dyn Chart> {
            let row = |&(code, progress): &(Code, Progress)| LevelsRow {
                title: self.row_title(code),
                progress,
            };
            Rc::new(LevelsChart { rows: rows.read().iter().map(row).collect() })
        };
        let reader = move |datum| {
            let (row, state) = LevelsChart::datum(datum);
            let &(code, progress) = rows.read().get(row)?;
            let state = *STATES.get(state)?;
            let is_now = on.get() == self.store.today().get();
            Some(Reading {
                said: words::levels::said(&self.row_title(code), state, progress),
                // Only today's states have a list to link to.
                leads_to: Some(if is_now { followed(code, state) } else { objective(code) }),
            })
        };
        Figure {
            name: "objectifs",
            title: words::levels::title(),
            lead: Arc::new(|| words::levels::not_observed().to_owned()),
            has_data: Memo::new(|_| true),
            legend: states(),
            chart: Arc::new(chart),
            reader: Arc::new(reader),
            table: Arc::new(move || words::levels::table(self.convention, on.get(), &rows.read())),
            source: self.source(),
            file: self.file("objectifs"),
        }
        .section(vec![levels(self.chosen)])
    }

    fn evolution(self) -> El {
        let (on, steps) = (self.on, self.evolution);
        let today = self.store.today();
        let to = move || today.get();
        let made = move || {
            let evolution = steps.read();
            let to = to();
            let from = evolution.first().unwrap_or(to);
            EvolutionChart {
                total: evolution.at(to).total,
                steps: evolution.steps().to_vec(),
                from,
                to,
                mark: Some(on.get()).filter(|day| *day < to),
                ticks: evolution::ticks(from, to),
            }
        };
        let reader = move |datum| {
            let first = steps.read().first()?;
            let step = made().datum(datum);
            let said = if datum == 0 {
                evolution::said_before(first)
            } else {
                evolution::said(step.day, step.progress)
            };
            let view = BilanView { on: Some(step.day), by: self.chosen.by().get() };
            let route = Route::Bilan(BilanPlace::Charts(view).to_string());
            Some(Reading { said, leads_to: Some(route) })
        };
        let said = move || {
            let said = evolution::said(on.get(), steps.read().at(on.get()));
            if steps.read().is_empty() { String::new() } else { said }
        };
        let controls = vec![slider(self.chosen, steps), el("p").class("figure__said").text(said)];
        Figure {
            name: "evolution",
            title: evolution::title(),
            lead: Arc::new(move || evolution::lead(&steps.read(), to())),
            has_data: Memo::new(move |_| !steps.read().is_empty()),
            legend: states(),
            chart: Arc::new(move || Rc::new(made())),
            reader: Arc::new(reader),
            table: Arc::new(move || evolution::table(&steps.read(), to())),
            // The whole evolution is shown, whatever day is selected.
            source: self.source_today(),
            file: Arc::new(move |ending| {
                words::file_name("evolution", today.get_untracked(), ending)
            }),
        }
        .section(controls)
    }

    fn views(self) -> El {
        let differing = self.differing;
        let chart = move || -> Rc<dyn Chart> {
            let row = |&(marker, views): &(MarkerId, Progress)| ViewsRow {
                title: crate::text::items::short(self.convention, marker.into()),
                views,
            };
            Rc::new(ViewsChart {
                heads: views::heads().map(str::to_owned),
                rows: differing.read().rows.iter().take(MOST).map(row).collect(),
            })
        };
        let reader = move |datum| {
            let (row, column) = ViewsChart::datum(datum);
            let (marker, counts) = *differing.read().rows.get(row)?;
            let said = views::said(
                &crate::text::items::place(self.convention, marker.into()),
                column,
                counts,
            );
            Some(Reading { said, leads_to: Some(Route::Item(marker.into())) })
        };
        let named = |(column, name): (usize, &str)| (ViewsChart::sample(column), name.to_owned());
        let lead = move || {
            let differing = differing.read();
            match (differing.devices, differing.shared) {
                (0, _) => agreement::nobody().to_owned(),
                (1, _) => agreement::one_device().to_owned(),
                (_, 0) => agreement::nothing_shared().to_owned(),
                (_, shared) => agreement::summary(shared, differing.rows.len()),
            }
        };
        Figure {
            name: "avis",
            title: agreement::title(),
            lead: Arc::new(lead),
            has_data: Memo::new(move |_| !differing.read().rows.is_empty()),
            legend: Legend(views::heads().into_iter().enumerate().map(named).collect()),
            chart: Arc::new(chart),
            reader: Arc::new(reader),
            table: Arc::new(move || views::table(self.convention, &differing.read().rows)),
            source: self.source(),
            file: self.file("avis"),
        }
        .section(vec![
            el("p").class("muted").text(views::key()),
            el("p")
                .class("muted")
                .text_when(drawing::most_apart(), move || differing.read().rows.len() > MOST),
        ])
    }
}

/// The legend of states.
fn states() -> Legend {
    let named = |(place, state)| (Sample::State(place), progress::level_label(state).to_owned());
    Legend(STATES.into_iter().enumerate().map(named).collect())
}

fn objective(code: Code) -> Route {
    Route::Item(ItemId::objective(code))
}

/// The list of the markers of an objective in a state.
fn followed(code: Code, state: Option<Level>) -> Route {
    let seen = state.map_or(SeenFilter::Unobserved, SeenFilter::At);
    Route::Tracking(TrackingFilter { objective: Some(code), seen, ..TrackingFilter::default() })
}
