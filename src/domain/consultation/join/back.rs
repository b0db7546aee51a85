//! Undoes a join, except where later changes depend on it.

use super::super::{PaperBook, Poll};

/// The state before a join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The consultation; `None` if the join brought it.
    pub poll: Option<Poll>,
    /// The keyed papers.
    pub book: PaperBook,
}

/// The state after a join is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The consultation; `None` if the join brought it and nothing has changed since.
    pub poll: Option<Poll>,
    /// The keyed papers.
    pub book: PaperBook,
    /// Whether the state before the join is fully restored.
    pub whole: bool,
}

impl Before {
    /// Undoes the join that led from this state to `after`, starting from the state `now`. Changes
    /// made since the join stay.
    #[must_use]
    pub fn take_back(&self, after: (&Poll, &PaperBook), now: (&Poll, &PaperBook)) -> TakenBack {
        let ((after, book_after), (now, book_now)) = (after, now);
        let mut whole = true;
        let mut book = book_now.clone();
        whole &= book.take_back(&self.book, book_after);
        let Some(before) = &self.poll else {
            if now == after {
                return TakenBack { poll: None, book: PaperBook::default(), whole };
            }
            let mut poll = now.clone();
            for ballot in after.urn.ballots() {
                poll.urn.take(ballot.id);
            }
            return TakenBack { poll: Some(poll), book, whole: false };
        };
        let mut poll = now.clone();
        for ballot in after.urn.ballots().filter(|ballot| before.urn.get(ballot.id).is_none()) {
            poll.urn.take(ballot.id);
        }
        for ballot in before.urn.ballots().filter(|ballot| after.urn.get(ballot.id).is_none()) {
            // The join took it out of the urn, and no decision has put it back.
            if poll.urn.get(ballot.id).is_none() {
                poll.urn.put(ballot.clone());
            } else {
                whole = false;
            }
        }
        if now.consultation == after.consultation {
            poll.consultation = before.consultation.clone();
        } else {
            whole &= before.consultation == after.consultation;
        }
        TakenBack { poll: Some(poll), book, whole }
    }
}
