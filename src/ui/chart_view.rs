//! A chart on the page: redrawn when its data, its size, the pixel ratio or the colours change, at
//! most once a frame. Off screen it is not drawn, and its data are not read.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

// By name: the whole prelude hides the canvas's `style`.
use leptos::prelude::{
    ArcRwSignal, ArcTrigger, Get as _, GetUntracked as _, Notify as _, Set as _, StoredValue,
    untrack,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use super::element::{El, el};
use super::shared::styles::mount_style;
use crate::charts::Chart;
use crate::charts::canvas;
use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::events::{self, ListenerGuard};
use crate::platform::visibility;

mod draw_queue;
pub(in crate::ui) mod export;
mod navigation;

pub(in crate::ui) use navigation::{Reading, navigable};

/// Builds the chart of the current data; it is called again when a signal that it reads changes.
pub(in crate::ui) type Source = Box<dyn Fn() -> Rc<dyn Chart>>;

/// Pixels per CSS pixel on paper, whose CSS pixels are 96 to the inch: this makes 288.
const PAPER: f64 = 3.0;

/// Gives the frame its size on paper, by the style sheet.
const ON_PAPER: &str = "data-paper";

/// The state of a chart on the page.
struct ChartView {
    source: Source,
    chart: RefCell<Rc<dyn Chart>>,
    /// The element that gives the chart its width.
    frame: Element,
    canvas: HtmlCanvasElement,
    /// The picture on the canvas, or the one to be drawn once it is in sight.
    picture: RefCell<Picture>,
    /// Fires when the picture changes.
    drawn: ArcTrigger,
    /// Whether it is in the draw queue.
    asked: Cell<bool>,
    in_sight: ArcRwSignal<bool>,
    /// Fires when the pixel ratio changes.
    ratio: RefCell<Option<ListenerGuard>>,
}

/// The chart in a frame that scrolls sideways where the chart is wider. The caption is for screen
/// readers.
pub(in crate::ui) fn chart_view(source: Source, caption: &str) -> El {
    let canvas = captioned(caption);
    ChartView::on(&canvas, source).map_or(canvas, |(frame, _)| frame)
}

fn captioned(caption: &str) -> El {
    el("canvas").class("drawing__canvas").attr("role", "img").attr("aria-label", caption)
}

impl ChartView {
    /// Draws on a canvas for as long as the current screen exists. Returns the frame around the
    /// canvas.
    fn on(canvas: &El, source: Source) -> Option<(El, Rc<Self>)> {
        mount_style(include_str!("../../style/drawing.css"));
        let element = canvas.raw().clone().dyn_into::<HtmlCanvasElement>().ok()?;
        let frame = el("div").class("drawing").child(canvas.clone());
        let drawing = Rc::new(Self {
            chart: RefCell::new(untrack(&source)),
            source,
            frame: frame.raw().clone(),
            canvas: element,
            picture: RefCell::default(),
            drawn: ArcTrigger::new(),
            asked: Cell::new(false),
            in_sight: ArcRwSignal::new(false),
            ratio: RefCell::default(),
        });
        // Dropped with the screen, and the chart with them. The first call comes when the frame is
        // on the page and has a width.
        let heard = [
            events::on_resize(&drawing.frame, drawing.asking()),
            events::on_scheme_change(drawing.asking()),
            events::on_contrast_change(drawing.asking()),
            // Paper has other colours and another size, shows all charts, and has no frames to wait
            // for.
            events::before_print(drawing.printing(true)),
            events::on_print(drawing.printing(false)),
            events::after_print(drawing.printing(false)),
            visibility::watch(&drawing.frame, drawing.seeing()),
        ];
        let _ = StoredValue::new_local(heard);
        let kept = drawing.clone();
        let frame = frame.effect(move || {
            // Off screen only visibility is followed.
            if kept.in_sight.get() {
                kept.chart.replace((kept.source)());
                kept.clone().ask();
            }
        });
        Some((frame, drawing))
    }

    fn asking(self: &Rc<Self>) -> impl Fn() + use<> {
        let drawing = self.clone();
        move || drawing.clone().ask()
    }

    /// Draws for paper from its beginning until the page is no longer shown as printed.
    fn printing(self: &Rc<Self>, begins: bool) -> impl Fn() + use<> {
        let drawing = self.clone();
        move || {
            // Fails only for a name that no attribute can have.
            let _ = if begins || events::is_printing() {
                drawing.frame.set_attribute(ON_PAPER, "")
            } else {
                drawing.frame.remove_attribute(ON_PAPER)
            };
            drawing.chart.replace(untrack(&drawing.source));
            drawing.draw(true);
        }
    }

    fn seeing(self: &Rc<Self>) -> impl Fn(bool) + use<> {
        let seen = self.in_sight.clone();
        move |in_sight| {
            if seen.get_untracked() != in_sight {
                seen.set(in_sight);
            }
        }
    }

    /// Queues a redraw, however often it is called before that.
    fn ask(self: Rc<Self>) {
        if !self.asked.replace(true) {
            draw_queue::push(self);
        }
    }

    fn draw_queued(self: &Rc<Self>) {
        self.asked.set(false);
        self.draw(self.in_sight.get_untracked());
    }

    /// Sizes the canvas for the chart, and draws it where it is visible.
    fn draw(self: &Rc<Self>, is_seen: bool) {
        let width = self.frame.client_width();
        if width == 0 {
            return;
        }
        let palette = canvas::palette(&self.frame);
        let picture = self.chart.borrow().picture(width, &palette);
        self.take_room(&picture);
        if is_seen {
            self.paint(&picture, &palette);
        }
        self.picture.replace(picture);
        self.drawn.notify();
    }

    /// Gives the canvas the picture's size on the page.
    fn take_room(&self, picture: &Picture) {
        let style = self.canvas.style();
        for (name, size) in [("inline-size", picture.width), ("block-size", picture.height)] {
            // Setting a size never fails.
            let _ = style.set_property(name, &format!("{size}px"));
        }
    }

    /// Draws on the canvas, with as many pixels as the screen has there.
    fn paint(self: &Rc<Self>, picture: &Picture, palette: &Palette) {
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let ratio = if events::is_printing() { ratio.max(PAPER) } else { ratio };
        // A chart that cannot be drawn still has its table.
        let _ = canvas::show(&self.canvas, picture, palette, ratio);
        let drawing = Rc::downgrade(self);
        let changed = events::on_ratio_change(move || {
            if let Some(drawing) = drawing.upgrade() {
                drawing.ask();
            }
        });
        self.ratio.replace(changed);
    }
}
