//! Dot voting (*gommettes*): everyone distributes a few dots, and an option's score is their sum.
//!
//! Source: the facilitators' practice known as dot voting or "dotmocracy" (Wikipedia,
//! "Dot-voting"), which is cumulative voting with a limit for each option.
//!
//! **Ties**: equal sums share a place. The number of supporters is shown, but does not break ties.
//!
//! **Partial ballots**: unplaced dots are dropped and have no weight.

use super::Ranking;

/// The dots on each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dots {
    /// The number of dots of each option.
    pub totals: Vec<u32>,
    /// The number of people who gave the option dots.
    pub supporters: Vec<u32>,
}

impl Dots {
    /// A tally without votes on this many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { totals: vec![0; options], supporters: vec![0; options] }
    }

    /// Adds the dots of one person.
    pub fn add(&mut self, given: &[u8]) {
        for ((total, supporters), dots) in
            self.totals.iter_mut().zip(&mut self.supporters).zip(given)
        {
            *total += u32::from(*dots);
            *supporters += u32::from(*dots > 0);
        }
    }

    /// Ranks by number of dots.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by(self.totals.len(), &|one, two| self.totals[one].cmp(&self.totals[two]))
    }
}
