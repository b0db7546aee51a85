//! The app's state, and the one way to change it.
//!
//! [`AppStore`] is a handful of signals over a [`Journal`]. Screens read it through memos and
//! change it through [`AppStore::dispatch`]; there is no other state but the route and what is
//! being typed. Everything is loaded before the app is mounted, and nothing is written until a
//! person does something: a failed reading can never be stored over good data.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::codec::stored::{self, DraftId, Key};
use crate::convention::convention;
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::journal::{
    Action, ApplyError, Change, Deed, Journal, Kept, Merged, Moment, UndoStack,
};
use crate::domain::note::NoteDraft;
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::DeviceId;
use crate::platform::events::StoredElsewhere;
use crate::platform::shelf::{Found, KeepError, Shelf};
use crate::platform::{address, chance, clock};
use crate::route::Route;

mod exchange;
mod reading;
mod selectors;

pub use exchange::{DeviceRow, Finding};
pub use reading::{Pace, Reading, Sheet, Source};
pub use selectors::{HistoryRow, NoteRow};

/// The state of the app, shared through the context.
#[derive(Clone, Copy)]
pub struct AppStore {
    convention: &'static Convention,
    journal: RwSignal<Journal>,
    route: RwSignal<Route>,
    today: RwSignal<Day>,
    notice: RwSignal<Option<Notice>>,
    keeping: RwSignal<Keeping>,
    merged: RwSignal<Option<Merged>>,
    lost: RwSignal<Vec<Record>>,
    shelf: Option<Shelf>,
    device: StoredValue<DeviceId>,
    done: StoredValue<UndoStack>,
    unsaved: StoredValue<BTreeSet<RecordId>>,
    drafts: StoredValue<Vec<(DraftId, NoteDraft)>>,
    moved: StoredValue<bool>,
}

/// Something to tell about the last deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was done.
    Done {
        /// What it was.
        deed: Deed,
        /// Whether it is stored.
        saved: bool,
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

/// What stands in the way of keeping things, for as long as it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The browser keeps nothing; everything lives in this tab only.
    pub blocked: bool,
    /// There is no room: some records are not stored yet.
    pub full: bool,
    /// How many stored things could not be read.
    pub unreadable: usize,
    /// Another version of the app has stored things here.
    pub other_version: bool,
}

impl AppStore {
    /// Reads all that the browser keeps for the app.
    #[must_use]
    pub fn load(route: Route) -> Self {
        let shelf = Shelf::open().ok();
        let Found { device, records, unreadable, other_version } =
            shelf.map(Shelf::read).unwrap_or_default();
        let keeping = Keeping {
            blocked: shelf.is_none(),
            full: false,
            unreadable: unreadable.len(),
            other_version,
        };
        Self {
            convention: convention(),
            journal: RwSignal::new(records.into_iter().collect()),
            route: RwSignal::new(route),
            today: RwSignal::new(clock::today()),
            notice: RwSignal::new(None),
            keeping: RwSignal::new(keeping),
            merged: RwSignal::new(None),
            lost: RwSignal::new(Vec::new()),
            shelf,
            device: StoredValue::new(device.unwrap_or_else(|| DeviceId(chance::token()))),
            done: StoredValue::new(UndoStack::default()),
            unsaved: StoredValue::new(BTreeSet::new()),
            drafts: StoredValue::new(Vec::new()),
            moved: StoredValue::new(false),
        }
    }

    /// Does what a person asked for, stores it and says so. Whether it worked comes back too, for
    /// the form that asked.
    ///
    /// # Errors
    /// When the action makes no sense; nothing has changed then.
    pub fn dispatch(self, action: Action) -> Result<(), ApplyError> {
        let undoes = matches!(action, Action::Undo(_));
        let moment = self.moment();
        let applied =
            self.journal.try_update(|journal| journal.apply(self.convention, action, &moment));
        let change = match applied.unwrap_or(Err(ApplyError::Gone)) {
            Ok(change) => change,
            Err(error) => {
                self.notice.set(Some(Notice::Refused(error)));
                return Err(error);
            }
        };
        let saved = self.persist(&change);
        self.notice.set(Some(Notice::Done { deed: change.deed(), saved }));
        self.done
            .update_value(|done| if undoes { done.undone(&change) } else { done.done(change) });
        Ok(())
    }

