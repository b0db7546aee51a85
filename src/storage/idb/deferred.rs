//! A future that an event of the browser resolves, or a timeout.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{IdbError, TIMEOUT_MS};
use crate::platform::timers;

type Outcome = Result<(), IdbError>;

/// Resolves once: the first outcome counts, and every clone gets it.
#[derive(Clone, Default)]
pub(super) struct Deferred(Rc<State>);

#[derive(Default)]
struct State {
    outcome: RefCell<Option<Outcome>>,
    wakers: RefCell<Vec<Waker>>,
}

impl Deferred {
    /// Resolves to `Timeout` after [`TIMEOUT_MS`].
    pub(super) fn with_timeout() -> Self {
        let deferred = Self::default();
        let timed_out = deferred.clone();
        timers::set_timeout(
            TIMEOUT_MS,
            Box::new(move || timed_out.resolve(Err(IdbError::Timeout))),
        );
        deferred
    }

    /// A deferred that is resolved already.
    pub(super) fn resolved(outcome: Outcome) -> Self {
        let deferred = Self::default();
        deferred.resolve(outcome);
        deferred
    }

    /// Resolves the deferred, unless it is resolved already.
    pub(super) fn resolve(&self, outcome: Outcome) {
        self.0.outcome.borrow_mut().get_or_insert(outcome);
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }

    /// Whether the operation has failed for good: one that timed out may still succeed.
    pub(super) fn has_failed(&self) -> bool {
        !matches!(*self.0.outcome.borrow(), None | Some(Ok(()) | Err(IdbError::Timeout)))
    }
}

impl Future for Deferred {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        if let Some(outcome) = *self.0.outcome.borrow() {
            return Poll::Ready(outcome);
        }
        self.0.wakers.borrow_mut().push(context.waker().clone());
        Poll::Pending
    }
}
