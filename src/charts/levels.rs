//! How many markers stand at which level, as one stacked bar a row.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};
use plotters_backend::DrawingBackend;

use super::look::Look;
use crate::domain::progress::Progress;

/// One stacked bar and its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the bar is about.
    pub title: String,
    /// What it shows.
    pub progress: Progress,
}

/// The chart's data. The table beside it is made from the very same rows.
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

/// What a drawing can fail with on backend `DB`.
pub type DrawError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Pixels between the hatch lines that mark "under way".
const HATCH: i32 = 6;

impl LevelsChart {
    /// The height the chart needs in CSS pixels, for text of this size.
    #[must_use]
    pub fn height(&self, size: f64) -> u32 {
        let rows = u32::try_from(self.rows.len()).unwrap_or_default();
        rows * Metrics::of(size).row.unsigned_abs()
    }

    /// Draws the bars over the whole width of `area`.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        look: &Look,
    ) -> Result<(), DrawError<DB>> {
        let width = i32::try_from(area.dim_in_pixel().0).unwrap_or(i32::MAX);
        let metrics = Metrics::of(look.size);
        let mut top = 0;
        for row in &self.rows {
            let title = metrics.text(look, look.ink, HPos::Left);
            area.draw(&Text::new(row.title.as_str(), (0, top + metrics.title / 2), title))?;
            let bar = (top + metrics.title, top + metrics.title + metrics.bar);
            for stretch in stretches(row.progress, width) {
                draw_stretch(area, look, &metrics, stretch, bar)?;
            }
            top += metrics.row;
        }
        Ok(())
    }
}

/// Heights in pixels, in proportion to the text.
struct Metrics {
    size: i32,
    title: i32,
    bar: i32,
    row: i32,
}

impl Metrics {
    fn of(size: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "text sizes are small numbers")]
        let size = size.clamp(8.0, 96.0) as i32;
        let (title, bar) = (size * 7 / 4, size * 3 / 2);
        Self { size, title, bar, row: title + bar + size }
    }

    fn text<'a>(&self, look: &'a Look, colour: RGBColor, at: HPos) -> TextStyle<'a> {
        // Naming the family directly: turning text into one lower-cases it first, with tables for
        // all of Unicode.
        let family = FontFamily::Name(&look.font);
        TextStyle {
            font: FontDesc::new(family, f64::from(self.size), FontStyle::Normal),
            color: colour.to_backend_color(),
            pos: Pos::new(at, VPos::Center),
        }
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
    for (state, level) in Look::STATES.into_iter().enumerate() {
        let count = progress.at(level);
        if count > 0 {
            cuts.push(Stretch { state, count, from: cut(sum), to: cut(sum + count) });
        }
        sum += count;
    }
    cuts
}

fn draw_stretch<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    look: &Look,
    metrics: &Metrics,
    stretch: Stretch,
    (top, bottom): (i32, i32),
) -> Result<(), DrawError<DB>> {
    let level = Look::STATES[stretch.state];
    let fill = look.fills[stretch.state];
    // A gap of one pixel parts neighbours whose colours a person may not tell apart.
    let right = (stretch.to - 1).max(stretch.from + 1);
    area.draw(&Rectangle::new([(stretch.from, top), (right, bottom)], fill.filled()))?;
    if level == Some(crate::domain::observation::Level::InProgress) {
        for line in hatch(stretch.from, right, top, bottom) {
            area.draw(&PathElement::new(line.to_vec(), look.on_fill.mix(0.45)))?;
        }
    }
    let label = stretch.count.to_string();
    let room = i32::try_from(label.len()).unwrap_or(i32::MAX).saturating_mul(metrics.size);
    if stretch.to - stretch.from > room {
        let colour = if level.is_none() { look.ink } else { look.on_fill };
        let style = metrics.text(look, colour, HPos::Center);
        let middle = (stretch.from.midpoint(right), top.midpoint(bottom) + 1);
        area.draw(&Text::new(label, middle, style))?;
    }
    Ok(())
}

/// Diagonal lines that stay inside a rectangle.
fn hatch(left: i32, right: i32, top: i32, bottom: i32) -> Vec<[(i32, i32); 2]> {
    let height = bottom - top;
    let mut lines = Vec::new();
    let mut foot = left - height + HATCH;
    while foot < right {
        let (from, to) = (foot.max(left), (foot + height).min(right));
        if from < to {
            lines.push([(from, bottom - (from - foot)), (to, bottom - (to - foot))]);
        }
        foot += HATCH;
    }
    lines
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn hatching_stays_inside_its_stretch() {
        for line in hatch(10, 50, 5, 29) {
            for (x, y) in line {
                assert!((10..=50).contains(&x) && (5..=29).contains(&y), "{x} {y}");
            }
        }
    }
}
