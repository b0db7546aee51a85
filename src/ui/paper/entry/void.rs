//! The form that declares a paper void, with the reason.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use super::Desk;
use crate::domain::consultation;
use crate::text::paper as words;
use crate::ui::element::{El, el, event_target_value};
use crate::ui::shared::field::{field, form_error};

/// The form, closed at first.
pub(super) fn void(desk: &Rc<Desk>) -> El {
    let number = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let input = |value: RwSignal<String>| {
        el("input")
            .attr("autocomplete", "off")
            .attr("aria-describedby", "void/error")
            .prop("value", move || value.get().into())
            .on(ev::input, move |event| value.set(event_target_value(&event)))
    };
    let number_field = input(number).attr("inputmode", "numeric");
    let reason_field = input(reason).dir_auto();
    let desk = desk.clone();
    let (numbers, reasons) = (number_field.clone(), reason_field.clone());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = number.get_untracked();
        let known = desk.entry.book.read_untracked().unsettled(&typed, desk.entry.printed);
        let keyed = consultation::void(&reason.get_untracked());
        match (known, keyed) {
            (Err(refusal), _) => {
                error.set(Some(words::number_error(refusal)));
                numbers.focus();
            }
            (_, Err(refusal)) => {
                error.set(Some(words::line_error(&refusal)));
                reasons.focus();
            }
            (Ok(known), Ok(keyed)) => {
                error.set(None);
                number.set(String::new());
                reason.set(String::new());
                desk.settle(known, keyed);
                numbers.focus();
            }
        }
    };
    let declare = el("button").attr("type", "submit").class("button button--danger");
    let form = el("form")
        .class("form form--grave")
        .attr("novalidate", "")
        .on(ev::submit, submit)
        .child(el("p").text(words::void_lead()))
        .child(field(words::number(), number_field))
        .child(field(words::void_reason(), reason_field))
        .child(form_error(error).attr("id", "void/error"))
        .child(el("p").class("form__actions").child(declare.text(words::void())));
    el("details").class("details").child(el("summary").text(words::void_title())).child(form)
}
