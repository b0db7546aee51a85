//! Opinions of devices on markers where they differ: a small mark for each device, on the scale of
//! the three levels, with those who cannot tell apart at the end.
//!
//! The frame in ink is around the median level. Where the two in the middle differ, it is around
//! both and the levels between them.

use super::Chart;
use super::levels::STATES;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Side, Words, width_of};
use super::rows::Rows;
use crate::domain::progress::Progress;

/// One marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewsRow {
    /// Its label.
    pub title: String,
    /// The devices by level; the total is the number of devices.
    pub views: Progress,
}

/// The chart's data. Its table is made from the same rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewsChart {
    /// The labels of the columns, in the order of [`ViewsRow::columns`]; written where there is
    /// room for all of them.
    pub heads: [String; 4],
    /// From top to bottom.
    pub rows: Vec<ViewsRow>,
}

/// The meanings of the columns, as indices in [`STATES`].
const COLUMNS: [usize; 4] = [2, 1, 0, 3];

impl ViewsRow {
    /// The counts of the columns, from left to right: *pas encore*, *en cours*, *atteint*, and *non
    /// observable*, which is off the scale.
    #[must_use]
    pub fn columns(&self) -> [usize; 4] {
        COLUMNS.map(|state| self.views.at(STATES[state]))
    }

    /// The levels of the devices in the middle, as column indices: one level, or two where the
    /// middle of an even number of devices is between them. `None` without a device on the scale.
    fn median(&self) -> Option<(usize, usize)> {
        let [not_yet, in_progress, reached, _] = self.columns();
        let counts = [not_yet, in_progress, reached];
        let devices: usize = counts.iter().sum();
        let level_of = |device: usize| {
            let mut sum = 0;
            counts.iter().position(|count| {
                sum += count;
                device < sum
            })
        };
        Some((level_of(devices.checked_sub(1)? / 2)?, level_of(devices / 2)?))
    }
}

impl ViewsChart {
    /// The meaning of a datum: the row, and the index in its [`ViewsRow::columns`].
    #[must_use]
    pub fn datum(datum: usize) -> (usize, usize) {
        (datum / COLUMNS.len(), datum % COLUMNS.len())
    }

    /// The meaning of a column, for the legend.
    #[must_use]
    pub fn sample(column: usize) -> Sample {
        Sample::State(COLUMNS.get(column).copied().unwrap_or_default())
    }
}

/// The sides of a column: the scale in three equal parts, and a gap before the column that is off
/// the scale.
fn sides((left, right): (i32, i32), column: i32, gap: i32) -> (i32, i32) {
    let lane = (right - left - gap) / 4;
    let start = left + lane * column + if column == 3 { gap } else { 0 };
    (start, if column == 3 { right - 1 } else { start + lane })
}

impl Chart for ViewsChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let rows = Rows::of(self.rows.iter().map(|row| row.title.as_str()), width, palette);
        let lane = |column| sides(rows.sides(), column, size);
        let (small, room) = (size * 7 / 8, lane(0).1 - lane(0).0);
        let named = self.heads.iter().all(|head| width_of(head, small) <= room);
        let head = if named && !self.rows.is_empty() { size * 7 / 4 } else { 0 };
        let mut picture = Picture::sized(width, head);
        if head > 0 {
            for (column, text) in (0..).zip(&self.heads) {
                let (left, right) = lane(column);
                let words = Words::new(text.as_str(), (left.midpoint(right), head / 2), palette);
                picture.words(Words {
                    side: Side::Middle,
                    size: small,
                    colour: palette.muted,
                    ..words
                });
            }
        }
        let mut body = Picture::sized(width, rows.height(self.rows.len()));
        for (number, row) in self.rows.iter().enumerate() {
            rows.title(&mut body, number, &row.title, palette);
            let bar = rows.bar(number);
            for (column, count) in row.columns().into_iter().enumerate() {
                let (left, right) = lane(i32::try_from(column).unwrap_or_default());
                body.frame((left, bar.0), (right, bar.1), palette.line);
                let sample = Self::sample(column);
                marks(&mut body, palette, sample, count, ((left, bar.0), (right, bar.1)));
                if count > 0 {
                    let datum = number * COLUMNS.len() + column;
                    body.hit_area((left, bar.0), (right, bar.1), datum);
                }
            }
            if let Some((lower, upper)) = row.median() {
                let column = |level: usize| lane(i32::try_from(level).unwrap_or_default());
                let (left, right) = (column(lower).0, column(upper).1);
                body.frame((left, bar.0), (right, bar.1), palette.ink);
                body.frame((left + 1, bar.0 + 1), (right - 1, bar.1 - 1), palette.ink);
            }
        }
        picture.below(body, 0);
        picture
    }
}

