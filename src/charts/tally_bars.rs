//! The dots or approvals of each option, as one bar an option.

use super::Chart;
use super::palette::Palette;
use super::picture::{Picture, Words, pixels, width_of};

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its rank, such as « 1er »; empty for one that repeats the rank above.
    pub place: String,
    /// Its label.
    pub label: String,
    /// Its count.
    pub count: u32,
    /// Whether it is first.
    pub leads: bool,
}

/// The chart's data. Its table is made from the same counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TallyBars {
    /// From top to bottom, by rank.
    pub bars: Vec<Bar>,
    /// The count of a bar over the whole width; the greatest count where that is more.
    pub whole: u32,
}

impl Chart for TallyBars {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let (row, bar) = (size * 2, size * 5 / 4);
        let widest = |text: fn(&Bar) -> String| {
            self.bars.iter().map(|bar| width_of(&text(bar), size)).max().unwrap_or_default()
        };
        let gap = size / 2;
        let label = widest(|bar| bar.place.clone()) + gap;
        let beside = label + widest(|bar| bar.label.clone()) + gap;
        // Names go above their bars where they would leave the bars less than half the width.
        let is_narrow = beside > width / 2;
        let (head, left) = if is_narrow { (size * 3 / 2, 1) } else { (0, beside) };
        let row = row + head;
        let right = (width - widest(|bar| bar.count.to_string()) - gap).max(left + size);
        let height = row * pixels(self.bars.len());
        let mut picture = Picture::sized(width, height);
        let greatest = self.bars.iter().map(|bar| bar.count).max().unwrap_or_default();
        let whole = self.whole.max(greatest).max(1);
        if self.whole > greatest {
            // The full width: the count of everybody.
            picture.line((right, 0), (right, height), palette.line, 1);
        }
        for (number, entry) in self.bars.iter().enumerate() {
            let top = row * pixels(number) + head + (row - head - bar) / 2;
            let middle = top + bar / 2 + 1;
            let words = |text: &str, x: i32| Words::new(text, (x, middle), palette);
            let named = |text: &str, x: i32| {
                let y = if is_narrow { top - head / 2 } else { middle };
                Words::new(text, (x, y), palette)
            };
            let place = Words { colour: palette.muted, ..named(&entry.place, 0) };
            picture.words(place);
            picture.words(Words { bold: true, ..named(&entry.label, label) });
            let end = left + cut(right - left, entry.count, whole);
            let colour = if entry.leads { palette.first } else { palette.other };
            picture.fill((left, top), (end, top + bar), colour);
            let said = words(&entry.count.to_string(), end + gap / 2 + 1);
            picture.words(Words { bold: entry.leads, ..said });
        }
        picture.line((left, 0), (left, height), palette.ink, 1);
        picture
    }
}

/// The width for `count` of `whole`; any count above 0 can be seen.
fn cut(width: i32, count: u32, whole: u32) -> i32 {
    let part = i64::from(width) * i64::from(count) / i64::from(whole.max(1));
    i32::try_from(part).unwrap_or(width).max(i32::from(count > 0) * 2)
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn chart(counts: &[u32], whole: u32) -> TallyBars {
        let bar = |(number, &count): (usize, &u32)| Bar {
            place: format!("{}e", number + 1),
            label: format!("1.2.{number}"),
            count,
            leads: number == 0,
        };
        TallyBars { bars: counts.iter().enumerate().map(bar).collect(), whole }
    }

    #[test]
    fn a_bar_is_as_long_as_its_count_and_the_count_stands_at_its_end() {
        let drawn = Recorder::drawn(
            &chart(&[40, 20, 0], 0).picture(400, &Palette::default()),
            &Palette::default(),
        );
        let length = |at: usize| drawn.fills[at].1.0 - drawn.fills[at].0.0;
        assert_eq!(drawn.fills.len(), 2, "nothing is drawn for none");
        assert!((length(0) - 2 * length(1)).abs() <= 1);
        let zero = drawn.texts.iter().find(|(text, _)| text == "0").expect("the count is said");
        assert!(zero.1.0 >= drawn.fills[0].0.0);
    }

    #[test]
    fn everything_stays_on_the_picture_with_52_options_and_long_counts() {
        let counts: Vec<_> = (0..52).rev().map(|count| count * 19_999).collect();
        for width in [240, 288, 1200] {
            let palette = Palette::default();
            let picture = chart(&counts, 0).picture(width, &palette);
            let drawn = Recorder::drawn(&picture, &palette);
            assert_eq!(drawn.texts.len(), 3 * 52);
            for (text, (x, y)) in &drawn.texts {
                assert!(x + width_of(text, palette.size) <= width, "{text} at {x} of {width}");
                assert!((0..picture.height).contains(y));
            }
        }
    }

    #[test]
    fn long_names_are_above_their_bars_where_the_window_is_narrow() {
        let mut long = chart(&[40, 20], 0);
        long.bars[0].label = "Écoles, services et commerces".into();
        let palette = Palette::default();
        let drawn = |width| Recorder::drawn(&long.picture(width, &palette), &palette);
        let bar = |width: i32| drawn(width).fills[0];
        let name = |width: i32| {
            let texts = drawn(width).texts;
            texts.into_iter().find(|(text, _)| text.starts_with("Écoles")).expect("the name").1
        };
        let inside = |y: i32, bar: ((i32, i32), (i32, i32))| (bar.0.1..bar.1.1).contains(&y);
        assert!(inside(name(900).1, bar(900)));
        assert!(name(288).1 < bar(288).0.1);
        assert!(bar(288).1.0 - bar(288).0.0 > 200, "the bar has the width");
    }

    #[test]
    fn of_no_ballots_no_bar_is_drawn_and_every_zero_is_said() {
        let palette = Palette::default();
        let drawn = Recorder::drawn(&chart(&[0, 0], 0).picture(300, &palette), &palette);
        assert!(drawn.fills.is_empty());
        assert_eq!(drawn.texts.iter().filter(|(text, _)| text == "0").count(), 2);
        assert_eq!(TallyBars::default().picture(300, &palette).height, 0);
    }

    #[test]
    fn approvals_of_half_the_room_reach_half_the_way() {
        let palette = Palette::default();
        let drawn = Recorder::drawn(&chart(&[10], 20).picture(400, &palette), &palette);
        let (start, end) = (drawn.fills[0].0.0, drawn.fills[0].1.0);
        let whole = drawn.lines[0].0.0;
        assert!((2 * (end - start) - (whole - start)).abs() <= 1);
    }
}
