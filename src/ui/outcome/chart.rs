//! The chart of a result, by its method, with its table.

use std::rc::Rc;

use super::Reading;
use super::table::table;
use crate::charts::Chart;
use crate::charts::matrix::Matrix;
use crate::charts::profiles::{Profile, Profiles};
use crate::charts::tally_bars::{Bar, TallyBars};
use crate::domain::consultation::{Grade, Method};
use crate::domain::voting::Outcome;
use crate::report::tally_tables::{self, Placed};
use crate::text::consultation as shared;
use crate::text::outcome::{self as words, counting};
use crate::text::progress;
use crate::ui::chart_view::chart_view;
use crate::ui::element::{El, el};
use crate::ui::shared::heading::section;

/// The chart, its legend and its table.
pub(super) fn chart(reading: &Reading) -> El {
    let chart = chart_of(reading);
    let method = reading.rules.method();
    let legend = matches!(method, Method::Judgment).then(legend);
    let frame = chart_view(Box::new(move || chart.clone()), &caption(reading));
    // A matrix may be wider than the page.
    let frame = match method {
        Method::Ranking => frame
            .attr("role", "region")
            .attr("aria-label", words::chart_scroll())
            .attr("tabindex", "0"),
        _ => frame,
    };
    let result = tally_tables::result(&reading.tally, &|option| reading.label(option));
    // A column an option leaves room for codes only; the ranking next to it has their names.
    let coded = |option| tally_tables::short(&reading.rules, option);
    let duels = tally_tables::duels(&reading.tally, &coded);
    let duels = duels.map(|duels| table(words::duel_caption(), &duels));
    let numbers = el("details")
        .class("chart__table")
        .child(el("summary").text(progress::chart_table()))
        .child(table(words::result_caption(), &result))
        .children(duels);
    section("picture", words::chart_title())
        .class("outcome__chart")
        .children(legend)
        .child(el("div").class("outcome__card").child(frame))
        .child(el("p").class("muted").text(counting::chart_key(reading.rules.method())))
        .child(numbers)
}

/// The chart's description for screen readers.
fn caption(reading: &Reading) -> String {
    match reading.tally.outcome {
        Outcome::Ranking { .. } => words::duel_caption().to_owned(),
        _ => words::facts(reading.rules.method(), &reading.tally.turnout),
    }
}

/// The chart of a result.
pub(super) fn chart_of(reading: &Reading) -> Rc<dyn Chart> {
    let placed = reading.placed();
    let short = |placed: &Placed| tally_tables::short(&reading.rules, placed.option);
    let named = |placed: &Placed| reading.label(placed.option);
    let place = |placed: &Placed| words::place(placed.place);
    match &reading.tally.outcome {
        Outcome::Dots(dots) => bars(&placed, &dots.totals, 0, &named, &place),
        Outcome::Approval(approval) => {
            bars(&placed, &approval.approvals, approval.votes, &named, &place)
        }
        Outcome::Judgment(judgment) => {
            let profile = |placed: &Placed| Profile {
                place: place(placed),
                label: short(placed),
                counts: Grade::ALL.map(|grade| judgment.count(placed.option, grade)),
                majority: judgment
                    .gauge(placed.option)
                    .map(|gauge| shared::grade(gauge.majority))
                    .unwrap_or_default()
                    .to_owned(),
            };
            Rc::new(Profiles { profiles: placed.iter().map(profile).collect() })
        }
        Outcome::Ranking { schulze, .. } => {
            let row = |row: &Placed| {
                let pairs = &schulze.pairwise[row.option];
                placed.iter().map(|column| pairs[column.option]).collect()
            };
            Rc::new(Matrix {
                labels: placed.iter().map(short).collect(),
                counts: placed.iter().map(row).collect(),
            })
        }
    }
}

fn bars(
    placed: &[Placed],
    counts: &[u32],
    whole: u32,
    named: &dyn Fn(&Placed) -> String,
    place: &dyn Fn(&Placed) -> String,
) -> Rc<dyn Chart> {
    let bar = |placed: &Placed| Bar {
        place: place(placed),
        label: named(placed),
        count: counts[placed.option],
        leads: placed.place == 1,
    };
    Rc::new(TallyBars { bars: placed.iter().map(bar).collect(), whole })
}

/// The mentions, the best first, by the colours and patterns of the chart.
fn legend() -> El {
    let entry = |(number, grade): (usize, Grade)| {
        let entry = el("li").class("legend__entry").text(shared::grade(grade));
        entry.attr("data-mention", &(number + 1).to_string())
    };
    let entries = Grade::ALL.into_iter().enumerate().map(entry);
    el("ul").class("legend").attr("aria-hidden", "true").children(entries)
}
