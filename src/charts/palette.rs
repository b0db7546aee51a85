//! The colours, patterns and type of charts.

use plotters::style::RGBColor;

use super::pattern::Pattern;

/// The colours and type of a chart: read from the page, so that both colour schemes, large text and
/// the system's high contrast carry over.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// The background.
    pub surface: RGBColor,
    /// Text and outlines.
    pub ink: RGBColor,
    /// Secondary text.
    pub muted: RGBColor,
    /// Grid lines.
    pub line: RGBColor,
    /// Options that are first, or win.
    pub first: RGBColor,
    /// All other options.
    pub other: RGBColor,
    /// The seven mentions, the best first.
    pub mentions: [RGBColor; 7],
    /// The states of a marker, in the order of [`super::levels::STATES`].
    pub states: [RGBColor; 5],
    /// The kinds of notes, in the order of [`NoteKind::ALL`](crate::domain::note::NoteKind::ALL).
    pub kinds: [RGBColor; 4],
    /// The degrees of evidence: good, fair, weak, not said.
    pub degrees: [RGBColor; 4],
    /// Whether the system allows two colours only: ink on the surface, with patterns alone to tell
    /// areas apart.
    pub forced: bool,
    /// The family of the page's text.
    pub font: String,
    /// Its size in CSS pixels.
    pub size: i32,
}

/// The meaning of a filled area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// One of the seven mentions, the best is 0.
    Mention(usize),
    /// One of the states of a marker, in the order of [`super::levels::STATES`].
    State(usize),
    /// One of the kinds of notes, in the order of
    /// [`NoteKind::ALL`](crate::domain::note::NoteKind::ALL).
    Kind(usize),
    /// The degrees of evidence: good, fair, weak, not said.
    Degree(usize),
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swatch {
    /// Its colour.
    pub fill: RGBColor,
    /// Its pattern.
    pub pattern: Pattern,
}

/// The patterns of the mentions; those of neighbours differ.
const MENTIONS: [Pattern; 7] = [
    Pattern::Plain,
    Pattern::Rising,
    Pattern::Upright,
    Pattern::Plain,
    Pattern::Level,
    Pattern::Falling,
    Pattern::Crossed,
];

/// The patterns of the states. The style sheet of the home screen repeats them for its bars.
const STATES: [Pattern; 5] =
    [Pattern::Plain, Pattern::Rising, Pattern::Level, Pattern::Crossed, Pattern::Plain];

/// The patterns of the kinds of notes.
const KINDS: [Pattern; 4] = [Pattern::Plain, Pattern::Rising, Pattern::Upright, Pattern::Crossed];

/// The patterns of the degrees.
const DEGREES: [Pattern; 4] = [Pattern::Plain, Pattern::Falling, Pattern::Level, Pattern::Plain];

impl Palette {
    /// The fill of an area with this meaning.
    ///
    /// # Panics
    /// When there is no such mention, state, kind or degree.
    #[must_use]
    pub fn swatch(&self, sample: Sample) -> Swatch {
        let (fill, pattern, solid) = match sample {
            Sample::Mention(mention) => (self.mentions[mention], MENTIONS[mention], mention == 0),
            Sample::State(state) => (self.states[state], STATES[state], state == 0),
            Sample::Kind(kind) => (self.kinds[kind], KINDS[kind], kind == 0),
            Sample::Degree(degree) => (self.degrees[degree], DEGREES[degree], degree == 0),
        };
        let fill = match (self.forced, solid) {
            (false, _) => fill,
            (true, true) => self.ink,
            (true, false) => self.surface,
        };
        Swatch { fill, pattern }
    }

    /// The text colour that can be read on a fill.
    #[must_use]
    pub fn on(&self, fill: RGBColor) -> RGBColor {
        match self.forced {
            false => Self::ink_on(fill),
            true if fill == self.ink => self.surface,
            true => self.ink,
        }
    }

    /// The lines of a pattern on a fill.
    #[must_use]
    pub(super) fn trace(&self, fill: RGBColor) -> RGBColor {
        let on = self.on(fill);
        if self.forced { on } else { Self::between(fill, on) }
    }

    /// The outline of a fill.
    #[must_use]
    pub(super) fn edge(&self, fill: RGBColor) -> RGBColor {
        if self.forced { self.ink } else { Self::between(self.ink, fill) }
    }

