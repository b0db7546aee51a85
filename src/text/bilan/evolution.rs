//! The chart of progress over time, in words.

use crate::domain::day::Day;
use crate::domain::evolution::{Evolution, EvolutionStep};
use crate::domain::progress::Progress;
use crate::text::{counted, dates, progress, typeset};

use super::{Cell, Table, state_cells, state_heads, states};

super::super::sentences! {
    title = "L'évolution";
    empty = "Rien n'a encore été observé : l'évolution se dessinera au fil des observations.";
    caption = "Nombre de marqueurs à chaque état, chaque jour où quelque chose a changé";
    column_day = "Depuis le";
}

/// The summary of the chart: « Première observation le 12 mars 2021 ; au 4 mai 2022, 12 marqueurs
/// observés. » The day is the last one shown.
#[must_use]
pub fn lead(evolution: &Evolution, on: Day) -> String {
    let first = evolution.first().filter(|first| *first <= on);
    let Some(first) = first else { return empty().to_owned() };
    let [from, to] = [first, on].map(dates::full);
    let observed = counted(evolution.at(on).observed(), "marqueur observé", "marqueurs observés");
    typeset(&if first == on {
        format!("Les premières observations sont du {from} : {observed}.")
    } else {
        format!("Première observation le {from} ; au {to}, {observed}.")
    })
}

/// The description of a day: « Au 12 mars 2021 : 4 atteints, 2 en cours, 1 pas encore, 98 non
/// observés. »
///
/// ```
/// use jalons::domain::progress::Progress;
/// use jalons::text::bilan::evolution::said;
///
/// let progress = Progress { total: 105, reached: 4, in_progress: 2, ..Progress::default() };
/// let said = said("2021-03-12".parse()?, progress);
/// assert_eq!(said, "Au 12 mars 2021\u{a0}: 4 atteints, 2 en cours, 99 non observés.");
/// # Ok::<(), jalons::domain::day::InvalidDayError>(())
/// ```
#[must_use]
pub fn said(on: Day, progress: Progress) -> String {
    typeset(&format!("Au {} : {}.", dates::full(on), states(progress)))
}

/// The description of the time before the first observation: « Avant le 12 mars 2021, aucun
/// marqueur n'était observé. »
#[must_use]
pub fn said_before(first: Day) -> String {
    typeset(&format!("Avant le {}, aucun marqueur n'était observé.", dates::full(first)))
}

/// The same figures as a table, the latest change first, up to a day.
#[must_use]
pub fn table(evolution: &Evolution, until: Day) -> Table {
    let head = std::iter::once(column_day().to_owned()).chain(state_heads());
    let steps = evolution.steps().iter().rev().filter(|step| step.day <= until);
    let row = |step: &EvolutionStep| {
        std::iter::once(Cell::Day(step.day)).chain(state_cells(step.progress)).collect()
    };
    Table { caption: caption().to_owned(), head: head.collect(), rows: steps.map(row).collect() }
}

/// Possible labels of the time axis, from the densest to the sparsest. A set with more labels than
/// any chart has room for is left out.
#[must_use]
pub fn ticks(from: Day, to: Day) -> Vec<Vec<(Day, String)>> {
    const MOST: i32 = 60;
    let days = to.days_since(from);
    let months = (to.year() - from.year()) * 12 + i32::from(to.month()) - i32::from(from.month());
    let mut choices = Vec::new();
    if days <= MOST {
        let all = (0..=days).map(|later| from.days_later(later));
        choices.push(all.clone().map(|day| (day, short_day(day, from))).collect());
        let weeks = all.step_by(7);
        choices.push(weeks.map(|day| (day, short_day(day, from))).collect());
    }
    for step in [1, 3, 6] {
        if (1..=MOST * step).contains(&months) {
            choices.push(every(from, months, step).map(|day| (day, month(day, from))).collect());
        }
    }
    let years = |step: i32| {
        let starts = (from.year()..=to.year()).filter(move |year| year % step == 0);
        let starts = starts.filter_map(|year| Day::new(year, 1, 1).ok());
        let shown = starts.filter(|day| *day > from).map(|day| (day, day.year().to_string()));
        std::iter::once((from, from.year().to_string())).chain(shown).collect::<Vec<_>>()
    };
    choices.extend([1, 2, 5, 10, 50, 200].map(years));
    choices
}

/// The first day of the chart, and the first of the month every `step` months, counted from
/// January.
fn every(from: Day, months: i32, step: i32) -> impl Iterator<Item = Day> {
    let first = Day::new(from.year(), from.month(), 1).unwrap_or(from);
    let starts = (1..=months).map(move |later| first.months_later(later));
    let starts = starts.filter(move |day| (i32::from(day.month()) - 1) % step == 0);
    std::iter::once(from).chain(starts)
}

/// « 12 mars », with the year at the beginning of the chart and of each year.
fn short_day(day: Day, from: Day) -> String {
    let full = dates::full(day);
    let year = day == from || (day.month(), day.day_of_month()) == (1, 1);
    match full.rsplit_once(' ') {
        Some((short, _)) if !year => short.to_owned(),
        _ => full,
    }
}

/// « mars », with the year at the beginning of the chart and of each year.
fn month(day: Day, from: Day) -> String {
    let full = dates::full(day);
    let (_, named) = full.split_once(' ').unwrap_or_default();
    match named.split_once(' ') {
        Some((month, _)) if day != from && day.month() != 1 => month.to_owned(),
        _ => named.to_owned(),
    }
}

/// How to read the chart: « La hauteur entière représente 105 marqueurs. »
#[must_use]
pub fn key(total: usize) -> String {
    typeset(&format!("La hauteur entière représente {}.", progress::markers(total)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    fn names(choice: &[(Day, String)]) -> Vec<&str> {
        choice.iter().map(|(_, name)| name.as_str()).collect()
    }

    #[test]
    fn a_year_is_named_where_the_chart_or_a_year_begins() {
        let choices = ticks(day("2020-11-15"), day("2021-02-15"));
        assert_eq!(names(&choices[0]), ["novembre 2020", "décembre", "janvier 2021", "février"]);
        assert_eq!(names(&choices[1]), ["novembre 2020", "janvier 2021"]);
        let choices = ticks(day("2020-12-30"), day("2021-01-01"));
        assert_eq!(names(&choices[0]), ["30 décembre 2020", "31 décembre", "1er janvier 2021"]);
    }

    #[test]
    fn every_choice_begins_where_the_chart_does_and_stays_short_enough() {
        for to in ["2017-03-12", "2017-04-20", "2019-01-01", "2026-12-31", "2999-12-31"] {
            let from = day("2017-03-12");
            for choice in ticks(from, day(to)) {
                assert_eq!(choice[0].0, from);
                assert!(choice.windows(2).all(|pair| pair[0].0 < pair[1].0));
                assert!(choice.iter().all(|(at, _)| *at <= day(to)));
            }
        }
    }

    #[test]
    fn without_observations_the_chart_says_what_will_come() {
        let none = Evolution::default();
        assert_eq!(lead(&none, day("2021-03-12")), empty());
        assert!(table(&none, day("2021-03-12")).rows.is_empty());
    }
}
