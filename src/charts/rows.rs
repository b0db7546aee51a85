//! Rows with a title each: above its bar on a phone, beside it where there is room.

use super::palette::Palette;
use super::picture::{Picture, Words, pixels, width_of};

/// The positions of a chart's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    width: i32,
    /// The left end of bars.
    left: i32,
    /// How far below the top of its row a bar starts.
    head: i32,
    bar: i32,
    height: i32,
}

impl Rows {
    /// Lays out rows with these titles in a chart of this width.
    pub(super) fn of<'a>(
        titles: impl Iterator<Item = &'a str>,
        width: i32,
        palette: &Palette,
    ) -> Self {
        let size = palette.size;
        let bar = size * 3 / 2;
        if width < 44 * size {
            let head = size * 7 / 4;
            return Self { width, left: 0, head, bar, height: head + bar + size };
        }
        let widest = titles.map(|title| width_of(title, size)).max().unwrap_or_default();
        let left = (widest + size).min(width * 2 / 5);
        Self { width, left, head: size / 2, bar, height: bar + size }
    }

    /// The height of that many rows.
    pub(super) fn height(self, count: usize) -> i32 {
        self.height * pixels(count)
    }

    /// The left and right limits of bars.
    pub(super) fn sides(self) -> (i32, i32) {
        (self.left, self.width)
    }

    /// The top and the bottom of a row's bar.
    pub(super) fn bar(self, row: usize) -> (i32, i32) {
        let top = self.height * pixels(row) + self.head;
        (top, top + self.bar)
    }

    /// Writes a row's title, as much of it as fits.
    pub(super) fn title(self, picture: &mut Picture, row: usize, title: &str, palette: &Palette) {
        let (top, bottom) = self.bar(row);
        let (room, y) = match self.left {
            0 => (self.width, top - self.head / 2),
            left => (left - palette.size, top.midpoint(bottom) + 1),
        };
        let title = shortened(title, room, palette.size);
        picture.words(Words::new(title, (0, y), palette));
    }
}

/// Shortens a text to the room it has: its beginning and an ellipsis.
pub(super) fn shortened(text: &str, room: i32, size: i32) -> String {
    // Running text is a little narrower than figures and bold letters.
    let room = room * 21 / 20;
    if width_of(text, size) <= room {
        return text.to_owned();
    }
    let letters = usize::try_from(room / width_of("…", size).max(1)).unwrap_or(0);
    let beginning: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", beginning.trim_end_matches([' ', ',', '.', ';', ':', '·']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_to_its_room_and_says_so() {
        assert_eq!(shortened("1.2.1 Ouvrir", 200, 10), "1.2.1 Ouvrir");
        assert_eq!(shortened("1.2.1 Ouvrir", 58, 10), "1.2.1 Ouv…");
        assert_eq!(shortened("1.2.1 Ouvrir", 40, 10), "1.2.1…");
        assert_eq!(shortened("été", 0, 10), "…");
    }

    #[test]
    fn bars_of_one_chart_start_and_end_alike_and_no_rows_overlap() {
        let palette = Palette::default();
        for width in [240, 288, 703, 704, 1400] {
            let rows = Rows::of(["Un titre", "Un autre titre"].into_iter(), width, &palette);
            let (left, right) = rows.sides();
            assert!(left < right && right == width);
            assert!(rows.bar(0).1 < rows.bar(1).0 && rows.bar(1).1 <= rows.height(2));
        }
    }
}
