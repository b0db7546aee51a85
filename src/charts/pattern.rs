//! Patterns over fills, so that colour is never the only sign.

use super::picture::At;

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
    /// Lines that stand.
    Upright,
    /// Lines that lie.
    Level,
    /// Lines that rise and lines that fall.
    Crossed,
}

impl Pattern {
    /// Its lines inside a rectangle.
    #[must_use]
    pub fn lines(self, from: At, to: At) -> Vec<(At, At)> {
        match self {
            Self::Plain => Vec::new(),
            Self::Rising => rising(from, to),
            Self::Falling => falling(from, to),
            Self::Upright => upright(from, to),
            Self::Level => level(from, to),
            Self::Crossed => [rising(from, to), falling(from, to)].concat(),
        }
    }
}

fn upright((left, top): At, (right, bottom): At) -> Vec<(At, At)> {
    let steps = (1..).map(|step| left + step * STEP).take_while(|x| *x < right);
    steps.map(|x| ((x, top), (x, bottom))).collect()
}

fn level((left, top): At, (right, bottom): At) -> Vec<(At, At)> {
    let steps = (1..).map(|step| top + step * STEP).take_while(|y| *y < bottom);
    steps.map(|y| ((left, y), (right, y))).collect()
}

/// Diagonals from the lower left.
fn rising((left, top): At, (right, bottom): At) -> Vec<(At, At)> {
    let height = bottom - top;
    let feet = (1..).map(|step| left - height + step * STEP).take_while(|foot| *foot < right);
    let line = |foot: i32| {
        let (start, end) = (foot.max(left), (foot + height).min(right));
        ((start, bottom - (start - foot)), (end, bottom - (end - foot)))
    };
    feet.map(line).filter(|(start, end)| start.0 < end.0).collect()
}

fn falling(from: At, to: At) -> Vec<(At, At)> {
    let upside_down = |at: At| (at.0, from.1 + to.1 - at.1);
    let lines = rising(from, to);
    lines.into_iter().map(|(start, end)| (upside_down(start), upside_down(end))).collect()
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
}
