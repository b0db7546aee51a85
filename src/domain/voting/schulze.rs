//! Schulze method: options are compared in pairs, directly and through others.
//!
//! Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
//! condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011), pages
//! 267–303. A link leads from an option to another that fewer people prefer to it than the other
//! way round; its strength is the number of people who prefer the first (*winning votes*). The
//! strength of a path is that of its weakest link. An option beats another when its strongest path
//! to it is stronger than the one back. Schulze proves that this is a strict partial order. The
//! strongest paths are found by the Floyd–Warshall algorithm, as in his section 2.3.
//!
//! **Ties**: a partial order leaves pairs in which neither option beats the other. First place goes
//! to all unbeaten options, Schulze's potential winners; the next place to all options beaten only
//! by those; and so on. An option that beats another is always in a better place. Schulze breaks
//! the remaining ties by drawing ballots; this code draws nothing, and the options share a place.
//!
//! **Partial ballots**: every ranked option is preferred to every unranked one; between two
//! unranked ones the ballot prefers neither. That is Schulze's reading. Mentions are read in the
//! same way: the better mention is preferred, and between two equal ones neither.

use super::super::consultation::Grade;
use super::Ranking;

/// The number of people who prefer each option to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schulze {
    /// `pairwise[i][j]` people prefer option `i` to option `j`.
    pub pairwise: Vec<Vec<u32>>,
}

impl Schulze {
    /// A tally without votes on this many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { pairwise: vec![vec![0; options]; options] }
    }

    /// Adds the preferences in one person's ranks.
    pub fn add_ranks(&mut self, ranks: &[Option<u8>]) {
        let places: Vec<_> = ranks.iter().map(|rank| rank.unwrap_or(u8::MAX)).collect();
        self.add(&places);
    }

    /// Adds the preferences in one person's mentions; a missing mention counts as the lowest.
    pub fn add_grades(&mut self, grades: &[Option<Grade>]) {
        let place = |grade: &Option<Grade>| u8::MAX - grade.unwrap_or(Grade::Reject) as u8;
        let places: Vec<_> = grades.iter().map(place).collect();
        self.add(&places);
    }

    fn add(&mut self, places: &[u8]) {
        for (row, one) in self.pairwise.iter_mut().zip(places) {
            for (count, two) in row.iter_mut().zip(places) {
                *count += u32::from(one < two);
            }
        }
    }

    /// The Condorcet winner, if there is one: the option that wins every comparison.
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<usize> {
        let wins = |one: usize, two: usize| self.pairwise[one][two] > self.pairwise[two][one];
        let options = self.pairwise.len();
        (0..options).find(|one| (0..options).all(|two| two == *one || wins(*one, two)))
    }

    /// The strength of the strongest path from each option to each other; 0 where there is no path.
    #[must_use]
    pub fn strongest_paths(&self) -> Vec<Vec<u32>> {
        let options = self.pairwise.len();
        let mut paths = self.pairwise.clone();
        for (from, row) in paths.iter_mut().enumerate() {
            for (to, strength) in row.iter_mut().enumerate() {
                if *strength <= self.pairwise[to][from] {
                    *strength = 0;
                }
            }
        }
        for through in 0..options {
            let onward = paths[through].clone();
            for (from, row) in paths.iter_mut().enumerate() {
                let first = row[through];
                for (to, strength) in row.iter_mut().enumerate() {
                    if from != to {
                        *strength = (*strength).max(first.min(onward[to]));
                    }
                }
            }
        }
        paths
    }

    /// Ranks by who beats whom.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        let paths = self.strongest_paths();
        let ahead = |one: usize, two: usize| paths[one][two] > paths[two][one];
        let mut places = Vec::new();
        let mut left: Vec<_> = (0..paths.len()).collect();
        while !left.is_empty() {
            // Never empty: a strict partial order of a finite set has maximal elements.
            let (foremost, others): (Vec<_>, Vec<_>) =
                left.iter().partition(|two| !left.iter().any(|one| ahead(*one, **two)));
            places.push(foremost);
            left = others;
        }
        Ranking(places)
    }
}
