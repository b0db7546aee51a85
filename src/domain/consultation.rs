//! A consultation: its question, its stage, and the rules for moving from one stage to the next.
//!
//! A facilitator prepares it as a draft. Opening freezes its rules and lets ballots be cast;
//! closing ends that, and the result may then be shown and concluded. No stage leads back. Copies
//! of one consultation on several devices merge: the further stage wins, then the greater stamp,
//! and the ballots of both are united.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::day::Day;
use super::note::{BoundedText, TextError};
use super::serde_str::serde_as_str;
use super::stamp::{DeviceId, Instant, InvalidTokenError, Stamp, Token};

mod alike;
mod ballot;
mod choosing;
mod code;
mod join;
mod method;
mod paper;
mod rules;
mod urn;

pub use alike::look;
pub use ballot::{Ballot, BallotId, Content, Grade, Reason, Vote, VoteError, VotingChannel};
pub use choosing::NoDotError;
pub use code::{CodeHash, InvalidCodeError};
pub use join::{
    BallotError, Before, Concluding, Decisions, Dispute, ImportBallotError, JoinError, JoinPlan,
    Joined, Joining, StageChange, TakenBack,
};
pub use method::{Method, MethodKind};
pub use paper::{
    BLANK, Keyed, LineError, MAX_PRINTED, NumberError, PaperBook, PaperCounts, PaperState, Passage,
    Readings, VOID, ballots_a_page, compare, lots, parse_line, void,
};
pub use rules::{
    Choice, OptionText, Order, Question, Reveal, Rules, RulesDraft, RulesError, Title,
};
pub use urn::{Cast, Urn};

/// The random id of a consultation, written as 16 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsultationId(pub Token);

impl FromStr for ConsultationId {
    type Err = InvalidTokenError;

    fn from_str(text: &str) -> Result<Self, InvalidTokenError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for ConsultationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

serde_as_str!(ConsultationId, pattern = "^[0-9a-f]{16}$");

/// One version of a consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// The id of the consultation.
    pub id: ConsultationId,
    /// The stamp of the version.
    pub stamp: Stamp,
    /// The stage of the consultation, with its rules.
    pub stage: Stage,
    /// The hash of the facilitator's code.
    pub code: Option<CodeHash>,
    /// The number of printed paper ballots: they bear the numbers from 1 to this one.
    pub printed: u16,
    /// Whether a device has stopped being the urn, or closed the vote, without the facilitator's code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_code: bool,
}

/// The stage of a consultation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The consultation is being prepared; anything can change.
    Draft(RulesDraft),
    /// Ballots can be cast. The rules are frozen.
    Open(Rules),
    /// No ballot can be cast any more.
    Closed(Rules, Option<Conclusion>),
}

/// The text of a conclusion.
pub type ConclusionText = BoundedText<4000>;

/// The conclusion that the group draws from the result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    /// The group's own words.
    pub text: ConclusionText,
    /// The day on which the group wants to come back to the question.
    pub look_again: Option<Day>,
}

