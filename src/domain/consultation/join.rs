//! The plan of joining another device's urn: it computes the effect before anything changes.
//!
//! Ballots of a file pass the same rules as those cast here. No stored ballot is replaced silently:
//! a stored ballot stays, a paper that two devices read differently counts for neither until a
//! person decides, and closing, the code, the printed papers and the conclusion are shown first.

use std::collections::BTreeSet;

use thiserror::Error;

use super::super::stamp::StampError;
use super::{
    Ballot, BallotId, CastError, Conclusion, Consultation, Content, Keyed, MAX_PRINTED, PaperBook,
    PaperState, Poll, Rules, Stage, VotingChannel,
};

mod back;
mod carried;

pub use back::{Before, TakenBack};
pub use carried::{Decisions, Joined};

/// Why a whole file cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JoinError {
    /// The id belongs to a consultation with other rules: those held here, and the file's.
    #[error("other rules under the same id")]
    Rules(Box<Rules>, Box<Rules>),
    /// The stamp is out of range.
    #[error("consultation.stamp: {0}")]
    Stamp(#[from] StampError),
    /// The number of printed papers is out of range.
    #[error("consultation.printed: {0} papers")]
    Printed(u16),
}

/// A ballot that is refused, with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("ballots[{index}]{path}: {why}")]
pub struct ImportBallotError {
    /// The index of the ballot in the file, from 0.
    pub index: usize,
    /// The path to the offending value within the ballot, such as `.content`.
    pub path: String,
    /// Why the ballot is refused.
    pub why: BallotError,
}

/// Why a ballot of a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BallotError {
    /// It cannot be parsed; the parser's own message.
    #[error("{0}")]
    Unreadable(String),
    /// The urn refuses it.
    #[error(transparent)]
    Refused(#[from] CastError),
    /// The file has an earlier ballot with the same id.
    #[error("a second ballot of this id")]
    Twice,
}

/// How joining changes the stage of the consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageChange {
    /// The stage does not change.
    Stays,
    /// The consultation is new here.
    New,
    /// The draft has been edited elsewhere.
    Rewritten,
    /// The draft has been opened elsewhere.
    Opened,
    /// The draft has been opened and closed elsewhere.
    OpenedAndClosed,
    /// The vote has been closed elsewhere. It is closed here if the person enters the code.
    Closes,
}

/// How joining changes the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concluding {
    /// The conclusion does not change.
    Stays,
    /// Only the file has a conclusion.
    New(Conclusion),
    /// Both have a conclusion and they differ; the person chooses.
    Conflict(Conclusion, Conclusion),
}

/// A paper ballot that two devices read differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The number of the paper.
    pub number: u16,
    /// The reading on this device.
    pub held: Keyed,
    /// The reading in the file.
    pub offered: Keyed,
}

/// The effect of joining one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinPlan {
    /// The file's version of the consultation.
    pub offered: Consultation,
    /// The change of the stage.
    pub stage: StageChange,
    /// Whether the file has another facilitator's code. The code held here stays.
    pub other_code: bool,
    /// Whether the file, unlike this device, says that the code was bypassed.
    pub without_code: bool,
    /// How many papers are printed according to this device, and to both together, where that is
    /// more.
    pub printed: Option<(u16, u16)>,
    /// The change of the conclusion.
    pub conclusion: Concluding,
    /// The ballots that are new here.
    pub fresh: Vec<Ballot>,
    /// Whether the vote is already closed here: the new ballots are then taken only if the person
    /// agrees.
    pub late: bool,
    /// How many ballots this device already has.
    pub identical: usize,
    /// Ballots from an urn or a phone that this device holds under the same id with another
    /// content: pairs of the held one, which stays, and the file's.
    pub conflicts: Vec<(Ballot, Ballot)>,
    /// Papers with differing readings.
    pub disputed: Vec<Dispute>,
    /// Papers for which a decision between two readings is already pending here.
    pub waiting: Vec<u16>,
    /// Ballots that are refused.
    pub refused: Vec<ImportBallotError>,
}

/// How a ballot of the file compares with those held here.
enum BallotStatus {
    New,
    Known,
    Conflict(Ballot),
    Disputed(Dispute),
    Waiting(u16),
}

fn status_of(held: Option<&Poll>, book: &PaperBook, ballot: &Ballot) -> BallotStatus {
    let known = held.and_then(|poll| poll.urn.get(ballot.id));
    match (known, ballot.way) {
        (Some(known), _) if known == ballot => BallotStatus::Known,
        (Some(known), VotingChannel::Paper(number))
            if matches!(known.way, VotingChannel::Paper(_)) =>
        {
            let (held, offered) = (Keyed::of(&known.content), Keyed::of(&ballot.content));
            if held.agrees(&offered) {
                BallotStatus::Known
            } else {
                BallotStatus::Disputed(Dispute { number, held, offered })
            }
        }
        (Some(known), _) => BallotStatus::Conflict(known.clone()),
        (None, VotingChannel::Paper(number)) => {
            let offered = Keyed::of(&ballot.content);
            match book.against(number, &offered) {
                None => BallotStatus::New,
                Some(_) if matches!(book.state(number), Some(PaperState::Differs { .. })) => {
                    BallotStatus::Waiting(number)
                }
                Some(held) => {
                    BallotStatus::Disputed(Dispute { number, held: held.clone(), offered })
                }
            }
        }
        (None, _) => BallotStatus::New,
    }
}

