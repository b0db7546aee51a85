//! The app's state, for screens to read and to change.
//!
//! [`AppStore`] is a handful of signals over the journal of [`Storage`]. Screens read it through memos.
//! Actions of a person change the journal through [`AppStore::dispatch`]; merging, undoing a merge and
//! consultations have methods of their own.

use leptos::prelude::*;

use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::{
    Action, ActionContext, ActionKind, ApplyError, Deed, Journal, UndoStack,
};
use crate::platform::{address, clock, rng};
use crate::route::Route;
use crate::storage::{Reports, SaveStatus, Storage};

mod consultations;
mod following;
mod import_export;
mod import_session;
mod overview;
mod restore;
mod selectors;
mod suggestion;

pub use consultations::{ConsultationStore, JoinResult, PlannedPolls, Polls, UnjoinResult};
pub use following::{Comparison, ContestedRow, Disagreement, DueRow, OpinionRow};
pub use import_export::{DeviceRow, Merge, PiiFinding};
pub use import_session::{ImportFile, ImportProgress, ImportSession, ImportSource};
pub use overview::DisagreementStats;
pub use restore::adopts_device_id;
pub use selectors::{HistoryRow, NoteRow};

/// The state of the app, shared through the context.
#[derive(Clone, Copy)]
pub struct AppStore {
    convention: &'static Convention,
    storage: Storage,
    route: RwSignal<Route>,
    today: RwSignal<Day>,
    notice: RwSignal<Option<Notice>>,
    undo_stack: StoredValue<UndoStack>,
    has_navigated: StoredValue<bool>,
    /// The notice that is shown with the next page.
    next_notice: StoredValue<Option<Notice>>,
}

/// A notice about the last action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The action was applied.
    Done {
        /// The kind of the action.
        kind: ActionKind,
        /// How far it is saved.
        saving: SaveStatus,
    },
    /// The action was refused.
    Refused(ApplyError),
    /// A file was downloaded.
    CopySaved,
    /// The browser refused to create a file.
    CopyRefused,
    /// A sentence of a screen.
    Text(String),
}

impl AppStore {
    /// Loads local storage. [`Storage::start_sync`] merges IndexedDB.
    #[must_use]
    pub fn load(convention: &'static Convention, route: Route) -> Self {
        let store = Self {
            convention,
            storage: Storage::load(),
            route: RwSignal::new(route),
            today: RwSignal::new(clock::today()),
            notice: RwSignal::new(None),
            undo_stack: StoredValue::new(UndoStack::default()),
            has_navigated: StoredValue::new(false),
            next_notice: StoredValue::new(None),
        };
        store.storage.report_to(Reports {
            saved: Box::new(move |kind, saving| {
                store.notice.set(Some(Notice::Done { kind, saving }));
            }),
            erased: Box::new(move || {
                store.undo_stack.set_value(UndoStack::default());
                store.dismiss_notice();
            }),
        });
        store
    }

    /// The stored state and how it is saved.
    #[must_use]
    pub fn storage(self) -> Storage {
        self.storage
    }

    /// Saves the pending records once more, while the notice about them is shown.
    pub fn retry(self) {
        if let Some(Notice::Done { kind, .. }) = self.notice.get_untracked() {
            self.storage.save(kind, Vec::new());
        }
    }

    /// Syncs again after the page was hidden, possibly on another day.
    pub fn resync(self) {
        self.refresh_today();
        self.storage.resync();
    }

    /// Applies an action and starts to save it; a notice shows the result. An error is also returned, to
    /// the form that dispatched the action.
    ///
    /// # Errors
    /// When the action does not apply; nothing has changed then.
    pub fn dispatch(self, action: Action) -> Result<(), ApplyError> {
        self.carry_out(Box::new(move |hand| hand.perform(action)))
    }

