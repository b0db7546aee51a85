//! Merit profiles of majority judgment: how many people gave each mention, as one stacked bar an
//! option, with a line in the middle. The mention that the line meets is the majority's.
//!
//! Neighbouring mentions differ in colour, in pattern and by a gap, so that none is needed to tell
//! them apart.

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Side, Words, pixels, width_of};

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its rank, such as « 1er »; empty for one that repeats the rank above.
    pub place: String,
    /// Its label.
    pub label: String,
    /// How many people gave each mention, the best first.
    pub counts: [u32; 7],
    /// The majority's mention, in words.
    pub majority: String,
}

/// The chart's data. Its table is made from the same counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profiles {
    /// From top to bottom, by rank.
    pub profiles: Vec<Profile>,
}

impl Chart for Profiles {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let widest = |text: fn(&Profile) -> &str| {
            let widths = self.profiles.iter().map(|profile| width_of(text(profile), size));
            widths.max().unwrap_or_default()
        };
        let gap = size / 2;
        let label = widest(|profile| &profile.place) + gap;
        let columns =
            [label + widest(|profile| &profile.label) + gap, widest(|p| &p.majority) + gap];
        let narrow = width < 34 * size || columns[0] + columns[1] > width / 2;
        let [left, right] = if narrow { [0, width] } else { [columns[0], width - columns[1]] };
        let (bar, head) = (size * 3 / 2, if narrow { size * 3 / 2 } else { 0 });
        let row = head + bar + size * 3 / 4;
        let height = row * pixels(self.profiles.len());
        let mut picture = Picture::sized(width, height);
        for (number, profile) in self.profiles.iter().enumerate() {
            let top = row * pixels(number) + head;
            let middle = if narrow { top - head / 2 } else { top + bar / 2 + 1 };
            let words = |text: &str, x: i32| Words::new(text, (x, middle), palette);
            picture.words(Words { colour: palette.muted, ..words(&profile.place, 0) });
            picture.words(Words { bold: true, ..words(&profile.label, label) });
            let said = words(&profile.majority, width);
            picture.words(Words { side: Side::End, ..said });
            let half = left.midpoint(right);
            let stretches = stretches(&profile.counts, left, right);
            for stretch in &stretches {
                let (from, to) = stretch.sides();
                let swatch = palette.swatch(Sample::Mention(stretch.mention));
                picture.swatch(((from, top), (to, top + bar)), swatch, palette);
            }
            // Over the bar and a little beyond: a line on the fills alone could be lost in one of
            // them.
            let beyond = size / 4;
            picture.line((half, top - beyond), (half, top + bar + beyond), palette.surface, 5);
            picture.line((half, top - beyond), (half, top + bar + beyond), palette.ink, 2);
            for stretch in &stretches {
                write_count(&mut picture, palette, stretch, half, (top, top + bar));
            }
        }
        picture
    }
}

/// A segment of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    mention: usize,
    count: u32,
    from: i32,
    to: i32,
}

/// Cuts a bar by counts. Cuts are rounded from the running sum, so that the segments meet and end
/// exactly at the bar's end.
fn stretches(counts: &[u32; 7], left: i32, right: i32) -> Vec<Stretch> {
    let total = counts.iter().copied().map(i64::from).sum::<i64>().max(1);
    let cut = |sum: i64| left + i32::try_from(i64::from(right - left) * sum / total).unwrap_or(0);
    let mut sum = 0;
    let mut cuts = Vec::new();
    for (mention, &count) in counts.iter().enumerate() {
        let next = sum + i64::from(count);
        if count > 0 {
            cuts.push(Stretch { mention, count, from: cut(sum), to: cut(next) });
        }
        sum = next;
    }
    cuts
}

impl Stretch {
    /// Its filled part: a gap separates neighbours.
    fn sides(self) -> (i32, i32) {
        (self.from + 1, (self.to - 1).max(self.from + 2))
    }
}

