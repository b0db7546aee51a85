//! Statistics of how well founded observations are: how many state a confidence, and how many state
//! their evidence.
//!
//! Every observation counts, not only the latest of each marker: the statistics describe how people
//! observe, and a later observation does not make an earlier one less well founded.

use super::convention::Convention;
use super::day::Day;
use super::evolution;
use super::item::Code;
use super::journal::Journal;
use super::observation::{Confidence, Observation};

/// Counts of observations, by confidence and evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceStats {
    /// All observations.
    pub total: usize,
    /// Observations with low confidence.
    pub low: usize,
    /// Observations with medium confidence.
    pub medium: usize,
    /// Observations with high confidence.
    pub high: usize,
    /// Observations with evidence.
    pub with_evidence: usize,
    /// Observations with both evidence and a confidence.
    pub with_both: usize,
}

impl EvidenceStats {
    /// Counts the observations up to a day of the markers of an objective and all below it, or of
    /// every marker for `None`. Observations of markers that this convention lacks are skipped.
    #[must_use]
    pub fn of(convention: &Convention, journal: &Journal, under: Option<Code>, until: Day) -> Self {
        let markers = evolution::markers(convention, under);
        let mut grounds = Self::default();
        for observed in evolution::observations(journal, &markers, until) {
            grounds.count(observed.seen);
        }
        grounds
    }

    fn count(&mut self, seen: &Observation) {
        self.total += 1;
        match seen.confidence {
            Some(Confidence::Low) => self.low += 1,
            Some(Confidence::Medium) => self.medium += 1,
            Some(Confidence::High) => self.high += 1,
            None => {}
        }
        if seen.evidence.is_some() {
            self.with_evidence += 1;
            self.with_both += usize::from(seen.confidence.is_some());
        }
    }

    /// How many observations have this confidence; `None` counts those without one.
    #[must_use]
    pub fn at(self, confidence: Option<Confidence>) -> usize {
        match confidence {
            None => self.total - self.with_confidence(),
            Some(Confidence::Low) => self.low,
            Some(Confidence::Medium) => self.medium,
            Some(Confidence::High) => self.high,
        }
    }

    /// How many observations state a confidence.
    #[must_use]
    pub fn with_confidence(self) -> usize {
        self.low + self.medium + self.high
    }

    /// How many observations have no evidence.
    #[must_use]
    pub fn without_evidence(self) -> usize {
        self.total - self.with_evidence
    }

    /// How many observations have neither.
    #[must_use]
    pub fn with_neither(self) -> usize {
        self.total + self.with_both - self.with_confidence() - self.with_evidence
    }
}
