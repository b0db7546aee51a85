//! A chart's table, sortable by any column.

use leptos::prelude::*;

use super::Now;
use crate::text::bilan::{Cell, Table};
use crate::text::drawing as words;
use crate::ui::element::{El, button, el};

/// The most rows shown: ten years of changes make thousands, which nobody reads on a page and a
/// phone is slow to lay out. The file has all of them.
const MOST: usize = 400;

/// The column that the rows are sorted by, and whether the greatest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    column: usize,
    descending: bool,
}

impl Order {
    /// The next order when a column's head is pressed: its natural order, then the reverse, then
    /// the table's own order. Words begin with the first, counts and days with the greatest.
    fn pressed(former: Option<Self>, column: usize, has_words: bool) -> Option<Self> {
        match former.filter(|order| order.column == column) {
            None => Some(Self { column, descending: !has_words }),
            Some(order) if order.descending != has_words => {
                Some(Self { column, descending: has_words })
            }
            Some(_) => None,
        }
    }

    /// The value of `aria-sort`.
    fn name(self) -> &'static str {
        if self.descending { "descending" } else { "ascending" }
    }
}

/// The table of a chart, which follows the chart's data.
pub(super) fn sortable(source: Now<Table>) -> Vec<El> {
    let order = RwSignal::new(None::<Order>);
    // Columns do not change with the data, rows do.
    let Table { caption, head, rows } = untrack(|| source());
    let has_words = |column: usize| {
        rows.first().and_then(|row| row.get(column)).is_none_or(|c| matches!(c, Cell::Words(_)))
    };
    let heads = head.iter().enumerate().map(|(column, name)| {
        let has_words = has_words(column);
        let press =
            move || order.update(|order| *order = Order::pressed(*order, column, has_words));
        let sorted = move || order.get().filter(|order| order.column == column);
        let turn = button(press).class("sort").text(name);
        el("th")
            .attr("scope", "col")
            .attr("aria-sort", move || sorted().map(|order| order.name().to_owned()))
            .child(turn)
    });
    let is_long = RwSignal::new(false);
    let body = move || {
        let mut rows = source().rows;
        is_long.set(rows.len() > MOST);
        if let Some(Order { column, descending }) = order.get() {
            // A stable sort: equal rows stay in the table's own order.
            rows.sort_by(|one, other| {
                let (one, other) = (one.get(column), other.get(column));
                if descending { other.cmp(&one) } else { one.cmp(&other) }
            });
        }
        rows.iter().take(MOST).map(|cells| row(cells)).collect()
    };
    let table = el("table")
        .class("counts-table")
        .child(el("caption").text(&caption))
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").dyn_children(body));
    // The frame scrolls where the table is wider than the page, also by arrow keys.
    let frame = el("div")
        .class("table-frame")
        .attr("role", "region")
        .attr("aria-label", &caption)
        .attr("tabindex", "0")
        .child(table);
    let is_cut = move || is_long.get();
    vec![el("p").class("muted").text_when(words::rows_cut(), is_cut), frame]
}

fn row(cells: &[Cell]) -> El {
    let cells = cells.iter().enumerate().map(|(column, cell)| match column {
        0 => el("th").attr("scope", "row").text(&cell.to_string()),
        _ => el("td").text(&cell.to_string()),
    });
    el("tr").children(cells)
}
