//! Drafts of notes, as forms and lists ask for them.

use super::Storage;
use super::sync::{Input, OpenDraft};
use crate::codec::stored::DraftId;
use crate::domain::item::ItemId;
use crate::domain::note::NoteDraft;
use crate::domain::record::{Body, NoteId, RecordId};

impl Storage {
    /// The draft of a form, if there is one.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        self.with_state(|state| {
            let is_it = |open: &&OpenDraft| open.id == id && !open.draft.is_blank();
            state.contents.drafts.iter().find(is_it).map(|open| open.draft.clone())
        })
    }

    /// Saves a draft, so that a reload or a wrong tap loses none of it.
    pub fn save_draft(self, id: DraftId, draft: &NoteDraft) {
        self.put_early_draft(id, draft);
        self.send(Input::Drafted(id, draft.clone()));
    }

    /// Deletes a draft.
    pub fn delete_draft(self, id: DraftId) {
        self.put_early_draft(id, &NoteDraft::default());
        self.send(Input::DraftClosed(id));
    }

    /// Whether this device has a draft.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        self.with_state(|state| state.contents.drafts.iter().any(|open| !open.draft.is_blank()))
    }

    /// All drafts of this device.
    #[must_use]
    pub fn all_drafts(self) -> Vec<(DraftId, NoteDraft)> {
        self.with_state(|state| {
            let drafts = state.contents.drafts.iter().filter(|open| !open.draft.is_blank());
            drafts.map(|open| (open.id, open.draft.clone())).collect()
        })
    }

    /// The drafts on an item whose notes do not exist, because they were deleted or because the draft
    /// was moved to such a key. Tracked.
    #[must_use]
    pub fn orphaned_drafts(self, item: ItemId) -> Vec<DraftId> {
        let is_there = |note: NoteId| {
            self.journal.with(|journal| {
                let held = journal.get(RecordId::Note(note));
                held.is_some_and(|record| matches!(record.body(), Body::Note(_)))
            })
        };
        let is_orphan = |(id, _): (DraftId, NoteDraft)| match id {
            _ if id.is_evidence() => None,
            DraftId::Of(note) if note.item == item && !is_there(note) => Some(id),
            _ => None,
        };
        self.all_drafts().into_iter().filter_map(is_orphan).collect()
    }

    /// Whether the journal has a version of the draft's note, so that the note existed once.
    #[must_use]
    pub fn was_deleted(self, id: DraftId) -> bool {
        let DraftId::Of(note) = id else { return false };
        self.journal.with_untracked(|journal| journal.get(RecordId::Note(note)).is_some())
    }
}