/// An edit of a consultation: the input of [`Consultation::step`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Writes the draft's rules.
    Draft(RulesDraft),
    /// Opens the vote under this facilitator's code.
    Open(CodeHash),
    /// Closes the vote.
    Close,
    /// Writes or removes the conclusion.
    Conclude(Option<(String, Option<Day>)>),
    /// Records that ballots up to this number have been printed.
    Print(u16),
    /// Records that the facilitator's code was bypassed.
    WithoutCode,
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StepError {
    /// The rules are frozen.
    #[error("the rules are frozen once it is open")]
    Frozen,
    /// The rules are not complete.
    #[error("the rules are not complete")]
    Flawed(Vec<RulesError>),
    /// The vote is not open.
    #[error("it is not open")]
    NotOpen,
    /// The vote is not closed yet.
    #[error("it is not closed yet")]
    NotClosed,
    /// The text of the conclusion is empty or too long.
    #[error(transparent)]
    Text(#[from] TextError),
}

impl Consultation {
    /// A new draft.
    #[must_use]
    pub fn new(id: ConsultationId, rules: RulesDraft, at: Instant, device: DeviceId) -> Self {
        let stamp = Stamp::after(None, at, device);
        Self { id, stamp, stage: Stage::Draft(rules), code: None, printed: 0, without_code: false }
    }

    /// The frozen rules; none while it is a draft.
    #[must_use]
    pub fn rules(&self) -> Option<&Rules> {
        match &self.stage {
            Stage::Draft(_) => None,
            Stage::Open(rules) | Stage::Closed(rules, _) => Some(rules),
        }
    }

    /// A draft with the same content as the rules.
    #[must_use]
    pub fn as_draft(&self) -> RulesDraft {
        match &self.stage {
            Stage::Draft(draft) => draft.clone(),
            Stage::Open(rules) | Stage::Closed(rules, _) => RulesDraft::of(rules),
        }
    }

    /// The title; a draft may still lack one.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.stage {
            Stage::Draft(draft) => draft.title.trim(),
            Stage::Open(rules) | Stage::Closed(rules, _) => rules.title().as_str(),
        }
    }

    /// Whether ballots can be cast.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open(_))
    }

    /// Whether the vote is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed(..))
    }

    /// The group's conclusion.
    #[must_use]
    pub fn conclusion(&self) -> Option<&Conclusion> {
        match &self.stage {
            Stage::Closed(_, conclusion) => conclusion.as_ref(),
            _ => None,
        }
    }

    /// Whether the result may be seen now.
    #[must_use]
    pub fn shows_result(&self) -> bool {
        match &self.stage {
            Stage::Draft(_) => false,
            Stage::Open(rules) => rules.reveal() == Reveal::Live,
            Stage::Closed(..) => true,
        }
    }

    /// The version of the consultation after an edit.
    ///
    /// # Errors
    /// When the stage does not allow the edit, or its content is incomplete.
    pub fn step(&self, step: Step, at: Instant, device: DeviceId) -> Result<Self, StepError> {
        let mut next = self.clone();
        next.stamp = Stamp::after(Some(self.stamp), at, device);
        match step {
            Step::Draft(draft) => match next.stage {
                Stage::Draft(_) => next.stage = Stage::Draft(draft),
                _ => return Err(StepError::Frozen),
            },
            Step::Open(code) => match &self.stage {
                Stage::Draft(draft) => {
                    next.stage = Stage::Open(draft.check().map_err(StepError::Flawed)?);
                    next.code = Some(code);
                }
                _ => return Err(StepError::Frozen),
            },
            Step::Close => match next.stage {
                Stage::Open(rules) => next.stage = Stage::Closed(rules, None),
                _ => return Err(StepError::NotOpen),
            },
            Step::Conclude(conclusion) => match &mut next.stage {
                Stage::Closed(_, held) => *held = conclusion.map(Conclusion::new).transpose()?,
                _ => return Err(StepError::NotClosed),
            },
            Step::Print(upto) => match next.stage {
                Stage::Open(_) => next.printed = next.printed.max(upto.min(MAX_PRINTED)),
                _ => return Err(StepError::NotOpen),
            },
            Step::WithoutCode => match next.stage {
                Stage::Open(_) => next.without_code = true,
                _ => return Err(StepError::NotOpen),
            },
        }
        Ok(next)
    }

    /// Whether a ballot is valid, whether or not the vote is still open: its vote must keep to the
    /// rules, and a paper's number must be one that was printed.
    ///
    /// # Errors
    /// The first rule that the ballot breaks.
    pub fn allow(&self, ballot: &Ballot) -> Result<(), CastError> {
        let rules = self.rules().ok_or(CastError::Early)?;
        if let VotingChannel::Paper(number) = ballot.way {
            if ballot.id != BallotId::paper(self.id, number) {
                return Err(CastError::OtherPaper(number));
            }
            if !(1..=self.printed).contains(&number) {
                return Err(CastError::NotPrinted { number, printed: self.printed });
            }
        }
        match (&ballot.content, ballot.way) {
            (Content::Vote(vote), _) => Ok(rules.allow(vote)?),
            (Content::Void(_), VotingChannel::Paper(_)) => Ok(()),
            (Content::Void(_), VotingChannel::Urn | VotingChannel::Phone) => Err(CastError::Void),
        }
    }

    /// Whether this version wins over `other`, of the same id: the further stage wins, so that a
    /// closed vote stays closed; then the greater stamp. Two contents under one stamp have a fixed
    /// order, so that every device chooses alike.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Greater
    }

    fn compare(&self, other: &Self) -> Ordering {
        let stage = self.stage.rank().cmp(&other.stage.rank());
        let content = || (&self.stage, self.code).cmp(&(&other.stage, other.code));
        let rest = || (self.printed, self.without_code).cmp(&(other.printed, other.without_code));
        stage.then(self.stamp.cmp(&other.stamp)).then_with(content).then_with(rest)
    }
}

