//! The colours and the type of a chart of votes.

use plotters::style::RGBColor;

/// What a chart of votes is drawn with: read from the page, so that both schemes and large text
/// carry over.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// What lies under the chart.
    pub surface: RGBColor,
    /// Text and outlines.
    pub ink: RGBColor,
    /// What is said by the way.
    pub muted: RGBColor,
    /// Lines that only guide the eye.
    pub line: RGBColor,
    /// What stands first, or wins.
    pub first: RGBColor,
    /// What does not.
    pub other: RGBColor,
    /// The seven mentions, the best first.
    pub mentions: [RGBColor; 7],
    /// The family of the page's text.
    pub font: String,
    /// Its size in CSS pixels.
    pub size: i32,
}

impl Palette {
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
}

impl Default for Palette {
    /// On white, for where no page is.
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
}
