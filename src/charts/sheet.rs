//! The exported sheet of a chart: title, chart, the meaning of its colours and short names, and its
//! source.

use super::Chart;
use super::legend::Legend;
use super::palette::Palette;
use super::picture::{Picture, Words, width_of};

/// The text around an exported chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The title, in large letters above the chart.
    pub title: String,
    /// Under the title, a paragraph each.
    pub lead: Vec<String>,
    /// The legend of the chart; empty where it needs none.
    pub legend: Legend,
    /// Below the chart, a paragraph each.
    pub notes: Vec<String>,
}

impl Sheet {
    /// Lays out the chart with the text around it, on the palette's background.
    #[must_use]
    pub fn picture(&self, chart: &dyn Chart, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let inset = size * 2;
        let chart = chart.picture(width - 2 * inset, palette);
        let inner = chart.width.max(width - 2 * inset);
        let mut sheet = Picture::sized(inner + 2 * inset, inset);
        sheet.below(paragraph(&self.title, inner, size * 7 / 4, true, palette), inset);
        for words in &self.lead {
            sheet.below(paragraph(words, inner, size, false, palette), inset);
        }
        sheet.height += size;
        sheet.below(chart, inset);
        sheet.height += size;
        sheet.below(self.legend.picture(inner, palette), inset);
        sheet.height += if self.legend.0.is_empty() { 0 } else { size };
        for words in &self.notes {
            sheet.below(paragraph(words, inner, size, false, palette), inset);
        }
        sheet.height += inset;
        sheet.ground(palette);
        sheet
    }
}

/// Writes text in as many lines as it takes.
fn paragraph(words: &str, width: i32, size: i32, bold: bool, palette: &Palette) -> Picture {
    let line = size * 3 / 2;
    let mut picture = Picture::default();
    // Running text is narrower than figures and bold letters.
    let width = if bold { width } else { width * 11 / 10 };
    for text in lines(words, width, size) {
        let at = (0, picture.height + line / 2);
        picture.words(Words { size, bold, ..Words::new(text, at, palette) });
        picture.height += line;
    }
    picture
}

/// Breaks a text between words, and a word that is too long for a line anywhere.
fn lines(words: &str, width: i32, size: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // At plain spaces only: French no-break spaces hold words together.
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if width_of(line, size) + width_of(word, size) + size / 2 <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(pieces(word, width, size)),
        }
    }
    lines
}

/// Cuts a word into pieces of at most a line each.
fn pieces(word: &str, width: i32, size: i32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let longer = pieces.last().map_or_else(String::new, |piece| format!("{piece}{c}"));
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() || width_of(&longer, size) <= width => *piece = longer,
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Matrix;
    use super::super::recorder::Recorder;
    use super::super::tally_bars::{Bar, TallyBars};
    use super::*;

    #[test]
    fn a_sheet_says_what_its_chart_is_of() {
        let bar = Bar { place: "1er".into(), label: "A".into(), count: 3, leads: true };
        let chart = TallyBars { bars: vec![bar], whole: 0 };
        let sheet = Sheet {
            title: "Priorités 2021".into(),
            lead: vec!["Gommettes".into()],
            legend: Legend::default(),
            notes: vec!["A : un marché".into()],
        };
        let palette = Palette::default();
        let picture = sheet.picture(&chart, 600, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        let said: Vec<_> = drawn.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(said, ["Priorités 2021", "Gommettes", "1er", "A", "3", "A : un marché"]);
        assert_eq!(drawn.fills[0], ((0, 0), (600, picture.height)), "the ground lies lowest");
        assert!(drawn.texts.windows(2).all(|pair| pair[0].1.1 <= pair[1].1.1));
    }

    #[test]
    fn texts_are_broken_between_words_and_a_word_only_where_it_is_too_long() {
        assert_eq!(lines("un deux trois", 100, 10), ["un deux trois"]);
        assert_eq!(lines("un deux trois", 60, 10), ["un deux", "trois"]);
        let address = format!("https://exemple.org/{}", "a".repeat(100));
        let broken = lines(&format!("voir {address}"), 200, 10);
        assert_eq!((broken[0].as_str(), broken[1..].concat()), ("voir", address));
        assert!(broken.iter().all(|line| width_of(line, 10) <= 200), "{broken:?}");
    }

    #[test]
    fn a_wide_matrix_makes_a_wide_sheet() {
        let labels: Vec<_> = (0..52).map(|number: usize| number.to_string()).collect();
        let chart = Matrix { labels, counts: vec![vec![0; 52]; 52] };
        let picture = Sheet::default().picture(&chart, 600, &Palette::default());
        assert!(picture.width > 600);
    }
}
