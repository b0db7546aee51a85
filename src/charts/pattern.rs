//! Patterns over fills: colour is never the only sign.

use super::geometry::{Area, At};

/// Pixels between the lines of a pattern.
const STEP: i32 = 6;

/// How a filled area is hatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Not at all.
    Plain,
    /// Lines that rise to the right.
    Rising,
    /// Lines that fall to the right.
    Falling,
    /// Vertical lines.
    Upright,
    /// Horizontal lines.
    Level,
    /// Lines that rise and lines that fall.
    Crossed,
}

impl Pattern {
    /// Its lines inside a rectangle.
    #[must_use]
    pub fn lines(self, from: At, to: At) -> Vec<(At, At)> {
        self.across(&[(from, to)], from)
    }

    /// Its lines inside an area of rectangles, from left to right, on a grid that starts at
    /// `anchor`. A line continues from one rectangle into the next, so that an area of hundreds is
    /// hatched as one, with hardly more lines.
    #[must_use]
    pub fn across(self, areas: &[Area], anchor: At) -> Vec<(At, At)> {
        match self {
            Self::Plain => Vec::new(),
            Self::Rising => sloped(areas, anchor, -1),
            Self::Falling => sloped(areas, anchor, 1),
            Self::Level => sloped(areas, anchor, 0),
            Self::Upright => areas.iter().flat_map(|area| upright(*area, anchor)).collect(),
            Self::Crossed => [sloped(areas, anchor, -1), sloped(areas, anchor, 1)].concat(),
        }
    }
}

fn upright(((left, top), (right, bottom)): Area, anchor: At) -> impl Iterator<Item = (At, At)> {
    let steps = grid(left + 1, right, anchor.0);
    steps.map(move |x| ((x, top), (x, bottom)))
}

/// Lines that fall by `slope` pixels with each pixel to the right.
fn sloped(areas: &[Area], anchor: At, slope: i32) -> Vec<(At, At)> {
    let at_zero = |(x, y): At| y - slope * x;
    let corners = areas.iter().flat_map(|&((left, top), (right, bottom))| {
        [(left, top), (right, top), (left, bottom), (right, bottom)].map(at_zero)
    });
    let (Some(least), Some(most)) = (corners.clone().min(), corners.max()) else {
        return Vec::new();
    };
    let mut lines: Vec<(At, At)> = Vec::new();
    for zero in grid(least + 1, most, at_zero(anchor)) {
        let first = lines.len();
        for &((left, top), (right, bottom)) in areas {
            // Where the line crosses the top, and where the bottom.
            let (from, to) = match slope {
                0 if top < zero && zero < bottom => (left, right),
                0 => continue,
                1 => (left.max(top - zero), right.min(bottom - zero)),
                _ => (left.max(zero - bottom), right.min(zero - top)),
            };
            if from >= to {
                continue;
            }
            let end = (to, zero + slope * to);
            match lines[first..].last_mut() {
                Some(line) if line.1.0 == from => line.1 = end,
                _ => lines.push(((from, zero + slope * from), end)),
            }
        }
    }
    lines
}

/// The positions of a grid from `least` to before `end`.
fn grid(least: i32, end: i32, anchor: i32) -> impl Iterator<Item = i32> {
    let first = least + (anchor - least).rem_euclid(STEP);
    (0..).map(move |step| first + step * STEP).take_while(move |place| *place < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Pattern; 6] = [
        Pattern::Plain,
        Pattern::Rising,
        Pattern::Upright,
        Pattern::Level,
        Pattern::Falling,
        Pattern::Crossed,
    ];

    #[test]
    fn patterns_stay_inside_their_rectangle_and_differ() {
        let (from, to) = ((10, 5), (50, 29));
        let patterns = ALL.map(|pattern| pattern.lines(from, to));
        for ((x1, y1), (x2, y2)) in patterns.iter().flatten() {
            for (x, y) in [(x1, y1), (x2, y2)] {
                assert!((10..=50).contains(x) && (5..=29).contains(y), "{x} {y}");
            }
        }
        for (at, pattern) in patterns.iter().enumerate() {
            assert!(!patterns[..at].contains(pattern), "{:?}", ALL[at]);
        }
    }

    #[test]
    fn an_area_of_many_rectangles_is_hatched_as_the_whole_would_be() {
        let columns: Vec<Area> = (0..40).map(|x| ((10 + x, 5), (11 + x, 29))).collect();
        for pattern in [Pattern::Rising, Pattern::Falling, Pattern::Level, Pattern::Crossed] {
            let whole = pattern.lines((10, 5), (50, 29));
            assert_eq!(pattern.across(&columns, (10, 5)), whole, "{pattern:?}");
        }
    }

    #[test]
    fn a_line_stops_where_the_area_does_and_goes_on_beyond() {
        let areas = [((0, 0), (10, 20)), ((10, 10), (20, 20)), ((20, 0), (30, 20))];
        let lines = Pattern::Level.across(&areas, (0, 0));
        assert_eq!(lines[0], ((0, 6), (10, 6)));
        assert_eq!(lines[1], ((20, 6), (30, 6)));
        assert_eq!(lines[2], ((0, 12), (30, 12)));
    }
}
