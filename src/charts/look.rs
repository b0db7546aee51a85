//! What a chart looks like: the design tokens it is drawn with.

use plotters::style::RGBColor;

use crate::domain::observation::Level;

/// Colours and type of a chart, read from the page so that both schemes and large text carry over.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Text on the page.
    pub ink: RGBColor,
    /// Text on a dark fill.
    pub on_fill: RGBColor,
    /// The fill of each level, in the order of [`Look::STATES`].
    pub fills: [RGBColor; 5],
    /// The family of the page's text.
    pub font: String,
    /// Its size in CSS pixels.
    pub size: f64,
}

impl Look {
    /// The states of a marker, in the order charts stack them.
    pub const STATES: [Option<Level>; 5] = [
        Some(Level::Reached),
        Some(Level::InProgress),
        Some(Level::NotYet),
        Some(Level::NotObservable),
        None,
    ];

    /// Reads a colour written as `#rrggbb`, the one form the tokens use.
    #[must_use]
    pub fn colour(hex: &str) -> Option<RGBColor> {
        let digits = hex.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(RGBColor(part(0)?, part(2)?, part(4)?))
    }
}

impl Default for Look {
    /// Black on white, for where no page is.
    fn default() -> Self {
        let grey = |value| RGBColor(value, value, value);
        Self {
            ink: grey(0),
            on_fill: grey(255),
            fills: [grey(40), grey(90), grey(140), grey(180), grey(225)],
            font: "sans-serif".to_owned(),
            size: 16.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_and_anything_else_is_not() {
        assert_eq!(Look::colour(" #0b6e6e"), Some(RGBColor(11, 110, 110)));
        for text in ["", "#fff", "0b6e6e", "#0b6e6z", "#éééé", "red"] {
            assert_eq!(Look::colour(text), None, "{text}");
        }
    }
}
