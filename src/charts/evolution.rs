//! The evolution of markers: the counts of every day, stacked, between two days.
//!
//! A state holds until the next change, so the areas are steps and nothing is interpolated. They
//! are drawn in columns of at least one pixel, each with the counts of its last day: drawing ten
//! thousand observations costs as much as drawing a thousand.

use super::Chart;
use super::geometry::{Area, At};
use super::levels::STATES;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Words, pixels, width_of};
use crate::domain::day::Day;
use crate::domain::evolution::EvolutionStep;
use crate::domain::progress::Progress;

mod axes;
#[cfg(test)]
mod tests;

/// A day and its label.
pub type Tick = (Day, String);

/// The chart's data. Its table is made from the same steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvolutionChart {
    /// How many markers there are: the height of the whole.
    pub total: usize,
    /// The days on which counts change, in order.
    pub steps: Vec<EvolutionStep>,
    /// The first day shown.
    pub from: Day,
    /// The last day shown.
    pub to: Day,
    /// The selected day, where it is not the last.
    pub mark: Option<Day>,
    /// The possible labels of days below the chart, from the closest to the widest choice. The
    /// first choice that has room is written; of the last, as many labels as fit.
    pub ticks: Vec<Vec<Tick>>,
}

/// Neighbouring columns with the same counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    from: i32,
    to: i32,
    /// How many steps come before it.
    steps: usize,
    progress: Progress,
}

/// The rectangle of the areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plot {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

/// The last of the states: the markers without an observation. Its area is the ground under the
/// others.
const UNOBSERVED: usize = STATES.len() - 1;

impl EvolutionChart {
    /// The meaning of a datum: the day since which the counts hold, and the counts. A datum is the
    /// number of steps before it, whatever the width; 0 is the time before the first.
    #[must_use]
    pub fn datum(&self, datum: usize) -> EvolutionStep {
        let step = datum.checked_sub(1).and_then(|last| self.steps.get(last)).copied();
        let progress = Progress { total: self.total, ..Progress::default() };
        step.unwrap_or(EvolutionStep { day: self.from, progress })
    }

    /// How many days are shown.
    fn days(&self) -> i32 {
        (self.to.days_since(self.from) + 1).max(1)
    }

    fn plot(&self, width: i32, palette: &Palette) -> Plot {
        let size = palette.size;
        let figure = width_of(&self.total.to_string(), size);
        let height = (width * 2 / 5).clamp(11 * size, 18 * size);
        let top = size * 3 / 4;
        // The counts of the last day are at the end, with a sample each.
        Plot {
            left: figure + size / 2,
            top,
            right: width - figure - size * 7 / 4,
            bottom: top + height,
        }
    }

    /// The horizontal position of the start of a day, within the days shown.
    fn start(&self, plot: Plot, day: Day) -> i32 {
        let days = i64::from(day.days_since(self.from).clamp(0, self.days()));
        let across = i64::from(plot.right - plot.left) * days / i64::from(self.days());
        plot.left + i32::try_from(across).unwrap_or_default()
    }

    fn runs(&self, plot: Plot) -> Vec<Run> {
        let wide = plot.right - plot.left;
        let columns = i64::from(wide.min(self.days()));
        let part = |whole: i32, column: i64| {
            i32::try_from(i64::from(whole) * column / columns.max(1)).unwrap_or_default()
        };
        let mut runs: Vec<Run> = Vec::new();
        let mut steps = 0;
        for column in 0..columns {
            let last = self.from.days_later(part(self.days(), column + 1) - 1);
            steps += self.steps[steps..].partition_point(|step| step.day <= last);
            let to = plot.left + part(wide, column + 1);
            match runs.last_mut() {
                Some(run) if run.steps == steps => run.to = to,
                _ => {
                    let from = plot.left + part(wide, column);
                    let progress = self.datum(steps).progress;
                    runs.push(Run { from, to, steps, progress });
                }
            }
        }
        runs
    }

    /// The height of that many markers.
    fn height_of(&self, plot: Plot, markers: usize) -> i32 {
        let total = pixels(self.total.max(1));
        (plot.bottom - plot.top) * pixels(markers).min(total) / total
    }

