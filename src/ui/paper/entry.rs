//! Keys paper ballots: a number and a line, twice, by keyboard alone.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{known, names, texts};
use crate::domain::consultation::{
    Choice, Keyed, PaperBook, PaperState, Passage, Readings, Rules, parse_line,
};
use crate::domain::convention::Convention;
use crate::platform::keys;
use crate::text::paper as words;
use crate::ui::element::{El, el, event_target_value};
use crate::ui::shared::field::{choices, field, form_error};
use crate::ui::shared::heading::section;

mod differences;
mod void;

/// The input of keying.
pub(in crate::ui) struct PaperEntry {
    /// The readings so far.
    pub(in crate::ui) book: RwSignal<PaperBook>,
    /// The rules of the consultation.
    pub(in crate::ui) rules: Rules,
    /// The convention that options refer to.
    pub(in crate::ui) convention: &'static Convention,
    /// The greatest number that was printed.
    pub(in crate::ui) printed: u16,
    /// Called with the readings of a number whenever they change; returns the state of the number,
    /// because another tab may key the same one.
    pub(in crate::ui) changed: Box<dyn Fn(u16, Readings) -> Option<PaperState>>,
    /// Called for each number that two readings agree on, or that is declared void.
    pub(in crate::ui) agreed: Box<dyn Fn(u16, Keyed)>,
}

/// The state of keying.
struct Desk {
    entry: PaperEntry,
    second: RwSignal<bool>,
    number: RwSignal<String>,
    line: RwSignal<String>,
    error: RwSignal<Option<String>>,
    said: RwSignal<String>,
    number_field: El,
    line_field: El,
    /// The names of options in a line.
    names: Vec<String>,
    texts: Vec<String>,
    /// Whether papers can be keyed; else only what differs can be decided on.
    keys: bool,
}

/// The sections of the keying screen.
pub(in crate::ui) fn entry(entry: PaperEntry) -> El {
    let desk = Desk::new(entry, true);
    let keying = section("keying", words::entry_title())
        .child(el("p").class("muted").text(words::entry_lead()))
        .child(passage(&desk))
        .child(form(&desk))
        .child(how(&desk));
    el("div")
        .class("keying")
        .child(keying)
        .child(differences::differences(&desk))
        .child(table(&desk))
        .child(void::void(&desk))
}

/// The papers left to decide on, where no more can be keyed.
pub(in crate::ui) fn deciding(entry: PaperEntry) -> El {
    el("div").class("keying").child(differences::differences(&Desk::new(entry, false)))
}

fn passage(desk: &Rc<Desk>) -> El {
    let second = desk.second;
    let options = [
        (false, words::passage_name(Passage::First)),
        (true, words::passage_name(Passage::Second)),
    ];
    choices(words::passage(), options, move || second.get(), move |chosen| second.set(chosen))
}

fn form(desk: &Rc<Desk>) -> El {
    let (number, line, said) = (desk.number, desk.line, desk.said);
    let to_line = desk.clone();
    let on_enter = move |key: KeyboardEvent| {
        if keys::name(&key) == "Enter" {
            key.prevent_default();
            if to_line.checked().is_some() {
                to_line.line_field.focus();
            }
        }
    };
    let number_field = desk.number_field.clone();
    let number_field = number_field
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "keying/error")
        .prop("value", move || number.get().into())
        .on(ev::input, move |event| number.set(event_target_value(&event)))
        .on(ev::keydown, on_enter);
    let line_field = desk.line_field.clone();
    let line_field = line_field
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "keying/error")
        .prop("value", move || line.get().into())
        .on(ev::input, move |event| line.set(event_target_value(&event)));
    let at = desk.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        at.record();
    };
    let record = el("button").attr("type", "submit").class("button button--primary");
    el("form")
        .class("form keying-form")
        .attr("novalidate", "")
        .on(ev::submit, submit)
        .child(field(words::number(), number_field))
        .child(field(words::line(), line_field))
        .child(understood(desk))
        .child(record.text(words::record()))
        .child(form_error(desk.error).attr("id", "keying/error"))
        .child(el("p").class("keying__said").attr("role", "status").text(move || said.get()))
}

/// The meaning of the line so far, in words; nothing while it cannot be stored.
fn understood(desk: &Rc<Desk>) -> El {
    let at = desk.clone();
    let read = move || parse_line(&at.entry.rules, &at.line.get()).ok();
    let at = desk.clone();
    let shown = move || {
        let Some(keyed) = read() else { return Vec::new() };
        let lines =
            words::understood(&keyed, &at.texts).into_iter().map(|line| el("li").text(&line));
        let title = el("p").class("field__label").text(words::understood_title());
        vec![title, el("ul").class("plain-list").children(lines)]
    };
    el("div").class("keying__understood").attr("role", "status").dyn_children(shown)
}