    /// As [`AppStore::dispatch`] of a tick. The first load has this way and none of the other actions.
    ///
    /// # Errors
    /// As there.
    pub fn tick(self, marker: MarkerId) -> Result<(), ApplyError> {
        self.carry_out(Box::new(move |hand| hand.tick(marker)))
    }

    /// As [`AppStore::tick`], taking the tick back.
    ///
    /// # Errors
    /// As there.
    pub fn untick(self, marker: MarkerId) -> Result<(), ApplyError> {
        self.carry_out(Box::new(move |hand| hand.untick(marker)))
    }

    fn carry_out(self, deed: Deed<'_>) -> Result<(), ApplyError> {
        let context = self.action_context();
        let carry_out = |journal: &mut Journal| journal.carry_out(self.convention, &context, deed);
        let change = match self.storage.journal.change(carry_out) {
            Ok(change) => change,
            Err(error) => {
                self.notice.set(Some(Notice::Refused(error)));
                return Err(error);
            }
        };
        let (kind, written) = (change.kind(), change.written().cloned().collect());
        self.undo_stack.update_value(|undo_stack| match kind {
            ActionKind::Undone => undo_stack.undone(&change),
            _ => undo_stack.done(change),
        });
        self.storage.save(kind, written);
        Ok(())
    }

    /// Undoes the last action that has not been undone.
    pub fn undo(self) {
        let last = self.undo_stack.try_update_value(UndoStack::latest).flatten();
        let Some(change) = last else { return };
        let restored = match change.kind() {
            ActionKind::Restored => change.written().cloned().collect(),
            _ => Vec::new(),
        };
        // The notice of an error is shown already; no form waits for it.
        if self.carry_out(Box::new(move |hand| hand.undo(&change))).is_ok() {
            // The version had been quarantined before it was restored, and is quarantined again.
            self.storage.store_conflict_losers(&restored);
        }
    }

    /// Whether there is an action to undo.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.undo_stack.with_value(|undo_stack| !undo_stack.is_empty())
    }

    /// Shows a notice.
    pub fn notify(self, notice: Notice) {
        self.storage.cancel_save_notice();
        self.notice.set(Some(notice));
    }

    /// Removes the notice.
    pub fn dismiss_notice(self) {
        self.storage.cancel_save_notice();
        self.notice.set(None);
    }

    /// Shows another route; the address has changed already.
    pub fn visit(self, route: Route) {
        if route.is_another_page_than(&self.route.get_untracked()) {
            self.has_navigated.set_value(true);
            self.dismiss_notice();
            if let Some(notice) = self.next_notice.try_update_value(Option::take).flatten() {
                self.notify(notice);
            }
        }
        self.route.set(route);
    }

    /// Navigates to another page and shows the notice of the action there: a navigation removes earlier
    /// notices.
    pub fn navigate(self, fragment: &str, notice: Option<Notice>) {
        if self.route.get_untracked() != Route::parse(fragment) {
            self.next_notice.set_value(notice);
            address::go(fragment);
        } else if let Some(notice) = notice {
            // The person has opened the page already.
            self.notify(notice);
        }
    }

    /// Shows another state of the same screen, such as other search words, and replaces the current
    /// history entry: going back leaves the screen instead of removing the last letter.
    pub fn refine(self, route: Route) {
        address::replace_soon(route.to_string());
        self.route.set(route);
    }

    /// Whether the person has navigated from one page of the app to another.
    #[must_use]
    pub fn has_navigated(self) -> bool {
        self.has_navigated.get_value()
    }

    /// Reads the current day again: the page may have been open over midnight.
    pub fn refresh_today(self) {
        let today = clock::today();
        if today != self.today.get_untracked() {
            self.today.set(today);
        }
    }

    fn action_context(self) -> ActionContext {
        self.refresh_today();
        ActionContext {
            now: clock::now(),
            today: self.today.get_untracked(),
            device: self.storage.device(),
            token: rng::token(),
        }
    }
}
