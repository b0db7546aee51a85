//! Markers to tick: the rows of a list, kept in step by one effect, and a single tick button.
//!
//! The row that was ticked last offers the other levels, so that an honest "not yet" takes as few
//! taps as "reached".

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::icon::{Picture, icon};
use super::listening::said_sentences;
use super::progress::level_name;
use super::terms::terms_under;
use crate::domain::convention::ProgressMarker;
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, MarkerStatus};
use crate::domain::observation::Level;
use crate::platform::{scroll, timers, visibility};
use crate::route::Route;
use crate::store::AppStore;
use crate::text;
use crate::ui::element::{El, button, el, link};
use crate::ui::store;

/// The layout of lists with more markers than this is deferred.
pub(in crate::ui) const LONG: usize = 500;

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
    offer: Rc<RefCell<Option<Offer>>>,
}

/// The other levels, below the row that was ticked last.
struct Offer {
    /// The index of the row.
    place: usize,
    levels: El,
}

/// The levels besides "reached".
const OTHERS: [Level; 3] = [Level::InProgress, Level::NotYet, Level::NotObservable];

/// One row: the tick, the wording, the latest state and the number of notes.
pub(in crate::ui) struct Row {
    id: MarkerId,
    tick: El,
    state: El,
    /// The shown status, and today's date when it was shown.
    shown: Cell<Option<(MarkerStatus, Day)>>,
}

impl Rows {
    /// Delegates the clicks on ticks and on offered levels to one listener for the whole list.
    pub(in crate::ui) fn of(list: El, rows: Vec<Row>) -> Self {
        let store = store();
        let markers: Rc<[_]> = rows.iter().map(|row| row.id).collect();
        let (all, offer): (Rc<[Row]>, Rc<RefCell<Option<Offer>>>) = (rows.into(), Rc::default());
        let (rows, places, offered) = (all.clone(), markers.clone(), offer.clone());
        let list = list.on(ev::click, move |event| {
            let Some((control, row, id)) = tapped(&event) else { return };
            let now = store.level(id);
            let named = control.get_attribute("data-level");
            let is_named = |level: &Level| named.as_deref() == Some(level_name(Some(*level)));
            let offers = !control.matches(".tick").unwrap_or_default();
            // The store reports a refusal.
            if let Some(level) = OTHERS.into_iter().find(|level| offers && is_named(level)) {
                if now != Some(level) {
                    let _ = store.dispatch(Action::Mark(id, level));
                }
                return;
            }
            let reached = now == Some(Level::Reached);
            let action = if reached { Action::Untick(id) } else { Action::Tick(id) };
            let done = store.dispatch(action).is_ok();
            // The tapped row stays under the finger while the row above it folds.
            if let Some(former) = offered.take() {
                scroll::hold_in_place(&row, || former.fold(&rows));
            }
            let place = places.iter().position(|marker| *marker == id);
            if let Some(place) = place.filter(|_| done && !reached) {
                offered.replace(Some(Offer::unfold(place, &rows[place], &row)));
            }
        });
        Self { list, all, markers, written: Rc::default(), offer }
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
                let _ = store.dispatch(Action::Tick(row.id));
            }
            row.clear();
        }
    }

    /// Keeps the rows in step for as long as the screen is shown.
    pub(in crate::ui) fn show(&self) -> El {
        let store: AppStore = store();
        let (rows, markers, written) =
            (self.all.clone(), self.markers.clone(), self.written.clone());
        let offer = self.offer.clone();
        // The rows of the home screen outlive its visits.
        if let Some(former) = offer.take() {
            former.fold(&rows);
        }
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
            let gone = offer.borrow_mut().take_if(|offer| !offer.show(&rows));
            if let Some(gone) = gone {
                gone.fold(&rows);
            }
        })
    }
}

impl Offer {
    /// Offers the other levels below a row, and the marker's screen for all else.
    fn unfold(place: usize, row: &Row, element: &Element) -> Self {
        let level = |level| {
            el("button")
                .attr("type", "button")
                .class("choice")
                .attr("data-level", level_name(Some(level)))
                .text(text::progress::level_label(Some(level)))
        };
        let levels = el("div")
            .class("choices choices--offer no-print")
            .attr("role", "group")
            .attr("aria-label", text::marker::offer())
            .children(OTHERS.map(level))
            .child(link(&Route::Item(row.id.into())).class("choice").text(text::marker::more()));
        // Screen readers say it of the focused tick, and Tab leads there.
        row.tick.set_attr("aria-expanded", "true");
        let _ = element.append_child(levels.raw());
        scroll::show(levels.raw());
        Self { place, levels }
    }

    /// Marks the level that is chosen. `false` where the marker is not observed any more.
    fn show(&self, rows: &[Row]) -> bool {
        let now = rows[self.place].shown.get().and_then(|(status, _)| status.level());
        for choice in self.levels.child_elements().into_iter().take(OTHERS.len()) {
            let is_it = choice.get_attr("data-level").as_deref() == Some(level_name(now));
            choice.set_attr("aria-pressed", if is_it { "true" } else { "false" });
        }
        now.is_some()
    }

    fn fold(self, rows: &[Row]) {
        let tick = &rows[self.place].tick;
        tick.remove_attr("aria-expanded");
        if self.levels.raw().matches(":focus-within").unwrap_or_default() {
            tick.focus();
        }
        self.levels.raw().remove();
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

/// The tapped tick or offered level, with its row.
fn tapped(event: &Event) -> Option<(Element, Element, MarkerId)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let control = target.closest("button").ok()??;
    let row = control.closest(".marker").ok()??;
    let id = marker(&row)?;
    Some((control, row, id))
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
