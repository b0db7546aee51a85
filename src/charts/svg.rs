//! Draws a picture as SVG (W3C Recommendation, 16 August 2011), for files that stay sharp at any
//! size.
//!
//! `plotters-svg` writes type smaller than it is asked to, and characters that XML does not allow
//! as they come. `Vectors` wraps it: the same picture has the same shapes and the same type as on a
//! canvas, and any text makes a well-formed file. Nothing measures text, which outside of a canvas
//! would mean adding elements to the page.

use plotters::drawing::IntoDrawingArea;
use plotters_backend::text_anchor::Pos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, FontTransform,
};
use plotters_svg::SVGBackend;

use super::palette::Palette;
use super::picture::Picture;

/// The divisor of `plotters-svg` for every type size.
const SHRINKING: f64 = 1.24;

/// Draws a picture as an SVG document of its size, without an XML declaration, so that it can also
/// be part of a page.
///
/// ```
/// use jalons::charts::palette::Palette;
/// use jalons::charts::picture::Picture;
/// use jalons::charts::svg;
///
/// let empty = Picture { width: 40, height: 20, ..Picture::default() };
/// assert!(svg::draw(&empty, &Palette::default()).starts_with("<svg width=\"40\" height=\"20\""));
/// ```
#[must_use]
pub fn draw(picture: &Picture, palette: &Palette) -> String {
    let mut text = String::new();
    let size = (picture.width.max(0).unsigned_abs(), picture.height.max(0).unsigned_abs());
    let area = Vectors(SVGBackend::with_string(&mut text, size)).into_drawing_area();
    // Writing into a string cannot fail.
    let _ = picture.draw(&area, palette);
    let _ = area.present();
    drop(area);
    text
}

/// The backend of `plotters`, with type in the size that is asked for.
struct Vectors<'a>(SVGBackend<'a>);

type Failure = DrawingErrorKind<std::io::Error>;

impl DrawingBackend for Vectors<'_> {
    type ErrorType = std::io::Error;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failure> {
        self.0.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Failure> {
        self.0.draw_pixel(point, color)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        self.0.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.0.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.0.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<(), Failure> {
        let text: String = text.chars().map(character).collect();
        self.0.draw_text(&text, &Enlarged(style), pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), Failure> {
        let size = style.size().clamp(1.0, 999.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 999")]
        let size = size as u32;
        let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Ok((letters.saturating_mul(size * 3 / 5), size))
    }
}

/// The character, or U+FFFD for one that XML 1.0 (section 2.2) does not allow.
fn character(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A style that makes up for the divisor of `plotters-svg`.
struct Enlarged<'a, S>(&'a S);

impl<S: BackendTextStyle> BackendTextStyle for Enlarged<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.0.color()
    }

    fn size(&self) -> f64 {
        self.0.size() * SHRINKING
    }

    fn transform(&self) -> FontTransform {
        self.0.transform()
    }

    fn style(&self) -> FontStyle {
        self.0.style()
    }

    fn anchor(&self) -> Pos {
        self.0.anchor()
    }

    fn family(&self) -> FontFamily<'_> {
        self.0.family()
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.0.layout_box(text)
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        pos: (i32, i32),
        draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.0.draw(text, pos, draw)
    }
}

#[cfg(test)]
mod tests {
    use super::super::geometry::At;
    use super::super::picture::{Side, Words};
    use super::super::recorder::Recorder;
    use super::*;

    /// A picture with one shape of each kind.
    fn picture(text: &str, palette: &Palette) -> Picture {
        let mut picture = Picture::sized(120, 60);
        picture.fill((0, 0), (30, 10), palette.first);
        picture.line((0, 20), (100, 20), palette.ink, 2);
        let words = Words::new(text, (4, 30), palette);
        picture.words(Words { bold: true, side: Side::End, ..words.clone() });
        picture.words(Words { upright: true, at: (60, 50), ..words });
        picture
    }

    /// The values of an attribute, in the order of the document.
    fn values<'a>(svg: &'a str, element: &str, name: &str) -> Vec<&'a str> {
        let elements = svg.split('<').filter(|text| text.starts_with(element));
        let value = |text: &'a str| text.split_once(&format!(" {name}=\""))?.1.split('"').next();
        elements.filter_map(value).collect()
    }

    #[test]
    fn the_shapes_are_those_that_a_canvas_gets() {
        let palette = Palette::default();
        let picture = picture("Oui", &palette);
        let svg = draw(&picture, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        let number = |text: &str| text.parse::<i32>().expect("a whole number");
        let numbers = |name| values(&svg, "rect", name).into_iter().map(number).collect::<Vec<_>>();
        let corner = |(from, to): &(At, At)| [from.0, from.1, to.0 - from.0, to.1 - from.1];
        let fills: Vec<_> = drawn.fills.iter().flat_map(corner).collect();
        let said = ["x", "y", "width", "height"].map(numbers);
        assert_eq!(said.concat(), fills);
        assert_eq!(values(&svg, "polyline", "points"), ["0,20 100,20 "]);
        assert_eq!(values(&svg, "polyline", "stroke-width"), ["2"]);
        assert_eq!(values(&svg, "text", "x"), ["4", "60"]);
        assert_eq!(values(&svg, "text", "text-anchor"), ["end", "start"]);
        assert_eq!(values(&svg, "text", "font-weight"), ["bold"]);
        assert_eq!(values(&svg, "text", "transform"), ["rotate(270, 60, 50)"]);
        assert_eq!(svg.matches("\nOui\n").count(), drawn.texts.len());
        assert_eq!(values(&svg, "svg", "viewBox"), ["0 0 120 60"]);
        assert!(svg.trim_end().ends_with("</svg>"));
    }

    #[test]
    fn type_is_as_large_as_on_a_canvas() {
        for size in 8..=96 {
            let palette = Palette { size, ..Palette::default() };
            let svg = draw(&picture("A", &palette), &palette);
            for written in values(&svg, "text", "font-size") {
                let written: f64 = written.parse().expect("a number");
                assert!((written - f64::from(size)).abs() < 1e-9, "{written} for {size}");
            }
        }
    }

    #[test]
    fn what_people_wrote_is_only_text() {
        let palette = Palette { font: "\"Marque\" <b>".to_owned(), ..Palette::default() };
        let svg =
            draw(&picture("<&\">'</text><script>1</script>\u{0}\u{1b}\nfin", &palette), &palette);
        let text = "&lt;&amp;&quot;&gt;&apos;&lt;/text&gt;&lt;script&gt;1&lt;/script&gt;\u{fffd}\u{fffd} fin";
        assert_eq!(svg.matches(text).count(), 2);
        let tags =
            svg.split('<').skip(1).map(|tag| tag.split([' ', '>']).next().unwrap_or_default());
        let known = ["svg", "rect", "polyline", "text", "/text", "/svg"];
        let strange: Vec<_> = tags.filter(|tag| !known.contains(tag)).collect();
        assert!(strange.is_empty(), "{strange:?}");
        assert_eq!(values(&svg, "text", "font-family"), ["&quot;Marque&quot; &lt;b&gt;"; 2]);
    }
}
