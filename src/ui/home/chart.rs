//! The small chart of the home screen, with its table.
//!
//! The drawing is a part of its own, which is fetched when its place comes into sight: nobody waits
//! for it to read. Without it the table stands there and says the same.

use std::iter::{once, zip};
use std::rc::Rc;

use leptos::prelude::*;

use crate::charts::levels::{LevelsChart, Row, STATES};
use crate::platform::sight;
use crate::store::AppStore;
use crate::text::progress;
use crate::ui::drawing::drawing_in_place;
use crate::ui::element::El;
use crate::ui::parts::Part;
use crate::ui::store;

/// The place of the drawing, and the rows of the table.
pub(super) struct Chart {
    place: El,
    numbers: El,
}

impl Chart {
    /// Takes over the section that has one bar for each global objective.
    pub(super) fn adopt(section: &El) -> Self {
        Self { place: section.find(".chart__card"), numbers: section.find("tbody") }
    }

    /// Keeps both in step for as long as the screen is shown.
    pub(super) fn show(&self) {
        let store = store();
        let table: Vec<_> = self.numbers.children().iter().map(El::children).collect();
        self.numbers.clone().keep(move || {
            for (row, cells) in zip(rows(store), &table) {
                zip(cells, words(row)).for_each(|(cell, words)| cell.say(&words));
            }
        });
        show_drawing(&self.place);
    }
}

/// Draws once the part for it is here. The place is as high as the drawing is going to be.
fn show_drawing(place: &El) {
    let is_here = RwSignal::new(Part::Overview.is_here());
    let waiting = place.children();
    let place = place.clone().fill(move || {
        if is_here.get() { untrack(|| Part::Overview.screen()) } else { waiting.clone() }
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
}

/// The drawing, once its part is here.
pub(in crate::ui) fn overview() -> Vec<El> {
    let store = store();
    let chart = Memo::new(move |_| LevelsChart { rows: rows(store) });
    vec![drawing_in_place(Box::new(move || Rc::new(chart.get())), progress::chart_caption())]
}

fn rows(store: AppStore) -> Vec<Row> {
    let rows = store.convention().globals().iter().map(|global| {
        let progress = store.progress(global.code);
        Row { title: progress::chart_title_of(global.code, progress), progress }
    });
    rows.collect()
}

/// What the cells of a row say.
fn words(row: Row) -> impl Iterator<Item = String> {
    let counts = STATES.map(|state| row.progress.at(state)).into_iter();
    let counts = counts.chain([row.progress.total]).map(|count| count.to_string());
    once(row.title).chain(counts)
}
