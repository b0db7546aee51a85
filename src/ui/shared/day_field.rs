//! A field for a day. While somebody types, every key makes another day: what is typed counts when
//! they are done, by the enter key or by leaving the field. What is picked from a calendar counts at
//! once.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::domain::day::Day;
use crate::platform::date_field::is_half_typed;
use crate::ui::element::{El, el, typed};

/// What such a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Entered {
    /// A day.
    Day(Day),
    /// Nothing.
    Nothing,
    /// Something that is no day.
    NoDay,
}

/// The field, in step with a value.
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
        .property_now("value", move || value().map(|d| d.to_string()).unwrap_or_default().into())
        .on("keydown", move |event| {
            let enter = event.unchecked_ref::<KeyboardEvent>().key() == "Enter";
            typed_now.set(!enter);
            if enter {
                at_enter(&event);
            }
        })
        .on("change", move |event| {
            if !picked.get() {
                at_pick(&event);
            }
        })
        .on("focusout", move |event| {
            typing.set(false);
            settle(&event);
        })
}

fn entered(event: &Event) -> Entered {
    let said = typed(event);
    match said.parse::<Day>() {
        Ok(day) => Entered::Day(day),
        Err(_) if said.is_empty() && !is_half_typed(event) => Entered::Nothing,
        Err(_) => Entered::NoDay,
    }
}
