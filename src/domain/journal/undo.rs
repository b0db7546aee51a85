//! The deeds that can be taken back, the latest first.

use super::Change;

/// How many deeds are remembered.
const DEPTH: usize = 50;

/// A stack of changes that have not been undone.
///
/// Undoing writes new versions, so the change before finds its records under a version it did not
/// write. [`UndoStack::undone`] tells it that these are its own again; a version that another tab
/// has written stays foreign, and undoing over it is refused.
#[derive(Clone, Debug, Default)]
pub struct UndoStack(Vec<Change>);

impl UndoStack {
    /// Whether there is nothing to take back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Remembers a deed.
    pub fn done(&mut self, change: Change) {
        self.0.push(change);
        let excess = self.0.len().saturating_sub(DEPTH);
        self.0.drain(..excess);
    }

    /// The latest deed, which is no longer remembered from here.
    pub fn latest(&mut self) -> Option<Change> {
        self.0.pop()
    }

    /// Tells the deeds before that `undoing` has brought their records back.
    pub fn undone(&mut self, undoing: &Change) {
        for record in undoing.written() {
            // Only the latest change of a record left it as it stands again now.
            let _ = self.0.iter_mut().rev().any(|change| change.stands_again(record));
        }
    }
}
