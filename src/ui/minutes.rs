//! The minutes of a consultation, to be printed and signed: everything that an absent person needs
//! to follow the result from the ballots.

use super::element::{El, el};
use super::outcome::{OutcomeView, table};
use super::shared::buttons::print_button;
use super::shared::heading::{heading, section};
use super::shared::item::code;
use crate::domain::consultation::{Conclusion, Method, Rules, Urn};
use crate::domain::convention::Convention;
use crate::domain::voting::{Tally, Turnout};
use crate::report::tally_tables;
use crate::text::consultation::option as wording;
use crate::text::{minutes as words, outcome, typeset};

/// The number of lines for signatures.
const SIGNERS: usize = 3;

/// The minutes on one page or several. A draft has none and shows nothing.
pub(in crate::ui) fn minutes(view: &OutcomeView) -> Vec<El> {
    let Some(rules) = view.poll.consultation.rules() else { return Vec::new() };
    let tally = Tally::of(rules, &view.poll.urn);
    let printed = view.poll.consultation.printed;
    let head = el("header")
        .class("minutes__head")
        .child(el("p").class("minutes__kind").text(words::title()))
        .child(heading(&typeset(rules.title().as_str())).dir_auto())
        .child(el("p").class("muted").text(&words::printed(view.today)))
        .child(el("p").class("no-print").child(print_button()));
    let question = section("question", words::question())
        .child(el("p").class("lead").dir_auto().text(&typeset(rules.question().as_str())));
    let mut lines = words::rules_lines(rules.method(), rules.order(), printed);
    if view.poll.consultation.without_code {
        lines.push(words::without_code().to_owned());
    }
    let how = section("rules", words::rules())
        .child(list(lines.into_iter().chain([words::tied().to_owned()])));
    let options = (0..rules.options().len()).map(|option| named(rules, view.convention, option));
    let options =
        section("options", words::options()).child(el("ul").class("plain-list").children(options));
    let sheet = el("article")
        .class("outcome outcome--minutes")
        .child(head)
        .child(question)
        .child(how)
        .child(options)
        .child(ballots(&view.poll.urn, rules, &tally.turnout))
        .child(result(view, rules, &tally))
        .child(fingerprint(view, &tally))
        .child(conclusion(view.poll.consultation.conclusion()))
        .child(signatures());
    vec![sheet]
}

/// An option by its everyday name, its code, and the wording that was voted on.
fn named(rules: &Rules, convention: &Convention, option: usize) -> El {
    let everyday = tally_tables::everyday(rules, convention, option);
    let wording = rules.options().get(option).map(|choice| wording(choice, convention));
    let wording = wording.filter(|wording| *wording != everyday);
    el("li")
        .child(el("strong").dir_auto().text(&everyday))
        .text(" ")
        .child(code(tally_tables::short(rules, option)))
        .children(wording.map(|wording| el("div").text(&wording)))
}

fn list(lines: impl Iterator<Item = String>) -> El {
    el("ul").class("plain-list").children(lines.map(|line| el("li").dir_auto().text(&line)))
}

fn ballots(urn: &Urn, rules: &Rules, turnout: &Turnout) -> El {
    let hidden =
        (!turnout.tells_ways()).then(|| el("p").class("muted").text(&outcome::ways_rule()));
    let voids = tally_tables::voids(urn);
    let none = voids.is_empty().then(|| el("p").text(words::no_void()));
    let listed = (!voids.is_empty()).then(|| list(voids.into_iter()));
    section("ballots", words::ballots())
        .child(table(words::by_way(), &tally_tables::turnout(rules, urn)))
        .children(hidden)
        .children(none)
        .children(listed)
}

fn result(view: &OutcomeView, rules: &Rules, tally: &Tally) -> El {
    let result = section("result", words::result());
    if let Some(why) = outcome::nothing(&tally.turnout) {
        return result.child(el("p").text(&why));
    }
    // The wordings are above; nine columns of mentions leave no room for long names.
    let named = |option| match rules.method() {
        Method::Judgment => tally_tables::label(rules, view.convention, option),
        _ => tally_tables::everyday(rules, view.convention, option),
    };
    result.child(table(outcome::result_caption(), &tally_tables::result(tally, &named)))
}

fn fingerprint(view: &OutcomeView, tally: &Tally) -> El {
    let spoken = el("span").untranslated().text(&view.fingerprint.spoken());
    let ballots = outcome::ballots(tally.turnout.cast);
    section("fingerprint", words::fingerprint())
        .child(el("p").class("said").child(spoken).text(" · ").text(&ballots))
        .child(el("p").class("digest").untranslated().text(&view.fingerprint.whole()))
        .child(el("p").class("muted").text(outcome::fingerprint_cost()))
        .child(el("p").class("muted").text(outcome::limits()))
}

fn conclusion(held: Option<&Conclusion>) -> El {
    let section = section("conclusion", words::conclusion());
    let Some(held) = held else {
        return section.child(el("p").text(words::no_conclusion()));
    };
    let lines = held.text.as_str().split('\n').filter(|line| !line.trim().is_empty());
    let look = held
        .look_again
        .map(|day| el("p").class("said").text(&outcome::conclusion::look_again(day)));
    section.children(lines.map(|line| el("p").dir_auto().text(&typeset(line)))).children(look)
}

fn signatures() -> El {
    let line = |_| {
        el("li")
            .class("signature")
            .child(el("span").text(words::signer()))
            .child(el("span").text(words::signed()))
    };
    section("signatures", words::signatures())
        .child(el("p").text(words::place_and_day()))
        .child(el("ul").class("signatures").children((0..SIGNERS).map(line)))
}
