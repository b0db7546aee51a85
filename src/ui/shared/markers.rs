//! Markers to tick: the rows of a list, kept in step by one effect, and a single tick button.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::icon::{Picture, icon};
use super::listening::said_sentences;
use super::other_levels::offer_levels;
use super::progress::level_name;
use super::terms::terms_under;
use crate::domain::convention::ProgressMarker;
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, MarkerStatus};
use crate::domain::observation::Level;
use crate::platform::{chunks, timers, visibility};
use crate::route::Route;
use crate::store::AppStore;
use crate::text;
use crate::ui::element::{El, button, el, link};
use crate::ui::store;

/// The layout of lists with more markers than this is deferred.
pub(in crate::ui) const LONG: usize = 500;

/// The chunk of what a tick offers.
const MARKING: &str = "marking";

/// Defers layout and paint of a list's groups until they are near the viewport. All of them have
/// been laid out once by then, so their heights are known and nothing moves. Visible groups are
/// left alone: browsers would count them as new content.
pub(in crate::ui) fn defer_layout(parts: Vec<El>) {
    for part in &parts {
        part.remove_attr(DEFERRED);
    }
    let set = move || {
        // All are measured before one is changed: browsers would lay out again for each.
        let far: Vec<_> =
            parts.iter().filter(|part| visibility::is_offscreen(part.raw())).collect();
        for part in far {
            part.set_attr(DEFERRED, "");
        }
    };
    queue_microtask(move || timers::after_paint(Box::new(set)));
}

/// Marks an element with deferred layout; the style sheets read it.
const DEFERRED: &str = "data-deferred";

/// The rows of one screen, in the order of their markers. One effect keeps them in step and one
/// listener handles their clicks: there are hundreds.
pub(in crate::ui) struct Rows {
    list: El,
    all: Rc<[Row]>,
    /// The markers of the rows.
    markers: Rc<[MarkerId]>,
    /// The indices of the rows that show an observation or a note, in order.
    written: Rc<RefCell<Vec<usize>>>,
    /// The owner of what a tick adds to its row: that of the current visit.
    owner: Rc<RefCell<Owner>>,
}

/// One row: the tick, the wording, the latest state and the number of notes.
pub(in crate::ui) struct Row {
    id: MarkerId,
    tick: El,
    state: El,
    /// The shown status, and today's date when it was shown.
    shown: Cell<Option<(MarkerStatus, Day)>>,
}

impl Rows {
    /// Delegates tick clicks for the whole list to one listener.
    pub(in crate::ui) fn of(list: El, rows: Vec<Row>) -> Self {
        let store = store();
        let owner: Rc<RefCell<Owner>> = Rc::default();
        let visit = owner.clone();
        let list = list.on(ev::click, move |event| {
            if let Some((row, id)) = ticked_marker(&event) {
                let reached = store.level(id) == Some(Level::Reached);
                let done = if reached { store.untick(id) } else { store.tick(id) };
                // The store reports a refusal.
                if done.is_ok() && !reached {
                    offer(visit.borrow().clone(), row, id);
                }
            }
        });
        let markers = rows.iter().map(|row| row.id).collect();
        Self { list, all: rows.into(), markers, written: Rc::default(), owner }
    }

    /// A list of markers, kept in step for as long as the screen is shown. They are read aloud, and
    /// their acronyms explained.
    pub(in crate::ui) fn list<'a>(markers: impl Iterator<Item = &'a ProgressMarker>) -> El {
        let row = |marker: &ProgressMarker| {
            let (element, row) = Row::new(marker);
            let text = element.find(".marker__text");
            text.set_text("");
            let _ = text.children(said_sentences(&marker.text, |el, words| el.text(words)));
            let _ = element.find(".marker__body").children(terms_under(&marker.text));
            (element, row)
        };
        let (elements, rows): (Vec<_>, _) = markers.map(row).unzip();
        Self::of(el("ul").class("markers").children(elements), rows).show()
    }

    /// Hydrates the markers in a prerendered text.
    pub(in crate::ui) fn hydrate(text: El) -> Self {
        let rows = text.find_all(".marker").filter_map(|row| Row::of(&row)).collect();
        Self::of(text, rows)
    }

    /// Replays ticks that were tapped before the app had started. A marker that is already reached
    /// stays so: the prerendered page cannot know it. Where the device is an urn, the tap was a
    /// voter's, who must not write to the owner's carnet.
    pub(in crate::ui) fn replay_early_taps(&self) {
        let store = store();
        let is_urn = store.urn().get_untracked().is_some();
        for row in self.all.iter() {
            if row.tick.get_attr("aria-pressed").as_deref() != Some("true") {
                continue;
            }
            if !is_urn && store.level(row.id) != Some(Level::Reached) {
                // The store reports a refusal, and the row below shows the actual state.
                let _ = store.tick(row.id);
            }
            row.clear();
        }
    }

    /// Keeps the rows in step for as long as the screen is shown.
    pub(in crate::ui) fn show(&self) -> El {
        let store: AppStore = store();
        let (rows, markers, written) =
            (self.all.clone(), self.markers.clone(), self.written.clone());
        *self.owner.borrow_mut() = Owner::current().unwrap_or_default();
        self.list.clone().effect(move || {
            let today = store.today().get();
            store.with_journal(|journal| {
                let mut now = Vec::new();
                for (place, standing) in journal.with_activity(&markers, today) {
                    rows[place].show(standing, today);
                    now.push(place);
                }
                // Records that were merged may be gone again.
                let gone =
                    written.take().into_iter().filter(|place| now.binary_search(place).is_err());
                gone.for_each(|place| rows[place].show(MarkerStatus::default(), today));
                written.replace(now);
            });
        })
    }
}

