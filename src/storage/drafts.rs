//! Drafts in several tabs, and finding every draft again.
//!
//! A form keeps what is typed under a key that another tab may write as well. Whoever hears of that
//! while it has text of its own puts that aside, under the key of a note that is not there; and whoever
//! hears that its key was given up, because the note was written elsewhere, stores its own text again.
//! So a tab loses to others nothing that was typed in it.

use leptos::prelude::*;

use super::local::LocalStore;
use super::{OpenDraft, Storage};
use crate::codec::stored::{self, DraftId, Entry, Key};
use crate::domain::item::ItemId;
use crate::domain::note::NoteDraft;
use crate::domain::record::{Body, NoteId, RecordId};
use crate::platform::{clock, rng};

impl Storage {
    /// Follows what another tab says of a draft.
    pub(super) fn follow_draft(self, heard: DraftId, text: &str) {
        let mine = self.drafts.with_value(|drafts| {
            let is_it = |key: DraftId| drafts.iter().find(|here| here.typed && here.key == key);
            let moved = || drafts.iter().find(|here| here.typed && here.of == heard);
            is_it(heard).or_else(moved).cloned()
        });
        let Some(mine) = mine else { return };
        let other = stored::note_draft(text);
        match other {
            None if mine.key == heard => self.save_draft(mine.of, &mine.draft),
            None => {
                // The other tab is done: the text goes back to where the form looks for it.
                self.move_draft(mine.of, mine.of, &mine.draft);
                self.delete_draft_entry(mine.key);
            }
            Some(other) if mine.key == heard && other != mine.draft => {
                let token = rng::token();
                let aside = DraftId::Of(NoteId { item: heard.item(), token });
                self.move_draft(mine.of, aside, &mine.draft);
                if self.local.and_then(|local| local.draft(heard)) == Some(mine.draft) {
                    // Both have put theirs aside: nobody's is left there.
                    self.delete_draft_entry(heard);
                }
            }
            Some(_) => {}
        }
    }

    fn move_draft(self, of: DraftId, key: DraftId, draft: &NoteDraft) {
        self.drafts.update_value(|drafts| {
            for here in drafts.iter_mut().filter(|here| here.of == of) {
                here.key = key;
            }
        });
        self.save_draft(of, draft);
    }

    fn delete_draft_entry(self, key: DraftId) {
        self.remove_from_both(Entry::no_draft(key, self.sync_state().typed_now(clock::now())));
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
    pub fn save_draft(self, id: DraftId, draft: &NoteDraft) {
        if draft.is_blank() {
            return self.delete_draft(id);
        }
        let key = self.close_draft(id);
        self.drafts.update_value(|drafts| {
            drafts.push(OpenDraft { of: id, key, draft: draft.clone(), typed: true });
        });
        if let Ok(entry) = Entry::draft(key, draft, self.sync_state().typed_now(clock::now())) {
            self.save_in_both(entry);
        }
    }

    /// Forgets what was being typed.
    pub fn delete_draft(self, id: DraftId) {
        let key = self.close_draft(id);
        self.remove_from_both(Entry::no_draft(key, self.sync_state().typed_now(clock::now())));
    }

    /// Has a draft no longer in memory, and says under which key it lies.
    fn close_draft(self, id: DraftId) -> DraftId {
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

    /// Whether a draft lies here.
    #[must_use]
    pub fn has_drafts(self) -> bool {
        let local = || self.local.is_some_and(LocalStore::has_drafts);
        self.drafts.with_value(|drafts| !drafts.is_empty()) || local()
    }

    /// All drafts that lie here, but for those that a form of this tab has put aside.
    #[must_use]
    pub fn all_drafts(self) -> Vec<(DraftId, NoteDraft)> {
        let mut kept = Vec::new();
        for (key, text) in self.local.map(LocalStore::drafts).unwrap_or_default() {
            if let (Ok(Key::Draft(id)), Some(draft)) = (Key::parse(&key), stored::note_draft(&text))
            {
                kept.push((id, draft));
            }
        }
        self.drafts.with_value(|drafts| {
            kept.retain(|(id, _)| !drafts.iter().any(|here| here.key == *id || here.of == *id));
            kept.extend(drafts.iter().map(|here| (here.of, here.draft.clone())));
        });
        kept.retain(|(_, draft)| !draft.is_blank());
        kept
    }

    /// The drafts on an item of notes that are not there, because they were deleted or because the
    /// draft was put aside. Tracked.
    #[must_use]
    pub fn orphaned_drafts(self, item: ItemId) -> Vec<DraftId> {
        let is_there = |note: NoteId| {
            self.journal.with(|journal| {
                let held = journal.get(RecordId::Note(note));
                held.is_some_and(|record| matches!(record.body(), Body::Note(_)))
            })
        };
        let stray = |(id, _): (DraftId, NoteDraft)| match id {
            DraftId::Of(note) if note.item == item && !is_there(note) => Some(id),
            _ => None,
        };
        self.all_drafts().into_iter().filter_map(stray).collect()
    }

    /// Whether the note of a draft was there once.
    #[must_use]
    pub fn was_deleted(self, id: DraftId) -> bool {
        let DraftId::Of(note) = id else { return false };
        self.journal.with_untracked(|journal| journal.get(RecordId::Note(note)).is_some())
    }
}