    /// Takes back the last deed that has not been taken back.
    pub fn undo(self) {
        let last = self.done.try_update_value(UndoStack::latest).flatten();
        if let Some(change) = last {
            // A refusal has been said by `dispatch`; the form that asked is long gone.
            let _ = self.dispatch(Action::Undo(change));
        }
    }

    /// Whether there is a deed to take back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.done.with_value(|done| !done.is_empty())
    }

    /// Says something about the last deed.
    pub fn tell(self, notice: Notice) {
        self.notice.set(Some(notice));
    }

    /// Takes the notice away.
    pub fn hush(self) {
        self.notice.set(None);
    }

    /// Shows another place; the address has changed already.
    pub fn visit(self, route: Route) {
        if route.is_another_page_than(&self.route.get_untracked()) {
            self.moved.set_value(true);
            self.hush();
        }
        self.route.set(route);
    }

    /// Shows another part of the same screen, such as other search words, and puts the address
    /// in place of the current one: going back leaves the screen, not its last letter.
    pub fn refine(self, route: Route) {
        address::replace(&route.to_string());
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

    /// Follows what another tab has stored.
    pub fn follow(self, elsewhere: &StoredElsewhere) {
        let Some(text) = elsewhere.value.as_deref() else { return };
        match Key::parse(&elsewhere.key) {
            Ok(Key::Record(id)) => {
                let Ok(record) = stored::record(id, text) else { return };
                self.journal.maybe_update(|journal| journal.keep(record) == Kept::Taken);
            }
            Ok(Key::Device) => {
                if let Ok(device) = text.parse() {
                    self.device.set_value(device);
                }
            }
            _ => {}
        }
    }

    /// What was being typed.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let in_memory = self.drafts.with_value(|drafts| {
            drafts.iter().find(|(of, _)| *of == id).map(|(_, draft)| draft.clone())
        });
        in_memory.or_else(|| self.shelf?.draft(id))
    }

    /// Keeps what is being typed, so that a reload or a wrong tap loses none of it.
    pub fn keep_draft(self, id: DraftId, draft: &NoteDraft) {
        if draft.is_blank() {
            return self.drop_draft(id);
        }
        self.drafts.update_value(|drafts| {
            drafts.retain(|(of, _)| *of != id);
            drafts.push((id, draft.clone()));
        });
        if let Some(shelf) = self.shelf {
            let full = shelf.keep_draft(id, draft) == Err(KeepError::Full);
            // With no room the draft lives in memory only, and that is said at once.
            if full && !self.keeping.get_untracked().full {
                self.keeping.update(|keeping| keeping.full = true);
            }
        }
    }

    /// Forgets what was being typed.
    pub fn drop_draft(self, id: DraftId) {
        self.drafts.update_value(|drafts| drafts.retain(|(of, _)| *of != id));
        if let Some(shelf) = self.shelf {
            shelf.drop_draft(id);
        }
    }

    /// Every stored key of ours with its raw value, for a raw copy.
    #[must_use]
    pub fn stored_entries(self) -> Vec<(String, String)> {
        self.shelf.map(Shelf::entries).unwrap_or_default()
    }

    fn moment(self) -> Moment {
        self.refresh_today();
        Moment {
            now: clock::now(),
            today: self.today.get_untracked(),
            device: self.device.get_value(),
            token: chance::token(),
        }
    }

    /// Stores what a change wrote, and what could not be stored before. Says whether all of it is
    /// stored now.
    fn persist(self, change: &Change) -> bool {
        let Some(storage) = self.shelf else { return false };
        let mut waiting = self.unsaved.get_value();
        waiting.extend(change.written().map(Record::id));
        let device_kept = storage.keep_device(self.device.get_value(), chance::token());
        let mut full = device_kept == Err(KeepError::Full);
        self.journal.with_untracked(|journal| {
            waiting.retain(|id| {
                let kept = journal.get(*id).map(|record| storage.keep(record, chance::token()));
                full |= kept == Some(Err(KeepError::Full));
                kept.is_some_and(|kept| kept.is_err())
            });
        });
        let saved = waiting.is_empty();
        self.unsaved.set_value(waiting);
        let now = Keeping { full, blocked: !saved && !full, ..self.keeping.get_untracked() };
        if now != self.keeping.get_untracked() {
            self.keeping.set(now);
        }
        saved
    }
}
