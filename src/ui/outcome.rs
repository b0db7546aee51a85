//! The result of a consultation, for a projector: the ranking, its chart, turnout, how close it is,
//! and the limits of a vote.
//!
//! Everything is computed from the ballots when the screen is built; nothing here decides who is
//! ahead.

use std::rc::Rc;

use super::element::{El, el};
use super::shared::heading::{heading, section};
use super::shared::item::code;
use crate::codec::fingerprint::Fingerprint;
use crate::codec::transfer::SharedResult;
use crate::domain::consultation::{Choice, Poll, Rules};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::voting::{Ranking, Tally};
use crate::report::tally_tables::{self, Placed};
use crate::text::outcome as words;

mod chart;
mod closeness;
mod conclusion;
mod exports;
mod parts;
mod table;

pub(in crate::ui) use conclusion::conclusion_form;
pub(super) use table::table;

/// The input of a result's screen.
pub(in crate::ui) struct OutcomeView {
    /// The consultation and its ballots.
    pub(in crate::ui) poll: Rc<Poll>,
    /// The convention that its options refer to.
    pub(in crate::ui) convention: &'static Convention,
    /// The fingerprint of its ballots.
    pub(in crate::ui) fingerprint: Fingerprint,
    /// The day on which it is shown.
    pub(in crate::ui) today: Day,
    /// Further buttons next to the exports.
    pub(in crate::ui) exports: Vec<El>,
}

/// A computed result. What needs single ballots is given the poll as well: a result that came by a
/// link has none.
#[derive(Clone)]
struct Reading {
    rules: Rules,
    convention: &'static Convention,
    fingerprint: Fingerprint,
    today: Day,
    tally: Rc<Tally>,
    ranking: Ranking,
}

impl Reading {
    /// `None` for a draft, which has no result.
    fn of(view: &OutcomeView) -> Option<Self> {
        let rules = view.poll.consultation.rules()?.clone();
        let tally = Tally::of(&rules, &view.poll.urn);
        Some(Self {
            rules,
            ranking: tally.ranking(),
            tally: Rc::new(tally),
            convention: view.convention,
            fingerprint: view.fingerprint,
            today: view.today,
        })
    }

    /// The everyday name of an option.
    fn name(&self, option: usize) -> String {
        tally_tables::everyday(&self.rules, self.convention, option)
    }

    /// The everyday name of an option in a table or among others; a letter or a code where its text is
    /// long, which the ranking has.
    fn label(&self, option: usize) -> String {
        tally_tables::label(&self.rules, self.convention, option)
    }

    /// One option by its name, several in guillemets: names may have commas.
    fn briefly(&self, options: &[usize]) -> Vec<String> {
        match options {
            [option] => vec![self.name(*option)],
            _ => options.iter().map(|&option| words::quoted(&self.label(option))).collect(),
        }
    }

    fn placed(&self) -> Vec<Placed> {
        tally_tables::placed(&self.ranking)
    }
}

/// The result so far, within the screen of the open consultation.
pub(in crate::ui) fn so_far(view: &OutcomeView) -> Vec<El> {
    let Some(reading) = Reading::of(view) else { return Vec::new() };
    match words::nothing(&reading.tally.turnout) {
        Some(why) => vec![el("p").class("muted").text(&why)],
        None => vec![el("div").class("outcome").child(main(&reading))],
    }
}

/// The screen. A draft has no result and shows nothing.
pub(in crate::ui) fn outcome(view: OutcomeView) -> Vec<El> {
    let Some(reading) = Reading::of(&view) else { return Vec::new() };
    let nothing = words::nothing(&reading.tally.turnout);
    let has_result = nothing.is_none();
    let result = match nothing {
        Some(why) => section("result", words::result()).child(el("p").class("lead").text(&why)),
        None => main(&reading),
    };
    let parts = el("div")
        .class("outcome__parts")
        .children(has_result.then(|| parts::method(&reading)))
        .child(parts::participation(&reading, &tally_tables::voids(&view.poll.urn)))
        .children(has_result.then(|| parts::families(&reading, &view.poll.urn)).flatten())
        .children(has_result.then(|| closeness::robustness(&reading, &view.poll.urn)).flatten())
        .children(has_result.then(|| closeness::closeness(&reading, &view.poll)))
        .child(parts::fingerprint(&reading))
        .child(parts::limits());
    let exports = exports::exports(&reading, &view.poll, view.exports);
    let head = head(&reading);
    vec![el("div").class("outcome").child(head).child(result).child(parts).child(exports)]
}

/// A result that came by a link: read-only, and said to be the facilitator's words.
pub(in crate::ui) fn brought_home(
    result: SharedResult,
    convention: &'static Convention,
    today: Day,
) -> Vec<El> {
    let SharedResult { rules, tally, digest, conclusion, .. } = result;
    let fingerprint = Fingerprint::claimed(digest);
    let ranking = tally.ranking();
    let tally = Rc::new(tally);
    let reading = Reading { rules, convention, fingerprint, today, tally, ranking };
    let parts = el("div")
        .class("outcome__parts")
        .child(parts::participation(&reading, &[]))
        .child(parts::method(&reading))
        .child(parts::fingerprint(&reading))
        .child(parts::limits());
    let told = el("p").class("outcome__told").text(words::told_by_a_link());
    let head = head(&reading).child(told);
    let shown = el("div").class("outcome").child(head).child(main(&reading));
    vec![shown.children(conclusion.as_ref().map(conclusion::concluded)).child(parts)]
}

/// Title, question, and the number of ballots.
fn head(reading: &Reading) -> El {
    let (rules, turnout) = (&reading.rules, &reading.tally.turnout);
    let question = crate::text::typeset(rules.question().as_str());
    el("header")
        .class("outcome__head")
        .child(heading(&crate::text::typeset(rules.title().as_str())).dir_auto())
        .child(el("p").class("lead").dir_auto().text(&question))
        .child(el("p").class("muted").text(&words::facts(rules.method(), turnout)))
}

/// The ranking and its chart, side by side where there is room.
fn main(reading: &Reading) -> El {
    el("div").class("outcome__main").child(ranking(reading)).child(chart::chart(reading))
}

fn ranking(reading: &Reading) -> El {
    let entry = |placed: Placed| {
        let place = el("span").class("place__number").text(&words::place(placed.place));
        let tied = placed.tied.then(|| el("span").class("place__tied").text(words::tied()));
        let name = el("span")
            .class("place__name")
            .child(el("span").dir_auto().text(&reading.name(placed.option)));
        let name = match reading.rules.options().get(placed.option) {
            Some(Choice::Item(id)) => name.text(" ").child(code(*id)),
            _ => name.text(" ").child(code(tally_tables::short(&reading.rules, placed.option))),
        };
        let score =
            el("span").class("place__score").text(&words::score(&reading.tally, placed.option));
        el("li")
            .class(if placed.place == 1 { "place place--first" } else { "place" })
            .child(el("span").class("place__where").child(place).text(" ").children(tied))
            .text(" ")
            .child(el("span").class("place__what").child(name).text(" ").child(score))
    };
    let places = reading.placed().into_iter().map(entry);
    // Numbered in words: ranks can be shared, which a list's own numbers cannot express.
    section("result", words::result())
        .child(el("ol").class("places").attr("role", "list").children(places))
}
