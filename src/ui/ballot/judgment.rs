//! *Jugement majoritaire*: one of seven mentions for each option, or none.

use leptos::prelude::*;

use super::{At, option};
use crate::domain::consultation::{Grade, Vote};
use crate::text;
use crate::ui::element::{El, el};
use crate::ui::shared::field::radio;

/// The name of a mention in `data-grade`, which the style sheet reads.
pub(in crate::ui) fn grade_name(grade: Option<Grade>) -> &'static str {
    match grade {
        Some(Grade::Excellent) => "excellent",
        Some(Grade::VeryGood) => "very-good",
        Some(Grade::Good) => "good",
        Some(Grade::FairlyGood) => "fairly-good",
        Some(Grade::Passable) => "passable",
        Some(Grade::Insufficient) => "insufficient",
        Some(Grade::Reject) => "reject",
        None => "none",
    }
}

/// The mentions from the best to the worst, and an empty choice that takes a mention back.
pub(super) fn judgment(booth: &At, option: usize) -> El {
    let name = format!("mention/{option}");
    let mention = |grade: Option<Grade>| {
        let (at, vote) = (booth.clone(), booth.vote);
        let chosen = move || match &*vote.read() {
            Vote::Judgment(grades) => grades[option] == grade,
            _ => false,
        };
        let choose = move || {
            let mut next = at.vote.get_untracked();
            if let Vote::Judgment(grades) = &mut next {
                grades[option] = grade;
            }
            at.change(next, String::new());
        };
        let label = grade.map_or(text::consultation::no_mention(), text::consultation::grade);
        el("label")
            .class("mention")
            .attr("data-grade", grade_name(grade))
            .child(radio(&name, chosen, choose))
            .child(el("span").text(label))
    };
    el("div")
        .class("mentions")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", &option::name_id(option))
        .children(Grade::ALL.map(|grade| mention(Some(grade))))
        .child(mention(None))
}