impl Stage {
    /// The stage as a number: 0 for a draft, 1 for an open vote, 2 for a closed one.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Draft(_) => 0,
            Self::Open(_) => 1,
            Self::Closed(..) => 2,
        }
    }
}

impl Conclusion {
    fn new((text, look_again): (String, Option<Day>)) -> Result<Self, TextError> {
        Ok(Self { text: ConclusionText::new(&text)?, look_again })
    }
}

/// A consultation with the ballots that this device holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The consultation: question, rules and stage.
    pub consultation: Consultation,
    /// The ballots.
    pub urn: Urn,
}

/// Two consultations share one id but have different rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it has the id of consultation {0} and other rules")]
pub struct OtherRulesError(pub ConsultationId);

/// Why the urn refuses a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CastError {
    /// The consultation is still a draft.
    #[error("it is not open yet")]
    Early,
    /// The consultation is closed.
    #[error("it is closed")]
    Late,
    /// The vote breaks the rules.
    #[error(transparent)]
    Breach(#[from] VoteError),
    /// Only a paper ballot can be declared void.
    #[error("only a paper can be void")]
    Void,
    /// The id of a paper ballot does not follow from its number.
    #[error("it is not the id of paper {0}")]
    OtherPaper(u16),
    /// No paper ballot with this number was printed.
    #[error("paper {number} of {printed} that were printed")]
    NotPrinted {
        /// The number on the ballot.
        number: u16,
        /// The greatest number that was printed.
        printed: u16,
    },
    /// The urn holds a ballot of this id with another content.
    #[error("its id is in the urn with another content")]
    Otherwise,
}

impl Poll {
    /// Puts one ballot into the urn, if the vote is open and the ballot is valid.
    ///
    /// # Errors
    /// Why the ballot is refused; the urn is then unchanged.
    pub fn cast(&mut self, ballot: Ballot) -> Result<Cast, CastError> {
        match &self.consultation.stage {
            Stage::Draft(_) => return Err(CastError::Early),
            Stage::Closed(..) if self.urn.get(ballot.id) == Some(&ballot) => {
                return Ok(Cast::Known);
            }
            Stage::Closed(..) => return Err(CastError::Late),
            Stage::Open(_) => {}
        }
        self.decide(ballot)
    }

    /// Puts a paper ballot into the urn after a person has decided between its two readings. The
    /// paper was cast before closing, even if the decision comes later, so the vote need not be
    /// open.
    ///
    /// # Errors
    /// Why the ballot is refused; the urn is then unchanged.
    pub fn decide(&mut self, ballot: Ballot) -> Result<Cast, CastError> {
        self.consultation.allow(&ballot)?;
        match self.urn.get(ballot.id) {
            Some(held) if *held != ballot => Err(CastError::Otherwise),
            _ => Ok(self.urn.put(ballot)),
        }
    }

    /// A consultation without ballots.
    #[must_use]
    pub fn new(consultation: Consultation) -> Self {
        Self { consultation, urn: Urn::default() }
    }

    /// Merges the same consultation from another device, as if all ballots had been cast here.
    ///
    /// # Errors
    /// When the frozen rules differ; nothing has changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherRulesError> {
        let id = self.consultation.id;
        let rules = (self.consultation.rules(), other.consultation.rules());
        if id != other.consultation.id || matches!(rules, (Some(one), Some(two)) if one != two) {
            return Err(OtherRulesError(id));
        }
        let printed = self.consultation.printed.max(other.consultation.printed);
        let without_code = self.consultation.without_code || other.consultation.without_code;
        if other.consultation.supersedes(&self.consultation) {
            self.consultation = other.consultation.clone();
        }
        self.consultation.printed = printed;
        self.consultation.without_code = without_code;
        self.urn.merge(&other.urn);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
