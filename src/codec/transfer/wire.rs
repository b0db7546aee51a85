//! The types that `postcard` encodes into payloads.
//!
//! Fields and variants are encoded by position, so none may be added, moved or removed without a
//! new version: [`FirstReturn`] is version 1 of [`Return`]. They are separate from the domain's
//! types, so that a change of the domain changes neither payloads nor fingerprints.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{RulesFingerprint, TransferError, TransferPayload, item};
use crate::domain::consultation as domain;
use crate::domain::consultation::{
    BallotId, Choice, ConsultationId, OptionText, Reason, RulesError,
};
use crate::domain::stamp::Token;

/// Decodes all of these bytes as one value.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, TransferError> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(TransferError::Malformed),
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Invitation {
    convention: [u8; 4],
    id: [u8; 8],
    rules: Rules,
}

#[derive(Serialize, Deserialize)]
struct Rules {
    title: String,
    question: String,
    /// The numbers of items; 0 stands for the next own option.
    options: Vec<u32>,
    own: Vec<String>,
    method: Method,
    order: Order,
    reveal: Reveal,
}

#[derive(Serialize, Deserialize)]
enum Method {
    Dots { each: u8, cap: u8 },
    Approval,
    Judgment,
    Ranking,
}

#[derive(Serialize, Deserialize)]
enum Order {
    Shuffled,
    Listed,
}

#[derive(Serialize, Deserialize)]
enum Reveal {
    AfterClosing,
    Live,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Return {
    consultation: [u8; 8],
    rules: [u8; 16],
    ballot: Ballot,
}

/// A result without its ballots.
#[derive(Serialize, Deserialize)]
pub(super) struct Outcome {
    pub(super) invitation: Invitation,
    /// The ballots that count, and those that are blank, void and refused.
    pub(super) ballots: [u32; 4],
    /// The ballots from the urn, from phones and on paper, where that may be told.
    pub(super) ways: Option<[u32; 3]>,
    pub(super) scores: Scores,
    pub(super) digest: [u8; 32],
    /// The group's words, and the day on which it wants to come back to them.
    pub(super) conclusion: Option<(String, Option<String>)>,
}

/// The counts of each option.
#[derive(Serialize, Deserialize)]
pub(super) enum Scores {
    Dots {
        totals: Vec<u32>,
        supporters: Vec<u32>,
    },
    Approval(Vec<u32>),
    /// Mentions, the worst first.
    Judgment(Vec<[u32; 7]>),
    /// How many people prefer each option to each other.
    Ranking(Vec<Vec<u32>>),
}

/// Version 1 of [`Return`].
#[derive(Serialize, Deserialize)]
pub(super) struct FirstReturn {
    consultation: [u8; 8],
    rules: [u8; 4],
    ballot: Ballot,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Ballot {
    id: [u8; 16],
    way: Way,
    content: Content,
}

#[derive(Serialize, Deserialize)]
enum Way {
    Urn,
    Phone,
    Paper(u16),
}

#[derive(Serialize, Deserialize)]
enum Content {
    Void(String),
    Blank,
    Dots(Vec<u8>),
    Approval(Vec<bool>),
    /// Mentions from 1, the worst; 0 for none.
    Judgment(Vec<u8>),
    /// Ranks; 0 for none.
    Ranking(Vec<u8>),
}

impl Invitation {
    pub(super) fn of(convention: u32, id: ConsultationId, rules: &domain::Rules) -> Self {
        let convention = convention.to_be_bytes();
        Self { convention, id: id.0.0.to_be_bytes(), rules: Rules::of(rules) }
    }

    pub(super) fn parcel(self) -> Result<TransferPayload, TransferError> {
        Ok(TransferPayload::Invitation {
            convention: u32::from_be_bytes(self.convention),
            id: consultation(self.id),
            rules: self.rules.checked()?,
        })
    }
}

fn consultation(id: [u8; 8]) -> ConsultationId {
    ConsultationId(Token(u64::from_be_bytes(id)))
}

impl Rules {
    fn of(rules: &domain::Rules) -> Self {
        let mut own = Vec::new();
        let options = rules.options().iter().map(|option| match option {
            Choice::Item(id) => item::number(*id),
            Choice::Own(text) => {
                own.push(text.to_string());
                0
            }
        });
        Self {
            title: rules.title().to_string(),
            question: rules.question().to_string(),
            options: options.collect(),
            own,
            method: match rules.method() {
                domain::Method::Dots { each, cap } => Method::Dots { each, cap },
                domain::Method::Approval => Method::Approval,
                domain::Method::Judgment => Method::Judgment,
                domain::Method::Ranking => Method::Ranking,
            },
            order: match rules.order() {
                domain::Order::Shuffled => Order::Shuffled,
                domain::Order::Listed => Order::Listed,
            },
            reveal: match rules.reveal() {
                domain::Reveal::AfterClosing => Reveal::AfterClosing,
                domain::Reveal::Live => Reveal::Live,
            },
        }
    }

