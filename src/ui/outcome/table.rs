//! A table of words and counts.

use crate::report::tally_tables::TallyTable;
use crate::text;
use crate::ui::element::{El, el};

/// A table under its caption. It scrolls sideways by itself where it is wider than the page, and
/// takes the focus for that, so that arrow keys reach all of it.
pub(in crate::ui) fn table(caption: &str, table: &TallyTable) -> El {
    let head = table.head.iter().map(|name| el("th").attr("scope", "col").text(name));
    let first = text::outcome::first();
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            if column == 0 {
                el("th").attr("scope", "row").text(cell)
            } else if cell.starts_with(first) {
                // Marks the winning rows.
                el("td").add(el("strong").text(cell))
            } else {
                el("td").text(cell)
            }
        });
        el("tr").with(cells)
    });
    let table = el("table")
        .class("counts-table")
        .add(el("caption").text(caption))
        .add(el("thead").add(el("tr").with(head)))
        .add(el("tbody").with(rows));
    el("div")
        .class("outcome__scroll")
        .attr("role", "region")
        .attr("aria-label", caption)
        .attr("tabindex", "0")
        .add(table)
}
