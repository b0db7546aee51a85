//! Stacked bars: bars cut by counts, with the counts written on them.

use super::palette::{Palette, Sample};
use super::picture::{Picture, Side, Words, pixels, width_of};

/// A segment of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its index in the counts.
    pub(super) part: usize,
    /// Its count.
    pub(super) count: usize,
    /// Its left end.
    pub(super) from: i32,
    /// The left end of the next one.
    pub(super) to: i32,
}

/// The least width of a segment, so that one among thousands can still be seen and touched.
const LEAST: i32 = 3;

/// Cuts the bar between two points by counts, in their order; a count of 0 has no segment. Cuts are
/// rounded from the running sum, so that the segments meet and end exactly at the bar's end.
pub(super) fn stretches(counts: &[usize], (start, end): (i32, i32)) -> Vec<Stretch> {
    let total = counts.iter().sum::<usize>().max(1);
    let some = pixels(counts.iter().filter(|count| **count > 0).count()).max(1);
    let least = LEAST.min((end - start) / some);
    let shared = i64::from(end - start - least * some);
    let cut = |sum: usize, before: i32| {
        let wide = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let part = i32::try_from(shared * wide(sum) / wide(total)).unwrap_or(0);
        start + least * before + part
    };
    let (mut sum, mut before) = (0, 0);
    let mut stretches = Vec::new();
    for (part, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let from = cut(sum, before);
        (sum, before) = (sum + count, before + 1);
        stretches.push(Stretch { part, count, from, to: cut(sum, before) });
    }
    stretches
}

impl Stretch {
    /// Draws it with the fill of its meaning, and its count where that fits.
    pub(super) fn draw(
        self,
        picture: &mut Picture,
        palette: &Palette,
        sample: Sample,
        (top, bottom): (i32, i32),
    ) {
        // A gap of one pixel separates neighbours whose colours look alike to some people.
        let right = (self.to - 1).max(self.from + 1);
        let swatch = palette.swatch(sample);
        picture.swatch(((self.from, top), (right, bottom)), swatch, palette);
        let label = self.count.to_string();
        let room = width_of(&label, palette.size) + palette.size / 2;
        if right - self.from > room {
            let (x, y) = (self.from.midpoint(right), top.midpoint(bottom));
            // A plain plate, so that no pattern crosses the figure.
            let side = room / 2 - 1;
            picture.fill((x - side, top + 3), (x + side, bottom - 3), swatch.fill);
            let words = Words::new(label, (x, y + 1), palette);
            let colour = palette.on(swatch.fill);
            picture.words(Words { side: Side::Middle, bold: true, colour, ..words });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_meet_and_fill_the_bar_whatever_the_counts() {
        for counts in [&[1, 1, 1, 4][..], &[0, 0, 3], &[33, 1, 1, 70], &[9_999, 1], &[1; 300]] {
            let cuts = stretches(counts, (40, 327));
            assert_eq!(cuts.first().map(|cut| cut.from), Some(40));
            assert_eq!(cuts.last().map(|cut| cut.to), Some(327));
            assert!(cuts.windows(2).all(|pair| pair[0].to == pair[1].from));
            assert_eq!(
                cuts.iter().map(|cut| cut.count).sum::<usize>(),
                counts.iter().sum::<usize>()
            );
        }
        assert!(stretches(&[0, 0], (0, 300)).is_empty());
    }

    #[test]
    fn one_of_thousands_can_be_seen() {
        let cuts = stretches(&[9_999, 1, 0, 1], (0, 240));
        assert!(cuts.iter().all(|cut| cut.to - cut.from >= LEAST));
    }
}