    fn checked(self) -> Result<domain::Rules, TransferError> {
        let title = domain::Title::new(&self.title).map_err(RulesError::Title)?;
        let question = domain::Question::new(&self.question).map_err(RulesError::Question)?;
        let mut own = self.own.into_iter().enumerate();
        let mut options = Vec::new();
        for number in self.options {
            options.push(if number == 0 {
                let (place, text) = own.next().ok_or(TransferError::Malformed)?;
                Choice::Own(OptionText::new(&text).map_err(|error| RulesError::Own(place, error))?)
            } else {
                Choice::Item(item::id(number).ok_or(TransferError::Malformed)?)
            });
        }
        if own.next().is_some() {
            return Err(TransferError::Malformed);
        }
        let method = match self.method {
            Method::Dots { each, cap } => domain::Method::Dots { each, cap },
            Method::Approval => domain::Method::Approval,
            Method::Judgment => domain::Method::Judgment,
            Method::Ranking => domain::Method::Ranking,
        };
        let order = match self.order {
            Order::Shuffled => domain::Order::Shuffled,
            Order::Listed => domain::Order::Listed,
        };
        let reveal = match self.reveal {
            Reveal::AfterClosing => domain::Reveal::AfterClosing,
            Reveal::Live => domain::Reveal::Live,
        };
        Ok(domain::Rules::new(title, question, options, method, order, reveal)?)
    }
}

impl Return {
    pub(super) fn of(id: ConsultationId, rules: u128, ballot: &domain::Ballot) -> Self {
        let rules = rules.to_be_bytes();
        Self { consultation: id.0.0.to_be_bytes(), rules, ballot: Ballot::of(ballot) }
    }

    pub(super) fn parcel(self) -> Result<TransferPayload, TransferError> {
        let rules = RulesFingerprint::Whole(u128::from_be_bytes(self.rules));
        returned(self.consultation, rules, self.ballot)
    }
}

impl FirstReturn {
    pub(super) fn of(id: ConsultationId, rules: u32, ballot: &domain::Ballot) -> Self {
        let rules = rules.to_be_bytes();
        Self { consultation: id.0.0.to_be_bytes(), rules, ballot: Ballot::of(ballot) }
    }

    pub(super) fn parcel(self) -> Result<TransferPayload, TransferError> {
        let rules = RulesFingerprint::Short(u32::from_be_bytes(self.rules));
        returned(self.consultation, rules, self.ballot)
    }
}

fn returned(
    id: [u8; 8],
    rules: RulesFingerprint,
    ballot: Ballot,
) -> Result<TransferPayload, TransferError> {
    Ok(TransferPayload::Ballot { consultation: consultation(id), rules, ballot: ballot.read()? })
}

impl Ballot {
    pub(super) fn of(ballot: &domain::Ballot) -> Self {
        let way = match ballot.way {
            domain::VotingChannel::Urn => Way::Urn,
            domain::VotingChannel::Phone => Way::Phone,
            domain::VotingChannel::Paper(number) => Way::Paper(number),
        };
        Self { id: ballot.id.to_bytes(), way, content: Content::of(&ballot.content) }
    }

    fn read(self) -> Result<domain::Ballot, TransferError> {
        let id = BallotId::from_bytes(self.id);
        if id.to_bytes() != self.id {
            return Err(TransferError::Malformed);
        }
        let way = match self.way {
            Way::Urn => domain::VotingChannel::Urn,
            Way::Phone => domain::VotingChannel::Phone,
            Way::Paper(number) => domain::VotingChannel::Paper(number),
        };
        Ok(domain::Ballot { id, way, content: self.content.read()? })
    }
}

impl Content {
    fn of(content: &domain::Content) -> Self {
        match content {
            domain::Content::Void(reason) => Self::Void(reason.to_string()),
            domain::Content::Vote(vote) => match vote {
                domain::Vote::Blank => Self::Blank,
                domain::Vote::Dots(dots) => Self::Dots(dots.clone()),
                domain::Vote::Approval(approved) => Self::Approval(approved.clone()),
                domain::Vote::Judgment(grades) => {
                    Self::Judgment(grades.iter().map(|grade| grade.map_or(0, byte)).collect())
                }
                domain::Vote::Ranking(ranks) => {
                    Self::Ranking(ranks.iter().map(|rank| rank.unwrap_or(0)).collect())
                }
            },
        }
    }

    fn read(self) -> Result<domain::Content, TransferError> {
        Ok(domain::Content::Vote(match self {
            Self::Void(reason) => {
                let reason = Reason::new(&reason).map_err(|_| TransferError::Malformed)?;
                return Ok(domain::Content::Void(reason));
            }
            Self::Blank => domain::Vote::Blank,
            Self::Dots(dots) => domain::Vote::Dots(dots),
            Self::Approval(approved) => domain::Vote::Approval(approved),
            Self::Judgment(bytes) => {
                domain::Vote::Judgment(bytes.into_iter().map(grade).collect::<Result<_, _>>()?)
            }
            Self::Ranking(ranks) => domain::Vote::Ranking(
                ranks.into_iter().map(|rank| (rank > 0).then_some(rank)).collect(),
            ),
        }))
    }
}

/// Mentions from the worst to the best.
const GRADES: [domain::Grade; 7] = [
    domain::Grade::Reject,
    domain::Grade::Insufficient,
    domain::Grade::Passable,
    domain::Grade::FairlyGood,
    domain::Grade::Good,
    domain::Grade::VeryGood,
    domain::Grade::Excellent,
];

fn byte(grade: domain::Grade) -> u8 {
    match grade {
        domain::Grade::Reject => 1,
        domain::Grade::Insufficient => 2,
        domain::Grade::Passable => 3,
        domain::Grade::FairlyGood => 4,
        domain::Grade::Good => 5,
        domain::Grade::VeryGood => 6,
        domain::Grade::Excellent => 7,
    }
}

/// The mention for a byte; `None` for 0.
fn grade(byte: u8) -> Result<Option<domain::Grade>, TransferError> {
    let Some(place) = byte.checked_sub(1) else { return Ok(None) };
    let grade = GRADES.get(usize::from(place)).copied();
    grade.map(Some).ok_or(TransferError::Malformed)
}
