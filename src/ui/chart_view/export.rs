//! Carrying a chart away: as pixels, as a drawing, as a table.

use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use crate::charts::canvas;
use crate::charts::palette::Palette;
use crate::charts::picture::Picture;
use crate::platform::download::{self, DownloadError};
use crate::ui::element::{El, el};

/// How wide what leaves the page is, in pixels of which each becomes two.
pub(in crate::ui) const WIDTH: i32 = 960;

/// The element whose tokens are those of paper, black on white whatever the page is. It stands
/// unseen beside what is carried away.
pub(in crate::ui) fn paper() -> El {
    el("i").class("drawing__paper").attr("hidden", "")
}

/// The colours of what leaves the page.
pub(in crate::ui) fn palette(paper: &El) -> Palette {
    canvas::palette(paper.raw())
}

/// Offers a picture as a file, two pixels for one, and says how that went.
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
