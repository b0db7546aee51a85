//! Taking a join back, as far as nothing has followed it.

use super::super::{PaperBook, Poll};

/// What lay here when a join began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// The consultation; none if it came with the join.
    pub poll: Option<Poll>,
    /// What had been keyed.
    pub book: PaperBook,
}

/// What lies here once a join is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The consultation; none if it came with the join and nothing has followed.
    pub poll: Option<Poll>,
    /// What has been keyed.
    pub book: PaperBook,
    /// Whether all is as it was before the join.
    pub whole: bool,
}

impl Before {
    /// What is left of `now` when the join is taken back that led from here to `after`. What has come
    /// since stays.
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
            // It was taken out, and nobody has decided about it since.
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
