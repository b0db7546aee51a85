//! The line that somebody keys from a paper: numbers of options as printed, from 1, or a mark for
//! each option.

use thiserror::Error;

use super::super::super::note::TextError;
use super::super::ballot::{Grade, Reason, Vote, VoteError};
use super::super::rules::{Method, Rules};
use super::Keyed;

/// What is keyed for a blank vote.
pub const BLANK: &str = "/";

/// What is keyed before the reason for which a ballot is void.
pub const VOID: char = '*';

/// Why a line says nothing that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineError {
    /// There is nothing in it.
    #[error("nothing was keyed")]
    Empty,
    /// A part of it means nothing.
    #[error("`{0}` means nothing here")]
    NotUnderstood(String),
    /// No option has this number.
    #[error("no option {number}, only 1 to {options}")]
    NoSuchOption {
        /// As it was keyed.
        number: usize,
        /// How many options there are.
        options: usize,
    },
    /// An option stands twice where it can stand once.
    #[error("option {0} stands twice")]
    Twice(usize),
    /// There are not as many marks as options.
    #[error("{found} marks for {expected} options")]
    Marks {
        /// How many options there are.
        expected: usize,
        /// How many marks were keyed.
        found: usize,
    },
    /// A ballot is void, and nothing says why.
    #[error("void without a reason")]
    NoReason,
    /// The reason is too long.
    #[error("the reason has {excess} characters too many")]
    LongReason {
        /// By how many characters.
        excess: usize,
    },
    /// It breaks the rules of the consultation; to be declared void, if that is what was written.
    #[error(transparent)]
    Breach(#[from] VoteError),
}

/// Reads one line.
///
/// - *Dots*: the number of an option, again for each dot: `3 1 1 5`.
/// - *Approval*: the numbers of the options: `1 4 7`.
/// - *Ranking*: the numbers of the options, the best first: `4 1 7`.
/// - *Judgment*: a mark for each option in the order of the list, from `6` (excellent) to `0`
///   (reject) or by the initials `E T B A P I R`, and `-` for none: `6 5 0 -` or `ET-R`.
///
/// `/` is a blank vote, `*` and a reason a void ballot: signs that are neither a number nor a letter,
/// so that nothing which stands on a paper beside an option can mean them. Commas, semicolons and
/// spaces part alike.
///
/// # Errors
/// The first thing in it that cannot be.
pub fn parse_line(rules: &Rules, text: &str) -> Result<Keyed, LineError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(LineError::Empty);
    }
    if let Some(reason) = text.strip_prefix(VOID) {
        return void(reason);
    }
    if text == BLANK {
        return Ok(Keyed::Vote(Vote::Blank));
    }
    let options = rules.options().len();
    let vote = match rules.method() {
        Method::Judgment => Vote::Judgment(grades(text, options)?),
        Method::Dots { .. } => {
            let mut dots = vec![0_u8; options];
            for at in numbers(text, options)? {
                dots[at] = dots[at].saturating_add(1);
            }
            Vote::Dots(dots)
        }
        Method::Approval => {
            let mut approved = vec![false; options];
            for at in once_each(numbers(text, options)?)? {
                approved[at] = true;
            }
            Vote::Approval(approved)
        }
        Method::Ranking => {
            let mut ranks = vec![None; options];
            for (rank, at) in (1..).zip(once_each(numbers(text, options)?)?) {
                ranks[at] = Some(rank);
            }
            Vote::Ranking(ranks)
        }
    };
    rules.allow(&vote)?;
    Ok(Keyed::Vote(vote))
}

/// A void ballot.
///
/// # Errors
/// When there is no reason, or it is too long.
pub fn void(reason: &str) -> Result<Keyed, LineError> {
    match Reason::new(reason) {
        Ok(reason) => Ok(Keyed::Void(reason)),
        Err(TextError::Empty) => Err(LineError::NoReason),
        Err(TextError::TooLong { excess }) => Err(LineError::LongReason { excess }),
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == ',' || c == ';'
}

/// Places of options, from 0.
fn numbers(text: &str, options: usize) -> Result<Vec<usize>, LineError> {
    let words = text.split(is_gap).filter(|word| !word.is_empty());
    let place = |word: &str| match word.parse::<usize>() {
        Ok(number) if (1..=options).contains(&number) => Ok(number - 1),
        Ok(number) => Err(LineError::NoSuchOption { number, options }),
        Err(_) => Err(LineError::NotUnderstood(word.to_owned())),
    };
    words.map(place).collect()
}

fn once_each(places: Vec<usize>) -> Result<Vec<usize>, LineError> {
    let twice = places.iter().enumerate().find(|(at, place)| places[..*at].contains(place));
    match twice {
        Some((_, place)) => Err(LineError::Twice(place + 1)),
        None => Ok(places),
    }
}

fn grades(text: &str, options: usize) -> Result<Vec<Option<Grade>>, LineError> {
    let marks = text.chars().filter(|mark| !is_gap(*mark));
    let grade = |mark: char| match mark.to_ascii_uppercase() {
        '-' => Ok(None),
        '6' | 'E' => Ok(Some(Grade::Excellent)),
        '5' | 'T' => Ok(Some(Grade::VeryGood)),
        '4' | 'B' => Ok(Some(Grade::Good)),
        '3' | 'A' => Ok(Some(Grade::FairlyGood)),
        '2' | 'P' => Ok(Some(Grade::Passable)),
        '1' | 'I' => Ok(Some(Grade::Insufficient)),
        '0' | 'R' => Ok(Some(Grade::Reject)),
        _ => Err(LineError::NotUnderstood(mark.to_string())),
    };
    let grades = marks.map(grade).collect::<Result<Vec<_>, _>>()?;
    match grades.len() {
        found if found == options => Ok(grades),
        found => Err(LineError::Marks { expected: options, found }),
    }
}