    /// The area of a state, in rectangles from left to right; those with the same sides are one.
    fn area(&self, plot: Plot, runs: &[Run], state: usize) -> Vec<Area> {
        let mut area: Vec<Area> = Vec::new();
        for run in runs {
            let below: usize = STATES[..state].iter().map(|state| run.progress.at(*state)).sum();
            let own = run.progress.at(STATES[state]);
            let [top, bottom] =
                [below + own, below].map(|sum| plot.bottom - self.height_of(plot, sum));
            match area.last_mut() {
                Some((from, to)) if (to.0, from.1, to.1) == (run.from, top, bottom) => {
                    to.0 = run.to;
                }
                _ if top < bottom => area.push(((run.from, top), (run.to, bottom))),
                _ => {}
            }
        }
        area
    }
}

impl Chart for EvolutionChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let plot = self.plot(width, palette);
        let mut picture = Picture::sized(width, plot.bottom + palette.size * 2);
        let runs = self.runs(plot);
        let ground = palette.swatch(Sample::State(UNOBSERVED)).fill;
        picture.fill((plot.left, plot.top), (plot.right, plot.bottom), ground);
        axes::behind(self, &mut picture, plot, palette);
        for state in 0..UNOBSERVED {
            let area = self.area(plot, &runs, state);
            fill(&mut picture, palette, Sample::State(state), &area, (plot.left, plot.bottom));
        }
        axes::before(self, &mut picture, plot, palette);
        if let Some(run) = runs.last() {
            self.ends(&mut picture, plot, palette, run.progress);
        }
        for run in &runs {
            picture.hit_area((run.from, plot.top), (run.to, plot.bottom), run.steps);
        }
        picture
    }
}

impl EvolutionChart {
    /// Writes the counts of the last day next to their areas, as close to these as they fit.
    fn ends(&self, picture: &mut Picture, plot: Plot, palette: &Palette, progress: Progress) {
        let size = palette.size;
        let mut sum = 0;
        let mut counts = Vec::new();
        for (state, level) in STATES.into_iter().enumerate() {
            let count = progress.at(level);
            if count > 0 {
                let middle = self.height_of(plot, sum).midpoint(self.height_of(plot, sum + count));
                counts.push((state, count, plot.bottom - middle));
            }
            sum += count;
        }
        let lines = apart(counts.iter().map(|(.., middle)| *middle), size * 5 / 4, plot);
        for ((state, count, _), y) in counts.into_iter().zip(lines) {
            let (left, square) = (plot.right + size / 3, size * 2 / 3);
            let corners = ((left, y - square / 2), (left + square, y - square / 2 + square));
            picture.swatch(corners, palette.swatch(Sample::State(state)), palette);
            let words = Words::new(count.to_string(), (left + square + size / 4, y + 1), palette);
            picture.words(Words { bold: true, ..words });
        }
    }
}

/// Vertical positions from below upwards, moved so that neighbours are `gap` apart and all are on
/// the plot.
fn apart(places: impl Iterator<Item = i32>, gap: i32, plot: Plot) -> Vec<i32> {
    let mut places: Vec<_> = places.collect();
    let mut lowest = plot.bottom - gap / 2;
    for place in &mut places {
        *place = (*place).min(lowest);
        lowest = *place - gap;
    }
    let mut highest = plot.top;
    for place in places.iter_mut().rev() {
        *place = (*place).max(highest);
        highest = *place + gap;
    }
    places
}

/// Fills an area with its pattern and traces its upper edge.
fn fill(picture: &mut Picture, palette: &Palette, sample: Sample, area: &[Area], anchor: At) {
    let swatch = palette.swatch(sample);
    for (from, to) in area {
        picture.fill(*from, *to, swatch.fill);
    }
    let trace = palette.trace(swatch.fill);
    for (from, to) in swatch.pattern.across(area, anchor) {
        picture.line(from, to, trace, 1);
    }
    let edge = palette.edge(swatch.fill);
    for ((left, top), (right, _)) in area {
        picture.line((*left, *top), (*right, *top), edge, 1);
    }
    // Between slivers, edges would hide the areas.
    let is_wide = |((left, _), (right, _)): &Area| right - left > 2;
    for pair in area.windows(2).filter(|pair| pair.iter().all(is_wide)) {
        let [((_, before), (end, _)), ((start, after), _)] = pair else { continue };
        if end == start && before != after {
            picture.line((*start, *before.min(after)), (*start, *before.max(after)), edge, 1);
        }
    }
}
