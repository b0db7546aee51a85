//! The bars of the home screen, with their table: how many markers stand at each level.
//!
//! Bars and table are in the page from the start (`ui/page.rs`), so a first visit loads no chart
//! code for them. The app keeps both in step with the journal.

use std::cell::Cell;
use std::iter::zip;

use crate::charts::levels::STATES;
use crate::domain::item::Code;
use crate::domain::progress::Progress;
use crate::ui::element::{El, el};
use crate::ui::shared::progress::level_name;
use crate::ui::store;

/// The bars and the rows of the table, one each for a global objective.
pub(super) struct Chart {
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    code: Code,
    bar: El,
    /// A count for each of [`STATES`], and the total.
    cells: Vec<El>,
}

impl Chart {
    /// Hydrates the section with one bar for each global objective.
    pub(super) fn hydrate(section: &El) -> Self {
        let titles = section.find_all(".bars__title").filter_map(super::coded);
        let bars = zip(titles, section.find_all(".bar"));
        let rows = zip(bars, section.find("tbody").child_elements());
        let row = |(((code, _), bar), row): (_, El)| {
            // The first cell is the name. Extensions may have added rows without any.
            let cells = row.child_elements().into_iter().skip(1).collect();
            Row { code, bar, cells }
        };
        Self { rows: rows.map(row).collect() }
    }

    /// Keeps bars and table in step for as long as the screen is shown.
    pub(super) fn show(&self) {
        let store = store();
        for row in self.rows.iter().cloned() {
            let shown = Cell::new(None);
            row.bar.clone().effect(move || {
                let progress = store.progress(row.code);
                // Most ticks concern one objective: the others' bars stay untouched.
                if shown.replace(Some(progress)) != Some(progress) {
                    row.show(progress);
                }
            });
        }
    }
}

impl Row {
    fn show(&self, progress: Progress) {
        let counts = STATES.map(|state| progress.at(state)).into_iter().chain([progress.total]);
        zip(&self.cells, counts).for_each(|(cell, count)| cell.set_text(&count.to_string()));
        // The segments are rebuilt: browsers count a change of former ones as a layout shift.
        self.bar.set_text("");
        let _ = self.bar.clone().children(segments(progress));
    }
}

/// A segment for each state that has markers, as wide as its count.
fn segments(progress: Progress) -> impl Iterator<Item = El> {
    let counts = STATES.into_iter().map(move |state| (state, progress.at(state)));
    counts.filter(|(_, count)| *count > 0).map(|(state, count)| {
        let count = count.to_string();
        let segment = el("i").class("bar__segment").attr("data-level", level_name(state));
        segment.style("flex-grow", &count);
        segment.child(el("b").text(&count))
    })
}