fn how(desk: &Desk) -> El {
    let option = |(text, choice): (&String, &Choice)| match known(choice, "code") {
        Some(known) => el("li").child(known).text(" ").text(text),
        None => el("li").child(el("span").dir_auto().text(text)),
    };
    let options = desk.texts.iter().zip(desk.entry.rules.options()).map(option);
    el("details")
        .class("details details--how")
        .attr("open", "")
        .child(el("summary").text(words::how_title()))
        .child(el("p").text(words::how(desk.entry.rules.method())))
        .child(el("p").text(words::how_blank()))
        .child(el("p").class("field__label").text(words::options_title()))
        .child(el("ol").class("keying__options").children(options))
}

fn table(desk: &Desk) -> El {
    let book = desk.entry.book;
    let rows = move || {
        let row = |(number, state): (u16, PaperState)| {
            let name = match &state {
                PaperState::Once => "once",
                PaperState::Agreed(Keyed::Vote(_)) => "agreed",
                PaperState::Agreed(Keyed::Void(_)) => "void",
                PaperState::Differs { .. } => "differs",
            };
            el("tr")
                .child(el("th").attr("scope", "row").text(&words::numbered(number)))
                .child(el("td").dir_auto().attr("data-state", name).text(&words::state(&state)))
        };
        book.read().states().into_iter().map(row).collect()
    };
    let heads = [words::column_number(), words::column_state()];
    let head = el("tr").children(heads.map(|name| el("th").attr("scope", "col").text(name)));
    let none = move || book.read().states().is_empty();
    let table = el("table")
        .class("keying__table")
        .attr("hidden", move || none().then(String::new))
        .child(el("caption").text(move || words::counts(book.read().counts())))
        .child(el("thead").child(head))
        .child(el("tbody").dyn_children(rows));
    section("keyed", words::table())
        .child(el("p").class("muted").text_when(words::table_empty(), none))
        .child(table)
}

impl Desk {
    fn new(entry: PaperEntry, keys: bool) -> Rc<Self> {
        let names = names(&entry.rules, entry.convention);
        let texts = texts(&entry.rules, entry.convention);
        Rc::new(Self {
            entry,
            second: RwSignal::new(false),
            number: RwSignal::new(String::new()),
            line: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            number_field: el("input"),
            line_field: el("input"),
            names,
            texts,
            keys,
        })
    }

    /// The number in its field, if it can be keyed; else shows why not.
    fn checked(&self) -> Option<u16> {
        let at = if self.second.get_untracked() { Passage::Second } else { Passage::First };
        let book = self.entry.book.read_untracked();
        match book.number(&self.number.get_untracked(), at, self.entry.printed) {
            Ok(number) => {
                self.error.set(None);
                Some(number)
            }
            Err(error) => {
                self.error.set(Some(words::number_error(error)));
                self.number_field.focus();
                None
            }
        }
    }

    /// Records the reading in the fields and continues with the next number.
    fn record(&self) {
        let Some(number) = self.checked() else { return };
        match parse_line(&self.entry.rules, &self.line.get_untracked()) {
            Ok(keyed) => {
                let read = words::said(&keyed, &self.names);
                self.take(number, keyed, &read);
                self.number.set(String::new());
                self.line.set(String::new());
                self.number_field.focus();
            }
            Err(error) => {
                self.error.set(Some(words::line_error(&error)));
                self.line_field.focus();
            }
        }
    }

    fn take(&self, number: u16, keyed: Keyed, read: &str) {
        let mut book = self.entry.book.get_untracked();
        let third = matches!(book.state(number), Some(PaperState::Differs { .. }));
        book.key(number, keyed);
        if let Some(state) = self.put(book, number) {
            self.said.set(words::recorded(number, &state, third, read));
        }
    }

    /// Decides on the content of a number, whatever was keyed.
    fn settle(&self, number: u16, keyed: Keyed) {
        let mut book = self.entry.book.get_untracked();
        book.settle(number, keyed);
        if let Some(state) = self.put(book, number) {
            self.said.set(words::recorded(number, &state, false, ""));
        }
    }

    fn put(&self, book: PaperBook, number: u16) -> Option<PaperState> {
        let readings = book.readings(number).cloned();
        self.entry.book.set(book);
        let state = (self.entry.changed)(number, readings?);
        if let Some(PaperState::Agreed(keyed)) = &state {
            (self.entry.agreed)(number, keyed.clone());
        }
        state
    }
}
