//! The app's state, and the one way to change it.
//!
//! [`AppStore`] is a handful of signals over the journal that [`Storage`] keeps. Screens read it through
//! memos and change it through [`AppStore::dispatch`]; there is no other state but the route and what
//! is being typed.

use leptos::prelude::*;

use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::journal::{Action, ActionContext, ActionKind, ApplyError, UndoStack};
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

pub use consultations::{Carried, ConsultationStore, Foreseen, Polls, Unjoined};
pub use following::{Comparison, ContestedRow, Disagreement, DueRow, ViewRow};
pub use import_export::{DeviceRow, Merge, PiiFinding};
pub use import_session::{ImportFile, ImportProgress, ImportSession, ImportSource};
pub use overview::DisagreementStats;
pub use restore::adopts;
pub use selectors::{HistoryRow, NoteRow};

/// The state of the app, shared through the context.
#[derive(Clone, Copy)]
pub struct AppStore {
    convention: &'static Convention,
    storage: Storage,
    route: RwSignal<Route>,
    today: RwSignal<Day>,
    notice: RwSignal<Option<Notice>>,
    done: StoredValue<UndoStack>,
    moved: StoredValue<bool>,
    /// What is to be told once another place is shown.
    on_arrival: StoredValue<Option<Notice>>,
}

/// Something to tell about the last deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was done.
    Done {
        /// What it was.
        kind: ActionKind,
        /// Whether it is stored.
        saving: SaveStatus,
    },
    /// It was not done.
    Refused(ApplyError),
    /// A link was put on the clipboard.
    Copied,
    /// A link could not be shared in any way.
    NotCopied,
    /// A copy of everything was handed to the person.
    CopySaved,
    /// The browser did not take the copy.
    CopyRefused,
    /// What a screen has to say itself.
    Told(String),
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
            done: StoredValue::new(UndoStack::default()),
            moved: StoredValue::new(false),
            on_arrival: StoredValue::new(None),
        };
        store.storage.report_to(Reports {
            saved: Box::new(move |kind, saving| {
                store.notice.set(Some(Notice::Done { kind, saving }));
            }),
            erased: Box::new(move || {
                store.done.set_value(UndoStack::default());
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

    /// Saves the pending records once more.
    pub fn retry(self) {
        if let Some(Notice::Done { kind, .. }) = self.notice.get_untracked() {
            self.storage.save(kind, Vec::new());
        }
    }

    /// Syncs again after the page was hidden, on what may be another day.
    pub fn resync(self) {
        self.refresh_today();
        self.storage.resync();
    }

    /// Applies an action and starts to save it; a notice tells the result. A refusal is returned at once,
    /// for the form that asked.
    ///
    /// # Errors
    /// When the action makes no sense; nothing has changed then.
    pub fn dispatch(self, action: Action) -> Result<(), ApplyError> {
        let undoes = matches!(action, Action::Undo(_));
        let context = self.action_context();
        let applied = self
            .storage
            .journal
            .try_update(|journal| journal.apply(self.convention, action, &context));
        let change = match applied.unwrap_or(Err(ApplyError::Gone)) {
            Ok(change) => change,
            Err(error) => {
                self.notice.set(Some(Notice::Refused(error)));
                return Err(error);
            }
        };
        let (kind, written) = (change.kind(), change.written().cloned().collect());
        self.done
            .update_value(|done| if undoes { done.undone(&change) } else { done.done(change) });
        self.storage.save(kind, written);
        Ok(())
    }

    /// Undoes the last action that has not been undone.
    pub fn undo(self) {
        let last = self.done.try_update_value(UndoStack::latest).flatten();
        let Some(change) = last else { return };
        let restored = match change.kind() {
            ActionKind::Restored => change.written().cloned().collect(),
            _ => Vec::new(),
        };
        // A refusal has been said by `dispatch`; the form that asked is long gone.
        if self.dispatch(Action::Undo(change)).is_ok() {
            // It had been set aside before, and is again.
            self.storage.store_conflict_losers(&restored);
        }
    }

    /// Whether there is an action to undo.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.done.with_value(|done| !done.is_empty())
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

    /// Shows another place; the address has changed already.
    pub fn visit(self, route: Route) {
        if route.is_another_page_than(&self.route.get_untracked()) {
            self.moved.set_value(true);
            self.dismiss_notice();
            if let Some(notice) = self.on_arrival.try_update_value(Option::take).flatten() {
                self.notify(notice);
            }
        }
        self.route.set(route);
    }

    /// Leads to another place, and says there what became of the deed that led to it: arriving takes
    /// earlier notices away.
    pub fn lead_to(self, fragment: &str, notice: Option<Notice>) {
        if self.route.get_untracked() != Route::parse(fragment) {
            self.on_arrival.set_value(notice);
            address::go(fragment);
        } else if let Some(notice) = notice {
            // The person has gone there already.
            self.notify(notice);
        }
    }

    /// Shows another part of the same screen, such as other search words, and puts the address
    /// in place of the current one: going back leaves the screen, not its last letter.
    pub fn refine(self, route: Route) {
        address::replace_soon(route.to_string());
        self.route.set(route);
    }

    /// Whether the person has come here from another screen of the app.
    #[must_use]
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    /// Looks at the calendar again: the page may have been open over midnight.
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
            device: self.storage.device.get_value(),
            token: rng::token(),
        }
    }
}
