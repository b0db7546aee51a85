//! Papers with two different readings, side by side, and three ways to decide.

use std::rc::Rc;

use leptos::prelude::*;

use super::Desk;
use crate::domain::consultation::{Keyed, PaperState};
use crate::text::paper as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::section;

/// One card for each; nothing where all readings agree.
pub(super) fn differences(desk: &Rc<Desk>) -> El {
    let book = desk.entry.book;
    let none = move || book.read().counts().differ == 0;
    let desk = desk.clone();
    let cards = move || {
        let card = |(number, state): (u16, PaperState)| match state {
            PaperState::Differs { first, second, options } => {
                Some(card(&desk, number, first, second, &options))
            }
            _ => None,
        };
        book.read().states().into_iter().filter_map(card).collect()
    };
    section("differences", words::differences())
        .attr("hidden", move || none().then(String::new))
        .child(el("p").class("muted").text(words::differences_lead()))
        .child(el("div").class("keying__cards").dyn_children(cards))
}

fn card(desk: &Rc<Desk>, number: u16, first: Keyed, second: Keyed, options: &[usize]) -> El {
    let row = |name: &str, one: &str, two: &str| {
        el("tr")
            .child(el("th").attr("scope", "row").dir_auto().text(name))
            .child(el("td").dir_auto().text(one))
            .child(el("td").dir_auto().text(two))
    };
    let option = |option: &usize| {
        let name = format!("{}. {}", option + 1, desk.texts[*option]);
        row(&name, &words::beside(&first, *option), &words::beside(&second, *option))
    };
    let read = |keyed| words::said(keyed, &desk.names);
    let heads = [words::line(), words::first(), words::second()];
    let head = el("tr").children(heads.map(|name| el("th").attr("scope", "col").text(name)));
    let table = el("table")
        .child(el("thead").child(head))
        .child(el("tbody").children(options.iter().map(option)))
        .child(el("tfoot").child(row(words::whole(), &read(&first), &read(&second))));
    let keep = |label, keyed: Keyed| {
        let desk = desk.clone();
        button(move || desk.settle(number, keyed.clone())).class("button").text(label)
    };
    let again = desk.clone();
    let again = button(move || {
        again.number.set(number.to_string());
        again.line.set(String::new());
        again.error.set(None);
        again.line_field.focus();
    });
    let title = words::ballot(number);
    el("article")
        .class("keying__card")
        .attr("aria-label", &title)
        .child(el("h3").text(&title))
        .child(table)
        .child(
            el("p")
                .class("form__actions")
                .child(keep(words::keep_first(), first))
                .child(keep(words::keep_second(), second))
                .children(desk.keys.then(|| again.class("button").text(words::key_again()))),
        )
}
