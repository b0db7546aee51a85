//! The number of markers at each level, as one stacked bar a row.

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::Picture;
use super::rows::Rows;
use super::stack::stretches;
use crate::domain::observation::Level;
use crate::domain::progress::Progress;

/// The states of a marker, in the order charts stack them.
pub const STATES: [Option<Level>; 5] = [
    Some(Level::Reached),
    Some(Level::InProgress),
    Some(Level::NotYet),
    Some(Level::NotObservable),
    None,
];

/// One stacked bar and its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelsRow {
    /// The bar's title.
    pub title: String,
    /// The counts.
    pub progress: Progress,
}

/// The chart's data. Its table is made from the same rows. A datum is a state of a row: see
/// [`LevelsChart::datum`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelsChart {
    /// From top to bottom.
    pub rows: Vec<LevelsRow>,
}

impl LevelsChart {
    /// The meaning of a datum: the row, and the index of its state in [`STATES`].
    #[must_use]
    pub fn datum(datum: usize) -> (usize, usize) {
        (datum / STATES.len(), datum % STATES.len())
    }
}

impl Chart for LevelsChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let titles = self.rows.iter().map(|row| row.title.as_str());
        let rows = Rows::of(titles, width, palette);
        let mut picture = Picture::sized(width, rows.height(self.rows.len()));
        for (number, row) in self.rows.iter().enumerate() {
            rows.title(&mut picture, number, &row.title, palette);
            let (top, bottom) = rows.bar(number);
            let counts = STATES.map(|state| row.progress.at(state));
            for stretch in stretches(&counts, rows.sides()) {
                stretch.draw(&mut picture, palette, Sample::State(stretch.part), (top, bottom));
                let datum = number * STATES.len() + stretch.part;
                picture.hit_area((stretch.from, top), (stretch.to, bottom), datum);
            }
        }
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::width_of;
    use super::super::recorder::Recorder;
    use super::*;

    #[test]
    fn nothing_to_show_draws_no_bar() {
        assert_eq!(LevelsChart::default().picture(300, &Palette::default()).height, 0);
    }

    #[test]
    fn a_hundred_long_titles_stay_inside_every_width() {
        let progress = Progress { total: 105, reached: 1, ..Progress::default() };
        let row =
            |_| LevelsRow { title: "Favoriser l’accès de tous aux droits ".repeat(4), progress };
        let chart = LevelsChart { rows: (0..105).map(row).collect() };
        let palette = Palette::default();
        for width in [240, 288, 720, 1400] {
            let picture = chart.picture(width, &palette);
            let drawn = Recorder::drawn(&picture, &palette);
            assert!(drawn.texts.iter().all(|(text, (x, y))| {
                x + width_of(text, palette.size) * 10 / 11 <= width
                    && (0..picture.height).contains(y)
            }));
            assert!(drawn.fills.iter().all(|(_, (right, _))| *right <= width));
            assert_eq!(picture.hit_areas.len(), 2 * 105);
        }
    }

    #[test]
    fn every_stretch_can_be_singled_out_and_its_count_is_written_where_it_fits() {
        let palette = Palette::default();
        let row = |reached, not_yet| LevelsRow {
            title: "Objectif".into(),
            progress: Progress { total: 105, reached, not_yet, ..Progress::default() },
        };
        let chart = LevelsChart { rows: vec![row(100, 1), row(0, 0)] };
        let picture = chart.picture(300, &palette);
        let data: Vec<_> = picture.hit_areas.iter().map(|s| LevelsChart::datum(s.datum)).collect();
        assert_eq!(data, [(0, 0), (0, 2), (0, 4), (1, 4)]);
        let drawn = Recorder::drawn(&picture, &palette);
        let counts: Vec<_> = drawn.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(counts, ["Objectif", "100", "Objectif", "105"]);
    }
}
