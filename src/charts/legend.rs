//! Legends: the names of a chart's fills, with the chart's colours and patterns.

use std::rc::Rc;

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::{Picture, Words, width_of};

/// Each fill and its name, in lines as long as the width allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend(pub Vec<(Sample, String)>);

/// A chart with its legend under it.
pub struct Explained {
    /// The chart.
    pub chart: Rc<dyn Chart>,
    /// Its legend.
    pub legend: Legend,
}

impl Chart for Explained {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let mut picture = self.chart.picture(width, palette);
        if !self.legend.0.is_empty() {
            picture.height += palette.size;
            picture.below(self.legend.picture(picture.width, palette), 0);
        }
        picture
    }
}

impl Chart for Legend {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let size = palette.size;
        let line = size * 7 / 4;
        let mut picture = Picture::sized(width, 0);
        let mut left = 0;
        for (sample, name) in &self.0 {
            let needed = size * 3 + width_of(name, size);
            if left > 0 && left + needed > width {
                left = 0;
                picture.height += line;
            }
            let top = picture.height + (line - size) / 2;
            let corners = ((left, top), (left + size * 3 / 2, top + size));
            picture.swatch(corners, palette.swatch(*sample), palette);
            let at = (left + size * 2, top + size / 2 + 1);
            picture.words(Words::new(name.as_str(), at, palette));
            left += needed;
        }
        picture.height += if self.0.is_empty() { 0 } else { line };
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    #[test]
    fn every_name_stands_inside_the_width_beside_its_fill() {
        let name = |number| (Sample::Mention(number), "Insuffisant".to_owned());
        let legend = Legend((0..7).map(name).collect());
        let palette = Palette::default();
        let picture = legend.picture(300, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        assert_eq!(drawn.texts.len(), 7);
        for (_, (x, y)) in &drawn.texts {
            assert!(x + width_of("Insuffisant", 16) <= 300 && *y < picture.height);
        }
    }

    #[test]
    fn an_explained_chart_has_its_legend_below_it() {
        let palette = Palette::default();
        let chart = Rc::new(Legend(vec![(Sample::State(0), "Atteint".to_owned())]));
        let plain = chart.picture(300, &palette);
        let legend = Legend(vec![(Sample::State(1), "En cours".to_owned())]);
        let picture = Explained { chart, legend }.picture(300, &palette);
        let drawn = Recorder::drawn(&picture, &palette);
        let below = drawn.texts.iter().find(|(text, _)| text == "En cours").expect("its name");
        assert!((plain.height..picture.height).contains(&below.1.1));
    }

    #[test]
    fn a_chart_without_fills_has_none() {
        assert_eq!(Legend::default().picture(300, &Palette::default()).height, 0);
    }
}
