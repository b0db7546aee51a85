//! A consultation: what a group is asked, and what has become of it.
//!
//! A facilitator prepares it as a draft; once it is open, its rules are frozen and ballots can be
//! cast; once it is closed, what came out may be shown and concluded. There is no way back. The
//! same consultation on several devices merges like everything here: the further stage wins, then
//! the greater stamp, and the ballots of both are put together.

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
pub use paper::{
    BLANK, Keyed, LineError, MAX_PRINTED, NumberError, PaperBook, PaperCounts, PaperState, Passage,
    Readings, VOID, ballots_a_page, compare, lots, parse_line, void,
};
pub use rules::{
    Choice, Method, MethodKind, OptionText, Order, Question, Reveal, Rules, RulesDraft, RulesError,
    Title,
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
    /// Which consultation it is.
    pub id: ConsultationId,
    /// Which version.
    pub stamp: Stamp,
    /// How far it has come, and its rules.
    pub stage: Stage,
    /// What the facilitator's code is known by.
    pub code: Option<CodeHash>,
    /// How many paper ballots have been printed: they bear the numbers from 1 to this one.
    pub printed: u16,
    /// Whether an urn of it was left, or the vote closed, without the facilitator's code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_code: bool,
}

/// How far a consultation has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is being prepared; anything can change.
    Draft(RulesDraft),
    /// Ballots can be cast. The rules are frozen.
    Open(Rules),
    /// No ballot can be cast any more.
    Closed(Rules, Option<Conclusion>),
}

/// The text of a conclusion.
pub type ConclusionText = BoundedText<4000>;

/// What the group draws from the result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    /// In its own words.
    pub text: ConclusionText,
    /// When it wants to look again.
    pub look_again: Option<Day>,
}

/// Something that is done to a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Writes the draft's rules.
    Draft(RulesDraft),
    /// Opens it under this code.
    Open(CodeHash),
    /// Closes it.
    Close,
    /// Writes or takes away the conclusion.
    Conclude(Option<(String, Option<Day>)>),
    /// Notes that ballots up to this number have been printed.
    Print(u16),
    /// Notes that the facilitator's code was done without.
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
    /// It is not open.
    #[error("it is not open")]
    NotOpen,
    /// It is not closed yet.
    #[error("it is not closed yet")]
    NotClosed,
    /// The text of the conclusion cannot be kept.
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

    /// What the rules were written from, for a draft like it.
    #[must_use]
    pub fn as_draft(&self) -> RulesDraft {
        match &self.stage {
            Stage::Draft(draft) => draft.clone(),
            Stage::Open(rules) | Stage::Closed(rules, _) => RulesDraft::of(rules),
        }
    }

    /// Its title, which a draft may still lack.
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

    /// Whether it is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed(..))
    }

    /// What the group has drawn from the result.
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

    /// The version after a step.
    ///
    /// # Errors
    /// When the stage does not allow it, or what is to be written is not complete.
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

    /// Whether a ballot keeps to the rules of the urn, whether or not that is open still: its vote to
    /// the rules of the consultation, and its way to what this one knows of papers.
    ///
    /// # Errors
    /// What it breaks.
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

    /// Whether this version is to be kept rather than `other`, of the same id: the further stage
    /// wins, so that what was closed stays closed; then the greater stamp; two contents under one
    /// stamp are put in a fixed order, so that every device chooses alike.
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
    /// 0 for a draft, 1 open, 2 closed.
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

/// A consultation and the ballots that lie on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// What is asked.
    pub consultation: Consultation,
    /// What was answered.
    pub urn: Urn,
}

/// Two consultations under one id that do not ask the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it has the id of consultation {0} and other rules")]
pub struct OtherRulesError(pub ConsultationId);

/// Why a ballot is not put into the urn.
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
    /// Only a paper can be declared void.
    #[error("only a paper can be void")]
    Void,
    /// The id of a paper is not the one that follows from its number.
    #[error("it is not the id of paper {0}")]
    OtherPaper(u16),
    /// No paper with this number was printed.
    #[error("paper {number} of {printed} that were printed")]
    NotPrinted {
        /// The number it bears.
        number: u16,
        /// The greatest that was printed.
        printed: u16,
    },
    /// A ballot of this id is in the urn and says something else.
    #[error("its id is in the urn with another content")]
    Otherwise,
}

impl Poll {
    /// Puts one ballot into the urn, if that is open and the ballot keeps to the rules.
    ///
    /// # Errors
    /// Why it is not taken; nothing has changed then.
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

    /// Puts a paper into the urn on whose readings somebody has decided: it came before closing, even
    /// if the decision comes after.
    ///
    /// # Errors
    /// Why it is not taken; nothing has changed then.
    pub fn decide(&mut self, ballot: Ballot) -> Result<Cast, CastError> {
        self.consultation.allow(&ballot)?;
        match self.urn.get(ballot.id) {
            Some(held) if *held != ballot => Err(CastError::Otherwise),
            _ => Ok(self.urn.put(ballot)),
        }
    }

    /// A consultation nobody has answered.
    #[must_use]
    pub fn new(consultation: Consultation) -> Self {
        Self { consultation, urn: Urn::default() }
    }

    /// Takes in the same consultation from another device: as if all ballots had been cast here.
    ///
    /// # Errors
    /// When the frozen rules are not the same; nothing has changed then.
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