impl Row {
    /// A new row, and its element.
    pub(in crate::ui) fn new(marker: &ProgressMarker) -> (El, Self) {
        let tick = el("button")
            .attr("type", "button")
            .class("tick")
            .attr("aria-label", &text::marker::tick(&marker.text))
            .child(icon(Picture::Check));
        let state = el("p").class("marker__state");
        let route = Route::Item(marker.id.into());
        let body = el("div")
            .class("marker__body")
            .child(link(&route).class("marker__text").text(&text::typeset(&marker.text)))
            .child(state.clone());
        let element = el("li").class("marker").child(tick.clone()).child(body);
        let row = Self { id: marker.id, tick, state, shown: Cell::default() };
        row.clear();
        (element, row)
    }

    fn of(row: &El) -> Option<Self> {
        let id = marker(row.raw())?;
        let (tick, state) = (row.find(".tick"), row.find(".marker__state"));
        Some(Self { id, tick, state, shown: Cell::default() })
    }

    /// Shows no observation, like the prerendered page.
    fn clear(&self) {
        self.tick.set_attr("aria-pressed", "false");
        self.tick.set_attr("data-level", level_name(None));
        self.state.set_text("");
    }

    fn show(&self, now: MarkerStatus, today: Day) {
        if self.shown.replace(Some((now, today))) == Some((now, today)) {
            return;
        }
        let level = now.level();
        self.tick
            .set_attr("aria-pressed", if level == Some(Level::Reached) { "true" } else { "false" });
        self.tick.set_attr("data-level", level_name(level));
        self.state.set_text(&text::marker::standing(now.seen, now.notes, today));
    }
}

/// Offers the other levels below a row, once their chunk is loaded.
fn offer(owner: Owner, row: El, id: MarkerId) {
    let unfold = move |loaded: bool| {
        if loaded {
            let _ = owner.with(|| offer_levels(row, id));
        }
    };
    if chunks::is_loaded(MARKING) { unfold(true) } else { chunks::fetch(MARKING, unfold) }
}

/// The row whose tick was tapped, and its marker.
fn ticked_marker(event: &Event) -> Option<(El, MarkerId)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target.closest(".tick").ok()??.closest(".marker").ok()??;
    let id = marker(&row)?;
    Some((El::of(row.unchecked_into()), id))
}

/// The marker that a row's link leads to.
fn marker(row: &Element) -> Option<MarkerId> {
    let link = row.query_selector("a").ok()??;
    match Route::parse(&link.get_attribute("href")?) {
        Route::Item(id) => id.marker(),
        _ => None,
    }
}

/// A single tick: one tap ticks, a second one unticks. Lists of markers have [`Rows`].
pub(in crate::ui) fn tick(
    id: MarkerId,
    wording: &str,
    state: Memo<Option<(Level, Day)>>,
    act: impl Fn(Action) + 'static,
) -> El {
    let level = move || state.get().map(|(level, _)| level);
    let reached = move || level() == Some(Level::Reached);
    let tap = move || act(if untrack(reached) { Action::Untick(id) } else { Action::Tick(id) });
    button(tap)
        .class("tick")
        .attr("aria-label", &text::marker::tick(wording))
        .attr("aria-pressed", move || Some(reached().to_string()))
        .level_now(level)
        .child(icon(Picture::Check))
}
