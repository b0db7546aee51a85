//! Planning a day for the marker, and keeping an eye on it. Each choice is kept at once.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::domain::day::Day;
use crate::domain::follow_up::FollowUp;
use crate::domain::item::MarkerId;
use crate::platform::date_field;
use crate::route::{BilanPlace, Route};
use crate::store::{AppStore, DueRow};
use crate::text::{self, devices, follow_up as words};
use crate::ui::element::{El, button, el, link, typed};
use crate::ui::shared::field::{check, field, form_error};
use crate::ui::shared::section::section;
use crate::ui::store;

/// What this device plans, and what others do.
#[derive(Clone, Copy)]
struct Plan {
    store: AppStore,
    marker: MarkerId,
    held: Memo<FollowUp>,
    error: RwSignal<Option<String>>,
}

/// The section.
pub(super) fn follow_up(marker: MarkerId) -> El {
    let store = store();
    let error = RwSignal::new(None);
    let plan = Plan { store, marker, held: store.follow_up(marker), error };
    let others = store.dues_of_others(marker);
    let key = |row: &DueRow| {
        let name = devices::name(row.due.device, row.device.as_ref());
        format!("{}/{}/{name}", row.due.device, row.due.day)
    };
    let other = |row: DueRow| {
        let name = devices::name(row.due.device, row.device.as_ref());
        el("li").text(&words::due_by(row.due.day, &name))
    };
    let watch = check(
        words::watch(),
        move || plan.held.read().watched,
        move |watched| plan.change(|held| FollowUp { watched, ..held }),
    );
    let list = Route::Bilan(BilanPlace::Attention.to_string());
    let hint = el("p")
        .class("quiet")
        .text(words::hint())
        .text(" ")
        .add(link(&list).text(words::see_list()));
    let form = el("div")
        .class("form follow-up")
        .add(plan.day())
        .add(el("ul").class("follow-up__others").each(move || others.get(), key, other))
        .add(watch)
        .add(hint);
    section("follow-up", words::title()).add(form)
}

impl Plan {
    fn change(self, change: impl FnOnce(FollowUp) -> FollowUp) {
        // A refusal is said by the store.
        let _ = self.store.change_follow_up(self.marker, change);
    }

    /// The field for the day, what is wrong with it, and the way to take the day back.
    fn day(self) -> El {
        let due = move || self.held.read().due.map(|day| day.to_string()).unwrap_or_default();
        // While somebody types, every key makes another day: it is kept when they are done. What
        // is picked from a calendar is kept at once.
        let typing = Rc::new(Cell::new(false));
        let (typed_now, picked, left) = (typing.clone(), typing.clone(), typing);
        let input = el("input")
            .attr("type", "date")
            .property_now("value", move || due().into())
            .on("keydown", move |event| {
                let enter = event.unchecked_ref::<KeyboardEvent>().key() == "Enter";
                typed_now.set(!enter);
                if enter {
                    self.settle(&event);
                }
            })
            .on("change", move |event| {
                if !picked.get() {
                    self.settle(&event);
                }
            })
            .on("focusout", move |event| {
                left.set(false);
                self.settle(&event);
            });
        let clear = move || {
            let clear = button(move || self.plan(None)).class("button button--quiet");
            let planned = self.held.read().due.is_some();
            planned.then(|| clear.text(words::clear())).into_iter().collect()
        };
        el("div")
            .class("follow-up__day")
            .add(field(words::due_label(), input))
            .add(el("div").fill(clear))
            .add(form_error(self.error))
    }

    /// Keeps what the field says, if it is a day or nothing.
    fn settle(self, event: &Event) {
        let said = typed(event);
        let day = said.parse::<Day>();
        match day {
            Ok(day) => self.plan(Some(day)),
            Err(_) if said.is_empty() && !date_field::is_half_typed(event) => self.plan(None),
            Err(_) => self.error.set(Some(text::errors::invalid_day().to_owned())),
        }
    }

    fn plan(self, due: Option<Day>) {
        self.error.set(None);
        self.change(|held| FollowUp { due, ..held });
    }
}
