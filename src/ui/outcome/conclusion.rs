//! The group's conclusion from a result, and its form.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use crate::domain::consultation::{Conclusion, ConclusionText, StepError};
use crate::domain::day::Day;
use crate::text::outcome::conclusion as words;
use crate::text::{actions, errors};
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{field, form_error};
use crate::ui::shared::heading::section;

/// Stores a conclusion, or removes it.
type Save = dyn Fn(Option<(String, Option<Day>)>) -> Result<(), StepError>;

/// The typed text, and whether the form is open.
#[derive(Clone)]
struct Form {
    open: RwSignal<bool>,
    held: RwSignal<Option<Conclusion>>,
    text: RwSignal<String>,
    day: RwSignal<String>,
    error: RwSignal<Option<String>>,
    save: Rc<Save>,
}

/// The conclusion with a button to change it, or the form where there is none yet.
pub(in crate::ui) fn conclusion_form(current: Option<Conclusion>, save: Box<Save>) -> El {
    let text = current.as_ref().map(|held| held.text.to_string()).unwrap_or_default();
    let day = current.as_ref().and_then(|held| held.look_again);
    let form = Form {
        open: RwSignal::new(current.is_none()),
        held: RwSignal::new(current),
        text: RwSignal::new(text),
        day: RwSignal::new(day.map(|day| day.to_string()).unwrap_or_default()),
        error: RwSignal::new(None),
        save: save.into(),
    };
    let content = move || match form.held.get() {
        Some(held) if !form.open.get() => shown(&held, form.open),
        held => vec![untrack(|| form.clone().fields(held.is_some()))],
    };
    section("conclusion", words::title())
        .class("conclusion")
        .child(el("div").class("steps").dyn_children(content))
}

/// The conclusion, to be read only.
pub(super) fn concluded(held: &Conclusion) -> El {
    section("conclusion", words::title()).class("conclusion").child(text(held))
}

fn shown(held: &Conclusion, open: RwSignal<bool>) -> Vec<El> {
    let edit = button(move || open.set(true)).class("button").text(words::edit());
    vec![text(held), el("p").class("no-print").child(edit)]
}

fn text(held: &Conclusion) -> El {
    let paragraphs = held.text.as_str().split('\n').filter(|line| !line.trim().is_empty());
    let paragraphs =
        paragraphs.map(|line| el("p").class("lead").dir_auto().text(&crate::text::typeset(line)));
    let look = held.look_again.map(|day| el("p").class("said").text(&words::look_again(day)));
    el("div").class("conclusion__held").children(paragraphs).children(look)
}

impl Form {
    fn fields(self, is_kept: bool) -> El {
        let Self { open, text, day, error, .. } = self;
        let area = el("textarea")
            .dir_auto()
            .attr("rows", "5")
            .attr("aria-describedby", "conclusion/error")
            .prop("value", move || text.read().as_str().into())
            .on(ev::input, move |event| text.set(event_target_value(&event)));
        let date = el("input")
            .attr("type", "date")
            .attr("aria-describedby", "conclusion/hint")
            .prop("value", move || day.read().as_str().into())
            .on(ev::input, move |event| day.set(event_target_value(&event)));
        let (submitted, removed, refused) = (self.clone(), self, area.clone());
        let keep = el("button").attr("type", "submit").class("button button--primary");
        let remove = is_kept.then(|| {
            button(move || removed.put(None)).class("button button--ghost").text(words::remove())
        });
        let close = is_kept.then(|| {
            button(move || open.set(false)).class("button button--ghost").text(actions::close())
        });
        el("form")
            .class("form")
            .on(ev::submit, move |event| {
                event.prevent_default();
                submitted.submit();
                if error.get_untracked().is_some() {
                    refused.focus();
                }
            })
            .child(el("p").class("muted").text(words::hint()))
            .child(field(words::text(), area))
            .child(form_error(error).attr("id", "conclusion/error"))
            .child(field(words::day(), date))
            .child(el("p").class("muted").attr("id", "conclusion/hint").text(words::day_hint()))
            .child(
                el("p")
                    .class("form__actions")
                    .child(keep.text(actions::save()))
                    .children(close)
                    .children(remove),
            )
    }

    /// Reads the fields. A date field gives nothing for a day that does not exist.
    fn submit(&self) {
        let day = self.day.get_untracked();
        let day = (!day.is_empty()).then(|| day.parse::<Day>());
        match day.transpose() {
            Ok(day) => self.put(Some((self.text.get_untracked(), day))),
            Err(_) => self.error.set(Some(errors::invalid_day().to_owned())),
        }
    }

    fn put(&self, conclusion: Option<(String, Option<Day>)>) {
        if let Err(error) = (self.save)(conclusion.clone()) {
            return self.error.set(Some(words::not_concluded(&error)));
        }
        self.error.set(None);
        if conclusion.is_none() {
            self.text.set(String::new());
            self.day.set(String::new());
        }
        self.open.set(conclusion.is_none());
        // The form closes only with a conclusion that can be stored.
        let held = conclusion.and_then(|(text, look_again)| {
            let text = ConclusionText::new(&text).ok()?;
            Some(Conclusion { text, look_again })
        });
        self.held.set(held);
    }
}
