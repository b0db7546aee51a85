//! The follow-up of a marker: its planned day, and whether it is watched. Each choice is stored at
//! once.

use leptos::prelude::*;

use crate::domain::day::Day;
use crate::domain::follow_up::FollowUp;
use crate::domain::item::MarkerId;
use crate::route::{BilanPlace, Route};
use crate::store::{AppStore, DueRow};
use crate::text::{self, devices, follow_up as words};
use crate::ui::element::{El, button, el, link};
use crate::ui::shared::field::{Entered, check, day_field, field, form_error};
use crate::ui::shared::heading::section;
use crate::ui::store;

/// The follow-up of this device, and those of others.
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
        let name = el("span").untranslated().dir_auto().text(&name);
        el("li").text(&words::due_by(row.due.day)).child(name)
    };
    let watch = check(
        words::watch(),
        move || plan.held.read().watched,
        move |watched| plan.change(|held| FollowUp { watched, ..held }),
    );
    let list = Route::Bilan(BilanPlace::Attention.to_string());
    let hint = el("p")
        .class("muted")
        .text(words::hint())
        .text(" ")
        .child(link(&list).text(words::see_list()));
    let form = el("div")
        .class("follow-up")
        .child(plan.day())
        .child(el("ul").class("follow-up__others").for_each(move || others.get(), key, other))
        .child(watch)
        .child(hint);
    section("follow-up", words::title()).child(form)
}

impl Plan {
    fn change(self, change: impl FnOnce(FollowUp) -> FollowUp) {
        // The store reports a refusal.
        let _ = self.store.change_follow_up(self.marker, change);
    }

    /// The field for the day, its error, and the button that removes the day.
    fn day(self) -> El {
        let input = day_field(
            move || self.held.read().due,
            move |entered| match entered {
                Entered::Day(day) => self.plan(Some(day)),
                Entered::Nothing => self.plan(None),
                Entered::NoDay => self.error.set(Some(text::errors::invalid_day().to_owned())),
            },
        );
        let clear = move || {
            let clear = button(move || self.plan(None)).class("button button--ghost");
            let planned = self.held.read().due.is_some();
            planned.then(|| clear.text(words::clear())).into_iter().collect()
        };
        el("div")
            .class("follow-up__day")
            .child(field(words::due_label(), input))
            .child(el("div").dyn_children(clear))
            .child(form_error(self.error))
    }

    fn plan(self, due: Option<Day>) {
        self.error.set(None);
        self.change(|held| FollowUp { due, ..held });
    }
}
