//! The chart of disagreements between devices, in words.

use crate::domain::convention::Convention;
use crate::domain::item::MarkerId;
use crate::domain::observation::Level;
use crate::domain::progress::Progress;
use crate::text::{counted, progress, typeset};

use super::{Cell, Table, marker};

super::super::sentences! {
    caption = "Nombre d'appareils de chaque avis, par marqueur";
    column_marker = "Marqueur";
    column_devices = "Appareils";
    key = "Un carré par appareil ; le cadre entoure l'avis du milieu.";
}

/// The columns of the chart, in order.
const COLUMNS: [Level; 4] =
    [Level::NotYet, Level::InProgress, Level::Reached, Level::NotObservable];

/// The headings of the columns.
#[must_use]
pub fn heads() -> [&'static str; 4] {
    COLUMNS.map(|level| progress::level_label(Some(level)))
}

/// The description of a cell, by the index of its column in [`heads`]: « Marqueur 1.2.1-m3 : 2
/// appareils sur 5 disent « en cours ». »
///
/// ```
/// use jalons::domain::progress::Progress;
/// use jalons::text::bilan::views::said;
///
/// let views = Progress { total: 5, not_yet: 4, reached: 1, ..Progress::default() };
/// let said = said("École (marqueur 1.2.1-m3)", 2, views);
/// assert_eq!(said, "École (marqueur 1.2.1-m3)\u{a0}: 1 appareil sur 5 dit «\u{a0}atteint\u{a0}».");
/// ```
#[must_use]
pub fn said(name: &str, column: usize, views: Progress) -> String {
    let level = COLUMNS.get(column).copied();
    let count = views.at(level);
    let devices = counted(count, "appareil", "appareils");
    let say = if count < 2 { "dit" } else { "disent" };
    let level = progress::level(level);
    typeset(&format!("{name} : {devices} sur {} {say} « {level} ».", views.total))
}

/// The same figures as a table.
#[must_use]
pub fn table(convention: &Convention, rows: &[(MarkerId, Progress)]) -> Table {
    let head = [column_marker()].into_iter().chain(heads()).chain([column_devices()]);
    let row = |&(id, views): &(MarkerId, Progress)| {
        let counts = COLUMNS.map(|level| views.at(Some(level))).into_iter().chain([views.total]);
        std::iter::once(marker(convention, id)).chain(counts.map(Cell::Count)).collect()
    };
    Table {
        caption: caption().to_owned(),
        head: head.map(str::to_owned).collect(),
        rows: rows.iter().map(row).collect(),
    }
}
