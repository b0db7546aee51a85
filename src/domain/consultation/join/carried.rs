//! Carries out the plan of a join, with the person's decisions.

use super::super::super::stamp::{DeviceId, Instant, Stamp};
use super::super::{
    Ballot, BallotId, Cast, Consultation, Content, Keyed, PaperBook, Poll, Stage, VotingChannel,
};
use super::{Concluding, Dispute, JoinError, JoinPlan, Joining, StageChange};

/// The person's decisions about a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Takes the ballots although the vote is already closed here.
    pub late: bool,
    /// Closes the vote, as the file does. The code has been entered.
    pub close: bool,
    /// Replaces the conclusion held here by the file's.
    pub conclusion: bool,
}

impl Decisions {
    /// Accepts everything, as when restoring a copy that this device made.
    pub const ALL: Self = Self { late: true, close: true, conclusion: true };
}

/// The result of a join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The consultation with its urn.
    pub poll: Poll,
    /// The keyed papers, with those that wait for a decision.
    pub book: PaperBook,
    /// Ballots removed from the urn, because they wait for a decision.
    pub taken_out: Vec<BallotId>,
    /// How many ballots are new in the urn.
    pub counted: usize,
}

impl JoinPlan {
    /// Applies the plan to the current state, which may hold more than when the plan was made:
    /// ballots that have come since are not replaced either.
    ///
    /// # Errors
    /// When another consultation holds this id by now.
    pub fn carry_out(
        &self,
        held: Option<&Poll>,
        book: &PaperBook,
        decisions: Decisions,
        at: Instant,
        device: DeviceId,
    ) -> Result<Joined, JoinError> {
        let mut now = Joining::new(held, self.offered.clone())?;
        let disputed = self.disputed.iter().map(|dispute| self.paper(dispute));
        for (index, ballot) in self.fresh.iter().cloned().chain(disputed).enumerate() {
            now.offer(held, book, index, Ok(ballot));
        }
        let plan = now.finish();
        let consultation = match held {
            None => self.offered.clone(),
            Some(held) => plan.version(&held.consultation, decisions, at, device),
        };
        let urn = held.map(|held| held.urn.clone()).unwrap_or_default();
        let mut joined = Joined {
            poll: Poll { consultation, urn },
            book: book.clone(),
            taken_out: Vec::new(),
            counted: 0,
        };
        if decisions.late || !plan.late {
            joined.take(plan.fresh, plan.disputed);
        }
        Ok(joined)
    }

    fn paper(&self, dispute: &Dispute) -> Ballot {
        let content = match &dispute.offered {
            Keyed::Vote(vote) => Content::Vote(vote.clone()),
            Keyed::Void(reason) => Content::Void(reason.clone()),
        };
        let id = BallotId::paper(self.offered.id, dispute.number);
        Ballot { id, way: VotingChannel::Paper(dispute.number), content }
    }

    /// The version of the consultation after the join. If its content equals the file's, it takes
    /// the file's stamp, so that devices agree; otherwise it is a new edit by this device.
    fn version(
        &self,
        held: &Consultation,
        decisions: Decisions,
        at: Instant,
        device: DeviceId,
    ) -> Consultation {
        let offered = &self.offered;
        let mut next = held.clone();
        match self.stage {
            StageChange::Stays | StageChange::New => {}
            StageChange::Closes if !decisions.close => {}
            _ => next.stage = offered.stage.clone(),
        }
        if let (Stage::Closed(_, conclusion), Stage::Closed(..)) = (&mut next.stage, &held.stage) {
            match &self.conclusion {
                Concluding::New(new) => *conclusion = Some(new.clone()),
                Concluding::Conflict(_, new) if decisions.conclusion => {
                    *conclusion = Some(new.clone());
                }
                Concluding::Conflict(..) | Concluding::Stays => {}
            }
        }
        next.code = held.code.or(offered.code);
        next.printed = held.printed.max(offered.printed);
        next.without_code = held.without_code || offered.without_code;
        if next == *held {
            return next;
        }
        next.stamp = offered.stamp;
        if next != *offered || !next.supersedes(held) {
            next.stamp = Stamp::after(Some(held.stamp.max(offered.stamp)), at, device);
        }
        next
    }
}

impl Joined {
    fn take(&mut self, fresh: Vec<Ballot>, disputed: Vec<Dispute>) {
        for ballot in fresh {
            if let VotingChannel::Paper(number) = ballot.way {
                // Settled, not keyed: both readings exist already, and a third would start a new
                // round.
                self.book.settle(number, Keyed::of(&ballot.content));
            }
            self.counted += usize::from(self.poll.urn.put(ballot) == Cast::Counted);
        }
        for Dispute { number, held, offered } in disputed {
            let id = BallotId::paper(self.poll.consultation.id, number);
            if self.poll.urn.take(id).is_some() {
                self.taken_out.push(id);
            }
            self.book.dispute(number, held, offered);
        }
    }
}
