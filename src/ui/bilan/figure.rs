//! A chart as a section: title, legend, the line that reads a datum, table and exports.

use std::rc::Rc;
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::Now;
use super::table::sortable;
use crate::charts::Chart;
use crate::charts::legend::Legend;
use crate::charts::sheet::Sheet;
use crate::codec::csv;
use crate::platform::download::{self, DownloadError, Media};
use crate::platform::timers;
use crate::store::{AppStore, Notice};
use crate::text::bilan::Table;
use crate::text::drawing as words;
use crate::text::progress;
use crate::ui::chart_view::{Reading, chart_view, export, navigable};
use crate::ui::element::{El, button, el, event_target_open};
use crate::ui::shared::heading::section;
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::{store, svg};

/// The input of a chart's section.
#[derive(Clone)]
pub(super) struct Figure {
    /// Its unique name on the screen, and in the names of its files.
    pub(super) name: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// Its summary in a sentence; where there is no data, why.
    pub(super) lead: Now<String>,
    /// Whether there is anything to draw.
    pub(super) has_data: Memo<bool>,
    /// Its legend.
    pub(super) legend: Legend,
    /// Builds the chart of the current data.
    pub(super) chart: Now<Rc<dyn Chart>>,
    /// Describes a datum.
    pub(super) reader: Arc<dyn Fn(usize) -> Option<Reading> + Send + Sync>,
    /// The table of the same data.
    pub(super) table: Now<Table>,
    /// The day and the source of the data.
    pub(super) source: Now<String>,
    /// Its file name for an extension.
    pub(super) file: Arc<dyn Fn(&str) -> String + Send + Sync>,
}

impl Figure {
    /// The section, with controls above the chart.
    pub(super) fn section(self, controls: Vec<El>) -> El {
        let lead = self.lead.clone();
        let head = section(self.name, self.title)
            .class("figure")
            .child(el("p").class("figure__lead").text(move || lead()))
            .children(controls);
        head.child(el("div").class("figure__body").dyn_children(move || {
            let has_data = self.has_data.get();
            if has_data { untrack(|| self.body()) } else { Vec::new() }
        }))
    }

    fn body(&self) -> Vec<El> {
        let (chart, reader, table) = (self.chart.clone(), self.reader.clone(), self.table.clone());
        let legend: Rc<dyn Chart> = Rc::new(self.legend.clone());
        let legend = chart_view(Box::new(move || legend.clone()), "");
        let read =
            navigable(Box::new(move || chart()), Box::new(move |datum| reader(datum)), self.title);
        let is_open = RwSignal::new(false);
        let numbers = el("details")
            .class("chart__table")
            .on(ev::toggle, move |event| is_open.set(event_target_open(&event)))
            .child(el("summary").text(progress::chart_table()))
            // A closed table follows no data.
            .child(el("div").dyn_children(move || {
                if is_open.get() { sortable(table.clone()) } else { Vec::new() }
            }));
        vec![
            el("div").class("figure__legend").attr("aria-hidden", "true").child(legend),
            el("div").class("figure__card").children(read),
            numbers,
            self.ways(),
        ]
    }

    /// The export buttons.
    fn ways(&self) -> El {
        let store = store();
        let paper = export::paper();
        let way = |what: &'static str, act: Box<dyn Fn()>| {
            button(act)
                .class("button button--ghost")
                .attr("aria-label", &words::take_named(what, self.title))
                .text(what)
        };
        let (png, png_paper) = (self.clone(), paper.clone());
        let (drawn, drawn_paper) = (self.clone(), paper.clone());
        let rows = self.clone();
        el("p")
            .class("figure__actions no-print")
            .child(icon(Picture::Save))
            .child(way(words::take_png(), Box::new(move || png.take_png(store, &png_paper))))
            .child(way(words::take_svg(), Box::new(move || drawn.take_svg(store, &drawn_paper))))
            .child(way(words::take_csv(), Box::new(move || notify(store, rows.take_csv()))))
            .child(paper)
    }

    /// The exported sheet and its chart.
    fn sheet(&self) -> (Sheet, Rc<dyn Chart>) {
        untrack(|| {
            let sheet = Sheet {
                title: self.title.to_owned(),
                lead: vec![(self.lead)()],
                legend: self.legend.clone(),
                notes: vec![(self.source)()],
            };
            (sheet, (self.chart)())
        })
    }

    fn take_png(&self, store: AppStore, paper: &El) {
        let palette = export::palette(paper);
        let (sheet, chart) = self.sheet();
        let picture = sheet.picture(&*chart, export::WIDTH, &palette);
        export::take_png((self.file)("png"), &picture, &palette, move |taken| notify(store, taken));
    }

    fn take_svg(&self, store: AppStore, paper: &El) {
        let palette = export::palette(paper);
        let (sheet, chart) = self.sheet();
        let picture = sheet.picture(&*chart, export::WIDTH, &palette);
        let name = (self.file)("svg");
        timers::spawn(Box::pin(async move {
            let Some(drawn) = svg::draw(picture, palette).await else {
                return store.notify(Notice::Text(words::svg_missing().to_owned()));
            };
            notify(store, download::text(&name, Media::Svg, &drawn));
        }));
    }

    fn take_csv(&self) -> Result<(), DownloadError> {
        let rows = untrack(|| (self.table)()).csv_rows();
        download::text(&(self.file)("csv"), Media::Csv, &csv::write(rows))
    }
}

fn notify(store: AppStore, taken: Result<(), DownloadError>) {
    // Success needs no notice: the browser shows the file.
    if taken.is_err() {
        store.notify(Notice::Text(words::not_taken().to_owned()));
    }
}
