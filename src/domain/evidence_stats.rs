//! How well founded observations are: how many say how sure their observer was, and how many say
//! what they were seen by.
//!
//! Every observation counts, not only the latest of each marker: what is asked is how people
//! observe, and a well founded look stays one when a later one replaces it.

use super::convention::Convention;
use super::day::Day;
use super::evolution;
use super::item::Code;
use super::journal::Journal;
use super::observation::{Confidence, Observation};

/// Observations, by confidence and evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceStats {
    /// Observations in all.
    pub total: usize,
    /// Whose observer was little sure.
    pub low: usize,
    /// Whose observer was fairly sure.
    pub medium: usize,
    /// Whose observer was sure.
    pub high: usize,
    /// Which say by what they were seen.
    pub with_evidence: usize,
    /// Which say that and how sure the observer was.
    pub with_both: usize,
}

impl EvidenceStats {
    /// Counts the observations of the markers of an objective and all below it, of every marker for
    /// `None`, up to a day. What was observed of markers that this convention does not have is left
    /// out.
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

    /// How many observers were so sure, `None` for those who did not say.
    #[must_use]
    pub fn at(self, confidence: Option<Confidence>) -> usize {
        match confidence {
            None => self.total - self.with_confidence(),
            Some(Confidence::Low) => self.low,
            Some(Confidence::Medium) => self.medium,
            Some(Confidence::High) => self.high,
        }
    }

    /// How many say how sure the observer was.
    #[must_use]
    pub fn with_confidence(self) -> usize {
        self.low + self.medium + self.high
    }

    /// How many do not say by what they were seen.
    #[must_use]
    pub fn without_evidence(self) -> usize {
        self.total - self.with_evidence
    }

    /// How many say neither.
    #[must_use]
    pub fn with_neither(self) -> usize {
        self.total + self.with_both - self.with_confidence() - self.with_evidence
    }
}
