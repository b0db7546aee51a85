//! The small chart of the home screen, with its table.
//!
//! The drawing is a part of its own, which is fetched when its place comes into sight: nobody waits
//! for it to read. Without it the table stands there and says the same.

use std::rc::Rc;

use leptos::prelude::*;

use crate::charts::levels::{LevelsChart, Row, STATES};
use crate::platform::sight;
use crate::store::AppStore;
use crate::text::progress;
use crate::ui::drawing::drawing;
use crate::ui::element::{El, el};
use crate::ui::parts::Part;
use crate::ui::shared::pole::level_name;
use crate::ui::shared::section::section;
use crate::ui::store;

/// One bar for each global objective.
pub(super) fn overview_chart() -> El {
    let legend = STATES.map(|state| {
        let name = progress::level(state);
        el("li").class("legend__entry").attr("data-level", level_name(state)).text(name)
    });
    let numbers = el("details")
        .class("chart__table")
        .add(el("summary").text(progress::chart_table()))
        .add(table());
    section("chart", progress::chart_title())
        .class("chart")
        .add(place())
        .add(el("ul").class("legend").attr("aria-hidden", "true").with(legend))
        .add(numbers)
}

/// Where the drawing stands, or will: as high as it is going to be.
fn place() -> El {
    let is_here = RwSignal::new(Part::Overview.is_here());
    let rows = store().convention().globals().len();
    let place = el("div").class("chart__card").fill(move || {
        if is_here.get() {
            untrack(|| Part::Overview.screen())
        } else {
            (0..rows).map(|_| el("i").class("chart__row")).collect()
        }
    });
    let seen = sight::watch(place.raw(), move |in_sight| {
        if in_sight && is_here.try_get_untracked() == Some(false) {
            Part::Overview.fetch(move |arrived| {
                // Whoever has left meanwhile took the place along.
                let _ = is_here.try_set(arrived);
            });
        }
    });
    let _ = StoredValue::new_local(seen);
    place
}

/// The drawing, once its part is here.
pub(in crate::ui) fn overview() -> Vec<El> {
    let store = store();
    let chart = Memo::new(move |_| LevelsChart { rows: rows(store) });
    vec![drawing(Box::new(move || Rc::new(chart.get())), progress::chart_caption())]
}

fn rows(store: AppStore) -> Vec<Row> {
    let rows = store.convention().globals().iter().map(|global| {
        let progress = store.progress(global.code);
        Row { title: progress::chart_title_of(global.code, progress), progress }
    });
    rows.collect()
}

fn table() -> El {
    let store = store();
    let column = |name: &str| el("th").attr("scope", "col").text(name);
    let levels = STATES.map(|state| column(progress::level_label(state)));
    let head = el("tr")
        .add(column(progress::column_objective()))
        .with(levels)
        .add(column(progress::column_total()));
    el("table")
        .add(el("caption").text(progress::chart_caption()))
        .add(el("thead").add(head))
        .add(el("tbody").fill(move || rows(store).iter().map(row).collect()))
}

fn row(row: &Row) -> El {
    let cell = |count: usize| el("td").text(&count.to_string());
    el("tr")
        .add(el("th").attr("scope", "row").text(&row.title))
        .with(STATES.map(|state| cell(row.progress.at(state))))
        .add(cell(row.progress.total))
}
