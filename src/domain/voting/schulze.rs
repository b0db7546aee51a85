//! Schulze's method: options are compared two by two, directly and through others.
//!
//! Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
//! condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011), pages
//! 267–303. A link leads from an option to each that fewer people prefer to it than the other way
//! round, and is as strong as the number of those who prefer it (*winning votes*). A path is as
//! strong as its weakest link. An option is ahead of another when its strongest path to it is
//! stronger than the one back. Schulze proves that this is a strict partial order. The strongest
//! paths are found by the algorithm of Floyd and Warshall, as in his section 2.3.
//!
//! **Ties**: a partial order leaves pairs of which neither is ahead. In first place are all that
//! nobody is ahead of, who are Schulze's potential winners; in the next place, all that nobody but
//! those is ahead of; and so on. Whoever is ahead of another is so in a better place too. Schulze
//! breaks the ties that are left by drawing ballots; here nothing is drawn, they share a place.
//!
//! **Partial ballots**: all options with a rank are preferred to all without; between two without,
//! the ballot prefers neither. That is how Schulze reads them. Mentions are read alike: the better
//! one is preferred, and between two that are the same, neither.

use super::super::consultation::Grade;
use super::Ranking;

/// How many people prefer which option to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schulze {
    /// `pairwise[i][j]` people prefer option `i` to option `j`.
    pub pairwise: Vec<Vec<u32>>,
}

impl Schulze {
    /// No preference among so many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { pairwise: vec![vec![0; options]; options] }
    }

    /// Adds the preferences in one person's ranks.
    pub fn add_ranks(&mut self, ranks: &[Option<u8>]) {
        let places: Vec<_> = ranks.iter().map(|rank| rank.unwrap_or(u8::MAX)).collect();
        self.add(&places);
    }

    /// Adds the preferences in one person's mentions; none counts as the lowest.
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

    /// The option that wins every comparison, if there is one: Condorcet's winner.
    #[must_use]
    pub fn condorcet_winner(&self) -> Option<usize> {
        let wins = |one: usize, two: usize| self.pairwise[one][two] > self.pairwise[two][one];
        let options = self.pairwise.len();
        (0..options).find(|one| (0..options).all(|two| two == *one || wins(*one, two)))
    }

    /// How strong the strongest path is from each option to each other; 0 where there is none.
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

    /// By who is ahead of whom.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        let paths = self.strongest_paths();
        let ahead = |one: usize, two: usize| paths[one][two] > paths[two][one];
        let mut places = Vec::new();
        let mut left: Vec<_> = (0..paths.len()).collect();
        while !left.is_empty() {
            // Never empty: a strict partial order of a finite set has foremost elements.
            let (foremost, others): (Vec<_>, Vec<_>) =
                left.iter().partition(|two| !left.iter().any(|one| ahead(*one, **two)));
            places.push(foremost);
            left = others;
        }
        Ranking(places)
    }
}
