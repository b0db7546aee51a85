//! The journal as screens read it.

use leptos::prelude::*;

use super::run::Core;
use crate::domain::journal::Journal;

/// The journal, which the machine holds; reading it in an effect follows it.
#[derive(Clone, Copy)]
pub struct JournalView {
    core: StoredValue<&'static Core, LocalStorage>,
    changed: RwSignal<bool>,
}

impl JournalView {
    pub(super) fn new(
        core: StoredValue<&'static Core, LocalStorage>,
        changed: RwSignal<bool>,
    ) -> Self {
        Self { core, changed }
    }

    /// Reads the journal. Tracked.
    pub fn with<T>(self, read: impl FnOnce(&Journal) -> T) -> T {
        self.changed.track();
        self.with_untracked(read)
    }

    /// Reads the journal. Not tracked.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Journal) -> T) -> T {
        let core = self.core.get_value();
        let state = core.state.borrow();
        read(&state.contents.journal)
    }

    /// Changes the journal by a rule of the domain. What has changed is saved by the caller.
    pub(crate) fn change<T>(self, change: impl FnOnce(&mut Journal) -> T) -> T {
        let core = self.core.get_value();
        let changed = change(&mut core.state.borrow_mut().contents.journal);
        self.notify();
        changed
    }

    pub(super) fn notify(self) {
        self.changed.notify();
    }
}
