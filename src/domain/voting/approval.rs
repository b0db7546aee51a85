//! Approval voting: everyone approves of any number of options, and the one with most approvals
//! leads.
//!
//! Source: S. J. Brams and P. C. Fishburn, "Approval voting", American Political Science Review 72
//! (1978), pages 831–847.
//!
//! **Ties**: equal numbers share a place.
//!
//! **Partial ballots**: none exist. An option without a yes is not approved.

use super::Ranking;

/// The approvals of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// How many people approve of each option.
    pub approvals: Vec<u32>,
    /// How many people voted.
    pub votes: u32,
}

impl Approval {
    /// A tally without votes on this many options.
    #[must_use]
    pub fn new(options: usize) -> Self {
        Self { approvals: vec![0; options], votes: 0 }
    }

    /// Adds one person's vote.
    pub fn add(&mut self, approved: &[bool]) {
        self.votes += 1;
        for (approvals, yes) in self.approvals.iter_mut().zip(approved) {
            *approvals += u32::from(*yes);
        }
    }

    /// Ranks by number of approvals.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        let approvals = &self.approvals;
        Ranking::by(approvals.len(), &|one, two| approvals[one].cmp(&approvals[two]))
    }
}
