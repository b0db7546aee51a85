//! The protocol by which records reach two stores and the other tabs: a pure machine.
//!
//! [`step`] takes what has happened and returns what is to be done. It knows no browser, no clock and no
//! randomness: these come with each [`Event`], and every order of events can be replayed
//! (`tests/native/simulation`). The machine does one thing with IndexedDB at a time, and its [`Phase`]
//! says which; what arrives meanwhile waits.
//!
//! All of it is in the storage chunk; until that has arrived, [`Early`] keeps what happens.

mod compare;
mod contents;
mod drafts;
mod early;
mod erase;
mod event;
mod fault;
mod flush;
mod reconcile;
mod save;
mod state;
mod status;

pub use contents::{Contents, OpenDraft};
pub use early::{Early, Wish};
pub use event::{
    Answer, Effect, EntryChange, Event, Input, LocalAtStart, MirrorOrder, Part, Purpose, Setting,
    Ticket, Timer,
};
pub use fault::Fault;
use state::{Erasing, FlushAt, LastAction};
pub use state::{Phase, PhaseName, State};
pub use status::{QuotaNotice, SaveStatus, StorageStatus};

use crate::storage::TabMessage;

/// An action that is not saved within this time shows the notice "Pas encore enregistré".
pub(super) const NOTICE_DELAY_MS: i32 = 400;

/// Actions within this time share one transaction. Writing to IndexedDB and to other tabs takes longer
/// than everything else an action does: the delay lets the first action be painted, and the next one
/// is not held up.
pub(super) const FLUSH_DELAY_MS: i32 = 80;

/// The effects of a step, in the order in which they are to be carried out.
pub type Effects = Vec<Effect>;

/// Advances the machine by one event.
pub fn step(state: &mut State, event: Event) -> Effects {
    let Event { now, random, input } = event;
    let mut effects = Effects::new();
    let out = &mut effects;
    state.take_moment(now, random);
    match input {
        Input::Started(local) => state.start(local, out),
        Input::Begun => state.begin(),
        Input::LocalPut { purpose, failed, error } => state.local_put(purpose, &failed, error, out),
        Input::Read { idb, local } => state.read(idb, local, out),
        Input::Written(written) => state.written(written, out),
        Input::Deleted(deleted) => state.deleted(deleted, out),
        Input::Cut => state.cut(),
        Input::Heard { message: TabMessage::Stored(entries), local } => {
            state.hear(&entries, &local, out);
        }
        Input::Heard { message: TabMessage::Reread, .. } | Input::Asked => state.want_reading(),
        Input::Rang(timer) => state.rang(timer, out),
        Input::Shown { found } => state.shown(found),
        Input::Hidden => state.flush_soon_is_now(),
        Input::Retried => state.retry(),
        Input::Acted { kind, records } => state.act(kind, records, out),
        Input::NoticeClosed => state.close_notice(),
        Input::Lost(losers) => state.save_losers(&losers, out),
        Input::LoserDropped(loser) => state.drop_loser(&loser, out),
        Input::Drafted(id, draft) => state.save_draft(id, &draft, out),
        Input::DraftClosed(id) => state.close_draft(id, out),
        Input::Set(setting) => state.set(setting, out),
        Input::OpaqueChanged { changes, mirror, ticket } => {
            state.change_opaque(changes, mirror, ticket, out);
        }
        Input::Imported { records, entries, ticket } => {
            state.import(records, &entries, ticket, out);
        }
        Input::Replaced { removed, in_local, restored, changes, ticket } => {
            state.want_replacement(removed, in_local, restored, changes, ticket);
        }
        Input::Erased(ticket) => state.erase(ticket, out),
    }
    state.go_on(out);
    effects
}
