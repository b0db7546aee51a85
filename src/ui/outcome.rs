//! The result of a consultation, for a projector: the ranking, its chart, turnout, how close it is,
//! and the limits of a vote.
//!
//! Everything is computed from the ballots when the screen is built; nothing here decides who is
//! ahead.

use std::rc::Rc;

use super::element::{El, el};
use super::shared::heading::{heading, section};
use crate::codec::fingerprint::Fingerprint;
use crate::domain::consultation::{Poll, Rules};
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

/// A computed result.
#[derive(Clone)]
struct Reading {
    poll: Rc<Poll>,
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
            poll: view.poll.clone(),
            convention: view.convention,
            fingerprint: view.fingerprint,
            today: view.today,
        })
    }

    fn name(&self, option: usize) -> String {
        tally_tables::name(&self.rules, self.convention, option)
    }

    /// One option by its full name, several by their short names: the ranking has the rest.
    fn briefly(&self, options: &[usize]) -> Vec<String> {
        match options {
            [option] => vec![self.name(*option)],
            _ => options.iter().map(|&option| tally_tables::short(&self.rules, option)).collect(),
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
    let turnout = &reading.tally.turnout;
    let head = el("header")
        .class("outcome__head")
        .child(heading(&crate::text::typeset(reading.rules.title().as_str())).dir_auto())
        .child(
            el("p")
                .class("lead")
                .dir_auto()
                .text(&crate::text::typeset(reading.rules.question().as_str())),
        )
        .child(el("p").class("muted").text(&words::facts(reading.rules.method(), turnout)));
    let nothing = words::nothing(turnout);
    let has_result = nothing.is_none();
    let result = match nothing {
        Some(why) => section("result", words::result()).child(el("p").class("lead").text(&why)),
        None => main(&reading),
    };
    let parts = el("div")
        .class("outcome__parts")
        .children(has_result.then(|| parts::method(&reading)))
        .child(parts::participation(&reading))
        .children(has_result.then(|| parts::families(&reading)).flatten())
        .children(has_result.then(|| closeness::robustness(&reading)).flatten())
        .children(has_result.then(|| closeness::closeness(&reading)))
        .child(parts::fingerprint(&reading))
        .child(parts::limits());
    let exports = exports::exports(&reading, view.exports);
    vec![el("div").class("outcome").child(head).child(result).child(parts).child(exports)]
}

/// The ranking and its chart, side by side where there is room.
fn main(reading: &Reading) -> El {
    el("div").class("outcome__main").child(ranking(reading)).child(chart::chart(reading))
}

fn ranking(reading: &Reading) -> El {
    let entry = |placed: Placed| {
        let place = el("span").class("place__number").text(&words::place(placed.place));
        let tied = placed.tied.then(|| el("span").class("place__tied").text(words::tied()));
        let name = el("span").class("place__name").dir_auto().text(&reading.name(placed.option));
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