/// A mark for each device, or one and their number where they do not fit.
fn marks(
    picture: &mut Picture,
    palette: &Palette,
    sample: Sample,
    count: usize,
    ((left, top), (right, bottom)): ((i32, i32), (i32, i32)),
) {
    let side = palette.size * 3 / 4;
    let step = side + palette.size / 4;
    let fit = usize::try_from((right - left - palette.size / 2) / step).unwrap_or_default();
    let number = if count > fit { count.to_string() } else { String::new() };
    let drawn = if count > fit { 1 } else { i32::try_from(count).unwrap_or_default() };
    let wide = step * drawn + width_of(&number, palette.size);
    let start = (left.midpoint(right) - wide / 2 + palette.size / 8).max(left + 2);
    let upper = top.midpoint(bottom) - side / 2;
    for place in 0..drawn {
        let from = (start + place * step, upper);
        let corners = (from, (from.0 + side, from.1 + side));
        picture.swatch(corners, palette.swatch(sample), palette);
    }
    if !number.is_empty() {
        let at = (start + step, top.midpoint(bottom) + 1);
        picture.words(Words { bold: true, ..Words::new(number, at, palette) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn row([not_yet, in_progress, reached]: [usize; 3], not_observable: usize) -> ViewsRow {
        let total = not_yet + in_progress + reached + not_observable;
        let views = Progress { total, not_yet, in_progress, reached, not_observable };
        ViewsRow { title: "1.2.1-m3 Maintien des commerces".into(), views }
    }

    fn chart(rows: Vec<ViewsRow>) -> ViewsChart {
        let heads = ["Pas encore", "En cours", "Atteint", "Non observable"].map(str::to_owned);
        ViewsChart { heads, rows }
    }

    #[test]
    fn the_median_is_the_level_of_the_device_in_the_middle() {
        assert_eq!(row([1, 0, 2], 9).median(), Some((2, 2)));
        assert_eq!(row([2, 0, 2], 0).median(), Some((0, 2)));
        assert_eq!(row([1, 2, 1], 0).median(), Some((1, 1)));
        assert_eq!(row([0, 1, 0], 0).median(), Some((1, 1)));
        assert_eq!(row([0; 3], 4).median(), None);
    }

    #[test]
    fn each_device_has_a_mark_and_a_crowd_has_a_number() {
        let palette = Palette::default();
        let picture = chart(vec![row([2, 0, 1], 1), row([1200, 0, 3], 0)]).picture(900, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        assert_eq!(drawn.fills.len(), 4 + 1 + 3);
        assert!(drawn.texts.iter().any(|(text, _)| text == "1200"));
        let data: Vec<_> = picture.hit_areas.iter().map(|s| ViewsChart::datum(s.datum)).collect();
        assert_eq!(data, [(0, 0), (0, 2), (0, 3), (1, 0), (1, 2)]);
    }

    #[test]
    fn everything_stays_inside_every_width_and_heads_are_all_there_or_none() {
        let palette = Palette::default();
        let rows = (0..105).map(|count| row([count, 99_999, 1], count)).collect();
        let chart = chart(rows);
        for width in [240, 288, 700, 720, 1400] {
            let picture = chart.picture(width, &palette);
            let drawn = Recorder::drawn(&picture, &palette);
            for (text, (x, y)) in &drawn.texts {
                let middle = chart.heads.contains(text);
                let wide = width_of(text, palette.size) * 10 / 11;
                let end = x + if middle { wide / 2 } else { wide };
                assert!(end <= width && (0..picture.height).contains(y), "{text} at {x}");
            }
            assert!(drawn.lines.iter().all(|(_, (x, y))| *x < width && *y <= picture.height));
            let heads = drawn.texts.iter().filter(|(text, _)| chart.heads.contains(text)).count();
            assert_eq!(heads, if width >= 900 { 4 } else { heads / 4 * 4 }, "{width}");
        }
    }

    #[test]
    fn without_markers_there_is_nothing() {
        assert_eq!(chart(Vec::new()).picture(900, &Palette::default()).height, 0);
    }
}
