//! A chart on the page: drawn anew when its size, the pixels of the screen or the colours change,
//! at most once a frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

// By name: the whole prelude hides what a canvas calls its style.
use leptos::prelude::{StoredValue, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use crate::charts::canvas;
use crate::charts::sheet::TallyChart;
use crate::platform::events::{self, Watch};
use crate::text::outcome as words;
use crate::ui::element::{El, el};

/// What a drawing needs at each frame.
struct Drawing {
    chart: TallyChart,
    /// Whose width the chart has.
    frame: Element,
    canvas: HtmlCanvasElement,
    /// Whether a frame is asked for already.
    asked: Cell<bool>,
    /// Tells when the screen has another number of pixels.
    ratio: RefCell<Option<Watch>>,
}

/// The chart in a frame that scrolls sideways where the chart is wider.
pub(super) fn picture(chart: TallyChart, caption: &str) -> El {
    let wide = matches!(chart, TallyChart::Matrix(_));
    let canvas =
        el("canvas").class("outcome__canvas").attr("role", "img").attr("aria-label", caption);
    let Ok(element) = canvas.raw().clone().dyn_into::<HtmlCanvasElement>() else {
        return canvas;
    };
    let frame = el("div").class("outcome__scroll").add(canvas);
    let frame = if wide {
        frame.attr("role", "region").attr("aria-label", words::chart_scroll()).attr("tabindex", "0")
    } else {
        frame
    };
    let drawing = Rc::new(Drawing {
        chart,
        frame: frame.raw().clone(),
        canvas: element,
        asked: Cell::new(false),
        ratio: RefCell::default(),
    });
    let ask = {
        let drawing = drawing.clone();
        move || drawing.clone().ask()
    };
    let card = el("div").class("outcome__card").add(frame);
    // Dropped with the screen, and with them the drawing. The first call comes when the frame is
    // on the page and has a width.
    let printed = drawing.clone();
    let heard = [
        events::on_resize(&drawing.frame, ask.clone()),
        events::on_scheme_change(ask),
        // Paper has other colours, and no frames to wait for.
        events::on_print(move || printed.draw()),
    ];
    let _ = StoredValue::new_local(heard);
    card
}

impl Drawing {
    /// Draws at the next frame, however often it is asked until then.
    fn ask(self: Rc<Self>) {
        if !self.asked.replace(true) {
            request_animation_frame(move || {
                self.asked.set(false);
                self.draw();
            });
        }
    }

    fn draw(self: &Rc<Self>) {
        let width = self.frame.client_width();
        if width == 0 {
            return;
        }
        let palette = canvas::palette(&self.frame);
        let picture = self.chart.picture(width, &palette);
        // The canvas has the picture's size on the page, and as many pixels as the screen has there.
        let style = self.canvas.style();
        for (name, size) in [("inline-size", picture.width), ("block-size", picture.height)] {
            // Sizes can always be set.
            let _ = style.set_property(name, &format!("{size}px"));
        }
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        // A chart that cannot be drawn leaves its table, which says the same.
        let _ = canvas::show(&self.canvas, &picture, &palette, ratio);
        let drawing = Rc::downgrade(self);
        let changed = events::on_ratio_change(move || {
            if let Some(drawing) = drawing.upgrade() {
                drawing.ask();
            }
        });
        self.ratio.replace(changed);
    }
}
