//! Paper ballots: what two people key from them, and whether both read the same.
//!
//! A number becomes a ballot only when two keyings agree, or when somebody declares it void.
//! Nothing here knows which papers came back: only numbers that somebody keyed are in the book.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ballot::{Content, Reason, Vote};
use super::rules::Method;
use super::{ConsultationId, Rules};

mod book;
mod line;

pub use book::{PaperBook, Readings};
pub use line::{LineError, parse_line, void};

/// The greatest number that a paper ballot can bear: no room has more, and a file that claims more
/// was not made by this app.
pub const MAX_PRINTED: u16 = 999;

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

/// How many ballots fit on a sheet of A4 in letters of 3 mm: four, two or one, the most whose
/// lines take no more than the height there is. `lengths` are the characters of each option.
#[must_use]
pub fn ballots_a_page(rules: &Rules, lengths: &[usize]) -> usize {
    // What options have to their right. In a narrow column, mentions stand under the option.
    let (quarter, half, below) = match rules.method() {
        Method::Dots { cap, .. } => (usize::from(cap.min(10)) * 6, usize::from(cap.min(10)) * 6, 0),
        Method::Approval => (6, 6, 0),
        Method::Judgment => (0, 56, 55),
        Method::Ranking => (10, 10, 0),
    };
    if height(rules, lengths, 88, 76_usize.saturating_sub(quarter)) + below * lengths.len() <= 1290
    {
        4
    } else if height(rules, lengths, 185, 173_usize.saturating_sub(half)) <= 1290 {
        2
    } else {
        1
    }
}

/// How high a ballot is, in tenths of a millimetre, where its lines are so wide, in millimetres,
/// and those of its options so wide without what is filled in.
fn height(rules: &Rules, lengths: &[usize], width: usize, option: usize) -> usize {
    // A letter is 1.6 mm wide on average, one of the title 2.4 mm.
    let letters = |width: usize| (width * 10 / 16).max(1);
    let lines = |length: usize, width: usize| length.div_ceil(width).max(1);
    let title = 53 * lines(rules.title().as_str().chars().count(), (width * 10 / 24).max(1));
    let question = 39 * lines(rules.question().as_str().chars().count(), letters(width));
    let legend = if rules.method() == Method::Judgment { 70 } else { 0 };
    // Six letters of a line are the option's code.
    let row = |length: &usize| (39 * lines(length + 6, letters(option))).max(44) + 15;
    220 + title + question + legend + lengths.iter().map(row).sum::<usize>()
}

#[cfg(test)]
mod tests;
