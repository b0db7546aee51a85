//! What joining the urn of another device would do, told before it is done.
//!
//! What comes in a file passes the very rules of the urn. Nothing of what is held gives way to it
//! unseen: a ballot that is held stays, a paper that two devices read differently counts for neither
//! until somebody has decided, and closing, the code, the printed papers and the conclusion are shown.

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

/// What keeps a whole file from being joined.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JoinError {
    /// Another consultation is held under the id, or the same one with other rules.
    #[error("other rules under the same id")]
    Rules(Box<Rules>, Box<Rules>),
    /// Its stamp claims too much.
    #[error("consultation.stamp: {0}")]
    Stamp(#[from] StampError),
    /// It claims more printed papers than can be.
    #[error("consultation.printed: {0} papers")]
    Printed(u16),
}

/// A ballot that is not taken, with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("ballots[{index}]{path}: {why}")]
pub struct ImportBallotError {
    /// Which ballot of the file, counted from 0.
    pub index: usize,
    /// The way to the offending value within it, such as `.content`.
    pub path: String,
    /// What is wrong with it.
    pub why: BallotError,
}

/// What is wrong with a ballot of a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BallotError {
    /// It cannot be read; the reader's own words.
    #[error("{0}")]
    Unreadable(String),
    /// The urn does not take it.
    #[error(transparent)]
    Refused(#[from] CastError),
    /// A ballot of its id stands before it in the file.
    #[error("a second ballot of this id")]
    Twice,
}

/// What becomes of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageChange {
    /// It stays as it is.
    Stays,
    /// The consultation is new here.
    New,
    /// The draft has been written on elsewhere.
    Rewritten,
    /// The draft has been opened elsewhere.
    Opened,
    /// The draft has been opened and closed elsewhere.
    OpenedAndClosed,
    /// The vote has been closed elsewhere. It is closed here if the person gives the code.
    Closes,
}

/// What becomes of the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concluding {
    /// It stays as it is.
    Stays,
    /// The file has one, and here there is none.
    New(Conclusion),
    /// Both have one and they differ; the person chooses.
    Conflict(Conclusion, Conclusion),
}

/// A paper that two devices read differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Its number.
    pub number: u16,
    /// What was read here.
    pub held: Keyed,
    /// What the file says.
    pub offered: Keyed,
}

/// What joining one file would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinPlan {
    /// The file's version of the consultation.
    pub offered: Consultation,
    /// What becomes of the stage.
    pub stage: StageChange,
    /// Whether the file has another facilitator's code. The one that is held stays.
    pub other_code: bool,
    /// Whether the file knows that the code was done without, and this device does not.
    pub without_code: bool,
    /// How many papers are known to be printed here, and how many with the file's, where those are
    /// more.
    pub printed: Option<(u16, u16)>,
    /// What becomes of the conclusion.
    pub conclusion: Concluding,
    /// The ballots that are new here.
    pub fresh: Vec<Ballot>,
    /// Whether they come after the vote was closed here: then they are only taken if the person
    /// says so.
    pub late: bool,
    /// How many ballots are here already.
    pub identical: usize,
    /// Ballots of an urn or a phone whose id is here with another content: the first of each pair,
    /// which is held, stays.
    pub conflicts: Vec<(Ballot, Ballot)>,
    /// Papers that were read differently.
    pub disputed: Vec<Dispute>,
    /// Papers that wait already for somebody to decide between two readings.
    pub waiting: Vec<u16>,
    /// Ballots that are not taken.
    pub refused: Vec<ImportBallotError>,
}

/// How a ballot stands to what is held.
enum Standing {
    New,
    Known,
    Conflict(Ballot),
    Disputed(Dispute),
    Waiting(u16),
}

fn standing(held: Option<&Poll>, book: &PaperBook, ballot: &Ballot) -> Standing {
    let known = held.and_then(|poll| poll.urn.get(ballot.id));
    match (known, ballot.way) {
        (Some(known), _) if known == ballot => Standing::Known,
        (Some(known), VotingChannel::Paper(number))
            if matches!(known.way, VotingChannel::Paper(_)) =>
        {
            let (held, offered) = (Keyed::of(&known.content), Keyed::of(&ballot.content));
            if held.agrees(&offered) {
                Standing::Known
            } else {
                Standing::Disputed(Dispute { number, held, offered })
            }
        }
        (Some(known), _) => Standing::Conflict(known.clone()),
        (None, VotingChannel::Paper(number)) => {
            let offered = Keyed::of(&ballot.content);
            match book.against(number, &offered) {
                None => Standing::New,
                Some(_) if matches!(book.state(number), Some(PaperState::Differs { .. })) => {
                    Standing::Waiting(number)
                }
                Some(held) => Standing::Disputed(Dispute { number, held: held.clone(), offered }),
            }
        }
        (None, _) => Standing::New,
    }
}

/// A plan in the making: the ballots of a file are offered one by one, because reading tens of
/// thousands takes longer than a page may stand still.
#[derive(Clone, Debug)]
pub struct Joining {
    plan: JoinPlan,
    /// The file's version as it would rule here: with all the papers that either side printed.
    ruling: Consultation,
    seen: BTreeSet<BallotId>,
}

impl Joining {
    /// Begins with what the file says of the consultation; `held` is the same one here.
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

    /// Adds the next ballot of the file. What could not be read comes as a refusal, in its place.
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
        match standing(held, book, &ballot) {
            Standing::New => self.plan.fresh.push(ballot),
            Standing::Known => self.plan.identical += 1,
            Standing::Conflict(known) => self.plan.conflicts.push((known, ballot)),
            Standing::Disputed(dispute) => self.plan.disputed.push(dispute),
            Standing::Waiting(number) => self.plan.waiting.push(number),
        }
    }

    /// The plan.
    #[must_use]
    pub fn finish(self) -> JoinPlan {
        self.plan
    }
}

/// Where in a ballot stands what the urn does not take.
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

    /// Whether carrying it out could change anything, whatever is decided.
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
