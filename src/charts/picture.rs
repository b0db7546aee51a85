//! A chart as a list of shapes with their positions, before anything is drawn.
//!
//! Charts lay themselves out as a [`Picture`], which is plain data that tests can check; one
//! function draws it on any backend, and is compiled once for all charts.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle,
};
use plotters_backend::DrawingBackend;

use super::geometry::At;
use super::palette::{Palette, Swatch};

/// The error of drawing on backend `DB`.
pub type DrawError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// A shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A filled rectangle between two corners.
    Fill(At, At, RGBColor),
    /// A line with its width in pixels.
    Line(At, At, RGBColor, u32),
    /// Text.
    Words(Words),
}

/// Which part of a text is at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// Text on a picture, centred vertically on its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Its position.
    pub at: At,
    /// The part that is at the position.
    pub side: Side,
    /// The type size in CSS pixels.
    pub size: i32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it runs from below upwards.
    pub upright: bool,
    /// Its colour.
    pub colour: RGBColor,
}

/// The area of one datum of a chart: a finger, a mouse or an arrow key can select it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitArea {
    /// Its upper left corner.
    pub from: At,
    /// Its lower right corner.
    pub to: At,
    /// The datum, counted from 0 in the chart's own order.
    pub datum: usize,
}

/// Shapes, the lowest first, and their overall size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The width in CSS pixels.
    pub width: i32,
    /// The height in CSS pixels.
    pub height: i32,
    /// The shapes.
    pub marks: Vec<Mark>,
    /// The hit areas, in the order of the arrow keys.
    pub hit_areas: Vec<HitArea>,
}

impl Picture {
    pub(super) fn sized(width: i32, height: i32) -> Self {
        Self { width, height, ..Self::default() }
    }

    pub(super) fn hit_area(&mut self, from: At, to: At, datum: usize) {
        self.hit_areas.push(HitArea { from, to, datum });
    }

    /// The datum at a point: that of the hit area around it.
    #[must_use]
    pub fn datum_at(&self, (x, y): At) -> Option<usize> {
        let holds = |area: &&HitArea| {
            (area.from.0..area.to.0).contains(&x) && (area.from.1..area.to.1).contains(&y)
        };
        self.hit_areas.iter().find(holds).map(|area| area.datum)
    }

    pub(super) fn fill(&mut self, from: At, to: At, colour: RGBColor) {
        if from.0 < to.0 && from.1 < to.1 {
            self.marks.push(Mark::Fill(from, to, colour));
        }
    }

    pub(super) fn line(&mut self, from: At, to: At, colour: RGBColor, width: u32) {
        self.marks.push(Mark::Line(from, to, colour, width));
    }

    /// The four sides of a rectangle.
    pub(super) fn frame(&mut self, (left, top): At, (right, bottom): At, colour: RGBColor) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        for side in corners.windows(2) {
            self.line(side[0], side[1], colour, 1);
        }
    }

    pub(super) fn words(&mut self, words: Words) {
        self.marks.push(Mark::Words(words));
    }

    /// Adds the background under all shapes, so that their colours stay as they are wherever the
    /// picture goes.
    pub(super) fn ground(&mut self, palette: &Palette) {
        let corner = (self.width, self.height);
        self.marks.insert(0, Mark::Fill((0, 0), corner, palette.surface));
    }

    /// Puts another picture below this one.
    pub(super) fn below(&mut self, other: Self, inset: i32) {
        let top = self.height;
        let shift = |at: At| (at.0 + inset, at.1 + top);
        self.marks.extend(other.marks.into_iter().map(|mark| match mark {
            Mark::Fill(from, to, colour) => Mark::Fill(shift(from), shift(to), colour),
            Mark::Line(from, to, colour, width) => {
                Mark::Line(shift(from), shift(to), colour, width)
            }
            Mark::Words(words) => Mark::Words(Words { at: shift(words.at), ..words }),
        }));
        self.hit_areas.extend(other.hit_areas.into_iter().map(|area| HitArea {
            from: shift(area.from),
            to: shift(area.to),
            ..area
        }));
        self.height += other.height;
    }

    /// Fills a rectangle with a swatch: its pattern and an outline, so that either alone tells it
    /// apart.
    pub(super) fn swatch(&mut self, (from, to): (At, At), swatch: Swatch, palette: &Palette) {
        if from.0 >= to.0 || from.1 >= to.1 {
            return;
        }
        self.fill(from, to, swatch.fill);
        let colour = palette.trace(swatch.fill);
        for (start, end) in swatch.pattern.lines(from, to) {
            self.line(start, end, colour, 1);
        }
        self.frame(from, to, palette.edge(swatch.fill));
    }

    /// Draws it.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawError<DB>> {
        for mark in &self.marks {
            match mark {
                Mark::Fill(from, to, colour) => {
                    area.draw(&Rectangle::new([*from, *to], colour.filled()))?;
                }
                Mark::Line(from, to, colour, width) => {
                    let style = ShapeStyle::from(colour).stroke_width(*width);
                    area.draw(&PathElement::new(vec![*from, *to], style))?;
                }
                Mark::Words(words) => {
                    area.draw(&Text::new(words.text.as_str(), words.at, words.style(palette)))?;
                }
            }
        }
        Ok(())
    }
}

