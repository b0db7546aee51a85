//! A ballot: one person's vote. It names neither the voter nor the time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use super::super::note::BoundedText;
use super::super::serde_str::serde_as_str;
use super::super::stamp::Token;
use super::ConsultationId;
use super::method::Method;

/// The id of a ballot: a random UUID of version 4 (RFC 9562, section 5.4), which holds no time. The
/// id of a paper ballot is derived from its number, so that a paper keyed on two devices counts
/// once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BallotId(Uuid);

impl BallotId {
    /// An id made of 128 random bits, of which 122 are kept.
    #[must_use]
    pub fn random(one: Token, two: Token) -> Self {
        let bytes = (u128::from(one.0) << 64 | u128::from(two.0)).to_be_bytes();
        Self::from_bytes(bytes)
    }

    /// The id of the paper ballot with this number.
    #[must_use]
    pub fn paper(consultation: ConsultationId, number: u16) -> Self {
        let digest = super::code::digest(&[
            b"jalons paper ballot",
            &consultation.0.0.to_be_bytes(),
            &number.to_be_bytes(),
        ]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self::from_bytes(bytes)
    }

    /// The id with these bytes; the version and variant bits are set to those of a UUID of version
    /// 4.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.into_bytes()
    }
}

/// The text is not a UUID of version 4 with lower-case letters and hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a UUID of version 4")]
pub struct InvalidBallotIdError;

impl FromStr for BallotId {
    type Err = InvalidBallotIdError;

    fn from_str(text: &str) -> Result<Self, InvalidBallotIdError> {
        let id = Uuid::try_parse(text).map_err(|_| InvalidBallotIdError)?;
        let id = Some(Self(id)).filter(|id| id.0.get_version_num() == 4 && id.to_string() == text);
        id.ok_or(InvalidBallotIdError)
    }
}

impl fmt::Display for BallotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

serde_as_str!(
    BallotId,
    pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
);

/// The channel by which a ballot was cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Way"))]
#[serde(rename_all = "kebab-case")]
pub enum VotingChannel {
    /// Cast on a shared device, the urn.
    Urn,
    /// Cast on the voter's own phone.
    Phone,
    /// Written on the printed ballot with this number, and entered twice.
    Paper(u16),
}

/// Why a paper ballot does not count.
pub type Reason = BoundedText<200>;

/// The content of a ballot. Of two contents under one id the greater wins, so that a ballot that was
/// declared void stays void on every device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// A vote, which counts.
    Vote(Vote),
    /// A ballot that was declared void, with the reason.
    Void(Reason),
}

/// A person's choice, option by option in the order of the rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// A blank vote, on purpose. It counts for the turnout only.
    Blank,
    /// The number of dots on each option.
    Dots(Vec<u8>),
    /// Whether each option is approved.
    Approval(Vec<bool>),
    /// The mention of each option; one without a mention counts as *À rejeter*.
    Judgment(Vec<Option<Grade>>),
    /// The rank of each option, from 1; those without a rank share the place after the last rank.
    Ranking(Vec<Option<u8>>),
}

/// A mention, from the worst to the best: the seven of Balinski and Laraki's *jugement
/// majoritaire* as used in French polls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// *À rejeter*
    Reject,
    /// *Insuffisant*
    Insufficient,
    /// *Passable*
    Passable,
    /// *Assez bien*
    FairlyGood,
    /// *Bien*
    Good,
    /// *Très bien*
    VeryGood,
    /// *Excellent*
    Excellent,
}

impl Ballot {
    /// A text whose order decides which of two ballots under one id wins, on every device and in
    /// every store: a void one, else the greater. Two texts are equal only if the ballots are.
    #[must_use]
    pub fn order(&self) -> String {
        let mut order = String::new();
        match &self.content {
            Content::Vote(Vote::Blank) => order.push('0'),
            Content::Vote(Vote::Dots(dots)) => write(&mut order, '1', dots.iter().copied()),
            Content::Vote(Vote::Approval(approved)) => {
                write(&mut order, '2', approved.iter().map(|yes| u8::from(*yes)));
            }
            Content::Vote(Vote::Judgment(grades)) => {
                let grade = |grade: &Option<Grade>| grade.map_or(0, |grade| grade as u8 + 1);
                write(&mut order, '3', grades.iter().map(grade));
            }
            Content::Vote(Vote::Ranking(ranks)) => {
                write(&mut order, '4', ranks.iter().map(|rank| rank.unwrap_or_default()));
            }
            Content::Void(reason) => {
                let digest = super::code::digest(&[reason.as_str().as_bytes()]);
                write(&mut order, '5', digest[..16].iter().copied());
            }
        }
        match self.way {
            VotingChannel::Urn => order.push('u'),
            VotingChannel::Phone => order.push('v'),
            VotingChannel::Paper(number) => {
                write(&mut order, 'w', number.to_be_bytes().into_iter());
            }
        }
        order
    }
}

