//! Paper ballots: two people key each one, and it counts when both keyings agree.
//!
//! A number becomes a ballot only when two keyings agree, or when a person declares it void. The
//! book knows only the numbers that were keyed, not which papers were handed in.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ConsultationId;
use super::ballot::{Content, Reason, Vote};

mod book;
mod line;
mod sheets;

pub use book::{PaperBook, Readings};
pub use line::{BLANK, LineError, VOID, parse_line, void};
pub use sheets::{MAX_PRINTED, ballots_a_page, lots};

/// The content keyed from one paper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyed {
    /// The choices on it.
    Vote(Vote),
    /// It does not count, for this reason.
    Void(Reason),
}

/// The state of a paper's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// It was keyed once.
    Once,
    /// It was keyed twice and both keyings agree, or it was declared void.
    Agreed(Keyed),
    /// It was keyed twice, and the keyings differ on these options.
    Differs {
        /// The first keying.
        first: Keyed,
        /// The second keying.
        second: Keyed,
        /// The options, from 0; empty where one keying is void and the other blank.
        options: Vec<usize>,
    },
}

/// The pass of the double entry that a person is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// Papers are keyed for the first time.
    First,
    /// They are keyed again, by a person who does not see the first keying.
    Second,
}

/// Why a number cannot be keyed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// The text is not a whole number from 1.
    #[error("not a number from 1")]
    NotANumber,
    /// No paper with this number was printed.
    #[error("only {printed} were printed")]
    NotPrinted {
        /// The greatest number that was printed.
        printed: u16,
    },
    /// The number waits for the second pass.
    #[error("it was keyed once already")]
    KeyedOnce,
    /// The number has yet to be keyed in the first pass.
    #[error("it has not been keyed once yet")]
    NotKeyedYet,
    /// Both keyings agree, or the ballot is void.
    #[error("it is settled")]
    Settled,
}

/// How many numbers are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaperCounts {
    /// Keyed once.
    pub once: usize,
    /// Keyed twice and equal, without the void ones.
    pub agreed: usize,
    /// Keyed twice and different.
    pub differ: usize,
    /// Void.
    pub void: usize,
}

impl ConsultationId {
    /// The short name printed on its papers: its first four digits, in capitals.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:04X}", self.0.0 >> 48)
    }
}

impl Keyed {
    /// The content of a ballot in the form of a keying.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        match content {
            Content::Vote(vote) => Self::Vote(vote.clone()),
            Content::Void(reason) => Self::Void(reason.clone()),
        }
    }

    /// Whether two keyings agree. Reasons for a void ballot may be worded differently.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Vote(one), Self::Vote(two)) => one == two,
            (Self::Void(_), Self::Void(_)) => true,
            _ => false,
        }
    }
}

/// The options on which two keyings differ, from 0. Where one is void or blank, the options that
/// the other chose.
#[must_use]
pub fn compare(first: &Keyed, second: &Keyed) -> Vec<usize> {
    let (one, two) = (marks(first), marks(second));
    let mark = |marks: &[u8], at: usize| marks.get(at).copied().unwrap_or_default();
    (0..one.len().max(two.len())).filter(|at| mark(&one, *at) != mark(&two, *at)).collect()
}

/// The mark keyed for each option; 0 for none.
fn marks(keyed: &Keyed) -> Vec<u8> {
    match keyed {
        Keyed::Void(_) | Keyed::Vote(Vote::Blank) => Vec::new(),
        Keyed::Vote(Vote::Dots(dots)) => dots.clone(),
        Keyed::Vote(Vote::Approval(approved)) => approved.iter().copied().map(u8::from).collect(),
        Keyed::Vote(Vote::Judgment(grades)) => {
            grades.iter().map(|grade| grade.map_or(0, |grade| 1 + grade as u8)).collect()
        }
        Keyed::Vote(Vote::Ranking(ranks)) => ranks.iter().map(|rank| rank.unwrap_or(0)).collect(),
    }
}

#[cfg(test)]
mod tests;
