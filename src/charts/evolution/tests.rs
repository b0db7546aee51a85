//! The layout of an evolution, from no data to ten years of days.

use super::super::picture::{Mark, Side};
use super::super::recorder::{Drawn, Recorder};
use super::*;

fn day(text: &str) -> Day {
    text.parse().expect(text)
}

fn chart(from: &str, to: &str, steps: &[(&str, usize, usize)]) -> EvolutionChart {
    let (from, to) = (day(from), day(to));
    let step = |&(on, reached, not_yet): &(&str, usize, usize)| EvolutionStep {
        day: day(on),
        progress: Progress { total: 105, reached, not_yet, ..Progress::default() },
    };
    let years = (from.year()..=to.year()).filter_map(|year| Day::new(year, 1, 1).ok());
    let years = years.map(|day| (day.max(from), day.year().to_string())).collect();
    EvolutionChart {
        total: 105,
        steps: steps.iter().map(step).collect(),
        from,
        to,
        mark: None,
        ticks: vec![years],
    }
}

/// A change on each of 3,653 days.
fn ten_years() -> EvolutionChart {
    let first = day("2017-01-01");
    let steps = (0..3652).map(|later| {
        let count = usize::try_from(later).expect("later");
        let [reached, in_progress, not_yet] = [count * 60 / 3652, count % 13, count % 7];
        let progress =
            Progress { total: 105, reached, in_progress, not_yet, not_observable: count % 3 };
        EvolutionStep { day: first.days_later(later), progress }
    });
    EvolutionChart { steps: steps.collect(), ..chart("2017-01-01", "2026-12-31", &[]) }
}

fn drawn(chart: &EvolutionChart, width: i32) -> (Picture, Drawn) {
    let palette = Palette::default();
    let picture = chart.picture(width, &palette);
    let drawn = Recorder::drawn(&picture, &palette);
    (picture, drawn)
}

#[test]
fn everything_stays_inside_whatever_the_width_and_the_data() {
    let one = chart("2021-03-12", "2021-03-12", &[("2021-03-12", 1, 0)]);
    let all = chart("2020-01-01", "2022-12-31", &[("2020-01-01", 105, 0)]);
    let none = chart("2020-01-01", "2022-12-31", &[]);
    let century = chart("1900-01-01", "2999-12-31", &[("2021-03-12", 1, 1)]);
    for chart in [one, all, none, century, ten_years()] {
        for width in [240, 288, 900, 1400] {
            let (picture, drawn) = drawn(&chart, width);
            let inside =
                |(x, y): &(i32, i32)| (0..=width).contains(x) && (0..=picture.height).contains(y);
            assert!(drawn.fills.iter().all(|(from, to)| inside(from) && inside(to)));
            assert!(drawn.lines.iter().all(|(from, to)| inside(from) && inside(to)));
            for mark in &picture.marks {
                let Mark::Words(words) = mark else { continue };
                let wide = width_of(&words.text, words.size);
                let (left, right) = match words.side {
                    Side::End => (words.at.0 - wide, words.at.0),
                    _ => (words.at.0, words.at.0 + wide),
                };
                assert!(left >= 0 && right <= width, "{} from {left} to {right}", words.text);
            }
        }
    }
}

#[test]
fn a_state_holds_until_the_next_change() {
    let steps = [("2021-01-11", 42, 0), ("2021-01-21", 84, 0)];
    let chart = chart("2021-01-01", "2021-01-30", &steps);
    let (picture, drawn) = drawn(&chart, 900);
    let plot = chart.plot(900, &Palette::default());
    // The ground comes before the areas, the samples at the end after them.
    let [first, second] = [drawn.fills[1], drawn.fills[2]];
    let third = (plot.right - plot.left) / 3;
    assert!((first.0.0 - plot.left - third).abs() <= 1 && first.1.0 == second.0.0);
    assert_eq!(second.1, (plot.right, plot.bottom));
    assert_eq!(2 * (first.1.1 - first.0.1), second.1.1 - second.0.1);
    let data: Vec<_> = picture.hit_areas.iter().map(|area| area.datum).collect();
    assert_eq!(data, [0, 1, 2]);
    assert_eq!(chart.datum(0).progress.observed(), 0);
    assert_eq!((chart.datum(2).day, chart.datum(2).progress.reached), (day("2021-01-21"), 84));
}

