//! An answer that the browser gives once, by an event, or that is given up.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{PATIENCE, VaultError};
use crate::platform::later;

type Outcome = Result<(), VaultError>;

/// The first answer counts; everybody who waits gets it.
#[derive(Clone, Default)]
pub(super) struct Answer(Rc<State>);

#[derive(Default)]
struct State {
    outcome: RefCell<Option<Outcome>>,
    waiting: RefCell<Vec<Waker>>,
}

impl Answer {
    /// One that is not waited for beyond what is bearable.
    pub(super) fn in_time() -> Self {
        let answer = Self::default();
        let late = answer.clone();
        later::after(PATIENCE, Box::new(move || late.give(Err(VaultError::Silent))));
        answer
    }

    /// One that is known already.
    pub(super) fn given(outcome: Outcome) -> Self {
        let answer = Self::default();
        answer.give(outcome);
        answer
    }

    /// Gives the answer, unless there is one.
    pub(super) fn give(&self, outcome: Outcome) {
        self.0.outcome.borrow_mut().get_or_insert(outcome);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }

    /// Whether it has been refused; one that is late may still come.
    pub(super) fn has_failed(&self) -> bool {
        !matches!(*self.0.outcome.borrow(), None | Some(Ok(()) | Err(VaultError::Silent)))
    }
}

impl Future for Answer {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        if let Some(outcome) = *self.0.outcome.borrow() {
            return Poll::Ready(outcome);
        }
        self.0.waiting.borrow_mut().push(context.waker().clone());
        Poll::Pending
    }
}
