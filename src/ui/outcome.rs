//! What a consultation comes to, shown to the room: the ranking, its picture, who took part, how
//! far it hangs on the method and on one voice, and what it is not.
//!
//! Everything is worked out anew from the ballots when the screen is made; nothing here decides
//! who is ahead.

use std::rc::Rc;

use super::element::{El, el};
use super::shared::heading::heading;
use super::shared::section::section;
use crate::domain::consultation::{Poll, Rules};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::voting::{Ranking, Tally};
use crate::text::outcome as words;
use crate::text::tally_tables::{self, Placed};

mod chart;
mod closeness;
mod conclusion;
mod exports;
mod parts;
mod picture;
mod table;

pub(in crate::ui) use conclusion::conclusion_form;
pub(super) use table::table;

/// What the screen of a result needs.
pub(in crate::ui) struct OutcomeView {
    /// The consultation and its ballots.
    pub(in crate::ui) poll: Rc<Poll>,
    /// What its options are items of.
    pub(in crate::ui) convention: &'static Convention,
    /// The fingerprint of its ballots.
    pub(in crate::ui) words: [String; 4],
    /// The day on which it is shown.
    pub(in crate::ui) today: Day,
    /// Further buttons beside those that carry the result away.
    pub(in crate::ui) exports: Vec<El>,
}

/// A result as its parts need it.
#[derive(Clone)]
struct Reading {
    poll: Rc<Poll>,
    rules: Rules,
    convention: &'static Convention,
    words: [String; 4],
    today: Day,
    tally: Rc<Tally>,
    ranking: Ranking,
}

impl Reading {
    fn name(&self, option: usize) -> String {
        tally_tables::name(&self.rules, self.convention, option)
    }

    fn names(&self, options: &[usize]) -> Vec<String> {
        options.iter().map(|&option| self.name(option)).collect()
    }

    fn placed(&self) -> Vec<Placed> {
        tally_tables::placed(&self.ranking)
    }
}

/// The screen. A draft has no result and shows nothing.
pub(in crate::ui) fn outcome(view: OutcomeView) -> Vec<El> {
    let Some(rules) = view.poll.consultation.rules().cloned() else { return Vec::new() };
    let tally = Tally::of(&rules, &view.poll.urn);
    let reading = Reading {
        rules,
        ranking: tally.ranking(),
        tally: Rc::new(tally),
        poll: view.poll,
        convention: view.convention,
        words: view.words,
        today: view.today,
    };
    let turnout = &reading.tally.turnout;
    let head = el("header")
        .class("outcome__head")
        .add(heading(&crate::text::typeset(reading.rules.title().as_str())))
        .add(el("p").class("lead").text(&crate::text::typeset(reading.rules.question().as_str())))
        .add(el("p").class("quiet").text(&words::facts(reading.rules.method(), turnout)));
    let screen = el("div").class("outcome").add(head);
    let screen = match words::nothing(turnout) {
        Some(why) => screen
            .add(section("result", words::result()).add(el("p").class("lead").text(&why)))
            .add(el("div").class("outcome__parts").add(parts::participation(&reading))),
        None => screen.add(main(&reading)).add(
            el("div")
                .class("outcome__parts")
                .add(parts::method(&reading))
                .add(parts::participation(&reading))
                .with(parts::families(&reading))
                .with(closeness::robustness(&reading))
                .add(closeness::closeness(&reading)),
        ),
    };
    let screen = screen
        .add(
            el("div")
                .class("outcome__parts")
                .add(parts::fingerprint(&reading))
                .add(parts::limits()),
        )
        .add(exports::exports(&reading, view.exports));
    vec![screen]
}

/// The ranking and its picture, side by side where there is room.
fn main(reading: &Reading) -> El {
    el("div").class("outcome__main").add(ranking(reading)).add(chart::chart(reading))
}

fn ranking(reading: &Reading) -> El {
    let entry = |placed: Placed| {
        let place = el("span").class("place__number").text(&words::place(placed.place));
        let tied = placed.tied.then(|| el("span").class("place__tied").text(words::tied()));
        let name = el("span").class("place__name").text(&reading.name(placed.option));
        let score =
            el("span").class("place__score").text(&words::score(&reading.tally, placed.option));
        el("li")
            .class(if placed.place == 1 { "place place--first" } else { "place" })
            .add(el("span").class("place__where").add(place).text(" ").with(tied))
            .text(" ")
            .add(el("span").class("place__what").add(name).text(" ").add(score))
    };
    let places = reading.placed().into_iter().map(entry);
    // Numbered in words: places can be shared, which a list's own numbers cannot say.
    section("result", words::result())
        .add(el("ol").class("places").attr("role", "list").with(places))
}
