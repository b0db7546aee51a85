//! Moves through the data of a chart by arrow keys.

use super::picture::HitArea;

/// A direction from a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the one before.
    Back,
    /// To the one after.
    On,
    /// To the nearest above.
    Up,
    /// To the nearest below.
    Down,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// The area in this direction from another one, or from none; the same one where there is no other
/// in that direction. `None` only where there are no areas.
#[must_use]
pub fn step(areas: &[HitArea], from: Option<usize>, to: Direction) -> Option<usize> {
    let last = areas.len().checked_sub(1)?;
    let Some(from) = from.filter(|from| *from <= last) else {
        return Some(if to == Direction::Last { last } else { 0 });
    };
    Some(match to {
        Direction::Back => from.saturating_sub(1),
        Direction::On => (from + 1).min(last),
        Direction::First => 0,
        Direction::Last => last,
        Direction::Up => beyond(areas, from, |other, here| other.to.1 <= here.from.1),
        Direction::Down => beyond(areas, from, |other, here| other.from.1 >= here.to.1),
    })
}

/// The area on the nearest row in that direction, and on that row the one whose middle is nearest.
fn beyond(areas: &[HitArea], from: usize, is_beyond: fn(&HitArea, &HitArea) -> bool) -> usize {
    let here = areas[from];
    let middle = |area: &HitArea| area.from.0.midpoint(area.to.0);
    let distance = |area: &HitArea| {
        let rows = (area.from.1 - here.from.1).abs();
        (rows, (middle(area) - middle(&here)).abs())
    };
    let others = areas.iter().enumerate().filter(|(_, other)| is_beyond(other, &here));
    others.min_by_key(|(_, other)| distance(other)).map_or(from, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows: three areas, then two.
    fn areas() -> Vec<HitArea> {
        let corners =
            [(0, 0, 20), (20, 0, 60), (60, 0, 100), (0, 40, 50), (50, 40, 100)].into_iter();
        let area = |(datum, (x, y, to)): (usize, (i32, i32, i32))| HitArea {
            from: (x, y),
            to: (to, y + 30),
            datum,
        };
        corners.enumerate().map(area).collect()
    }

    #[test]
    fn arrows_go_through_the_data_in_order_and_stop_at_the_ends() {
        let areas = areas();
        let mut at = None;
        let walked: Vec<_> = (0..7)
            .map(|_| {
                at = step(&areas, at, Direction::On);
                at.expect("a area")
            })
            .collect();
        assert_eq!(walked, [0, 1, 2, 3, 4, 4, 4]);
        assert_eq!(step(&areas, Some(0), Direction::Back), Some(0));
        assert_eq!(step(&areas, Some(2), Direction::First), Some(0));
        assert_eq!(step(&areas, None, Direction::Last), Some(4));
    }

    #[test]
    fn up_and_down_keep_to_the_column() {
        let areas = areas();
        let down = |from| step(&areas, Some(from), Direction::Down);
        assert_eq!([down(0), down(2), down(4)], [Some(3), Some(4), Some(4)]);
        let up = |from| step(&areas, Some(from), Direction::Up);
        assert_eq!([up(3), up(4), up(1)], [Some(0), Some(2), Some(1)]);
    }

    #[test]
    fn nothing_leads_nowhere_and_what_has_shrunk_begins_anew() {
        assert_eq!(step(&[], None, Direction::On), None);
        assert_eq!(step(&areas(), Some(99), Direction::On), Some(0));
    }
}
