//! The axes of an evolution: counts at the side, days below, the selected day.

use super::super::palette::{Palette, Sample};
use super::super::picture::{Picture, Side, Words, width_of};
use super::{EvolutionChart, Plot, Tick, UNOBSERVED};

/// Draws the scale of counts, and the lines under the areas.
pub(super) fn behind(chart: &EvolutionChart, picture: &mut Picture, plot: Plot, palette: &Palette) {
    picture.frame((plot.left, plot.top), (plot.right, plot.bottom), palette.line);
    let ground = palette.swatch(Sample::State(UNOBSERVED)).fill;
    let guide = if ground == palette.surface { palette.line } else { palette.surface };
    let mut written = [0, chart.total].to_vec();
    written.extend(between(chart, plot, palette));
    written.dedup();
    for count in written {
        let y = plot.bottom - chart.height_of(plot, count);
        if (1..chart.total).contains(&count) {
            picture.line((plot.left + 1, y), (plot.right, y), guide, 1);
        }
        let at = (plot.left - palette.size / 3, y);
        let words = Words::new(count.to_string(), at, palette);
        picture.words(Words { side: Side::End, colour: palette.muted, ..words });
    }
}

/// Round counts between none and all, as far apart as three lines of text.
fn between(chart: &EvolutionChart, plot: Plot, palette: &Palette) -> Vec<usize> {
    let apart = palette.size * 3;
    let round = (0..9).flat_map(|zeros| [1, 2, 5].map(|one| one * 10_usize.pow(zeros)));
    let Some(step) = round.into_iter().find(|step| chart.height_of(plot, *step) >= apart) else {
        return Vec::new();
    };
    let highest = plot.bottom - plot.top - apart / 2;
    let counts = (step..chart.total).step_by(step);
    counts.take_while(|count| chart.height_of(plot, *count) <= highest).collect()
}

/// Draws the axis, its days, and the selected day.
pub(super) fn before(chart: &EvolutionChart, picture: &mut Picture, plot: Plot, palette: &Palette) {
    let size = palette.size;
    picture.line((plot.left, plot.bottom), (plot.right, plot.bottom), palette.ink, 1);
    for (x, name) in ticks(chart, plot, picture.width, palette) {
        picture.line((x, plot.bottom), (x, plot.bottom + size / 2), palette.ink, 1);
        let at = (x + size / 4, plot.bottom + size);
        picture.words(Words { colour: palette.muted, ..Words::new(name, at, palette) });
    }
    if let Some(day) = chart.mark.filter(|day| (chart.from..=chart.to).contains(day)) {
        let x = chart.start(plot, day).midpoint(chart.start(plot, day.days_later(1)));
        // On a light ground, so that no area hides it.
        picture.line((x, plot.top), (x, plot.bottom), palette.surface, 5);
        picture.line((x, plot.top - size / 4), (x, plot.bottom + size / 4), palette.ink, 2);
    }
}

/// The labels of days, with their positions.
fn ticks(chart: &EvolutionChart, plot: Plot, width: i32, palette: &Palette) -> Vec<(i32, String)> {
    let mut last = Vec::new();
    for choice in &chart.ticks {
        let (written, has_room) = with_room(chart, choice, plot, width, palette);
        if has_room {
            return written;
        }
        last = written;
    }
    last
}

/// The labels of a choice that have room, and whether all important ones have. The second may
/// collide with the first, which marks the chart's start and not the start of a month; the last may
/// be too close to the end.
fn with_room(
    chart: &EvolutionChart,
    choice: &[Tick],
    plot: Plot,
    width: i32,
    palette: &Palette,
) -> (Vec<(i32, String)>, bool) {
    let size = palette.size;
    let wide = |name: &str| width_of(name, size) + size / 4;
    let mut written: Vec<(i32, String)> = Vec::new();
    let (mut hidden, mut beyond) = (0, 0);
    let shown = choice.iter().filter(|(day, _)| (chart.from..=chart.to).contains(day));
    for (number, (day, name)) in shown.enumerate() {
        let x = chart.start(plot, *day);
        let is_behind = |(before, said): &(i32, String)| before + wide(said) + size / 2 > x;
        if written.last().is_some_and(is_behind) {
            hidden += usize::from(number > 1);
        } else if x + wide(name) > width {
            beyond += 1;
        } else {
            written.push((x, name.clone()));
        }
    }
    (written, hidden == 0 && beyond <= 1)
}
