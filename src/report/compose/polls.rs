//! The results and conclusions of closed consultations.

use super::super::{Block, Fact, Rank};
use super::{Source, paragraph, section};
use crate::codec::fingerprint::Fingerprint;
use crate::domain::consultation::{Poll, Rules};
use crate::domain::voting::Tally;
use crate::report::tally_tables;
use crate::text::{consultation, dates, outcome, report as words, typeset};

pub(super) fn polls(source: &Source<'_>, blocks: &mut Vec<Block>) {
    section(blocks, words::polls_title());
    let closed = source.closed();
    if closed.is_empty() {
        paragraph(blocks, words::no_polls());
    }
    for poll in closed {
        if let Some(rules) = poll.consultation.rules() {
            told(source, poll, rules, blocks);
        }
    }
}

fn told(source: &Source<'_>, poll: &Poll, rules: &Rules, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading(Rank::Part, typeset(rules.title().as_str())));
    let tally = Tally::of(rules, &poll.urn);
    let first = outcome::nothing(&tally.turnout).unwrap_or_else(|| first(source, rules, &tally));
    let held = poll.consultation.conclusion();
    let written = if held.is_some() { words::concluded_on() } else { words::closed_on() };
    let words_of = Fingerprint::of(poll.consultation.id, rules, &poll.urn).spoken();
    let facts = [
        (words::question(), typeset(rules.question().as_str())),
        (words::poll_method(), consultation::method(rules.method().kind()).to_owned()),
        (written, dates::full((source.day_of)(poll.consultation.stamp.at))),
        (words::ballots(), outcome::turnout(&tally.turnout)),
        (words::first(), first),
        (words::fingerprint(), words_of),
    ];
    let facts = facts.map(|(name, value)| -> Fact { (name.to_owned(), value) });
    blocks.push(Block::Facts(facts.to_vec()));
    let Some(conclusion) = held else {
        return paragraph(blocks, words::no_conclusion());
    };
    let lines = conclusion.text.as_str().lines().filter(|line| !line.trim().is_empty());
    for line in lines {
        paragraph(blocks, &typeset(line.trim()));
    }
    if let Some(day) = conclusion.look_again {
        paragraph(blocks, &outcome::conclusion::look_again(day));
    }
}

/// The options in first place.
fn first(source: &Source<'_>, rules: &Rules, tally: &Tally) -> String {
    let first = tally_tables::placed(&tally.ranking()).into_iter().filter(|one| one.place == 1);
    let names = first.map(|one| tally_tables::name(rules, source.convention, one.option));
    typeset(&names.collect::<Vec<_>>().join(" ; "))
}
