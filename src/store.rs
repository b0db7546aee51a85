//! The app's state, and the one way to change it.
//!
//! [`AppStore`] is a handful of signals over a [`Journal`]. Screens read it through memos and
//! change it through [`AppStore::dispatch`]; there is no other state but the route and what is
//! being typed. What the shelf holds is loaded before the app is mounted; what the vault holds is
//! merged into it as soon as that has opened. A failed reading is never stored over good data.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;

use crate::codec::stored::{DraftId, Entry, LocalFact};
use crate::domain::convention::Convention;
use crate::domain::day::Day;
use crate::domain::journal::{Action, ApplyError, Deed, Journal, Moment, UndoStack};
use crate::domain::note::NoteDraft;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::parts::{self, STORES};
use crate::platform::shelf::{Found, Shelf};
use crate::platform::vault::Vault;
use crate::platform::{address, chance, clock};
use crate::route::Route;

mod compare;
mod copy;
mod drafts;
mod exchange;
mod following;
mod hall;
mod health;
mod keep;
mod keeper;
mod overview;
mod pair;
mod reading;
mod restore;
mod selectors;
mod suggestion;

pub use copy::Copy;
pub use exchange::{DeviceRow, Finding, Merge};
pub use following::{Apart, Comparison, ContestedRow, DueRow, ViewRow};
pub use hall::{Carried, Foreseen, Hall, Polls, Unjoined};
pub use health::{Health, Place};
use keeper::Keeper;
pub use overview::Differing;
pub use reading::{Pace, Reading, Sheet, Source};
pub use restore::adopts;
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
    /// What the last merge of carnets changed, as it is stored.
    merged: RwSignal<Option<String>>,
    /// Versions that lost a conflict, as they are stored.
    lost: RwSignal<Vec<String>>,
    unnamed: RwSignal<bool>,
    /// The consultation whose urn this device is.
    urn: RwSignal<Option<String>>,
    shelf: Option<Shelf>,
    device: StoredValue<DeviceId>,
    done: StoredValue<UndoStack>,
    exported: StoredValue<Option<Instant>>,
    keeper: StoredValue<Rc<Keeper>, LocalStorage>,
    /// Told whenever it is known anew how well things are kept.
    looked: RwSignal<bool>,
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
        deed: Deed,
        /// Whether it is stored.
        saving: Saving,
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

/// What has become of a deed on its way to being stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is not stored yet.
    Pending,
    /// The vault has it.
    Saved,
    /// Only the shelf has it, which may lose the last minute when the browser is killed.
    Kept,
    /// It is in this tab only.
    Failed,
}

/// What stands in the way of keeping things, for as long as it does, and what people should know
/// about it until they have closed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a banner of its own, beside the others")]
pub struct Keeping {
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
    /// Whether the shelf is full while the vault is not.
    pub crowded: Crowded,
}

/// A full shelf is no trouble while the vault has room: it is said once.
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
        if parts::has(STORES) || !Shelf::open().map_or(true, Shelf::is_empty) {
            return Box::pin(parts::arrives(STORES));
        }
        Box::pin(async { !Vault::exists().await || parts::arrives(STORES).await })
    }

    /// Reads what the shelf holds. [`AppStore::pair`] adds what the vault holds.
    #[must_use]
    pub fn load(convention: &'static Convention, route: Route) -> Self {
        // The channel to the other tabs is open before anything is read: what they store from
        // here is heard.
        let keeper = Rc::new(Keeper::default());
        let shelf = Shelf::open().ok();
        let found = shelf.and_then(Shelf::read);
        keeper.unread.set(shelf.is_some() && found.is_none());
        let Found {
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
        keeper.device_kept.set(device.is_some());
        keeper.removals.replace(removals);
        let keeping = Keeping { unreadable: unreadable.len(), other_version, ..Keeping::default() };
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
            keeping: RwSignal::new(keeping),
            shelf,
            device: StoredValue::new(device.unwrap_or_else(|| DeviceId(chance::token()))),
            done: StoredValue::new(UndoStack::default()),
            exported: StoredValue::new(exported),
            keeper: StoredValue::new_local(keeper),
            looked: RwSignal::new(false),
            drafts: StoredValue::new(Vec::new()),
            moved: StoredValue::new(false),
            on_arrival: StoredValue::new(None),
        }
    }

    /// Does what a person asked for, and starts to store it; a notice says so once it is stored.
    /// Whether it made sense comes back at once, for the form that asked.
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
        let (deed, written) = (change.deed(), change.written().cloned().collect());
        self.done
            .update_value(|done| if undoes { done.undone(&change) } else { done.done(change) });
        self.save(deed, written);
        Ok(())
    }

    /// Takes back the last deed that has not been taken back.
    pub fn undo(self) {
        let last = self.done.try_update_value(UndoStack::latest).flatten();
        let Some(change) = last else { return };
        let restored = match change.deed() {
            Deed::Restored => change.written().cloned().collect(),
            _ => Vec::new(),
        };
        // A refusal has been said by `dispatch`; the form that asked is long gone.
        if self.dispatch(Action::Undo(change)).is_ok() {
            // It had been set aside before, and is again.
            self.set_aside(&restored);
        }
    }

    /// Whether there is a deed to take back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.done.with_value(|done| !done.is_empty())
    }

    /// Says something about the last deed.
    pub fn tell(self, notice: Notice) {
        self.stop_telling();
        self.notice.set(Some(notice));
    }

    /// Takes the notice away.
    pub fn hush(self) {
        self.stop_telling();
        self.notice.set(None);
    }

    /// Shows another place; the address has changed already.
    pub fn visit(self, route: Route) {
        if route.is_another_page_than(&self.route.get_untracked()) {
            self.moved.set_value(true);
            self.hush();
            if let Some(notice) = self.on_arrival.try_update_value(Option::take).flatten() {
                self.tell(notice);
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
            self.tell(notice);
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

    /// Closes what there was to know: things found again, or a shelf that is full.
    pub fn close_news(self) {
        if self.keeping.get_untracked().crowded == Crowded::Said {
            self.keep_beside(Entry::local(LocalFact::Crowded, "1".to_owned()));
        }
        self.keeping.update(|keeping| {
            keeping.found = 0;
            keeping.crowded = Crowded::Known;
        });
    }

    /// What was being typed.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let in_memory = self.drafts.with_value(|drafts| {
            drafts.iter().find(|here| here.of == id).map(|here| here.draft.clone())
        });
        in_memory.or_else(|| self.shelf?.draft(id))
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
        if let Ok(entry) = Entry::draft(key, draft, self.keeper().typed_now(clock::now())) {
            self.keep_in_both(entry);
        }
    }

    /// Forgets what was being typed.
    pub fn drop_draft(self, id: DraftId) {
        let key = self.let_go_of_draft(id);
        self.remove_from_both(Entry::no_draft(key, self.keeper().typed_now(clock::now())));
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

    fn moment(self) -> Moment {
        self.refresh_today();
        Moment {
            now: clock::now(),
            today: self.today.get_untracked(),
            device: self.device.get_value(),
            token: chance::token(),
        }
    }
}