    /// Black or white, whichever can be read on `fill`: the weights are those of Rec. 709, the
    /// limit is where both have the same contrast (WCAG 2.2, relative luminance 0.179).
    #[must_use]
    pub fn ink_on(fill: RGBColor) -> RGBColor {
        // Squares stand for the curve of sRGB, whose exponent is close to 2.
        let square = |part: u8| u32::from(part) * u32::from(part);
        let light = 2126 * square(fill.0) + 7152 * square(fill.1) + 722 * square(fill.2);
        let limit = 10_000 / 1000 * 190 * 255 * 255;
        if light > limit { RGBColor(0, 0, 0) } else { RGBColor(255, 255, 255) }
    }

    /// A colour between two, nearer to `one`.
    #[must_use]
    pub(super) fn between(one: RGBColor, two: RGBColor) -> RGBColor {
        let mix = |one: u8, two: u8| {
            u8::try_from((u16::from(one) * 3 + u16::from(two) * 2) / 5).unwrap_or(one)
        };
        RGBColor(mix(one.0, two.0), mix(one.1, two.1), mix(one.2, two.2))
    }

    /// Parses a colour as the tokens write it, `#rrggbb`, or as browsers return it, `rgb(r, g, b)`.
    #[must_use]
    pub fn colour(text: &str) -> Option<RGBColor> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#').filter(|digits| digits.len() == 6) {
            let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
            return Some(RGBColor(part(0)?, part(2)?, part(4)?));
        }
        let parts = text.strip_prefix("rgb(")?.strip_suffix(')')?;
        let mut parts = parts.split(',').map(|part| part.trim().parse::<u8>().ok());
        let mut part = || parts.next().flatten();
        let colour = RGBColor(part()?, part()?, part()?);
        parts.next().is_none().then_some(colour)
    }
}

impl Default for Palette {
    /// Greys on white, for use without a page.
    fn default() -> Self {
        let grey = |value| RGBColor(value, value, value);
        Self {
            surface: grey(255),
            ink: grey(0),
            muted: grey(80),
            line: grey(200),
            first: grey(40),
            other: grey(120),
            mentions: [40, 90, 150, 230, 190, 120, 70].map(grey),
            states: [40, 90, 140, 180, 225].map(grey),
            kinds: [40, 110, 170, 90].map(grey),
            degrees: [40, 110, 170, 225].map(grey),
            forced: false,
            font: "sans-serif".to_owned(),
            size: 16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_fills_are_written_on_in_white_and_light_ones_in_black() {
        let ink = |red, green, blue| Palette::ink_on(RGBColor(red, green, blue)).0;
        assert_eq!([ink(0, 0, 0), ink(20, 83, 45), ink(140, 36, 24)], [255; 3]);
        assert_eq!([ink(255, 255, 255), ink(143, 196, 154), ink(240, 185, 135)], [0; 3]);
    }

    #[test]
    fn colours_are_read_as_tokens_and_browsers_write_them_and_nothing_else_is() {
        assert_eq!(Palette::colour(" #0b6e6e"), Some(RGBColor(11, 110, 110)));
        assert_eq!(Palette::colour("rgb(11, 110, 0)"), Some(RGBColor(11, 110, 0)));
        let no = ["", "#fff", "0b6e6e", "#0b6e6z", "#éééé", "red", "rgb(1, 2)", "rgb(1, 2, 3, 4)"];
        for text in no {
            assert_eq!(Palette::colour(text), None, "{text}");
        }
    }

    #[test]
    fn neighbours_differ_in_pattern_or_in_being_solid_where_colours_are_forced() {
        let palette = Palette { forced: true, ..Palette::default() };
        let differ = |samples: Vec<Sample>| {
            let swatches: Vec<_> = samples.into_iter().map(|s| palette.swatch(s)).collect();
            swatches.windows(2).all(|pair| pair[0] != pair[1])
        };
        assert!(differ((0..5).map(Sample::State).collect()));
        assert!(differ((0..7).map(Sample::Mention).collect()));
        assert!(differ((0..4).map(Sample::Kind).collect()));
        assert!(differ((0..4).map(Sample::Degree).collect()));
        for state in 0..5 {
            let fill = palette.swatch(Sample::State(state)).fill;
            assert_ne!(palette.on(fill), fill);
            assert_ne!(palette.trace(fill), fill);
        }
    }
}
