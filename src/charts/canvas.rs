//! Drawing on a canvas, sharp at any pixel ratio.
//!
//! `plotters-canvas` takes pixels of the canvas for CSS pixels, and measures text by adding styled
//! elements to the page, which costs a reflow a label and is blocked by our content security
//! policy. [`SharpCanvas`] wraps it: charts draw in CSS pixels, and the canvas measures the text.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::style::RGBColor;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use thiserror::Error;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement};

use super::palette::Palette;
use super::picture::Picture;

/// A canvas measured in CSS pixels.
pub struct SharpCanvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
}

/// Why a canvas could not be drawn on.
#[derive(Debug, Error)]
#[error("the canvas has no 2d context")]
pub struct NoContextError;

impl SharpCanvas {
    /// Clears the canvas and sets its size in CSS pixels, whatever the style sheets say, with
    /// `ratio` pixels to each.
    ///
    /// # Errors
    /// When the browser gives no 2d context.
    pub fn new(
        canvas: &HtmlCanvasElement,
        (width, height): (u32, u32),
        ratio: f64,
    ) -> Result<Self, NoContextError> {
        let ratio = ratio.min(most(width, height)).max(1.0);
        // Setting the size resets the canvas, its scale included.
        canvas.set_width(device_pixels(width, ratio));
        canvas.set_height(device_pixels(height, ratio));
        let context = canvas.get_context("2d").ok().flatten().ok_or(NoContextError)?;
        let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| NoContextError)?;
        context.scale(ratio, ratio).map_err(|_| NoContextError)?;
        let inner = CanvasBackend::with_canvas_object(canvas.clone()).ok_or(NoContextError)?;
        Ok(Self { inner, context, size: (width, height) })
    }

    /// The whole canvas as a drawing area.
    #[must_use]
    pub fn area(self) -> DrawingArea<Self, Shift> {
        self.into_drawing_area()
    }
}

/// The most pixels of a canvas in a phone's browser (Safari's limit); a larger canvas stays blank.
const MOST_PIXELS: f64 = 16_000_000.0;

/// The greatest ratio at which a canvas of this size keeps to that limit.
fn most(width: u32, height: u32) -> f64 {
    (MOST_PIXELS / (f64::from(width) * f64::from(height)).max(1.0)).sqrt()
}

/// A type size as a whole number of pixels.
fn whole(size: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "between 8 and 96; no number becomes 0")]
    let whole = size.clamp(8.0, 96.0) as i32;
    whole.max(8)
}

fn device_pixels(css: u32, ratio: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a canvas is a few thousand pixels wide at most; the cast saturates beyond"
    )]
    let pixels = (f64::from(css) * ratio).round() as u32;
    pixels
}

/// Reads the colours and the type of charts from an element's style.
#[must_use]
pub fn palette(element: &Element) -> Palette {
    let fallback = Palette::default();
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok());
    let Some(Some(style)) = style else { return fallback };
    let token = |name: &str, or: RGBColor| colour(&style, name).unwrap_or(or);
    // Forced colours change properties, not custom properties.
    let forced = is_forced();
    let [surface, ink] =
        if forced { ["background-color", "color"] } else { ["--surface", "--ink"] };
    let (surface, ink) = (token(surface, fallback.surface), token(ink, fallback.ink));
    let quiet = |name, or| if forced { ink } else { token(name, or) };
    Palette {
        surface,
        ink,
        muted: quiet("--muted", fallback.muted),
        line: quiet("--line", fallback.line),
        first: quiet("--bar-first", fallback.first),
        other: quiet("--bar-other", fallback.other),
        mentions: tokens(&style, MENTIONS, fallback.mentions),
        states: tokens(&style, STATES, fallback.states),
        kinds: tokens(&style, KINDS, fallback.kinds),
        degrees: tokens(&style, DEGREES, fallback.degrees),
        forced,
        font: property(&style, "font-family").unwrap_or(fallback.font),
        size: property(&style, "font-size")
            .map_or(fallback.size, |size| whole(js_sys::Number::parse_float(&size))),
    }
}

/// Whether the system's high contrast mode allows two colours only.
fn is_forced() -> bool {
    let asked = web_sys::window().and_then(|w| w.match_media("(forced-colors: active)").ok());
    asked.flatten().is_some_and(|media| media.matches())
}

/// The tokens of the states, in their order.
const STATES: [&str; 5] = [
    "--level-reached",
    "--level-in-progress",
    "--level-not-yet",
    "--level-not-observable",
    "--level-unobserved",
];

/// The tokens of the mentions, the best first.
const MENTIONS: [&str; 7] = [
    "--mention-1",
    "--mention-2",
    "--mention-3",
    "--mention-4",
    "--mention-5",
    "--mention-6",
    "--mention-7",
];

/// The tokens of the kinds of notes, in their order.
const KINDS: [&str; 4] = ["--kind-finding", "--kind-idea", "--kind-question", "--kind-alert"];

/// The tokens of the degrees of evidence, the best first.
const DEGREES: [&str; 4] = ["--degree-high", "--degree-medium", "--degree-low", "--degree-none"];

/// The colours of these tokens, where the page has them.
fn tokens<const N: usize>(
    style: &CssStyleDeclaration,
    names: [&str; N],
    fallback: [RGBColor; N],
) -> [RGBColor; N] {
    let mut colours = fallback;
    for (known, name) in colours.iter_mut().zip(names) {
        *known = colour(style, name).unwrap_or(*known);
    }
    colours
}

/// Draws a picture on a canvas, in the picture's size.
///
/// # Errors
/// When the browser gives no 2d context.
pub fn show(
    canvas: &HtmlCanvasElement,
    picture: &Picture,
    palette: &Palette,
    ratio: f64,
) -> Result<(), NoContextError> {
    let size = (picture.width.max(0).unsigned_abs(), picture.height.max(0).unsigned_abs());
    let sharp = SharpCanvas::new(canvas, size, ratio)?;
    // A backend with a context fails on none of the shapes of charts.
    picture.draw(&sharp.area(), palette).map_err(|_| NoContextError)
}

fn property(style: &CssStyleDeclaration, name: &str) -> Option<String> {
    style.get_property_value(name).ok().filter(|value| !value.is_empty())
}

fn colour(style: &CssStyleDeclaration, name: &str) -> Option<RGBColor> {
    Palette::colour(&property(style, name)?)
}

type Failure = DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

impl DrawingBackend for SharpCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failure> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Failure> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.draw_path(path, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<(), Failure> {
        self.inner.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), Failure> {
        let (size, family) = (style.size(), style.family());
        self.context.set_font(&format!("{} {size}px {}", style.style().as_str(), family.as_str()));
        let width = self.context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        Ok((device_pixels(1, width.max(1.0)), device_pixels(1, size.max(1.0))))
    }
}
