//! What happens before the storage chunk has arrived.
//!
//! Nothing was stored then, and the machine is not loaded. Actions and drafts are written to local storage
//! at once; everything waits, in its order, for the machine.

use super::event::{Answer, Input, LocalAtStart};
use super::status::SaveStatus;
use crate::codec::stored::{DraftId, Entry};
use crate::domain::journal::ActionKind;
use crate::domain::note::NoteDraft;
use crate::domain::stamp::Instant;
use crate::storage::IdbError;

/// What waits for the storage chunk.
#[derive(Clone, Debug, Default)]
pub struct Early {
    inputs: Vec<Input>,
    /// The last action, until its notice is closed.
    last: Option<ActionKind>,
    /// Whether local storage has not taken all of the actions and drafts.
    has_lost: bool,
    /// The instant of the last draft.
    last_draft: Instant,
}

/// What must be done before the machine is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Write these entries to local storage.
    Put(Vec<Entry>),
    /// Load the chunk once the action has been painted.
    LoadSoon,
    /// Load the chunk now.
    Load,
}

impl Early {
    /// Keeps what has happened, and returns what must be done now.
    pub fn wait(&mut self, input: Input) -> Vec<Wish> {
        let mut wishes = Vec::new();
        match &input {
            Input::Begun if self.is_local_blocked() => wishes.push(Wish::Load),
            Input::Started(_) | Input::Begun => {}
            Input::Acted { kind, records } => {
                self.last = Some(*kind);
                let entries = records.iter().filter_map(|record| Entry::record(record).ok());
                wishes.push(Wish::Put(entries.collect()));
                wishes.push(Wish::LoadSoon);
            }
            Input::NoticeClosed => self.last = None,
            Input::Hidden if self.has_acted() => wishes.push(Wish::Load),
            Input::Hidden | Input::Shown { found: false } => return wishes,
            _ => wishes.push(Wish::Load),
        }
        self.inputs.push(input);
        wishes
    }

    /// The entry of a draft that has changed, or that is blank because it is done or discarded; local
    /// storage takes it at once. The caller asks for it, because only chunks have drafts.
    pub fn draft(&mut self, id: DraftId, draft: &NoteDraft, now: Instant) -> Option<Entry> {
        self.last_draft = now.max(Instant(self.last_draft.0 + 1));
        if draft.is_blank() {
            return Some(Entry::no_draft(id, self.last_draft));
        }
        Entry::draft(id, draft, self.last_draft).ok()
    }

    fn is_local_blocked(&self) -> bool {
        matches!(self.inputs.first(), Some(Input::Started(LocalAtStart::Blocked)))
    }

    fn has_acted(&self) -> bool {
        self.inputs.iter().any(|input| matches!(input, Input::Acted { .. }))
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Local storage has taken the entries, or not all of them.
    pub fn put(&mut self, took_all: bool) {
        self.has_lost |= !took_all;
    }

    /// Whether closing the page would lose an action or a draft.
    #[must_use]
    pub fn is_at_risk(&self) -> bool {
        self.has_lost
    }

    /// The last action, if its notice has not been closed.
    #[must_use]
    pub fn last_action(&self) -> Option<ActionKind> {
        self.last
    }

    /// The chunk has arrived: the machine takes everything over, in its order.
    pub fn take(&mut self) -> Vec<Input> {
        let Self { mut inputs, last_draft, .. } = std::mem::take(self);
        if let Some(Input::Started(LocalAtStart::Unread { last_draft: last })) = inputs.first_mut()
        {
            *last = last_draft;
        }
        inputs
    }

    /// The chunk has not arrived: how far the actions are saved, and what those are told who wait. All
    /// of it waits for the next attempt.
    #[must_use]
    pub fn missing(&self) -> (SaveStatus, Vec<(u32, Answer)>) {
        let status = if self.has_lost { SaveStatus::Failed } else { SaveStatus::LocalStorageOnly };
        let answer = |input: &Input| match input {
            Input::OpaqueChanged { ticket, .. } | Input::Imported { ticket, .. } => {
                Some((*ticket, Answer::Saved(SaveStatus::Failed)))
            }
            Input::Replaced { ticket, .. } | Input::Erased(ticket) => {
                Some((*ticket, Answer::Done(Err(IdbError::NotLoaded))))
            }
            _ => None,
        };
        (status, self.inputs.iter().filter_map(answer).collect())
    }
}
