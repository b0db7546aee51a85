//! The chart of the markers' levels by objective, in words.

use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::item::Code;
use crate::domain::observation::Level;
use crate::domain::progress::Progress;
use crate::text::{dates, progress, typeset};

use super::{Table, objective, state_cells, state_counted, state_heads, states};

super::super::sentences! {
    title = "Où en sont les marqueurs";
    not_observed = "« Non observé » ne veut pas dire « pas atteint » : personne n'a encore regardé.";
}

/// The summary of the chart: « Au 12 mars 2021 : 4 atteints, 2 en cours, 99 non observés, sur 105
/// marqueurs. »
#[must_use]
pub fn lead(on: Day, whole: Progress) -> String {
    let markers = progress::markers(whole.total);
    typeset(&if whole.observed() == 0 {
        format!("Au {}, aucun des {markers} n'a encore été observé.", dates::full(on))
    } else {
        format!("Au {} : {}, sur {markers}.", dates::full(on), states(whole))
    })
}

/// The description of a segment of a bar: « Accueil et école · 1.2 : 3 en cours
/// sur 13. »
///
/// ```
/// use jalons::domain::{observation::Level, progress::Progress};
/// use jalons::text::bilan::levels::said;
///
/// let progress = Progress { total: 13, in_progress: 3, ..Progress::default() };
/// let said = said("École · 1.2", Some(Level::InProgress), progress);
/// assert_eq!(said, "École · 1.2\u{a0}: 3 en cours sur 13.");
/// ```
#[must_use]
pub fn said(name: &str, state: Option<Level>, progress: Progress) -> String {
    let counted = state_counted(state, progress.at(state));
    typeset(&format!("{name} : {counted} sur {}.", progress.total))
}

/// The same figures as a table.
#[must_use]
pub fn table(convention: &Convention, on: Day, rows: &[(Code, Progress)]) -> Table {
    let head = std::iter::once(progress::column_objective().to_owned()).chain(state_heads());
    let row = |&(code, progress): &(Code, Progress)| {
        std::iter::once(objective(convention, code)).chain(state_cells(progress)).collect()
    };
    Table {
        caption: format!("{}, au {}", progress::chart_caption(), dates::full(on)),
        head: head.collect(),
        rows: rows.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_observed_is_not_said_to_be_missing() {
        let on = "2021-04-01".parse().expect("a day");
        let none = Progress { total: 105, ..Progress::default() };
        let said = lead(on, none);
        assert_eq!(said, "Au 1er avril 2021, aucun des 105 marqueurs n’a encore été observé.");
        let some = lead(on, Progress { reached: 1, not_yet: 4, ..none });
        assert_eq!(
            some,
            "Au 1er avril 2021\u{a0}: 1 atteint, 4 pas encore, 100 non observés, sur 105 marqueurs."
        );
    }
}
