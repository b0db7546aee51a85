//! The app's state, and the one way to change it.
//!
//! [`AppStore`] is a handful of signals over a [`Journal`]. Screens read it through memos and
//! change it through [`AppStore::dispatch`]; there is no other state but the route and what is
//! being typed. Local storage is loaded before the app is mounted; IndexedDB is merged as soon as it
//! has opened. A failed read is never written over good data.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::codec::stored::{DeviceSetting, DraftId, Entry};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::journal::{Action, ActionContext, ActionKind, ApplyError, Journal, UndoStack};
use crate::domain::note::NoteDraft;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::idb_store::IdbStore;
use crate::platform::local_store::{LocalStore, Snapshot};
use crate::platform::{address, clock, rng};
use crate::route::Route;

mod compare;
mod consultations;
mod copy;
mod drafts;
mod exchange;
mod following;
mod health;
mod overview;
mod reading;
mod restore;
mod save;
mod selectors;
mod suggestion;
mod sync;
mod sync_state;

pub use consultations::{Carried, ConsultationStore, Foreseen, Polls, Unjoined};
pub use copy::Copy;
pub use exchange::{DeviceRow, Merge, PiiFinding};
pub use following::{Comparison, ContestedRow, Disagreement, DueRow, ViewRow};
pub use health::{Health, StoreHealth};
pub use overview::DisagreementStats;
pub use reading::{ImportFile, ImportSource, Pace, Reading};
pub use restore::adopts;
pub use selectors::{HistoryRow, NoteRow};
use sync_state::SyncState;

/// The state of the app, shared through the context.
#[derive(Clone, Copy)]
pub struct AppStore {
    convention: &'static Convention,
    journal: RwSignal<Journal>,
    route: RwSignal<Route>,
    today: RwSignal<Day>,
    notice: RwSignal<Option<Notice>>,
    storage_status: RwSignal<StorageStatus>,
    /// What the last merge of carnets changed, as it is stored.
    merged: RwSignal<Option<String>>,
    /// Versions that lost a conflict, as they are stored.
    lost: RwSignal<Vec<String>>,
    unnamed: RwSignal<bool>,
    /// The consultation whose urn this device is.
    urn: RwSignal<Option<String>>,
    local: Option<LocalStore>,
    device: StoredValue<DeviceId>,
    done: StoredValue<UndoStack>,
    exported: StoredValue<Option<Instant>>,
    sync: StoredValue<Rc<SyncState>, LocalStorage>,
    /// Fires when the storage status changes.
    storage_checked: RwSignal<bool>,
    drafts: StoredValue<Vec<DraftHere>>,
    moved: StoredValue<bool>,
    /// What is to be told once another place is shown.
    on_arrival: StoredValue<Option<Notice>>,
}

/// A draft that this tab holds.
#[derive(Clone)]
struct DraftHere {
    /// What the form knows it by.
    of: DraftId,
    /// What it lies under. That is another one where another tab writes the same.
    key: DraftId,
    draft: NoteDraft,
    /// Whether somebody typed it here.
    typed: bool,
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

/// How far an action is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Not saved yet.
    Pending,
    /// In IndexedDB.
    Saved,
    /// In local storage only, which may lose the last minute when the browser is killed.
    LocalStorageOnly,
    /// In this tab only.
    Failed,
}

/// What keeps the app from storing, and the news about it that the person has not closed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a banner of its own, beside the others")]
pub struct StorageStatus {
    /// The browser keeps nothing; everything lives in this tab only.
    pub blocked: bool,
    /// There is no room in either store: some records are in this tab only.
    pub full: bool,
    /// Nothing is to be seen yet, and a store that may have something does not answer.
    pub late: bool,
    /// How many stored things could not be read.
    pub unreadable: usize,
    /// Another version of the app has stored things here.
    pub other_version: bool,
    /// How many records one store had lost and the other gave back, until that is closed.
    pub found: usize,
    /// Whether local storage is full while IndexedDB is not.
    pub crowded: Crowded,
}

/// Whether the person was told that local storage is full. That is harmless while IndexedDB has room,
/// and is told once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Crowded {
    /// There is nothing to say.
    #[default]
    No,
    /// It is being said.
    Said,
    /// The person knows.
    Known,
}

impl AppStore {
    /// Sees to it, from here on, that what is stored can be read, and says whether it can: an empty
    /// screen in the place of a full one would look like a loss. Where nothing is stored there is
    /// nothing to wait for.
    pub fn prepare() -> Pin<Box<dyn Future<Output = bool>>> {
        if chunks::is_loaded(STORAGE_CHUNK)
            || !LocalStore::open().map_or(true, LocalStore::is_empty)
        {
            return Box::pin(chunks::load(STORAGE_CHUNK));
        }
        Box::pin(async { !IdbStore::exists().await || chunks::load(STORAGE_CHUNK).await })
    }

