//! The stack of actions that can be undone, the latest on top.

use super::Change;

/// How many actions the stack holds.
const DEPTH: usize = 50;

/// A stack of changes that have not been undone.
///
/// Undoing writes new versions, so an earlier change finds its records under stamps it did not
/// write. [`UndoStack::undone`] updates the earlier change to the new versions. A version written
/// by another tab is not accepted, and undoing over it is refused.
#[derive(Clone, Debug, Default)]
pub struct UndoStack(Vec<Change>);

impl UndoStack {
    /// Whether there is nothing to undo.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Pushes a change.
    pub fn done(&mut self, change: Change) {
        self.0.push(change);
        let excess = self.0.len().saturating_sub(DEPTH);
        self.0.drain(..excess);
    }

    /// Pops the latest change.
    pub fn latest(&mut self) -> Option<Change> {
        self.0.pop()
    }

    /// Updates earlier changes to the versions that `undoing` has written.
    pub fn undone(&mut self, undoing: &Change) {
        for record in undoing.written() {
            // Only the latest change of a record wrote the version that is now restored.
            let _ = self.0.iter_mut().rev().any(|change| change.stands_again(record));
        }
    }
}
