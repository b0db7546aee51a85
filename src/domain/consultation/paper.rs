//! Paper ballots: what two people key from them, and whether both read the same.
//!
//! A number becomes a ballot only when two keyings agree, or when somebody declares it void.
//! Nothing here knows which papers came back: only numbers that somebody keyed are in the book.

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

/// What was keyed from one paper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyed {
    /// The choices it bears.
    Vote(Vote),
    /// It does not count, for this reason.
    Void(Reason),
}

/// How far a number has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// It was keyed once.
    Once,
    /// It was keyed twice and both agree, or it was declared void.
    Agreed(Keyed),
    /// It was keyed twice, and these options are not alike.
    Differs {
        /// What was keyed first.
        first: Keyed,
        /// What was keyed after that.
        second: Keyed,
        /// Options, from 0. None where only one of the two is void or blank.
        options: Vec<usize>,
    },
}

/// Which keying it is that somebody is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// Papers are keyed for the first time.
    First,
    /// They are keyed again, by somebody who does not see what was keyed.
    Second,
}

/// Why a number cannot be keyed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// It is no whole number from 1.
    #[error("not a number from 1")]
    NotANumber,
    /// No such paper was printed.
    #[error("only {printed} were printed")]
    NotPrinted {
        /// The greatest number that was.
        printed: u16,
    },
    /// It waits for the second passage.
    #[error("it was keyed once already")]
    KeyedOnce,
    /// It has yet to be keyed in the first passage.
    #[error("it has not been keyed once yet")]
    NotKeyedYet,
    /// Both keyings agree, or it is void.
    #[error("it is settled")]
    Settled,
}

/// How many numbers are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaperCounts {
    /// Keyed once.
    pub once: usize,
    /// Keyed twice alike, void ones apart.
    pub agreed: usize,
    /// Keyed twice and not alike.
    pub differ: usize,
    /// Void.
    pub void: usize,
}

impl ConsultationId {
    /// What papers of it are known by at a glance: its first four digits, in capitals.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:04X}", self.0.0 >> 48)
    }
}

impl Keyed {
    /// What a ballot says, as if it had been keyed.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        match content {
            Content::Vote(vote) => Self::Vote(vote.clone()),
            Content::Void(reason) => Self::Void(reason.clone()),
        }
    }

    /// Whether two keyings say the same. Two people need not word a reason alike.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Vote(one), Self::Vote(two)) => one == two,
            (Self::Void(_), Self::Void(_)) => true,
            _ => false,
        }
    }
}

/// The options on which two keyings are not alike, from 0. Where one is void or blank, those that
/// the other chose.
#[must_use]
pub fn compare(first: &Keyed, second: &Keyed) -> Vec<usize> {
    let (one, two) = (marks(first), marks(second));
    let mark = |marks: &[u8], at: usize| marks.get(at).copied().unwrap_or_default();
    (0..one.len().max(two.len())).filter(|at| mark(&one, *at) != mark(&two, *at)).collect()
}

/// What stands beside each option; 0 for nothing.
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
