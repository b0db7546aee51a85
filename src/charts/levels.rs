//! How many markers stand at which level, as one stacked bar a row.

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Side, Words, pixels, width_of};
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
pub struct Row {
    /// What the bar is about.
    pub title: String,
    /// What it shows.
    pub progress: Progress,
}

/// The chart's data. The table beside it is made from the very same rows. A datum is a state of a
/// row: see [`LevelsChart::datum`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelsChart {
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// A stretch of a bar, in pixels from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    state: usize,
    count: usize,
    from: i32,
    to: i32,
}

impl LevelsChart {
    /// What a datum is about: the row, and the place of its state in [`STATES`].
    #[must_use]
    pub fn datum(datum: usize) -> (usize, usize) {
        (datum / STATES.len(), datum % STATES.len())
    }
}

impl Chart for LevelsChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let (title, bar) = (size * 7 / 4, size * 3 / 2);
        let height = title + bar + size;
        let mut picture = Picture::sized(width, height * pixels(self.rows.len()));
        for (number, row) in self.rows.iter().enumerate() {
            let top = height * pixels(number);
            picture.words(Words::new(row.title.as_str(), (0, top + title / 2), palette));
            let (top, bottom) = (top + title, top + title + bar);
            for stretch in stretches(row.progress, width) {
                draw(&mut picture, palette, stretch, (top, bottom));
                let datum = number * STATES.len() + stretch.state;
                picture.spot((stretch.from, top), (stretch.to, bottom), datum);
            }
        }
        picture
    }
}

/// Cuts a bar of `width` pixels by counts, in the order of the states. Cuts are rounded from the
/// running sum, so that the stretches meet and end exactly at the width.
fn stretches(progress: Progress, width: i32) -> Vec<Stretch> {
    let total = i64::try_from(progress.total.max(1)).unwrap_or(i64::MAX);
    let cut = |sum: usize| {
        let sum = i64::try_from(sum).unwrap_or(i64::MAX);
        i32::try_from(i64::from(width) * sum / total).unwrap_or(width)
    };
    let mut sum = 0;
    let mut cuts = Vec::new();
    for (state, level) in STATES.into_iter().enumerate() {
        let count = progress.at(level);
        if count > 0 {
            cuts.push(Stretch { state, count, from: cut(sum), to: cut(sum + count) });
        }
        sum += count;
    }
    cuts
}

fn draw(picture: &mut Picture, palette: &Palette, stretch: Stretch, (top, bottom): (i32, i32)) {
    // A gap of one pixel parts neighbours whose colours a person may not tell apart.
    let right = (stretch.to - 1).max(stretch.from + 1);
    let swatch = palette.swatch(Sample::State(stretch.state));
    picture.swatch(((stretch.from, top), (right, bottom)), swatch, palette);
    let label = stretch.count.to_string();
    let room = width_of(&label, palette.size) + palette.size / 2;
    if right - stretch.from > room {
        let (x, y) = (stretch.from.midpoint(right), top.midpoint(bottom));
        // A plate, so that no pattern crosses the figure.
        let side = room / 2 - 1;
        picture.fill((x - side, top + 3), (x + side, bottom - 3), swatch.fill);
        let words = Words::new(label, (x, y + 1), palette);
        let colour = palette.on(swatch.fill);
        picture.words(Words { side: Side::Middle, bold: true, colour, ..words });
    }
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    #[test]
    fn stretches_meet_and_fill_the_width() {
        for (reached, in_progress, not_yet, total) in [(1, 1, 1, 7), (0, 0, 0, 3), (33, 1, 1, 105)]
        {
            let progress = Progress { total, reached, in_progress, not_yet, not_observable: 0 };
            let cuts = stretches(progress, 287);
            assert_eq!(cuts.first().map(|cut| cut.from), Some(0));
            assert_eq!(cuts.last().map(|cut| cut.to), Some(287));
            assert!(cuts.windows(2).all(|pair| pair[0].to == pair[1].from));
            assert_eq!(cuts.iter().map(|cut| cut.count).sum::<usize>(), total);
        }
    }

    #[test]
    fn nothing_to_show_draws_no_bar() {
        assert!(stretches(Progress::default(), 300).is_empty());
        assert_eq!(LevelsChart::default().picture(300, &Palette::default()).height, 0);
    }

    #[test]
    fn every_stretch_can_be_singled_out_and_its_count_is_written_where_it_fits() {
        let palette = Palette::default();
        let row = |reached, not_yet| Row {
            title: "Objectif".into(),
            progress: Progress { total: 105, reached, not_yet, ..Progress::default() },
        };
        let chart = LevelsChart { rows: vec![row(100, 1), row(0, 0)] };
        let picture = chart.picture(300, &palette);
        let data: Vec<_> = picture.spots.iter().map(|s| LevelsChart::datum(s.datum)).collect();
        assert_eq!(data, [(0, 0), (0, 2), (0, 4), (1, 4)]);
        let drawn = Recorder::drawn(&picture, &palette);
        let counts: Vec<_> = drawn.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(counts, ["Objectif", "100", "Objectif", "105"]);
    }
}