/// Writes a count into its segment, where it fits. The line in the middle keeps clear of the count
/// as far as there is room beside the line.
fn write_count(
    picture: &mut Picture,
    palette: &Palette,
    stretch: &Stretch,
    half: i32,
    (top, bottom): (i32, i32),
) {
    let label = stretch.count.to_string();
    let room = width_of(&label, palette.size) + palette.size / 2;
    let (left, right) = stretch.sides();
    if right - left <= room {
        return;
    }
    let beside = if half - left > right - half { (left, half - 3) } else { (half + 3, right) };
    let crossed = (left.midpoint(right) - half).abs() < room / 2 + 3;
    let (left, right) = if crossed && beside.1 - beside.0 >= room { beside } else { (left, right) };
    let (x, y) = (left.midpoint(right), top.midpoint(bottom));
    let fill = palette.swatch(Sample::Mention(stretch.mention)).fill;
    // A plain plate, so that no pattern crosses the figure.
    let side = room / 2 - 1;
    picture.fill((x - side, top + 3), (x + side, bottom - 3), fill);
    let words = Words::new(label, (x, y + 1), palette);
    let colour = palette.on(fill);
    picture.words(Words { side: Side::Middle, bold: true, colour, ..words });
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn chart(counts: &[[u32; 7]]) -> Profiles {
        let profile = |(number, &counts): (usize, &[u32; 7])| Profile {
            place: format!("{}e", number + 1),
            label: format!("1.2.{number}"),
            counts,
            majority: "Assez bien".into(),
        };
        Profiles { profiles: counts.iter().enumerate().map(profile).collect() }
    }

    #[test]
    fn stretches_meet_and_fill_the_bar_whatever_the_counts() {
        for counts in [[1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 9], [99_999, 1, 0, 0, 3, 0, 7]] {
            let cuts = stretches(&counts, 40, 327);
            assert_eq!(cuts.first().map(|cut| cut.from), Some(40));
            assert_eq!(cuts.last().map(|cut| cut.to), Some(327));
            assert!(cuts.windows(2).all(|pair| pair[0].to == pair[1].from));
        }
        assert!(stretches(&[0; 7], 0, 300).is_empty());
    }

    #[test]
    fn the_line_in_the_middle_lies_at_half_of_every_bar() {
        let palette = Palette::default();
        for width in [260, 900] {
            let picture = chart(&[[3, 0, 0, 0, 0, 0, 3], [1; 7]]).picture(width, &palette);
            let drawn = Recorder::drawn(&picture, &palette);
            let (start, end) = (drawn.fills[0].0.0 - 1, drawn.fills[1].1.0 + 1);
            let half = start.midpoint(end);
            let beyond = |(from, to): &((i32, i32), (i32, i32))| {
                from.0 == to.0 && from.0 == half && to.1 - from.1 > palette.size * 3 / 2
            };
            assert_eq!(drawn.lines.iter().filter(|line| beyond(line)).count(), 4, "{width}");
        }
    }

    #[test]
    fn a_count_is_written_only_where_it_fits() {
        let palette = Palette::default();
        let picture = chart(&[[500, 1, 0, 0, 0, 0, 0]]).picture(300, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        let said = |count: &str| drawn.texts.iter().any(|(text, _)| text == count);
        assert!(said("500") && !said("1"));
    }

    #[test]
    fn names_stand_over_the_bars_of_a_phone() {
        let palette = Palette::default();
        let drawn = |width| {
            Recorder::drawn(&chart(&[[9, 0, 0, 0, 0, 0, 0]]).picture(width, &palette), &palette)
        };
        let (phone, wide) = (drawn(288), drawn(900));
        assert!(phone.texts[1].1.1 < phone.fills[0].0.1);
        assert!(wide.texts[1].1.1 > wide.fills[0].0.1);
        assert_eq!(phone.fills[0].0.0, 1);
    }
}