impl Words {
    pub(super) fn new(text: impl Into<String>, at: At, palette: &Palette) -> Self {
        Self {
            text: text.into(),
            at,
            side: Side::Start,
            size: palette.size,
            bold: false,
            upright: false,
            colour: palette.ink,
        }
    }

    fn style<'a>(&self, palette: &'a Palette) -> TextStyle<'a> {
        // Named directly: parsing a family lower-cases it first, with tables for all of Unicode.
        let family = FontFamily::Name(&palette.font);
        let weight = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        let side = match self.side {
            Side::Start => HPos::Left,
            Side::Middle => HPos::Center,
            Side::End => HPos::Right,
        };
        let turn = if self.upright { FontTransform::Rotate270 } else { FontTransform::None };
        TextStyle {
            font: FontDesc::new(family, f64::from(self.size), weight).transform(turn),
            color: self.colour.to_backend_color(),
            pos: Pos::new(side, VPos::Center),
        }
    }
}

/// The approximate width of a text: letters count as three fifths of their height, on the safe
/// side.
#[must_use]
pub(super) fn width_of(text: &str, size: i32) -> i32 {
    let letters = i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
    letters.saturating_mul(size * 3 / 5)
}

/// A count as pixels.
pub(super) fn pixels(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    #[test]
    fn what_is_on_a_picture_is_what_is_drawn() {
        let palette = Palette::default();
        let mut picture = Picture::sized(100, 50);
        picture.fill((0, 0), (10, 10), palette.first);
        picture.fill((5, 5), (5, 10), palette.first);
        picture.line((0, 20), (100, 20), palette.ink, 2);
        picture.words(Words { bold: true, ..Words::new("Oui", (4, 30), &palette) });
        let mut under = Picture::default();
        under.fill((0, 0), (1, 1), palette.ink);
        picture.below(under, 7);
        let drawn = Recorder::drawn(&picture, &palette);
        assert_eq!(drawn.fills, [((0, 0), (10, 10)), ((7, 50), (8, 51))]);
        assert_eq!(drawn.lines, [((0, 20), (100, 20))]);
        assert_eq!(drawn.texts, [("Oui".to_owned(), (4, 30))]);
    }

    #[test]
    fn a_place_belongs_to_the_hit_area_it_lies_in_wherever_the_picture_is_put() {
        let mut picture = Picture::sized(100, 50);
        picture.hit_area((0, 0), (10, 10), 3);
        let mut under = Picture::sized(10, 10);
        under.hit_area((0, 0), (10, 10), 4);
        picture.below(under, 7);
        let data = [(0, 0), (9, 9), (10, 9), (7, 50), (16, 59), (17, 59)];
        let found = data.map(|at| picture.datum_at(at));
        assert_eq!(found, [Some(3), Some(3), None, Some(4), Some(4), None]);
    }
}
