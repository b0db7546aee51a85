//! The notes on each objective by kind, as one stacked bar an objective. All bars have one scale,
//! so that the longest shows where most notes are.

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Words, width_of};
use super::rows::Rows;
use super::stack::stretches;
use crate::domain::note::NoteKind;
use crate::domain::note_counts::CountByKind;

/// One objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteCountRow {
    /// The bar's title.
    pub title: String,
    /// The counts.
    pub kinds: CountByKind,
}

/// The chart's data. Its table is made from the same rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotePlacesChart {
    /// From top to bottom.
    pub rows: Vec<NoteCountRow>,
}

impl NotePlacesChart {
    /// The meaning of a datum: the row, and the index of its kind in [`NoteKind::ALL`].
    #[must_use]
    pub fn datum(datum: usize) -> (usize, usize) {
        (datum / NoteKind::ALL.len(), datum % NoteKind::ALL.len())
    }
}

impl Chart for NotePlacesChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let rows = Rows::of(self.rows.iter().map(|row| row.title.as_str()), width, palette);
        let mut picture = Picture::sized(width, rows.height(self.rows.len()));
        let totals = self.rows.iter().map(|row| row.kinds.total());
        let most = totals.max().unwrap_or_default().max(1);
        let (left, right) = rows.sides();
        // The sum is at the end of its bar.
        let whole = right - width_of(&most.to_string(), size) - size - left;
        for (number, row) in self.rows.iter().enumerate() {
            rows.title(&mut picture, number, &row.title, palette);
            let (top, bottom) = rows.bar(number);
            let total = row.kinds.total();
            let end = left + length(whole, total, most);
            for stretch in stretches(&row.kinds.0, (left, end)) {
                stretch.draw(&mut picture, palette, Sample::Kind(stretch.part), (top, bottom));
                let datum = number * NoteKind::ALL.len() + stretch.part;
                picture.hit_area((stretch.from, top), (stretch.to, bottom), datum);
            }
            picture.line((left, top), (left, bottom), palette.ink, 1);
            let at = (end + size / 2, top.midpoint(bottom) + 1);
            let sum = Words::new(total.to_string(), at, palette);
            let colour = if total == 0 { palette.muted } else { palette.ink };
            picture.words(Words { bold: total > 0, colour, ..sum });
        }
        picture
    }
}

/// The length for `count` where `most` has the length `whole`, with room for a sliver of each kind.
fn length(whole: i32, count: usize, most: usize) -> i32 {
    let wide = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let part = i32::try_from(i64::from(whole) * wide(count) / wide(most)).unwrap_or(whole);
    let least = NoteKind::ALL.len().min(count);
    part.max(4 * i32::try_from(least).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn chart(rows: &[[usize; 4]]) -> NotePlacesChart {
        let row = |(number, kinds): (usize, &[usize; 4])| NoteCountRow {
            title: format!("1.2.{number} Favoriser l’accès de tous aux droits et aux services"),
            kinds: CountByKind(*kinds),
        };
        NotePlacesChart { rows: rows.iter().enumerate().map(row).collect() }
    }

    #[test]
    fn bars_have_one_measure_and_their_sums_are_written() {
        let palette = Palette::default();
        let picture = chart(&[[10, 0, 0, 10], [0, 10, 0, 0], [0; 4]]).picture(600, &palette);
        let data: Vec<_> =
            picture.hit_areas.iter().map(|s| NotePlacesChart::datum(s.datum)).collect();
        assert_eq!(data, [(0, 0), (0, 3), (1, 1)]);
        let (first, last, second) =
            (picture.hit_areas[0], picture.hit_areas[1], picture.hit_areas[2]);
        let (long, short) = (last.to.0 - first.from.0, second.to.0 - second.from.0);
        assert!((long - 2 * short).abs() <= 1);
        let drawn = Recorder::drawn(&picture, &palette);
        for sum in ["20", "10", "0"] {
            assert!(drawn.texts.iter().any(|(text, _)| text == sum), "{sum}");
        }
    }

    #[test]
    fn one_note_of_each_kind_can_be_seen_beside_thousands() {
        let palette = Palette::default();
        for width in [240, 288, 900, 1400] {
            let picture = chart(&[[9_997, 1, 1, 1], [1, 1, 1, 1]]).picture(width, &palette);
            assert_eq!(picture.hit_areas.len(), 8);
            assert!(picture.hit_areas.iter().all(|area| area.to.0 - area.from.0 >= 3));
            let drawn = Recorder::drawn(&picture, &palette);
            assert!(
                drawn
                    .texts
                    .iter()
                    .all(|(text, (x, _))| { x + width_of(text, palette.size) * 10 / 11 <= width })
            );
        }
    }

    #[test]
    fn without_notes_every_row_says_so() {
        let palette = Palette::default();
        let drawn = Recorder::drawn(&chart(&[[0; 4]; 15]).picture(288, &palette), &palette);
        assert_eq!(drawn.texts.iter().filter(|(text, _)| text == "0").count(), 15);
        assert_eq!(NotePlacesChart::default().picture(288, &palette).height, 0);
    }
}
