//! Approval voting: a box for each option.

use leptos::prelude::*;

use super::At;
use crate::domain::consultation::Vote;
use crate::text;
use crate::ui::element::El;
use crate::ui::shared::field::check;

/// A box that approves an option.
pub(super) fn approval(booth: &At, option: usize) -> El {
    let (at, vote) = (booth.clone(), booth.vote);
    let approved = move || match &*vote.read() {
        Vote::Approval(approved) => approved[option],
        _ => false,
    };
    let choose = move |yes| {
        let mut next = at.vote.get_untracked();
        if let Vote::Approval(approved) = &mut next {
            approved[option] = yes;
        }
        at.change(next, String::new());
    };
    check(text::consultation::yes(), approved, choose).class("check check--yes")
}
