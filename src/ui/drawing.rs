//! A chart on the page: drawn anew when its data, its size, the pixels of the screen or the colours
//! change, at most once a frame, and never while it is out of sight.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

// By name: the whole prelude hides what a canvas calls its style.
use leptos::prelude::{StoredValue, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use super::element::{El, el};
use super::shared::look::dress;
use crate::charts::Chart;
use crate::charts::canvas;
use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::events::{self, Watch};
use crate::platform::sight;

/// Makes the chart of the data as they are; a signal that it reads has it made anew.
pub(in crate::ui) type Source = Box<dyn Fn() -> Rc<dyn Chart>>;

/// Pixels to each of the page's on paper, whose own are 96 to the inch: this makes 288.
const PAPER: f64 = 3.0;

/// What a drawing needs at each frame.
struct Drawing {
    chart: RefCell<Rc<dyn Chart>>,
    /// Whose width the chart has.
    frame: Element,
    canvas: HtmlCanvasElement,
    /// Whether a frame is asked for already.
    asked: Cell<bool>,
    in_sight: Cell<bool>,
    /// Whether what is on the canvas is not what it should be.
    stale: Cell<bool>,
    /// Tells when the screen has another number of pixels.
    ratio: RefCell<Option<Watch>>,
}

/// The chart in a frame that scrolls sideways where the chart is wider. Its caption is for those
/// who do not see it.
pub(in crate::ui) fn drawing(source: Source, caption: &str) -> El {
    dress(include_str!("../../style/drawing.css"));
    let canvas =
        el("canvas").class("drawing__canvas").attr("role", "img").attr("aria-label", caption);
    let Ok(element) = canvas.raw().clone().dyn_into::<HtmlCanvasElement>() else {
        return canvas;
    };
    let frame = el("div").class("drawing").add(canvas);
    let drawing = Rc::new(Drawing {
        chart: RefCell::new(source()),
        frame: frame.raw().clone(),
        canvas: element,
        asked: Cell::new(false),
        in_sight: Cell::new(false),
        stale: Cell::new(true),
        ratio: RefCell::default(),
    });
    // Dropped with the screen, and with them the drawing. The first call comes when the frame is
    // on the page and has a width.
    let heard = [
        events::on_resize(&drawing.frame, drawing.asking()),
        events::on_scheme_change(drawing.asking()),
        events::on_contrast_change(drawing.asking()),
        // Paper has other colours, shows all there is, and has no frames to wait for.
        events::on_print(drawing.printing()),
        sight::watch(&drawing.frame, drawing.seeing()),
    ];
    let _ = StoredValue::new_local(heard);
    frame.keep(move || {
        drawing.chart.replace(source());
        drawing.clone().ask();
    })
}

impl Drawing {
    fn asking(self: &Rc<Self>) -> impl Fn() + use<> {
        let drawing = self.clone();
        move || drawing.clone().ask()
    }

    fn printing(self: &Rc<Self>) -> impl Fn() + use<> {
        let drawing = self.clone();
        move || drawing.draw(true)
    }

    fn seeing(self: &Rc<Self>) -> impl Fn(bool) + use<> {
        let drawing = self.clone();
        move |in_sight| {
            drawing.in_sight.set(in_sight);
            if in_sight && drawing.stale.get() {
                drawing.clone().ask();
            }
        }
    }

    /// Draws at the next frame, however often it is asked until then.
    fn ask(self: Rc<Self>) {
        self.stale.set(true);
        if !self.asked.replace(true) {
            request_animation_frame(move || {
                self.asked.set(false);
                self.draw(self.in_sight.get());
            });
        }
    }

    /// Takes the room that the chart needs, and draws it where that can be seen.
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
    }

    /// The canvas has the picture's size on the page.
    fn take_room(&self, picture: &Picture) {
        let style = self.canvas.style();
        for (name, size) in [("inline-size", picture.width), ("block-size", picture.height)] {
            // Sizes can always be set.
            let _ = style.set_property(name, &format!("{size}px"));
        }
    }

    /// The canvas has as many pixels as the screen has there.
    fn paint(self: &Rc<Self>, picture: &Picture, palette: &Palette) {
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let ratio = if events::is_printing() { ratio.max(PAPER) } else { ratio };
        // A chart that cannot be drawn leaves its table, which says the same.
        let _ = canvas::show(&self.canvas, picture, palette, ratio);
        self.stale.set(false);
        let drawing = Rc::downgrade(self);
        let changed = events::on_ratio_change(move || {
            if let Some(drawing) = drawing.upgrade() {
                drawing.ask();
            }
        });
        self.ratio.replace(changed);
    }
}
