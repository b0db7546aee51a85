//! Form fields, each with its label.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use web_sys::Event;

use crate::domain::day::Day;
use crate::platform::date_field::is_half_typed;
use crate::platform::keys;
use crate::ui::element::{El, el, event_target_checked, event_target_value};

/// A label over a field.
pub(in crate::ui) fn field(label: &str, input: El) -> El {
    el("label").class("field").child(el("span").class("field__label").text(label)).child(input)
}

/// A checkbox with its label.
pub(in crate::ui) fn check(
    label: &str,
    checked: impl Fn() -> bool + 'static,
    choose: impl Fn(bool) + 'static,
) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .prop("checked", move || checked().into())
        .on(ev::change, move |event| choose(event_target_checked(&event)));
    el("label").class("check").child(input).child(el("span").text(label))
}

/// A choice between a few visible options.
pub(in crate::ui) fn choices<T: Copy + PartialEq + 'static>(
    legend: &str,
    options: impl IntoIterator<Item = (T, &'static str)>,
    chosen: impl Fn() -> T + Clone + 'static,
    choose: impl Fn(T) + Clone + 'static,
) -> El {
    let option = |(value, label): (T, &'static str)| {
        let (chosen, choose) = (chosen.clone(), choose.clone());
        let input = radio(legend, move || chosen() == value, move || choose(value));
        el("label").class("choice").child(input).child(el("span").text(label))
    };
    let options: Vec<_> = options.into_iter().map(option).collect();
    el("fieldset").class("choices").child(el("legend").text(legend)).children(options)
}

/// A radio button; those of one `name` in a form belong together.
pub(in crate::ui) fn radio(
    name: &str,
    chosen: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) -> El {
    el("input")
        .attr("type", "radio")
        .attr("name", name)
        .prop("checked", move || chosen().into())
        .on(ev::change, move |_| choose())
}

/// The place for a form's error.
pub(in crate::ui) fn form_error(error: RwSignal<Option<String>>) -> El {
    let words = move || error.get().unwrap_or_default();
    el("p").class("form__error").attr("role", "alert").text(words)
}

/// The content of a field for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Entered {
    /// A day.
    Day(Day),
    /// Nothing.
    Nothing,
    /// Text that is no day.
    NoDay,
}

/// A field for a day, bound to a value. While a person types, every key makes another day: the
/// typed day counts at the enter key or when the field is left. A day picked from the calendar
/// counts at once. `settle` may be called when the owner is gone: the field is left by leaving the
/// screen, too.
pub(in crate::ui) fn day_field(
    value: impl Fn() -> Option<Day> + 'static,
    settle: impl Fn(Entered) + 'static,
) -> El {
    let typing = Rc::new(Cell::new(false));
    let settle = Rc::new(move |event: &Event| settle(entered(event)));
    let (typed_now, at_enter) = (typing.clone(), settle.clone());
    let (picked, at_pick) = (typing.clone(), settle.clone());
    el("input")
        .attr("type", "date")
        .prop("value", move || value().map(|d| d.to_string()).unwrap_or_default().into())
        .on(ev::keydown, move |event| {
            let key = keys::name(&event);
            let enter = key == "Enter";
            // What fills in forms presses no key, and picks a day like the calendar.
            typed_now.set(!enter && !key.is_empty());
            if enter {
                at_enter(&event);
            }
        })
        .on(ev::change, move |event| {
            if !picked.get() {
                at_pick(&event);
            }
        })
        .on_until_gone(ev::focusout, move |event| {
            typing.set(false);
            settle(&event);
        })
}

fn entered(event: &Event) -> Entered {
    let said = event_target_value(event);
    match said.parse::<Day>() {
        Ok(day) => Entered::Day(day),
        Err(_) if said.is_empty() && !is_half_typed(event) => Entered::Nothing,
        Err(_) => Entered::NoDay,
    }
}
