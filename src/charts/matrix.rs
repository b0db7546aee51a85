//! Comparisons two by two: how many people prefer the option of a row to that of a column.

use super::Chart;
use super::palette::Palette;
use super::picture::{Picture, Side, Words, pixels, width_of};

/// The chart's data. Its table is made from the same counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The labels of the options, in the order of the result.
    pub labels: Vec<String>,
    /// `counts[row][column]` people prefer the row's option, in the order of the labels.
    pub counts: Vec<Vec<u32>>,
}

/// The outcome of a comparison for the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duel {
    /// More people prefer the row.
    Won,
    /// As many prefer one as the other.
    Even,
    /// More people prefer the column.
    Lost,
}

impl Matrix {
    /// The outcome of the comparison of a row with a column; `None` of an option with itself.
    #[must_use]
    pub fn duel(&self, row: usize, column: usize) -> Option<Duel> {
        let count = |row: usize, column: usize| self.counts.get(row)?.get(column).copied();
        let (own, other) = (count(row, column)?, count(column, row)?);
        (row != column).then_some(match own.cmp(&other) {
            std::cmp::Ordering::Greater => Duel::Won,
            std::cmp::Ordering::Equal => Duel::Even,
            std::cmp::Ordering::Less => Duel::Lost,
        })
    }

    /// The least width at which every count can be read.
    #[must_use]
    pub fn least_width(&self, palette: &Palette) -> i32 {
        self.label_width(palette) + self.least_cell(palette) * pixels(self.labels.len())
    }

    fn label_width(&self, palette: &Palette) -> i32 {
        let widths = self.labels.iter().map(|label| width_of(label, palette.size));
        widths.max().unwrap_or_default() + palette.size
    }

    fn least_cell(&self, palette: &Palette) -> i32 {
        let greatest = self.counts.iter().flatten().max().copied().unwrap_or_default();
        let count = width_of(&greatest.to_string(), figure(palette.size)) + palette.size / 2;
        count.max(palette.size * 7 / 4)
    }
}

impl Chart for Matrix {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let label = self.label_width(palette);
        let options = pixels(self.labels.len()).max(1);
        let least = self.least_cell(palette);
        let cell = ((width - label) / options).clamp(least, least.max(size * 4));
        let (tall, small) = (size * 2, figure(size));
        let height = label + tall * pixels(self.labels.len());
        let mut picture = Picture::sized(label + cell * options, height);
        for (number, name) in self.labels.iter().enumerate() {
            let (x, y) = (label + cell * pixels(number), label + tall * pixels(number));
            let row = Words::new(name.as_str(), (label - size / 2, y + tall / 2 + 1), palette);
            picture.words(Words { side: Side::End, bold: true, ..row });
            let column = Words::new(name.as_str(), (x + cell / 2, label - size / 2), palette);
            picture.words(Words { bold: true, upright: true, ..column });
        }
        for (row, counts) in self.counts.iter().enumerate() {
            for (column, count) in counts.iter().enumerate() {
                let (x, y) = (label + cell * pixels(column), label + tall * pixels(row));
                let (from, to) = ((x + 1, y + 1), (x + cell - 1, y + tall - 1));
                let Some(duel) = self.duel(row, column) else {
                    picture.line((from.0, to.1), (to.0, from.1), palette.line, 1);
                    continue;
                };
                let middle = (x + cell / 2, y + tall / 2 + 1);
                let words = Words::new(count.to_string(), middle, palette);
                let words = Words { side: Side::Middle, size: small, ..words };
                let words = match duel {
                    Duel::Won => {
                        picture.fill(from, to, palette.first);
                        let colour = palette.on(palette.first);
                        Words { bold: true, colour, ..words }
                    }
                    Duel::Even => {
                        picture.frame(from, to, palette.muted);
                        words
                    }
                    Duel::Lost => Words { colour: palette.muted, ..words },
                };
                picture.words(words);
            }
        }
        picture
    }
}

/// The size of the figures in the cells.
fn figure(size: i32) -> i32 {
    size * 7 / 8
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn labels(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("1.2.{number}")).collect()
    }

    #[test]
    fn a_row_wins_where_more_people_prefer_it() {
        let counts = vec![vec![0, 7, 4], vec![3, 0, 5], vec![4, 5, 0]];
        let matrix = Matrix { labels: labels(3), counts };
        assert_eq!(matrix.duel(0, 1), Some(Duel::Won));
        assert_eq!(matrix.duel(1, 0), Some(Duel::Lost));
        assert_eq!(matrix.duel(0, 2), Some(Duel::Even));
        assert_eq!(matrix.duel(1, 1), None);
        assert_eq!(matrix.duel(0, 9), None);
        let palette = Palette::default();
        let drawn = Recorder::drawn(&matrix.picture(500, &palette), &palette);
        assert_eq!(drawn.fills.len(), 1, "one comparison is won");
        assert_eq!(drawn.texts.len(), 3 + 3 + 6, "the diagonal is empty");
    }

    #[test]
    fn with_52_options_it_grows_until_every_count_fits() {
        let counts = vec![vec![9999; 52]; 52];
        let matrix = Matrix { labels: labels(52), counts };
        let palette = Palette::default();
        let picture = matrix.picture(288, &palette);
        assert_eq!(picture.width, matrix.least_width(&palette));
        let drawn = Recorder::drawn(&picture, &palette);
        assert!(drawn.texts.iter().all(|(_, (x, y))| *x <= picture.width && *y <= picture.height));
    }

    #[test]
    fn nobody_has_voted_and_everything_is_even() {
        let matrix = Matrix { labels: labels(2), counts: vec![vec![0; 2]; 2] };
        let palette = Palette::default();
        assert!(Recorder::drawn(&matrix.picture(300, &palette), &palette).fills.is_empty());
        let nothing = Matrix::default().picture(300, &palette);
        assert!(nothing.marks.is_empty());
    }
}
