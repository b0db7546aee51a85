//! Borda's count: of so many options, the last of a ballot gets no point, and each place further up
//! one more.
//!
//! Source: J.-C. de Borda, "Mémoire sur les élections au scrutin", Histoire de l'Académie royale
//! des sciences, 1781 (printed in 1784). Options that a ballot leaves out: S. Nitzan and
//! A. Rubinstein, "A further characterization of Borda ranking method", Public Choice 36 (1981),
//! pages 153–158, where a ballot gives each option one point for each that is below it and takes
//! one for each that is above.
//!
//! **Ties**: equal points share a place.
//!
//! **Partial ballots**: options without a rank share the places after the last, and each gets the
//! mean of the points of these places. Every ballot gives as many points in all, so leaving options
//! out makes nobody's ballot weigh more or less.

use super::Ranking;

/// The points of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borda {
    /// In half points, so that means are whole numbers: two for each option below on a ballot, one
    /// for each that shares the place.
    pub half_points: Vec<u64>,
}

impl Borda {
    /// No points on so many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { half_points: vec![0; options] }
    }

    /// Adds the points that one person's ranks make.
    pub fn add(&mut self, ranks: &[Option<u8>]) {
        let ranked = ranks.iter().flatten().count();
        let shared = ranks.len() - ranked;
        for (points, rank) in self.half_points.iter_mut().zip(ranks) {
            let half_points = match rank {
                Some(rank) => 2 * ranks.len().saturating_sub(usize::from(*rank)),
                None => shared - 1,
            };
            *points += half_points as u64;
        }
    }

    /// By points.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by_score(&self.half_points)
    }
}
