//! The small chart of the home screen, with its table.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use crate::charts::canvas::{self, SharpCanvas};
use crate::charts::levels::{LevelsChart, Row};
use crate::charts::look::Look;
use crate::platform::events;
use crate::text::progress;
use crate::ui::element::{El, el};
use crate::ui::shared::pole::level_name;
use crate::ui::shared::section::section;
use crate::ui::store;

/// One bar for each global objective, drawn anew when the data, the width or the scheme changes.
pub(super) fn overview_chart() -> El {
    let chart = overview();
    let legend = Look::STATES.map(|state| {
        let name = progress::level(state);
        el("li").class("legend__entry").attr("data-level", level_name(state)).text(name)
    });
    let numbers = el("details")
        .class("chart__table")
        .add(el("summary").text(progress::chart_table()))
        .add(table(chart));
    section("chart", progress::chart_title())
        .class("chart")
        .add(drawing(chart))
        .add(el("ul").class("legend").attr("aria-hidden", "true").with(legend))
        .add(numbers)
}

fn overview() -> Memo<LevelsChart> {
    let store = store();
    Memo::new(move |_| {
        let rows = store.convention().globals().iter().map(|global| {
            let progress = store.progress(global.code);
            Row { title: progress::chart_title_of(global.code, progress), progress }
        });
        LevelsChart { rows: rows.collect() }
    })
}

fn drawing(chart: Memo<LevelsChart>) -> El {
    let drawing = el("canvas")
        .class("chart__canvas")
        .attr("role", "img")
        .attr("aria-label", progress::chart_caption());
    let Ok(canvas) = drawing.raw().clone().dyn_into::<HtmlCanvasElement>() else {
        return drawing;
    };
    let redraw = Trigger::new();
    // Dropped with the screen, and with it unheard. The first call comes when the canvas is on
    // the page and has a width.
    let heard = [
        events::on_resize(&canvas, move || redraw.notify()),
        events::on_scheme_change(move || redraw.notify()),
    ];
    let _ = StoredValue::new_local(heard);
    drawing.keep(move || {
        redraw.track();
        let chart = chart.read();
        let look = canvas::look(&canvas);
        if let Ok(canvas) = SharpCanvas::new(&canvas, chart.height(look.size)) {
            // A chart that cannot be drawn leaves its table, which says the same.
            let _ = chart.draw(&canvas.area(), &look);
        }
    })
}

fn table(chart: Memo<LevelsChart>) -> El {
    let column = |name: &str| el("th").attr("scope", "col").text(name);
    let levels = Look::STATES.map(|state| column(progress::level_label(state)));
    let head = el("tr")
        .add(column(progress::column_objective()))
        .with(levels)
        .add(column(progress::column_total()));
    let rows = move || chart.read().rows.iter().map(row).collect();
    el("table")
        .add(el("caption").text(progress::chart_caption()))
        .add(el("thead").add(head))
        .add(el("tbody").fill(rows))
}

fn row(row: &Row) -> El {
    let cell = |count: usize| el("td").text(&count.to_string());
    el("tr")
        .add(el("th").attr("scope", "row").text(&row.title))
        .with(Look::STATES.map(|state| cell(row.progress.at(state))))
        .add(cell(row.progress.total))
}
