//! Paper ballots: what two people key from them, and whether both read the same.
//!
//! A number becomes a ballot only when two keyings agree, or when somebody declares it void.
//! Nothing here knows which papers came back: only numbers that somebody keyed are in the book.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ballot::{Content, Reason, Vote};
use super::rules::Method;
use super::{ConsultationId, Rules};

mod line;

pub use line::{LineError, parse_line, void};

/// The greatest number that a paper ballot can bear: no room has more, and a file that claims more
/// was not made by this app.
pub const MAX_PRINTED: u16 = 999;

/// What was keyed from one paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyed {
    /// The choices it bears.
    Vote(Vote),
    /// It does not count, for this reason.
    Void(Reason),
}

/// The two keyings of one paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    first: Keyed,
    second: Option<Keyed>,
}

/// What has been keyed so far, by the numbers of the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperBook {
    entries: BTreeMap<u16, Entry>,
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

impl PaperBook {
    /// The number that somebody typed, if it was printed and is not settled.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn unsettled(&self, typed: &str, printed: u16) -> Result<u16, NumberError> {
        let number = typed.trim().parse().ok().filter(|number| *number > 0);
        let number = number.ok_or(NumberError::NotANumber)?;
        match self.state(number) {
            _ if number > printed => Err(NumberError::NotPrinted { printed }),
            Some(PaperState::Agreed(_)) => Err(NumberError::Settled),
            _ => Ok(number),
        }
    }

    /// The number that somebody typed, if it can be keyed in this passage. One whose keyings
    /// differ can be keyed in both.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn number(&self, typed: &str, at: Passage, printed: u16) -> Result<u16, NumberError> {
        let number = self.unsettled(typed, printed)?;
        match (self.state(number), at) {
            (Some(PaperState::Once), Passage::First) => Err(NumberError::KeyedOnce),
            (None, Passage::Second) => Err(NumberError::NotKeyedYet),
            _ => Ok(number),
        }
    }

    /// Puts a keying down and says what has become of the number. The third one settles a
    /// difference if it agrees with either of the two; if with none, it stands as the first of a
    /// new pair. A number that is settled stays as it is.
    pub fn key(&mut self, number: u16, keyed: Keyed) -> PaperState {
        let entry = match self.entries.remove(&number) {
            None => Entry { first: keyed, second: None },
            Some(Entry { first, second: None }) => Entry { first, second: Some(keyed) },
            Some(Entry { first, second: Some(second) }) => match keyed {
                _ if first.agrees(&second) => Entry { first, second: Some(second) },
                third if third.agrees(&first) => Entry { first, second: Some(third) },
                third if third.agrees(&second) => Entry { first: second, second: Some(third) },
                third => Entry { first: third, second: None },
            },
        };
        let state = entry.state();
        self.entries.insert(number, entry);
        state
    }

    /// Settles a number as this, whatever was keyed.
    pub fn settle(&mut self, number: u16, keyed: Keyed) {
        self.entries.insert(number, Entry { first: keyed.clone(), second: Some(keyed) });
    }

    /// What was keyed of a number and does not say the same as this; `None` if nothing was.
    #[must_use]
    pub fn against(&self, number: u16, keyed: &Keyed) -> Option<&Keyed> {
        let Entry { first, second } = self.entries.get(&number)?;
        [Some(first), second.as_ref()].into_iter().flatten().find(|known| !known.agrees(keyed))
    }

    /// Puts down two readings of a number that are not alike, whatever was keyed: somebody has to
    /// decide between them.
    pub fn dispute(&mut self, number: u16, first: Keyed, second: Keyed) {
        self.entries.insert(number, Entry { first, second: Some(second) });
    }

    /// Puts back what was there before a join for each number that is as the join left it. Says
    /// whether all of them were.
    pub fn take_back(&mut self, before: &Self, after: &Self) -> bool {
        let touched = after
            .entries
            .iter()
            .filter(|(number, entry)| before.entries.get(number) != Some(entry));
        let mut whole = true;
        for (number, entry) in touched {
            if self.entries.get(number) != Some(entry) {
                whole = false;
            } else if let Some(former) = before.entries.get(number) {
                self.entries.insert(*number, former.clone());
            } else {
                self.entries.remove(number);
            }
        }
        whole
    }

    /// How far a number has come; `None` if nobody keyed it.
    #[must_use]
    pub fn state(&self, number: u16) -> Option<PaperState> {
        self.entries.get(&number).map(Entry::state)
    }

    /// Every number that was keyed, from the smallest, and how far it has come.
    #[must_use]
    pub fn states(&self) -> Vec<(u16, PaperState)> {
        self.entries.iter().map(|(number, entry)| (*number, entry.state())).collect()
    }

    /// How many numbers are in which state.
    #[must_use]
    pub fn counts(&self) -> PaperCounts {
        let mut counts = PaperCounts::default();
        for entry in self.entries.values() {
            match entry.state() {
                PaperState::Once => counts.once += 1,
                PaperState::Agreed(Keyed::Vote(_)) => counts.agreed += 1,
                PaperState::Agreed(Keyed::Void(_)) => counts.void += 1,
                PaperState::Differs { .. } => counts.differ += 1,
            }
        }
        counts
    }
}

impl Entry {
    fn state(&self) -> PaperState {
        match &self.second {
            None => PaperState::Once,
            Some(second) if self.first.agrees(second) => PaperState::Agreed(self.first.clone()),
            Some(second) => PaperState::Differs {
                first: self.first.clone(),
                second: second.clone(),
                options: compare(&self.first, second),
            },
        }
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
