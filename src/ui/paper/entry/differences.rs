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
        .attr_now("hidden", move || none().then(String::new))
        .add(el("p").class("muted").text(words::differences_lead()))
        .add(el("div").class("keying__cards").fill(cards))
}

fn card(desk: &Rc<Desk>, number: u16, first: Keyed, second: Keyed, options: &[usize]) -> El {
    let row = |name: &str, one: &str, two: &str| {
        el("tr")
            .add(el("th").attr("scope", "row").text(name))
            .add(el("td").text(one))
            .add(el("td").text(two))
    };
    let option = |option: &usize| {
        let name = format!("{}. {}", option + 1, desk.texts[*option]);
        row(&name, &words::beside(&first, *option), &words::beside(&second, *option))
    };
    let read = |keyed| words::said(keyed, &desk.names);
    let heads = [words::line(), words::first(), words::second()];
    let head = el("tr").with(heads.map(|name| el("th").attr("scope", "col").text(name)));
    let table = el("table")
        .add(el("thead").add(head))
        .add(el("tbody").with(options.iter().map(option)))
        .add(el("tfoot").add(row(words::whole(), &read(&first), &read(&second))));
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
        .add(el("h3").text(&title))
        .add(table)
        .add(
            el("p")
                .class("form__actions")
                .add(keep(words::keep_first(), first))
                .add(keep(words::keep_second(), second))
                .with(desk.keys.then(|| again.class("button").text(words::key_again()))),
        )
}
