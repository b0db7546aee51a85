//! How close a result is: under other methods, and with one more ballot.

use std::rc::Rc;

use leptos::prelude::request_animation_frame;

use super::Reading;
use super::table::table;
use crate::domain::consultation::{Poll, Urn};
use crate::domain::voting::{Robustness, near_ties, one_more};
use crate::report::tally_tables;
use crate::text::outcome::{self, closeness as words};
use crate::ui::element::{El, el};
use crate::ui::shared::heading::section;

/// The most pairs named; there can be hundreds where few people have voted.
const PAIRS: usize = 5;

/// The same ballots under several methods; nothing where ballots hold too little for that.
pub(super) fn robustness(reading: &Reading, urn: &Urn) -> Option<El> {
    let robustness = Robustness::of(&reading.rules, urn)?;
    let said = if robustness.always_first.is_empty() {
        words::never_always_first().to_owned()
    } else {
        words::always_first(&reading.briefly(&robustness.always_first))
    };
    let named = |option| reading.label(option);
    let methods = tally_tables::methods(&reading.tally, &robustness, &named);
    let section = section("robustness", words::methods_title())
        .class("outcome__wide")
        .child(el("p").text(words::methods_lead()))
        .child(el("p").class("said").text(&said))
        .child(table(words::methods_caption(), &methods));
    Some(section)
}

/// What one more ballot could change. Trying ballots takes time where there are many options, so it
/// runs once everything else is on the page.
pub(super) fn closeness(reading: &Reading, poll: &Rc<Poll>) -> El {
    let section = section("closeness", words::title());
    let (reading, poll, place) = (reading.clone(), poll.clone(), section.clone());
    section.on_mount(move |_| {
        // The second frame begins once the first one is painted.
        request_animation_frame(move || {
            request_animation_frame(move || {
                let _ = place.children(tried(&reading, &poll.urn));
            });
        });
    })
}

fn tried(reading: &Reading, urn: &Urn) -> Vec<El> {
    let rules = &reading.rules;
    let first = one_more(rules, urn);
    let pairs = near_ties(rules, urn);
    let head = if first.is_empty() {
        words::none(rules.method().kind()).to_owned()
    } else {
        words::one_more(&reading.briefly(&first))
    };
    let mut tried = vec![el("p").class("said").text(&head)];
    if !pairs.is_empty() {
        let quoted = |option| outcome::quoted(&reading.label(option));
        let pair = |&(above, below): &(usize, usize)| {
            el("li").text(&words::near_tie(&quoted(above), &quoted(below)))
        };
        let more = pairs.len().saturating_sub(PAIRS);
        let more = (more > 0).then(|| el("li").text(&words::more_pairs(more)));
        let listed = el("ul").class("plain-list").children(pairs.iter().take(PAIRS).map(pair));
        tried.push(listed.children(more));
    }
    tried
}
