//! Dots (*gommettes*): everyone shares out a few of them, and an option has the sum of its dots.
//!
//! Source: the facilitators' practice known as dot voting or "dotmocracy" (Wikipedia, "Dot-voting"),
//! which is cumulative voting with a limit for each option.
//!
//! **Ties**: equal sums share a place. How many people gave dots is shown and breaks no tie.
//!
//! **Partial ballots**: dots that were not placed go nowhere. They weigh nothing.

use super::Ranking;

/// The dots on each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dots {
    /// How many each option has.
    pub totals: Vec<u32>,
    /// From how many people they are.
    pub supporters: Vec<u32>,
}

impl Dots {
    /// No dots on so many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { totals: vec![0; options], supporters: vec![0; options] }
    }

    /// Adds what one person gave to each option.
    pub fn add(&mut self, given: &[u8]) {
        for ((total, supporters), dots) in
            self.totals.iter_mut().zip(&mut self.supporters).zip(given)
        {
            *total += u32::from(*dots);
            *supporters += u32::from(*dots > 0);
        }
    }

    /// By number of dots.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by(self.totals.len(), &|one, two| self.totals[one].cmp(&self.totals[two]))
    }
}
