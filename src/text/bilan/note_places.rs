//! The chart of notes by objective and kind, in words.

use crate::domain::convention::Convention;
use crate::domain::note::NoteKind;
use crate::domain::note_counts::{CountByKind, ItemNoteCount, NoteCounts};
use crate::text::{counted, notes, progress, typeset};

use super::{Cell, Table, objective, words};

super::super::sentences! {
    title = "Où sont les notes";
    empty = "Il n'y a pas encore de note.";
    caption = "Nombre de notes de chaque genre, par objectif";
    above = "Objectifs plus larges";
}

/// The summary of the chart: « 24 notes : 10 constats, 8 idées, 6 alertes. », with the number of
/// notes outside all bars.
#[must_use]
pub fn lead(places: &NoteCounts) -> String {
    let sum = places.sum();
    if sum.total() == 0 {
        return empty().to_owned();
    }
    let said = format!("{} : {}.", notes::count(sum.total()), kinds(sum));
    typeset(&match places.above.total() {
        0 => said,
        1 => format!("{said} 1 note porte sur un objectif plus large, qui n'a pas de barre ici."),
        many => format!(
            "{said} {many} notes portent sur des objectifs plus larges, qui n'ont pas de barre ici."
        ),
    })
}

/// « 10 constats, 8 idées »: the kinds with notes.
fn kinds(kinds: CountByKind) -> String {
    let some = NoteKind::ALL.into_iter().filter(|kind| kinds.at(*kind) > 0);
    some.map(|kind| kind_counted(kind, kinds.at(kind))).collect::<Vec<_>>().join(", ")
}

fn kind_counted(kind: NoteKind, count: usize) -> String {
    let (one, many) = match kind {
        NoteKind::Finding => ("constat", "constats"),
        NoteKind::Idea => ("idée", "idées"),
        NoteKind::Question => ("question", "questions"),
        NoteKind::Alert => ("alerte", "alertes"),
    };
    counted(count, one, many)
}

/// « 2 notes gardées pour vous ne sont pas comptées ici. »
///
/// ```
/// use jalons::text::bilan::note_places::private;
///
/// assert_eq!(private(1), "1 note gardée pour vous n’est pas comptée ici.");
/// ```
#[must_use]
pub fn private(count: usize) -> String {
    let kept = counted(count, "note gardée pour vous", "notes gardées pour vous");
    let verb = if count < 2 { "n'est pas comptée" } else { "ne sont pas comptées" };
    typeset(&format!("{kept} {verb} ici."))
}

/// The description of a segment of a bar: « Accueil et école · 1.2 : 3 questions
/// sur 12 notes. »
///
/// ```
/// use jalons::domain::{note::NoteKind, note_counts::CountByKind};
/// use jalons::text::bilan::note_places::said;
///
/// let said = said("École · 1.2", NoteKind::Question, CountByKind([9, 0, 3, 0]));
/// assert_eq!(said, "École · 1.2\u{a0}: 3 questions sur 12 notes.");
/// ```
#[must_use]
pub fn said(name: &str, kind: NoteKind, kinds: CountByKind) -> String {
    let counted = kind_counted(kind, kinds.at(kind));
    typeset(&format!("{name} : {counted} sur {}.", notes::count(kinds.total())))
}

/// The same figures as a table, with a row for the notes above the level if there are any.
#[must_use]
pub fn table(convention: &Convention, places: &NoteCounts) -> Table {
    let kinds = NoteKind::ALL.map(notes::kind_label);
    let head = [progress::column_objective()].into_iter().chain(kinds);
    let row = |name: Cell, kinds: CountByKind| {
        let counts = kinds.0.into_iter().chain([kinds.total()]).map(Cell::Count);
        std::iter::once(name).chain(counts).collect()
    };
    let objectives = places
        .places
        .iter()
        .map(|&ItemNoteCount { code, kinds }| row(objective(convention, code), kinds));
    let rest = (places.above.total() > 0).then(|| row(words(above()), places.above));
    Table {
        caption: caption().to_owned(),
        head: head.chain([progress::column_total()]).map(str::to_owned).collect(),
        rows: objectives.chain(rest).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_without_a_bar_are_told_of() {
        let place = ItemNoteCount {
            code: "1.2".parse().expect("a code"),
            kinds: CountByKind([1, 0, 0, 2]),
        };
        let mut places = NoteCounts { places: vec![place], above: CountByKind::default() };
        assert_eq!(lead(&places), "3 notes\u{a0}: 1 constat, 2 alertes.");
        places.above = CountByKind([0, 1, 0, 0]);
        assert!(
            lead(&places)
                .ends_with("1 note porte sur un objectif plus large, qui n’a pas de barre ici.")
        );
        assert_eq!(lead(&NoteCounts::default()), empty());
    }
}
