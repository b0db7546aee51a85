//! Exports a chart as a PNG file, in the colours of paper.

use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use crate::charts::canvas;
use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::download::{self, DownloadError};
use crate::ui::element::{El, el};

/// The width of an exported chart, in CSS pixels of which each becomes two.
pub(in crate::ui) const WIDTH: i32 = 960;

/// A hidden element with the tokens of paper: black on white, whatever the page's colours.
pub(in crate::ui) fn paper() -> El {
    el("i").class("drawing__paper").attr("hidden", "")
}

/// The palette of exported charts.
pub(in crate::ui) fn palette(paper: &El) -> Palette {
    canvas::palette(paper.raw())
}

/// Offers a picture as a PNG file, two pixels for one, and calls back with the result.
pub(in crate::ui) fn take_png(
    name: String,
    picture: &Picture,
    palette: &Palette,
    told: impl FnOnce(Result<(), DownloadError>) + 'static,
) {
    let canvas = el("canvas").raw().clone().dyn_into::<HtmlCanvasElement>();
    match canvas {
        Ok(canvas) if canvas::show(&canvas, picture, palette, 2.0).is_ok() => {
            download::picture(name, &canvas, Box::new(told));
        }
        _ => told(Err(DownloadError)),
    }
}
