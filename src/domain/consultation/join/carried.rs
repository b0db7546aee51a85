//! Doing what the plan of a join says, once a person has said so.

use super::super::super::stamp::{DeviceId, Instant, Stamp};
use super::super::{
    Ballot, BallotId, Cast, Consultation, Content, Keyed, PaperBook, Poll, Stage, VotingChannel,
};
use super::{Concluding, Dispute, JoinError, JoinPlan, Joining, StageChange};

/// What a person decides about a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Takes the ballots that come after closing: the whole urn is joined.
    pub late: bool,
    /// Closes the vote, as the file does. The code has been given.
    pub close: bool,
    /// Takes the file's conclusion in the place of the one that is held.
    pub conclusion: bool,
}

impl Decisions {
    /// Takes all that can be taken, as for a copy that this device made itself.
    pub const ALL: Self = Self { late: true, close: true, conclusion: true };
}

/// What has come of a join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The consultation and its urn.
    pub poll: Poll,
    /// What has been keyed, with the papers that wait for a decision.
    pub book: PaperBook,
    /// Ballots that are in the urn no longer, because they wait for a decision.
    pub taken_out: Vec<BallotId>,
    /// How many ballots are new in the urn.
    pub counted: usize,
}

impl JoinPlan {
    /// Does what the plan says to what is held by then, which may be more than when it was made: no
    /// ballot that has come since gives way either.
    ///
    /// # Errors
    /// When another consultation has taken the place since.
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

    /// The version of the consultation after the join. Where it says what the file says it is the
    /// file's own, so that devices agree on it; else it is an edit of this device.
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
                // Keyed here once more it would be a second reading, and there are two already.
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
