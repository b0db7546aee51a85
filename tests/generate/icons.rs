//! Renders the PNG icons that phones require from the SVG icon.

use std::{fs, path::Path};

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree},
};

use crate::{Failure, Generated};

const DRAWING: &str = "public/icon.svg";

struct Icon {
    path: &'static str,
    size: u16,
    /// The margin around the drawing: systems crop maskable icons to a circle of four fifths.
    margin: u16,
    /// Whether the colour of the drawing's edge fills the corners.
    is_filled: bool,
}

const ICONS: [Icon; 4] = [
    Icon { path: "public/icon-192.png", size: 192, margin: 0, is_filled: false },
    Icon { path: "public/icon-512.png", size: 512, margin: 0, is_filled: false },
    Icon { path: "public/icon-maskable-512.png", size: 512, margin: 64, is_filled: true },
    Icon { path: "public/apple-touch-icon.png", size: 180, margin: 0, is_filled: true },
];

pub(crate) fn generated(root: &Path) -> Result<Vec<Generated>, Failure> {
    let drawing = Tree::from_str(&fs::read_to_string(root.join(DRAWING))?, &Options::default())?;
    ICONS.iter().map(|icon| icon.drawn(&drawing)).collect()
}

impl Icon {
    fn drawn(&self, drawing: &Tree) -> Result<Generated, Failure> {
        let scale = f32::from(self.size - 2 * self.margin) / drawing.size().width();
        let place = Transform::from_scale(scale, scale)
            .post_translate(self.margin.into(), self.margin.into());
        let mut pixels =
            Pixmap::new(self.size.into(), self.size.into()).ok_or("an icon without pixels")?;
        resvg::render(drawing, place, &mut pixels.as_mut());
        if self.is_filled {
            let mut filled = pixels.clone();
            filled.fill(colour_of_edge(&pixels, self.margin)?);
            resvg::render(drawing, place, &mut filled.as_mut());
            pixels = filled;
        }
        Ok(Generated { path: self.path, content: pixels.encode_png()? })
    }
}

/// The colour in the middle of the drawing's upper edge, away from the rounded corners.
fn colour_of_edge(pixels: &Pixmap, margin: u16) -> Result<Color, Failure> {
    let pixel = pixels.pixel(pixels.width() / 2, u32::from(margin) + 1);
    let pixel = pixel.ok_or("the drawing has no edge")?.demultiply();
    Ok(Color::from_rgba8(pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()))
}
