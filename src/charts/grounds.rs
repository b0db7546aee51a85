//! The evidence of observations, as two stacked bars: how sure the observers were, and whether they
//! named their evidence.

use super::Chart;
use super::palette::{Palette, Sample};
use super::picture::Picture;
use super::rows::Rows;
use super::stack::stretches;
use crate::domain::evidence_stats::EvidenceStats;
use crate::domain::observation::Confidence;

/// The degrees of confidence, in the order the chart stacks them.
pub const DEGREES: [Option<Confidence>; 4] =
    [Some(Confidence::High), Some(Confidence::Medium), Some(Confidence::Low), None];

/// The chart's data. Its table is made from the same counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroundsChart {
    /// The titles of the bars: of confidence, of evidence.
    pub titles: [String; 2],
    /// The counts.
    pub grounds: EvidenceStats,
}

/// The meaning of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Observations of this confidence; `None` where the observer gave none.
    Confidence(Option<Confidence>),
    /// Observations with evidence, or without.
    Evidence(bool),
}

impl Ground {
    /// The meaning of every segment, bar by bar.
    pub const ALL: [Self; 6] = [
        Self::Confidence(DEGREES[0]),
        Self::Confidence(DEGREES[1]),
        Self::Confidence(DEGREES[2]),
        Self::Confidence(DEGREES[3]),
        Self::Evidence(true),
        Self::Evidence(false),
    ];

    /// How many observations it counts.
    #[must_use]
    pub fn of(self, grounds: EvidenceStats) -> usize {
        match self {
            Self::Confidence(confidence) => grounds.at(confidence),
            Self::Evidence(true) => grounds.with_evidence,
            Self::Evidence(false) => grounds.without_evidence(),
        }
    }

    /// Its fill: solid for the best evidence, light for none.
    #[must_use]
    pub fn sample(self) -> Sample {
        let place = Self::ALL.iter().position(|ground| *ground == self).unwrap_or_default();
        Sample::Degree(match place {
            4 => 0,
            5 => 3,
            degree => degree,
        })
    }
}

impl GroundsChart {
    /// The meaning of a datum.
    #[must_use]
    pub fn datum(datum: usize) -> Option<Ground> {
        Ground::ALL.get(datum).copied()
    }
}

impl Chart for GroundsChart {
    fn picture(&self, width: i32, palette: &Palette) -> Picture {
        let titles = self.titles.iter().map(String::as_str);
        let rows = Rows::of(titles, width, palette);
        let mut picture = Picture::sized(width, rows.height(self.titles.len()));
        let (left, right) = rows.sides();
        let mut first = 0;
        for (row, bar) in
            [&Ground::ALL[..DEGREES.len()], &Ground::ALL[DEGREES.len()..]].into_iter().enumerate()
        {
            rows.title(&mut picture, row, &self.titles[row], palette);
            let (top, bottom) = rows.bar(row);
            if self.grounds.total == 0 {
                picture.frame((left, top), (right - 1, bottom), palette.line);
            }
            let counts: Vec<_> = bar.iter().map(|ground| ground.of(self.grounds)).collect();
            for stretch in stretches(&counts, (left, right)) {
                let sample = bar[stretch.part].sample();
                stretch.draw(&mut picture, palette, sample, (top, bottom));
                picture.hit_area((stretch.from, top), (stretch.to, bottom), first + stretch.part);
            }
            first += bar.len();
        }
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::super::recorder::Recorder;
    use super::*;

    fn chart(grounds: EvidenceStats) -> GroundsChart {
        GroundsChart { titles: ["Certitude", "Preuve"].map(str::to_owned), grounds }
    }

    #[test]
    fn every_stretch_says_what_it_counts() {
        let grounds = EvidenceStats {
            total: 100,
            high: 40,
            low: 20,
            with_evidence: 30,
            ..EvidenceStats::default()
        };
        let palette = Palette::default();
        let picture = chart(grounds).picture(600, &palette);
        let data: Vec<_> = picture.hit_areas.iter().map(|s| GroundsChart::datum(s.datum)).collect();
        let expected = [
            Ground::Confidence(Some(Confidence::High)),
            Ground::Confidence(Some(Confidence::Low)),
            Ground::Confidence(None),
            Ground::Evidence(true),
            Ground::Evidence(false),
        ];
        assert_eq!(data, expected.map(Some));
        let drawn = Recorder::drawn(&picture, &palette);
        let said: Vec<_> = drawn.texts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(said, ["Certitude", "40", "20", "40", "Preuve", "30", "70"]);
    }

    #[test]
    fn without_observations_the_bars_are_empty_frames() {
        let palette = Palette::default();
        for width in [240, 1400] {
            let picture = chart(EvidenceStats::default()).picture(width, &palette);
            let drawn = Recorder::drawn(&picture, &palette);
            assert!(drawn.fills.is_empty() && picture.hit_areas.is_empty());
            assert_eq!(drawn.lines.len(), 8);
            assert!(drawn.lines.iter().all(|(_, (x, y))| *x < width && *y <= picture.height));
        }
    }
}