#[test]
fn what_was_observed_before_the_first_day_shown_is_there_from_the_start() {
    let chart = chart("2021-01-01", "2021-12-31", &[("2019-05-01", 50, 0)]);
    let (picture, drawn) = drawn(&chart, 600);
    assert_eq!(picture.hit_areas.len(), 1);
    assert_eq!(drawn.fills[1].0.0, chart.plot(600, &Palette::default()).left);
}

#[test]
fn ten_years_of_days_are_drawn_in_as_many_columns_as_there_are_pixels() {
    for width in [288, 900, 1400] {
        let (picture, _) = drawn(&ten_years(), width);
        let columns = usize::try_from(width).expect("a width");
        assert!(picture.hit_areas.len() <= columns);
        assert!(picture.marks.len() <= 12 * columns, "{} at {width}", picture.marks.len());
        let last = picture.hit_areas.last().expect("a column");
        assert_eq!(last.datum, 3652, "the last column is the last day's");
        assert!(picture.hit_areas.windows(2).all(|pair| pair[0].to.0 == pair[1].from.0));
    }
}

#[test]
fn neighbours_with_the_same_area_are_one_rectangle() {
    // Only the upper areas change from day to day.
    let step = |later: i32| EvolutionStep {
        day: day("2021-01-01").days_later(later),
        progress: Progress {
            total: 105,
            reached: 40,
            not_yet: usize::try_from(later % 2).expect("0 or 1"),
            ..Progress::default()
        },
    };
    let steps = (0..300).map(step).collect();
    let chart = EvolutionChart { steps, ..chart("2021-01-01", "2021-10-27", &[]) };
    let plot = chart.plot(900, &Palette::default());
    let runs = chart.runs(plot);
    assert_eq!(runs.len(), 300);
    assert_eq!(chart.area(plot, &runs, 0).len(), 1);
    assert_eq!(chart.area(plot, &runs, 2).len(), 150);
}

#[test]
fn years_are_left_out_where_they_have_no_room() {
    let years = |width| {
        let (_, drawn) = drawn(&ten_years(), width);
        drawn.texts.iter().filter(|(text, _)| text.starts_with("20") && text.len() == 4).count()
    };
    assert_eq!(years(900), 10);
    assert!((2..8).contains(&years(288)));
}

#[test]
fn the_last_counts_stand_beside_their_areas_and_never_over_each_other() {
    let step = EvolutionStep {
        day: day("2021-03-12"),
        progress: Progress {
            total: 105,
            not_yet: 1,
            in_progress: 1,
            reached: 1,
            not_observable: 1,
        },
    };
    let chart = EvolutionChart { steps: vec![step], ..chart("2021-01-01", "2021-12-31", &[]) };
    for width in [240, 900] {
        let (_, drawn) = drawn(&chart, width);
        let end = chart.plot(width, &Palette::default()).right;
        let counts: Vec<_> = drawn.texts.iter().filter(|(_, (x, _))| *x > end).collect();
        let said: Vec<_> = counts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(said, ["1", "1", "1", "1", "101"]);
        assert!(counts.windows(2).all(|pair| pair[0].1.1 - pair[1].1.1 >= 16));
    }
}

#[test]
fn the_day_looked_at_is_a_line_from_top_to_bottom() {
    let steps = [("2021-01-11", 42, 0)];
    let marked = EvolutionChart {
        mark: Some(day("2021-01-16")),
        ..chart("2021-01-01", "2021-01-31", &steps)
    };
    let (_, drawn) = drawn(&marked, 900);
    let plot = marked.plot(900, &Palette::default());
    let middle = plot.left.midpoint(plot.right);
    let upright = drawn.lines.iter().filter(|(from, to)| {
        from.0 == to.0 && (from.0 - middle).abs() <= 1 && from.1 <= plot.top && to.1 >= plot.bottom
    });
    assert_eq!(upright.count(), 2);
}

#[test]
fn the_day_it_begins_with_is_named_before_one_that_follows_too_closely() {
    let names = [("2021-03-29", "mars 2021"), ("2021-04-01", "avril"), ("2021-05-01", "mai")];
    let months = names.map(|(on, name)| (day(on), name.to_owned())).to_vec();
    let begun = EvolutionChart {
        ticks: vec![months],
        ..chart("2021-03-29", "2021-05-31", &[("2021-04-02", 1, 0)])
    };
    let (_, drawn) = drawn(&begun, 600);
    let said = |name: &str| drawn.texts.iter().any(|(text, _)| text == name);
    assert_eq!(["mars 2021", "avril", "mai"].map(said), [true, false, true]);
}
