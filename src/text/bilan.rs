//! The bilan's charts in words: titles, summaries, descriptions of single data, and tables. Each
//! chart has a module.
//!
//! A chart and its table are made from the same figures. Counts come before percentages, and
//! unobserved markers are never called missing.

use std::cmp::Ordering;
use std::fmt;

use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::item::{Code, ItemId, MarkerId};
use crate::domain::observation::Level;
use crate::domain::progress::Progress;

use super::{counted, dates, progress, shell, typeset};

pub mod evolution;
pub mod grounds;
pub mod levels;
pub mod note_places;
pub mod views;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The caption, a phrase.
    pub caption: String,
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows, with one cell per heading; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table. The cells of a column are of one kind and can be sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words; they sort alphabetically, with numbers in them by value.
    Words(String),
    /// A count.
    Count(usize),
    /// A day.
    Day(Day),
}

impl Table {
    /// The rows of a CSV file, headings first. Days are written in a form that every spreadsheet
    /// program reads; codes follow a word, as in [`super::tables`].
    #[must_use]
    pub fn csv_rows(&self) -> Vec<Vec<String>> {
        let cell = |cell: &Cell| match cell {
            Cell::Day(day) => day.to_string(),
            Cell::Words(_) | Cell::Count(_) => cell.to_string(),
        };
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect());
        std::iter::once(self.head.clone()).chain(rows).collect()
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Count(count) => write!(f, "{count}"),
            Self::Day(day) => f.write_str(&dates::full(*day)),
        }
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        let kind = |cell: &Self| match cell {
            Self::Words(_) => 0,
            Self::Count(_) => 1,
            Self::Day(_) => 2,
        };
        match (self, other) {
            (Self::Words(one), Self::Words(two)) => in_order(one).cmp(&in_order(two)),
            (Self::Count(one), Self::Count(two)) => one.cmp(two),
            (Self::Day(one), Self::Day(two)) => one.cmp(two),
            _ => kind(self).cmp(&kind(other)),
        }
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The sort key of words: runs of digits as numbers, letters without accents and case, then the
/// words themselves, so that only equal words have equal keys.
fn in_order(words: &str) -> (Vec<(u32, char)>, &str) {
    let mut order: Vec<(u32, char)> = Vec::new();
    for c in words.chars() {
        match (c.to_digit(10), order.last_mut()) {
            (Some(digit), Some((number, '0'))) => {
                *number = number.saturating_mul(10).saturating_add(digit);
            }
            (Some(digit), _) => order.push((digit, '0')),
            (None, _) => order.push((0, super::outcome::plain(c).to_ascii_lowercase())),
        }
    }
    (order, words)
}

/// The name of an item in a table.
fn named(convention: &Convention, item: ItemId) -> Cell {
    Cell::Words(super::items::full(convention, item))
}

fn objective(convention: &Convention, code: Code) -> Cell {
    named(convention, ItemId::objective(code))
}

fn marker(convention: &Convention, id: MarkerId) -> Cell {
    named(convention, id.into())
}

fn words(words: &str) -> Cell {
    Cell::Words(words.to_owned())
}

/// « 4 atteints, 2 en cours, 1 pas encore, 98 non observés »: the states with markers, in the order
/// of the charts.
///
/// ```
/// use jalons::domain::progress::Progress;
/// use jalons::text::bilan::states;
///
/// let progress = Progress { total: 13, reached: 1, in_progress: 2, ..Progress::default() };
/// assert_eq!(states(progress), "1 atteint, 2 en cours, 10 non observés");
/// ```
#[must_use]
pub fn states(progress: Progress) -> String {
    let said = STATES.into_iter().filter(|state| progress.at(*state) > 0);
    said.map(|state| state_counted(state, progress.at(state))).collect::<Vec<_>>().join(", ")
}

/// « 3 atteints », « 0 atteint »
fn state_counted(state: State, count: usize) -> String {
    let one = progress::level(state);
    let many = match state {
        Some(Level::Reached) => "atteints",
        Some(Level::NotObservable) => "non observables",
        None => "non observés",
        Some(Level::InProgress | Level::NotYet) => one,
    };
    counted(count, one, many)
}

/// The state of a marker; `None` if it is unobserved.
type State = Option<Level>;

/// The states of a marker, in the order of charts and tables.
const STATES: [State; 5] = [
    Some(Level::Reached),
    Some(Level::InProgress),
    Some(Level::NotYet),
    Some(Level::NotObservable),
    None,
];

/// The headings of the columns of states, and of their sum.
fn state_heads() -> impl Iterator<Item = String> {
    STATES
        .map(progress::level_label)
        .into_iter()
        .chain([progress::column_total()])
        .map(str::to_owned)
}

/// The cells of a row under these headings.
fn state_cells(progress: Progress) -> impl Iterator<Item = Cell> {
    STATES
        .map(|state| Cell::Count(progress.at(state)))
        .into_iter()
        .chain([Cell::Count(progress.total)])
}

/// The source line of a picture or a file: « Jalons · Convention… · état au 12 mars 2021 · 3
/// appareils ».
#[must_use]
pub fn source(convention: &Convention, on: Day, devices: usize) -> String {
    let parts = [
        shell::app_name().to_owned(),
        typeset(convention.title()),
        format!("état au {}", dates::full(on)),
        counted(devices, "appareil", "appareils"),
    ];
    parts.join(" · ")
}

/// The source line for notes, which depend neither on a chosen day nor on devices.
#[must_use]
pub fn source_of_notes(convention: &Convention, today: Day) -> String {
    let title = typeset(convention.title());
    [shell::app_name(), &title, &format!("état au {}", dates::full(today))].join(" · ")
}

/// « jalons-bilan-evolution-2021-03-12.png »
///
/// ```
/// let name = jalons::text::bilan::file_name("evolution", "2021-03-12".parse()?, "png");
/// assert_eq!(name, "jalons-bilan-evolution-2021-03-12.png");
/// # Ok::<(), jalons::domain::day::InvalidDayError>(())
/// ```
#[must_use]
pub fn file_name(chart: &str, on: Day, ending: &str) -> String {
    super::export::file_name(&format!("bilan-{chart}"), None, on, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_put_in_order_as_people_count_and_spell() {
        let sorted = |cells: &[&str]| {
            let mut cells: Vec<_> = cells.iter().map(|cell| words(cell)).collect();
            cells.sort();
            cells.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            sorted(&["Objectif 1.10", "Objectif 1.2.1", "Objectif 1.2", "Objectif 1.2.1-m10"]),
            ["Objectif 1.2", "Objectif 1.2.1", "Objectif 1.2.1-m10", "Objectif 1.10"]
        );
        assert_eq!(sorted(&["Zone", "École", "été", "Eau"]), ["Eau", "École", "été", "Zone"]);
        assert!(Cell::Count(9) < Cell::Count(10));
    }

    #[test]
    fn a_spreadsheet_gets_days_that_it_can_read() {
        let day: Day = "2021-03-01".parse().expect("a day");
        let table = Table {
            caption: String::new(),
            head: vec!["Jour".into(), "Atteint".into()],
            rows: vec![vec![Cell::Day(day), Cell::Count(3)]],
        };
        assert_eq!(table.csv_rows(), [["Jour", "Atteint"], ["2021-03-01", "3"]]);
        assert_eq!(table.rows[0][0].to_string(), "1er mars 2021");
    }
}
