//! A future that something else resolves: an event of the browser, the machine's answer, or a timeout.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::platform::timers;

/// Resolves once: the first outcome counts, and every clone gets it.
pub(super) struct Deferred<T>(Rc<Shared<T>>);

struct Shared<T> {
    outcome: RefCell<Option<T>>,
    wakers: RefCell<Vec<Waker>>,
}

impl<T> Clone for Deferred<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Deferred<T> {
    fn default() -> Self {
        Self(Rc::new(Shared { outcome: RefCell::default(), wakers: RefCell::default() }))
    }
}

impl<T: Copy + 'static> Deferred<T> {
    /// Resolves to this outcome after these milliseconds.
    pub(super) fn with_timeout(milliseconds: i32, outcome: T) -> Self {
        let deferred = Self::default();
        let timed_out = deferred.clone();
        timers::set_timeout(milliseconds, Box::new(move || timed_out.resolve(outcome)));
        deferred
    }

    /// A deferred that is resolved already.
    pub(super) fn resolved(outcome: T) -> Self {
        let deferred = Self::default();
        deferred.resolve(outcome);
        deferred
    }

    /// Resolves the deferred, unless it is resolved already.
    pub(super) fn resolve(&self, outcome: T) {
        self.0.outcome.borrow_mut().get_or_insert(outcome);
        for waker in self.0.wakers.take() {
            waker.wake();
        }
    }

    /// The outcome so far.
    pub(super) fn outcome(&self) -> Option<T> {
        *self.0.outcome.borrow()
    }
}

impl<T: Copy + 'static> Future for Deferred<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        if let Some(outcome) = self.outcome() {
            return Poll::Ready(outcome);
        }
        self.0.wakers.borrow_mut().push(context.waker().clone());
        Poll::Pending
    }
}