    /// Loads local storage. [`AppStore::start_sync`] merges IndexedDB.
    #[must_use]
    pub fn load(convention: &'static Convention, route: Route) -> Self {
        // The channel to the other tabs is open before anything is read: what they store from
        // here is heard.
        let sync = Rc::new(SyncState::default());
        let local = LocalStore::open().ok();
        let found = local.and_then(LocalStore::read);
        sync.local_unread.set(local.is_some() && found.is_none());
        let Snapshot {
            device,
            exported,
            records,
            lost,
            unnamed,
            urn,
            removals,
            unreadable,
            other_version,
        } = found.unwrap_or_default();
        sync.device_kept.set(device.is_some());
        sync.removals.replace(removals);
        let storage_status = StorageStatus {
            unreadable: unreadable.len(),
            other_version,
            ..StorageStatus::default()
        };
        Self {
            convention,
            journal: RwSignal::new(records.into_iter().collect()),
            route: RwSignal::new(route),
            today: RwSignal::new(clock::today()),
            notice: RwSignal::new(None),
            merged: RwSignal::new(None),
            lost: RwSignal::new(lost),
            unnamed: RwSignal::new(unnamed),
            urn: RwSignal::new(urn),
            storage_status: RwSignal::new(storage_status),
            local,
            device: StoredValue::new(device.unwrap_or_else(|| DeviceId(rng::token()))),
            done: StoredValue::new(UndoStack::default()),
            exported: StoredValue::new(exported),
            sync: StoredValue::new_local(sync),
            storage_checked: RwSignal::new(false),
            drafts: StoredValue::new(Vec::new()),
            moved: StoredValue::new(false),
            on_arrival: StoredValue::new(None),
        }
    }

    /// Applies an action and starts to save it; a notice tells the result. A refusal is returned at once,
    /// for the form that asked.
    ///
    /// # Errors
    /// When the action makes no sense; nothing has changed then.
    pub fn dispatch(self, action: Action) -> Result<(), ApplyError> {
        let undoes = matches!(action, Action::Undo(_));
        let context = self.action_context();
        let applied =
            self.journal.try_update(|journal| journal.apply(self.convention, action, &context));
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
        self.save(kind, written);
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
            self.set_aside(&restored);
        }
    }

    /// Whether there is an action to undo.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.done.with_value(|done| !done.is_empty())
    }

    /// Shows a notice.
    pub fn notify(self, notice: Notice) {
        self.cancel_save_notice();
        self.notice.set(Some(notice));
    }

    /// Removes the notice.
    pub fn dismiss_notice(self) {
        self.cancel_save_notice();
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

    /// Closes what there was to know: things found again, or local storage that is full.
    pub fn close_news(self) {
        if self.storage_status.get_untracked().crowded == Crowded::Said {
            self.save_entry(Entry::local(DeviceSetting::Crowded, "1".to_owned()));
        }
        self.storage_status.update(|storage_status| {
            storage_status.found = 0;
            storage_status.crowded = Crowded::Known;
        });
    }

    /// What was being typed.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let in_memory = self.drafts.with_value(|drafts| {
            drafts.iter().find(|here| here.of == id).map(|here| here.draft.clone())
        });
        in_memory.or_else(|| self.local?.draft(id))
    }

    /// Keeps what is being typed, so that a reload or a wrong tap loses none of it.
    pub fn keep_draft(self, id: DraftId, draft: &NoteDraft) {
        if draft.is_blank() {
            return self.drop_draft(id);
        }
        let key = self.let_go_of_draft(id);
        self.drafts.update_value(|drafts| {
            drafts.push(DraftHere { of: id, key, draft: draft.clone(), typed: true });
        });
        if let Ok(entry) = Entry::draft(key, draft, self.sync_state().typed_now(clock::now())) {
            self.save_in_both(entry);
        }
    }

    /// Forgets what was being typed.
    pub fn drop_draft(self, id: DraftId) {
        let key = self.let_go_of_draft(id);
        self.remove_from_both(Entry::no_draft(key, self.sync_state().typed_now(clock::now())));
    }

    /// Has a draft no longer in memory, and says under which key it lies.
    fn let_go_of_draft(self, id: DraftId) -> DraftId {
        let mut key = id;
        self.drafts.update_value(|drafts| {
            drafts.retain(|here| {
                if here.of == id {
                    key = here.key;
                }
                here.of != id
            });
        });
        key
    }

    fn action_context(self) -> ActionContext {
        self.refresh_today();
        ActionContext {
            now: clock::now(),
            today: self.today.get_untracked(),
            device: self.device.get_value(),
            token: rng::token(),
        }
    }
}
