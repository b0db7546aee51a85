//! The sections next to the ranking: method, turnout, families of objectives, fingerprint and
//! limits.

use super::Reading;
use super::table::table;
use crate::domain::consultation::Urn;
use crate::domain::shares::Shares;
use crate::report::tally_tables;
use crate::text::outcome::{self as words, counting};
use crate::ui::element::{El, el};
use crate::ui::shared::heading::section;

/// The method in two sentences.
pub(super) fn method(reading: &Reading) -> El {
    let said = counting::method(reading.rules.method());
    section("method", words::method_title()).child(el("p").text(&said))
}

/// Ballots by way of voting, and those that count in no result.
pub(super) fn participation(reading: &Reading, voids: &[String]) -> El {
    let turnout = &reading.tally.turnout;
    let fact = |(count, way): (usize, &str)| {
        let number = el("strong").class("fact__number").text(&count.to_string());
        el("li").class("fact").child(number).text(" ").child(el("span").text(way))
    };
    let ways = words::ways(turnout);
    let voids = (!voids.is_empty()).then(|| {
        el("details").child(el("summary").text(words::void_title())).child(
            el("ul").class("plain-list").children(voids.iter().map(|void| el("li").text(void))),
        )
    });
    section("participation", words::participation())
        .child(el("p").text(&words::turnout(turnout)))
        .children((!turnout.tells_ways()).then(|| el("p").class("muted").text(&words::ways_rule())))
        .children(
            (!ways.is_empty())
                .then(|| el("ul").class("facts").children(ways.into_iter().map(fact))),
        )
        .children(voids)
}

/// The voices by family; nothing where options are no items, or all of one family.
pub(super) fn families(reading: &Reading, urn: &Urn) -> Option<El> {
    let shares = Shares::of(&reading.rules, urn)?;
    let rows = tally_tables::families(&reading.rules, reading.convention, &shares);
    // Omitted where the turnout has said so.
    let hidden = (!shares.tells_ways()
        && reading.tally.turnout.tells_ways()
        && shares.groups.iter().filter(|group| **group > 0).count() > 1)
        .then(|| el("p").class("muted").text(&words::ways_rule()));
    let section = section("families", words::families_title())
        .class("outcome__wide")
        .child(table(words::families_caption(), &rows))
        .children(hidden);
    Some(section)
}

/// The six words of the fingerprint, the number of ballots, and the whole digest.
pub(super) fn fingerprint(reading: &Reading) -> El {
    let words_of = reading.fingerprint.words();
    let spoken = words_of.iter().map(|word| el("span").class("spoken__word").text(word));
    let mut parted = Vec::new();
    for word in spoken {
        parted.extend([word, el("span").text(" ")]);
    }
    section("fingerprint", words::fingerprint_title())
        .child(el("p").class("spoken").untranslated().children(parted))
        .child(el("p").text(&words::ballots(reading.tally.turnout.cast)))
        .child(el("p").class("muted").text(words::fingerprint_why()))
        .child(
            el("details")
                .child(el("summary").text(words::fingerprint_whole()))
                .child(el("p").class("digest").untranslated().text(&reading.fingerprint.whole()))
                .child(el("p").class("muted").text(words::fingerprint_cost())),
        )
}

/// The limits of a vote.
pub(super) fn limits() -> El {
    section("limits", words::limits_title()).child(el("p").text(words::limits()))
}
