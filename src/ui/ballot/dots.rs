//! *Gommettes*: a number of dots for each option, set by plus and minus.

use super::At;
use crate::domain::consultation::Method;
use crate::text::ballot as words;
use crate::ui::element::{El, button, el};
use leptos::prelude::*;

/// More circles than this cannot be counted at a glance; the number next to them can be read.
const MOST_DRAWN: u8 = 6;

/// Minus, the dots, plus.
pub(super) fn dots(booth: &At, option: usize) -> El {
    let vote = booth.vote;
    let on = move || vote.read().dots_on(option);
    let cap = match booth.form.rules.method() {
        Method::Dots { cap, .. } => cap,
        _ => 0,
    };
    let drawn = (1..=cap.min(MOST_DRAWN))
        .map(|number| el("i").attr("data-on", move || (on() >= number).then(String::new)));
    let count = el("span").class("dots__count").text(move || on().to_string());
    let shown = el("span").class("dots__drawn").attr("aria-hidden", "true").children(drawn);
    el("div")
        .class("dots")
        .child(minus(booth, option))
        .child(el("span").class("dots__shown").child(shown).child(count))
        .child(plus(booth, option))
}

fn minus(booth: &At, option: usize) -> El {
    let (at, vote) = (booth.clone(), booth.vote);
    let none = move || vote.read().dots_on(option) == 0;
    let act = move || {
        let next = at.vote.get_untracked().without_dot(option);
        let said = words::dots_on(next.dots_on(option).into(), &at.name(option));
        at.change(next, said);
    };
    round(act, "−", &words::remove_dot(&booth.name(option)), none)
}

fn plus(booth: &At, option: usize) -> El {
    let (at, seen) = (booth.clone(), booth.clone());
    let full = move || seen.vote.read().with_dot(option, &seen.form.rules).is_err();
    let act = move || match at.vote.get_untracked().with_dot(option, &at.form.rules) {
        Ok(next) => {
            let said = words::dots_on(next.dots_on(option).into(), &at.name(option));
            at.change(next, said);
        }
        Err(full) => at.refuse(words::full(full)),
    };
    round(act, "+", &words::add_dot(&booth.name(option)), full)
}

/// A round button that keeps the focus while it can do nothing, and says why when it is pressed.
pub(super) fn round(
    act: impl Fn() + 'static,
    sign: &str,
    name: &str,
    idle: impl Fn() -> bool + 'static,
) -> El {
    button(act)
        .class("round")
        .attr("aria-label", name)
        .attr("aria-disabled", move || idle().then(|| "true".to_owned()))
        .child(el("span").attr("aria-hidden", "true").text(sign))
}
