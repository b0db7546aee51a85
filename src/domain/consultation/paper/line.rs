//! Parses the line keyed from a paper ballot: numbers of options as printed, from 1, or a mark for
//! each option.

use thiserror::Error;

use super::super::super::note::TextError;
use super::super::ballot::{Grade, Reason, Vote, VoteError};
use super::super::method::Method;
use super::super::rules::Rules;
use super::Keyed;

/// The text keyed for a blank vote.
pub const BLANK: &str = "/";

/// The character keyed before the reason why a ballot is void.
pub const VOID: char = '*';

/// Why a line is invalid.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineError {
    /// It is empty.
    #[error("nothing was keyed")]
    Empty,
    /// This part has no meaning.
    #[error("`{0}` means nothing here")]
    NotUnderstood(String),
    /// No option has this number.
    #[error("no option {number}, only 1 to {options}")]
    NoSuchOption {
        /// The number as keyed.
        number: usize,
        /// How many options there are.
        options: usize,
    },
    /// An option appears twice where it may appear once.
    #[error("option {0} stands twice")]
    Twice(usize),
    /// The number of marks differs from the number of options.
    #[error("{found} marks for {expected} options")]
    Marks {
        /// How many options there are.
        expected: usize,
        /// How many marks were keyed.
        found: usize,
    },
    /// A void ballot lacks its reason.
    #[error("void without a reason")]
    NoReason,
    /// The reason is too long.
    #[error("the reason has {excess} characters too many")]
    LongReason {
        /// By how many characters it is too long.
        excess: usize,
    },
    /// The vote breaks the rules; the person may declare the ballot void, if the paper says so.
    #[error(transparent)]
    Breach(#[from] VoteError),
}

/// Parses one line.
///
/// - *Dots*: the number of an option, again for each dot: `3 1 1 5`.
/// - *Approval*: the numbers of the options: `1 4 7`.
/// - *Ranking*: the numbers of the options, the best first: `4 1 7`.
/// - *Judgment*: a mark for each option in the order of the list, from `6` (excellent) to `0`
///   (reject) or by the initials `E T B A P I R`, and `-` for none: `6 5 0 -` or `ET-R`.
///
/// `/` is a blank vote, `*` and a reason a void ballot: signs that are neither digits nor letters,
/// so that no mark written beside an option can be mistaken for them. Commas, semicolons and spaces
/// all separate.
///
/// # Errors
/// The first invalid part of the line.
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

/// The keying of a void ballot.
///
/// # Errors
/// When the reason is empty or too long.
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

/// Parses option numbers into indexes from 0.
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
