//! Selects a chart's data one by one, by mouse, finger or arrow keys.
//!
//! The chart itself is not redrawn for that: an element over it frames the selected datum, and a
//! line below describes it, which is a live region. A click, or the enter key, follows the datum's
//! link; a finger only selects, and the line has the link.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent};

use super::{ChartView, Source};
use crate::charts::keyboard_nav::{Direction, step};
use crate::charts::picture::HitArea;
use crate::platform::pointer::is_touch;
use crate::platform::{address, keys};
use crate::route::Route;
use crate::text::drawing as words;
use crate::ui::element::{El, el, link};

/// The description of a datum, and its link.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Reading {
    /// A sentence or two.
    pub(in crate::ui) said: String,
    /// The objective or the list that it links to.
    pub(in crate::ui) leads_to: Option<Route>,
}

/// Describes a datum of the current chart.
pub(in crate::ui) type Reader = Box<dyn Fn(usize) -> Option<Reading> + Send + Sync>;

/// A chart with selectable data, with the line that describes the selected one.
pub(in crate::ui) fn navigable(source: Source, reader: Reader, caption: &str) -> Vec<El> {
    let canvas = el("canvas").class("drawing__canvas").attr("aria-hidden", "true");
    let Some((frame, drawing)) = ChartView::on(&canvas, source) else { return Vec::new() };
    let datum = RwSignal::new(None::<usize>);
    // When the data change, the same datum may have another description.
    let drawn = drawing.drawn.clone();
    let reading = Memo::new(move |_| {
        drawn.track();
        datum.get().and_then(&reader)
    });
    let marker = marker(drawing.clone(), datum);
    let navigation = Navigation { drawing, datum, reading, by_finger: Rc::default() };
    let _ = canvas
        .on(ev::pointermove, navigation.hears(Navigation::points))
        .on(ev::pointerdown, navigation.hears(Navigation::touches))
        .on(ev::click, navigation.hears(Navigation::clicks));
    let frame = frame
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-roledescription", words::chart_role())
        .attr("aria-label", &words::chart_label(caption))
        .on(ev::keydown, navigation.hears(Navigation::pressed))
        .child(marker);
    let way = move || {
        let leads_to = reading.read().as_ref().and_then(|reading| reading.leads_to.clone());
        leads_to.map(|route| link(&route).class("more").text(words::open())).into_iter().collect()
    };
    let said = move || match &*reading.read() {
        Some(reading) => reading.said.clone(),
        None => words::explore_hint().to_owned(),
    };
    let line = el("div")
        .class("drawing__reading no-print")
        .child(el("p").attr("role", "status").text(said))
        .child(el("p").dyn_children(way));
    vec![frame, line]
}

/// The element that frames the selected datum.
fn marker(drawing: Rc<ChartView>, datum: RwSignal<Option<usize>>) -> El {
    let marker = el("span").class("drawing__spot").attr("aria-hidden", "true");
    let Ok(element) = marker.raw().clone().dyn_into::<HtmlElement>() else { return marker };
    marker.effect(move || {
        drawing.drawn.track();
        place(&element, datum.get().and_then(|datum| drawing.hit_area_of(datum)));
    })
}

#[derive(Clone)]
struct Navigation {
    drawing: Rc<ChartView>,
    datum: RwSignal<Option<usize>>,
    reading: Memo<Option<Reading>>,
    /// Whether a finger pressed last: not every browser says so of a click.
    by_finger: Rc<Cell<bool>>,
}

impl Navigation {
    fn hears<E: AsRef<T>, T: 'static>(&self, act: fn(&Self, &T)) -> impl Fn(E) + use<E, T> {
        let navigation = self.clone();
        move |event| act(&navigation, event.as_ref())
    }

    fn single_out(&self, datum: Option<usize>) {
        if self.datum.get_untracked() != datum {
            self.datum.set(datum);
        }
    }

    fn points(&self, event: &MouseEvent) {
        // Between data the selection stays: a flickering line cannot be read.
        if let Some(datum) = self.datum_at(event) {
            self.single_out(Some(datum));
        }
    }

    fn touches(&self, event: &MouseEvent) {
        self.by_finger.set(is_touch(event));
    }

    fn clicks(&self, event: &MouseEvent) {
        self.points(event);
        if !self.by_finger.get() && self.datum_at(event).is_some() {
            self.go();
        }
    }

    fn datum_at(&self, event: &MouseEvent) -> Option<usize> {
        self.drawing.picture.borrow().datum_at((event.offset_x(), event.offset_y()))
    }

    fn pressed(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let to = match keys::name(event).as_str() {
            "ArrowLeft" => Direction::Back,
            "ArrowRight" => Direction::On,
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            "Home" => Direction::First,
            "End" => Direction::Last,
            "Enter" if self.datum.get_untracked().is_some() => {
                event.prevent_default();
                return self.go();
            }
            "Escape" => return self.single_out(None),
            _ => return,
        };
        event.prevent_default();
        let datum = self.datum.get_untracked();
        self.single_out(self.drawing.step_from(datum, to));
    }

    fn go(&self) {
        let leads_to = |reading: &Option<Reading>| reading.as_ref()?.leads_to.clone();
        if let Some(route) = self.reading.with_untracked(leads_to) {
            address::go(&route.to_string());
        }
    }
}

impl ChartView {
    fn hit_area_of(&self, datum: usize) -> Option<HitArea> {
        self.picture.borrow().hit_areas.iter().find(|area| area.datum == datum).copied()
    }

    fn step_from(&self, from: Option<usize>, to: Direction) -> Option<usize> {
        let hit_areas = &self.picture.borrow().hit_areas;
        let from = from.and_then(|datum| hit_areas.iter().position(|area| area.datum == datum));
        step(hit_areas, from, to).map(|at| hit_areas[at].datum)
    }
}

/// Moves the marker around a hit area, or hides it.
fn place(marker: &HtmlElement, area: Option<HitArea>) {
    marker.set_hidden(area.is_none());
    let Some(HitArea { from, to, .. }) = area else { return };
    let style = marker.style();
    let sizes = [
        ("left", from.0),
        ("top", from.1),
        ("inline-size", to.0 - from.0),
        ("block-size", to.1 - from.1),
    ];
    for (name, size) in sizes {
        // Setting a size never fails.
        let _ = style.set_property(name, &format!("{size}px"));
    }
}