/// Builds a [`JoinPlan`] ballot by ballot, because reading tens of thousands at once would block
/// the page for too long.
#[derive(Clone, Debug)]
pub struct Joining {
    plan: JoinPlan,
    /// The file's version, with the papers that either side printed: the rules to check ballots by.
    ruling: Consultation,
    seen: BTreeSet<BallotId>,
}

impl Joining {
    /// Begins with the file's version of the consultation; `held` is this device's version.
    ///
    /// # Errors
    /// When nothing of the file can be joined.
    pub fn new(held: Option<&Poll>, mut offered: Consultation) -> Result<Self, JoinError> {
        offered.stamp = offered.stamp.from_elsewhere()?;
        if offered.printed > MAX_PRINTED {
            return Err(JoinError::Printed(offered.printed));
        }
        let held = held.map(|poll| &poll.consultation);
        if let (Some(one), Some(two)) = (held.and_then(Consultation::rules), offered.rules())
            && one != two
        {
            return Err(JoinError::Rules(Box::new(one.clone()), Box::new(two.clone())));
        }
        let mut ruling = offered.clone();
        let printed = held.map_or(offered.printed, |held| held.printed.max(offered.printed));
        ruling.printed = printed;
        let code = held.and_then(|held| held.code);
        let plan = JoinPlan {
            stage: stage(held, &offered),
            other_code: code.is_some() && offered.code.is_some() && code != offered.code,
            without_code: offered.without_code && !held.is_some_and(|held| held.without_code),
            printed: Some((held.map_or(0, |held| held.printed), printed))
                .filter(|(here, with)| here < with),
            conclusion: concluding(held, &offered),
            fresh: Vec::new(),
            late: held.is_some_and(Consultation::is_closed),
            identical: 0,
            conflicts: Vec::new(),
            disputed: Vec::new(),
            waiting: Vec::new(),
            refused: Vec::new(),
            offered,
        };
        Ok(Self { plan, ruling, seen: BTreeSet::new() })
    }

    /// Adds the next ballot of the file, or its refusal if it could not be parsed.
    pub fn offer(
        &mut self,
        held: Option<&Poll>,
        book: &PaperBook,
        index: usize,
        offered: Result<Ballot, ImportBallotError>,
    ) {
        let refusal = |path: &str, why| ImportBallotError { index, path: path.to_owned(), why };
        let checked = offered.and_then(|ballot| {
            if !self.seen.insert(ballot.id) {
                return Err(refusal(".id", BallotError::Twice));
            }
            match self.ruling.allow(&ballot) {
                Ok(()) => Ok(ballot),
                Err(refused) => Err(refusal(place(&refused), refused.into())),
            }
        });
        let ballot = match checked {
            Ok(ballot) => ballot,
            Err(refusal) => return self.plan.refused.push(refusal),
        };
        match status_of(held, book, &ballot) {
            BallotStatus::New => self.plan.fresh.push(ballot),
            BallotStatus::Known => self.plan.identical += 1,
            BallotStatus::Conflict(known) => self.plan.conflicts.push((known, ballot)),
            BallotStatus::Disputed(dispute) => self.plan.disputed.push(dispute),
            BallotStatus::Waiting(number) => self.plan.waiting.push(number),
        }
    }

    /// The plan.
    #[must_use]
    pub fn finish(self) -> JoinPlan {
        self.plan
    }
}

/// The path within a ballot of the value that the urn refuses.
fn place(refused: &CastError) -> &'static str {
    match refused {
        CastError::Early | CastError::Late => "",
        CastError::Breach(_) | CastError::Void => ".content",
        CastError::OtherPaper(_) | CastError::Otherwise => ".id",
        CastError::NotPrinted { .. } => ".way.paper",
    }
}

fn stage(held: Option<&Consultation>, offered: &Consultation) -> StageChange {
    let Some(held) = held else { return StageChange::New };
    match (&held.stage, &offered.stage) {
        (Stage::Draft(one), Stage::Draft(two)) if one != two && offered.stamp > held.stamp => {
            StageChange::Rewritten
        }
        (Stage::Draft(_), Stage::Open(_)) => StageChange::Opened,
        (Stage::Draft(_), Stage::Closed(..)) => StageChange::OpenedAndClosed,
        (Stage::Open(_), Stage::Closed(..)) => StageChange::Closes,
        _ => StageChange::Stays,
    }
}

fn concluding(held: Option<&Consultation>, offered: &Consultation) -> Concluding {
    let Some(new) = offered.conclusion() else { return Concluding::Stays };
    match held.and_then(Consultation::conclusion) {
        None => Concluding::New(new.clone()),
        Some(known) if known == new => Concluding::Stays,
        Some(known) => Concluding::Conflict(known.clone(), new.clone()),
    }
}

impl JoinPlan {
    /// The plan of a whole poll.
    ///
    /// # Errors
    /// When nothing of it can be joined.
    pub fn new(held: Option<&Poll>, book: &PaperBook, offered: &Poll) -> Result<Self, JoinError> {
        let mut joining = Joining::new(held, offered.consultation.clone())?;
        for (index, ballot) in offered.urn.ballots().enumerate() {
            joining.offer(held, book, index, Ok(ballot.clone()));
        }
        Ok(joining.finish())
    }

    /// How many of the new ballots are void papers.
    #[must_use]
    pub fn void(&self) -> usize {
        self.fresh.iter().filter(|ballot| matches!(ballot.content, Content::Void(_))).count()
    }

    /// Whether carrying out the plan could change anything, whatever the person decides.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.stage != StageChange::Stays
            || self.printed.is_some()
            || self.without_code
            || self.conclusion != Concluding::Stays
            || !self.fresh.is_empty()
            || !self.disputed.is_empty()
    }
}