/// Appends a letter, then bytes as hexadecimal digits.
fn write(text: &mut String, kind: char, bytes: impl Iterator<Item = u8>) {
    text.push(kind);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(half.into(), 16).unwrap_or_default());
        }
    }
}

impl Grade {
    /// Every mention, the best first, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::Excellent,
        Self::VeryGood,
        Self::Good,
        Self::FairlyGood,
        Self::Passable,
        Self::Insufficient,
        Self::Reject,
    ];
}

/// The rule that a vote breaks. Options count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VoteError {
    /// The vote is by another method.
    #[error("it answers by another method")]
    OtherMethod,
    /// The vote has another number of options.
    #[error("it answers {found} options of {expected}")]
    OtherOptions {
        /// How many the consultation has.
        expected: usize,
        /// How many the vote has.
        found: usize,
    },
    /// Nothing is chosen, and the vote is not marked as blank.
    #[error("nothing is chosen")]
    Nothing,
    /// More dots than a person has.
    #[error("{given} dots of {allowed}")]
    TooManyDots {
        /// How many were given.
        given: u32,
        /// How many a person has.
        allowed: u8,
    },
    /// More dots on one option than it may have.
    #[error("{given} dots on option {option}, at most {allowed}")]
    OverCap {
        /// The option, from 0.
        option: usize,
        /// How many dots the option has.
        given: u8,
        /// How many dots it may have.
        allowed: u8,
    },
    /// The ranks are not 1, 2, 3 and so on, each once.
    #[error("the ranks are not one after the other")]
    Ranks,
}

impl Vote {
    /// Whether the vote is valid for a method and this number of options. A partial vote is: it may
    /// have fewer dots, mentions or ranks than possible.
    ///
    /// # Errors
    /// The first rule that the vote breaks.
    pub fn check(&self, method: Method, options: usize) -> Result<(), VoteError> {
        let found = match (self, method) {
            (Self::Blank, _) => return Ok(()),
            (Self::Dots(dots), Method::Dots { .. }) => dots.len(),
            (Self::Approval(approved), Method::Approval) => approved.len(),
            (Self::Judgment(grades), Method::Judgment) => grades.len(),
            (Self::Ranking(ranks), Method::Ranking) => ranks.len(),
            _ => return Err(VoteError::OtherMethod),
        };
        if found != options {
            return Err(VoteError::OtherOptions { expected: options, found });
        }
        if self.is_empty() {
            return Err(VoteError::Nothing);
        }
        match (self, method) {
            (Self::Dots(dots), Method::Dots { each, cap }) => check_dots(dots, each, cap),
            (Self::Ranking(ranks), _) => check_ranks(ranks),
            _ => Ok(()),
        }
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Dots(dots) => dots.iter().all(|dots| *dots == 0),
            Self::Approval(approved) => !approved.contains(&true),
            Self::Judgment(grades) => grades.iter().all(Option::is_none),
            Self::Ranking(ranks) => ranks.iter().all(Option::is_none),
        }
    }

    /// An empty vote by this method.
    #[must_use]
    pub fn unfilled(method: Method, options: usize) -> Self {
        match method {
            Method::Dots { .. } => Self::Dots(vec![0; options]),
            Method::Approval => Self::Approval(vec![false; options]),
            Method::Judgment => Self::Judgment(vec![None; options]),
            Method::Ranking => Self::Ranking(vec![None; options]),
        }
    }
}

fn check_dots(dots: &[u8], each: u8, cap: u8) -> Result<(), VoteError> {
    if let Some((option, given)) = dots.iter().copied().enumerate().find(|(_, dots)| *dots > cap) {
        return Err(VoteError::OverCap { option, given, allowed: cap });
    }
    let given = dots.iter().copied().map(u32::from).sum();
    if given > u32::from(each) {
        return Err(VoteError::TooManyDots { given, allowed: each });
    }
    Ok(())
}

fn check_ranks(ranks: &[Option<u8>]) -> Result<(), VoteError> {
    let mut given: Vec<_> = ranks.iter().copied().flatten().map(usize::from).collect();
    given.sort_unstable();
    if given.iter().copied().eq(1..=given.len()) { Ok(()) } else { Err(VoteError::Ranks) }
}

/// One ballot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// The id of the ballot.
    pub id: BallotId,
    /// The channel by which it was cast.
    pub way: VotingChannel,
    /// The vote, or the reason why it is void.
    pub content: Content,
}
