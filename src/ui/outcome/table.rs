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
                el("th").attr("scope", "row").dir_auto().text(cell)
            } else if cell.starts_with(first) {
                // Marks the winning rows.
                el("td").child(el("strong").text(cell))
            } else {
                el("td").text(cell)
            }
        });
        el("tr").children(cells)
    });
    let table = el("table")
        .class("counts-table")
        .child(el("caption").text(caption))
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(rows));
    el("div")
        .class("outcome__scroll")
        .attr("role", "region")
        .attr("aria-label", caption)
        .attr("tabindex", "0")
        .child(table)
}
