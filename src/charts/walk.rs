//! Going through the data of a chart with the arrow keys.

use super::picture::Spot;

/// Where to go from a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
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

/// The spot that is reached from another one, or from none; the same one where there is no other
/// that way. `None` only where there are no spots.
#[must_use]
pub fn step(spots: &[Spot], from: Option<usize>, way: Way) -> Option<usize> {
    let last = spots.len().checked_sub(1)?;
    let Some(from) = from.filter(|from| *from <= last) else {
        return Some(if way == Way::Last { last } else { 0 });
    };
    Some(match way {
        Way::Back => from.saturating_sub(1),
        Way::On => (from + 1).min(last),
        Way::First => 0,
        Way::Last => last,
        Way::Up => beyond(spots, from, |other, here| other.to.1 <= here.from.1),
        Way::Down => beyond(spots, from, |other, here| other.from.1 >= here.to.1),
    })
}

/// The spot on the nearest row beyond, and on that row the one whose middle is nearest.
fn beyond(spots: &[Spot], from: usize, is_beyond: fn(&Spot, &Spot) -> bool) -> usize {
    let here = spots[from];
    let middle = |spot: &Spot| spot.from.0.midpoint(spot.to.0);
    let distance = |spot: &Spot| {
        let rows = (spot.from.1 - here.from.1).abs();
        (rows, (middle(spot) - middle(&here)).abs())
    };
    let others = spots.iter().enumerate().filter(|(_, other)| is_beyond(other, &here));
    others.min_by_key(|(_, other)| distance(other)).map_or(from, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows: three spots, then two.
    fn spots() -> Vec<Spot> {
        let corners =
            [(0, 0, 20), (20, 0, 60), (60, 0, 100), (0, 40, 50), (50, 40, 100)].into_iter();
        let spot = |(datum, (x, y, to)): (usize, (i32, i32, i32))| Spot {
            from: (x, y),
            to: (to, y + 30),
            datum,
        };
        corners.enumerate().map(spot).collect()
    }

    #[test]
    fn arrows_go_through_the_data_in_order_and_stop_at_the_ends() {
        let spots = spots();
        let mut at = None;
        let walked: Vec<_> = (0..7)
            .map(|_| {
                at = step(&spots, at, Way::On);
                at.expect("a spot")
            })
            .collect();
        assert_eq!(walked, [0, 1, 2, 3, 4, 4, 4]);
        assert_eq!(step(&spots, Some(0), Way::Back), Some(0));
        assert_eq!(step(&spots, Some(2), Way::First), Some(0));
        assert_eq!(step(&spots, None, Way::Last), Some(4));
    }

    #[test]
    fn up_and_down_keep_to_the_column() {
        let spots = spots();
        let down = |from| step(&spots, Some(from), Way::Down);
        assert_eq!([down(0), down(2), down(4)], [Some(3), Some(4), Some(4)]);
        let up = |from| step(&spots, Some(from), Way::Up);
        assert_eq!([up(3), up(4), up(1)], [Some(0), Some(2), Some(1)]);
    }

    #[test]
    fn nothing_leads_nowhere_and_what_has_shrunk_begins_anew() {
        assert_eq!(step(&[], None, Way::On), None);
        assert_eq!(step(&spots(), Some(99), Way::On), Some(0));
    }
}
