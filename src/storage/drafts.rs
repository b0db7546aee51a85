//! Drafts of notes: saving them, following them in other tabs, and listing all of them.
//!
//! A form stores its draft under a key that another tab may write as well. A tab that gets another
//! tab's text for the key of its own draft moves its own to the key of a note that does not exist; a tab
//! that learns that the draft under its key was deleted, because the note was written elsewhere, stores
//! its own text again. So no tab loses text that was typed in it to another tab.

use leptos::prelude::*;

use super::local::LocalStore;
use super::{OpenDraft, Storage};
use crate::codec::stored::{self, DraftId, Entry, Key};
use crate::domain::item::ItemId;
use crate::domain::note::NoteDraft;
use crate::domain::record::{Body, NoteId, RecordId};
use crate::platform::{clock, rng};

impl Storage {
    /// Handles the text that another tab has stored for a draft.
    pub(super) fn follow_draft(self, changed: DraftId, text: &str) {
        let mine = self.drafts.with_value(|drafts| {
            let is_it = |key: DraftId| drafts.iter().find(|open| open.typed && open.key == key);
            let moved = || drafts.iter().find(|open| open.typed && open.id == changed);
            is_it(changed).or_else(moved).cloned()
        });
        let Some(mine) = mine else { return };
        let other = stored::note_draft(text);
        match other {
            None if mine.key == changed => self.save_draft(mine.id, &mine.draft),
            None => {
                // The other tab is done: the text moves back to the key that the form reads.
                self.move_draft(mine.id, mine.id, &mine.draft);
                self.delete_draft_entry(mine.key);
            }
            Some(other) if mine.key == changed && other != mine.draft => {
                let token = rng::token();
                let other_key = DraftId::Of(NoteId { item: changed.item(), token });
                self.move_draft(mine.id, other_key, &mine.draft);
                if self.local.and_then(|local| local.draft(changed)) == Some(mine.draft) {
                    // Both tabs have moved their drafts: the one under this key is a copy.
                    self.delete_draft_entry(changed);
                }
            }
            Some(_) => {}
        }
    }

    fn move_draft(self, id: DraftId, key: DraftId, draft: &NoteDraft) {
        self.drafts.update_value(|drafts| {
            for open in drafts.iter_mut().filter(|open| open.id == id) {
                open.key = key;
            }
        });
        self.save_draft(id, draft);
    }

    fn delete_draft_entry(self, key: DraftId) {
        self.remove_from_both(Entry::no_draft(
            key,
            self.sync_state().next_draft_instant(clock::now()),
        ));
    }

    /// The draft of a form, if there is one.
    #[must_use]
    pub fn draft(self, id: DraftId) -> Option<NoteDraft> {
        let in_memory = self.drafts.with_value(|drafts| {
            drafts.iter().find(|open| open.id == id).map(|open| open.draft.clone())
        });
        in_memory.or_else(|| self.local?.draft(id))
    }

    /// Saves a draft, so that a reload or a wrong tap loses none of it.
    pub fn save_draft(self, id: DraftId, draft: &NoteDraft) {
        if draft.is_blank() {
            return self.delete_draft(id);
        }
        let key = self.close_draft(id);
        self.drafts.update_value(|drafts| {
            drafts.push(OpenDraft { id, key, draft: draft.clone(), typed: true });
        });
        if let Ok(entry) =
            Entry::draft(key, draft, self.sync_state().next_draft_instant(clock::now()))
        {
            self.save_in_both(entry);
        }
    }

    /// Deletes a draft.
    pub fn delete_draft(self, id: DraftId) {
        let key = self.close_draft(id);
        self.remove_from_both(Entry::no_draft(
            key,
            self.sync_state().next_draft_instant(clock::now()),
        ));
    }

    /// Removes a draft from memory, and returns the key under which it is stored.
    fn close_draft(self, id: DraftId) -> DraftId {
        let mut key = id;
        self.drafts.update_value(|drafts| {
            drafts.retain(|open| {
                if open.id == id {
                    key = open.key;
                }
                open.id != id
            });
        });
        key
    }

    /// Whether this device has a draft.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        let local = || self.local.is_some_and(LocalStore::has_drafts);
        self.drafts.with_value(|drafts| !drafts.is_empty()) || local()
    }

    /// All drafts of this device; one that a form of this tab has moved to another key is listed once,
    /// under the form's.
    #[must_use]
    pub fn all_drafts(self) -> Vec<(DraftId, NoteDraft)> {
        let mut found = Vec::new();
        for (key, text) in self.local.map(LocalStore::drafts).unwrap_or_default() {
            if let (Ok(Key::Draft(id)), Some(draft)) = (Key::parse(&key), stored::note_draft(&text))
            {
                found.push((id, draft));
            }
        }
        self.drafts.with_value(|drafts| {
            found.retain(|(id, _)| !drafts.iter().any(|open| open.key == *id || open.id == *id));
            found.extend(drafts.iter().map(|open| (open.id, open.draft.clone())));
        });
        found.retain(|(_, draft)| !draft.is_blank());
        found
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
