//! What the areas of an evolution are read by: counts at the side, days below, the day looked at.

use super::super::palette::Palette;
use super::super::picture::{Picture, Side, Words, width_of};
use super::{EvolutionChart, Plot, Tick};

/// The whole, and the lines that areas cover.
pub(super) fn behind(chart: &EvolutionChart, picture: &mut Picture, plot: Plot, palette: &Palette) {
    let corners = ((plot.left, plot.top), (plot.right, plot.bottom));
    picture.frame(corners.0, corners.1, palette.line);
    let mut written = [0, chart.total].to_vec();
    written.extend(between(chart, plot, palette));
    written.dedup();
    for count in written {
        let y = plot.bottom - chart.height_of(plot, count);
        if (1..chart.total).contains(&count) {
            picture.line((plot.left, y), (plot.right, y), palette.line, 1);
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
    (1..)
        .map(|times| times * step)
        .take_while(|count| *count < chart.total && chart.height_of(plot, *count) <= highest)
        .collect()
}

/// The axis, its days, and the day that is looked at.
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
        // On a light ground, or it could be lost in an area.
        picture.line((x, plot.top), (x, plot.bottom), palette.surface, 5);
        picture.line((x, plot.top - size / 4), (x, plot.bottom + size / 4), palette.ink, 2);
    }
}

/// The days that are written, and where.
fn ticks(chart: &EvolutionChart, plot: Plot, width: i32, palette: &Palette) -> Vec<(i32, String)> {
    let mut fewest = Vec::new();
    for choice in &chart.ticks {
        let (written, left_out) = with_room(chart, choice, plot, width, palette);
        // The first may be close to the second, since it is where the chart begins.
        if left_out <= 1 {
            return written;
        }
        fewest = written;
    }
    fewest
}

/// As many days of a choice as have room, the first going before the others only where it hides
/// none of them; and how many have none.
fn with_room(
    chart: &EvolutionChart,
    choice: &[Tick],
    plot: Plot,
    width: i32,
    palette: &Palette,
) -> (Vec<(i32, String)>, usize) {
    let size = palette.size;
    let room = |name: &str| width_of(name, size) + size / 2;
    let mut written: Vec<(i32, String)> = Vec::new();
    let mut left_out = 0;
    let shown = choice.iter().filter(|(day, _)| (chart.from..=chart.to).contains(day));
    for (number, (day, name)) in shown.enumerate() {
        let x = chart.start(plot, *day);
        let hidden = written.last().is_some_and(|(before, said)| before + room(said) > x);
        if x + room(name) > width {
            // At the end there is nothing to its right that it would be needed for.
            continue;
        }
        if hidden {
            left_out += 1;
            if number == 1 {
                written.clear();
            } else {
                continue;
            }
        }
        written.push((x, name.clone()));
    }
    (written, left_out)
}
