//! Borda count: the last option of a ballot gets no point, and each place further up gives one
//! more.
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
//! mean of the points of these places. Every ballot gives the same number of points in all, so
//! leaving options out does not change a ballot's weight.

use super::Ranking;

/// The points of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borda {
    /// Half points, so that means are whole numbers: two for each option ranked lower on a ballot,
    /// one for each option that shares the place.
    pub half_points: Vec<u64>,
}

impl Borda {
    /// A tally without votes on this many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { half_points: vec![0; options] }
    }

    /// The points that follow from pairwise comparisons of this many ballots: two half points for
    /// each option that a ballot places behind, one for each that shares the place.
    #[must_use]
    pub fn of_pairs(pairwise: &[Vec<u32>], ballots: u32) -> Self {
        let points = |(one, row): (usize, &Vec<u32>)| {
            let pairs = row.iter().zip(pairwise).enumerate();
            let halves = pairs.filter(|(two, _)| *two != one).map(|(_, (won, other))| {
                let lost = other.get(one).copied().unwrap_or_default();
                let (won, lost) = (u64::from(*won), u64::from(lost));
                2 * won + u64::from(ballots).saturating_sub(won + lost)
            });
            halves.sum()
        };
        Self { half_points: pairwise.iter().enumerate().map(points).collect() }
    }

    /// Adds the points of one person's ranks.
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

    /// Ranks by points.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        Ranking::by_score(&self.half_points)
    }
}
