//! The markers in the convention's text: each with its tick and what was seen of it.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, Journal};
use crate::domain::observation::Level;
use crate::route::Route;
use crate::store::AppStore;
use crate::text;
use crate::ui::element::El;
use crate::ui::shared::pole::level_name;
use crate::ui::store;

/// All of them. They are kept in step by one effect, and heard by one listener: there are hundreds.
pub(super) struct Rows {
    text: El,
    rows: Rc<[Row]>,
}

struct Row {
    id: MarkerId,
    tick: El,
    state: El,
    /// What it shows: the latest level with its day, and how many notes there are.
    shown: Cell<(Option<(Level, Day)>, usize)>,
}

impl Rows {
    /// Takes over the markers in the text, and hears their ticks from here on.
    pub(super) fn adopt(text: El) -> Self {
        let store = store();
        let rows = text.find_all(".marker").filter_map(|row| Row::of(&row)).collect();
        let text = text.on("click", move |event| {
            if let Some(id) = ticked(&event) {
                let reached = store.level(id) == Some(Level::Reached);
                let action = if reached { Action::Untick(id) } else { Action::Tick(id) };
                // A refusal is said by the store.
                let _ = store.dispatch(action);
            }
        });
        Self { text, rows }
    }

    /// Does what was ticked in the page before the app could hear it. What is reached already
    /// stays so: before the app has started the page cannot know it.
    pub(super) fn catch_up(&self) {
        let store = store();
        for row in self.rows.iter() {
            let pressed = row.tick.get("aria-pressed").as_deref() == Some("true");
            if pressed && store.level(row.id) != Some(Level::Reached) {
                // A refusal is said by the store, and the row below shows what holds.
                let _ = store.dispatch(Action::Tick(row.id));
            }
            row.clear();
        }
    }

    /// Keeps the rows in step for as long as the screen is shown.
    pub(super) fn show(&self) {
        let (store, rows): (AppStore, _) = (store(), self.rows.clone());
        self.text.clone().keep(move || {
            let today = store.today().get();
            store.look(|journal| rows.iter().for_each(|row| row.show(journal, today)));
        });
    }
}

impl Row {
    fn of(row: &El) -> Option<Self> {
        let id = marker(row.raw())?;
        let (tick, state) = (row.find(".tick"), row.find(".marker__state"));
        Some(Self { id, tick, state, shown: Cell::default() })
    }

    /// Shows nothing observed, as the page did at first.
    fn clear(&self) {
        self.tick.set("aria-pressed", "false");
        self.tick.set("data-level", level_name(None));
    }

    fn show(&self, journal: &Journal, today: Day) {
        let state = journal.state(self.id, today).map(|state| (state.seen.level, state.id.day));
        let notes = journal.notes(self.id.into()).len();
        if self.shown.replace((state, notes)) == (state, notes) {
            return;
        }
        let level = state.map(|(level, _)| level);
        self.tick.set("aria-pressed", if level == Some(Level::Reached) { "true" } else { "false" });
        self.tick.set("data-level", level_name(level));
        self.state.say(&text::marker::standing(state, notes, today));
    }
}

/// The marker whose tick was tapped.
fn ticked(event: &Event) -> Option<MarkerId> {
    let target: Element = event.target()?.dyn_into().ok()?;
    marker(&target.closest(".tick").ok()??.closest(".marker").ok()??)
}

/// The marker that a row's link leads to.
fn marker(row: &Element) -> Option<MarkerId> {
    let link = row.query_selector("a").ok()??;
    match Route::parse(&link.get_attribute("href")?) {
        Route::Item(id) => id.marker(),
        _ => None,
    }
}
