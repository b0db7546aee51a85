//! The review of a vote, in words, before it is cast.

use leptos::prelude::*;

use super::judgment::grade_name;
use super::{At, option};
use crate::domain::consultation::{Method, Vote};
use crate::text::{self, ballot as words};
use crate::ui::element::{El, button, el};

/// Shows what was chosen and what was not, with buttons to confirm and to go back.
pub(super) fn review(booth: &At, _again: bool) -> Vec<El> {
    let rules = &booth.form.rules;
    let vote = booth.now();
    let title = el("h1")
        .class("heading")
        .attr("tabindex", "-1")
        .text(words::review_title())
        .on_mount(|title| drop(title.focus()));
    let head = el("header")
        .class("ballot__head")
        .child(title)
        .child(el("p").class("muted").dir_auto().text(&text::typeset(rules.title().as_str())));
    let left = match rules.method() {
        Method::Dots { each, .. } if vote != Vote::Blank => {
            words::unused(usize::from(each).saturating_sub(vote.given()))
        }
        _ => None,
    };
    let chosen = vote.chosen(&booth.form.order);
    let rest = words::not_chosen(&vote, rules.options().len() - chosen.len(), rules.method());
    let rows = chosen.iter().map(|option| row(booth, &vote, *option));
    let what = match vote {
        Vote::Blank => el("p").class("review__blank").text(words::is_blank()),
        Vote::Ranking(_) => el("ol").class("review").children(rows),
        _ => el("ul").class("review").children(rows),
    };
    let remarks = rest.into_iter().chain(left).map(|said| el("p").class("muted").text(&said));
    let rest = el("div").class("review__rest").children(remarks);
    vec![head, what, rest, ways(booth, vote.clone())]
}

fn row(booth: &At, vote: &Vote, option: usize) -> El {
    let answer = el("span").class("review__answer").text(&words::answer(vote, option));
    let answer = match vote {
        Vote::Judgment(grades) => answer.attr("data-grade", grade_name(grades[option])),
        _ => answer,
    };
    el("li")
        .class("review__row")
        .child(answer)
        .text(" ")
        .child(option::named(booth, option, "span"))
}

fn ways(booth: &At, vote: Vote) -> El {
    let (at, back) = (booth.clone(), booth.reviewing);
    let handed = booth.form.handed;
    let cast = RwSignal::new(false);
    let told = RwSignal::new(false);
    let vote_now = button(move || {
        // A double tap must not cast twice.
        if !cast.get_untracked() && at.form.rules.allow(&vote).is_ok() {
            if at.form.preview {
                told.set(true);
            } else {
                cast.set(true);
                (at.form.cast)(vote.clone());
            }
        }
    });
    let vote_now = vote_now
        .class("button button--primary")
        .attr("aria-disabled", move || cast.get().then(|| "true".to_owned()))
        .text(if handed { words::make() } else { words::cast() });
    let change = button(move || {
        if !cast.get_untracked() {
            back.set(false);
        }
    });
    let said = el("p")
        .class("ballot__preview")
        .attr("role", "status")
        .text_when(words::preview_cast(), move || told.get());
    el("div")
        .class("review__actions")
        .child(el("p").class("muted").text(if handed {
            words::is_made()
        } else {
            words::is_final()
        }))
        .child(
            el("p")
                .class("form__actions")
                .child(vote_now)
                .child(change.class("button").text(words::change())),
        )
        .child(said)
}
