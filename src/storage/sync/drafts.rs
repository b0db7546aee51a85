//! Drafts of notes: saving them, and following them in other tabs.
//!
//! A form stores its draft under a key that another tab may write as well. A tab that gets another
//! tab's text for the key of its own draft moves its own to the key of a note that does not exist; a tab
//! that learns that the draft under its key was deleted, because the note was written elsewhere, stores
//! its own text again. So no tab loses text that was typed in it to another tab.

use super::fault::Fault;
use super::{Effects, OpenDraft, State};
use crate::codec::stored::{self, DraftId, Entry};
use crate::domain::note::NoteDraft;
use crate::domain::record::NoteId;
use crate::domain::stamp::Instant;

impl State {
    /// The text of a draft has changed.
    pub(super) fn save_draft(&mut self, id: DraftId, draft: &NoteDraft, effects: &mut Effects) {
        if draft.is_blank() {
            return self.close_draft(id, effects);
        }
        let key = self.forget_draft(id);
        let at = self.next_draft_instant();
        let open = OpenDraft { id, key, draft: draft.clone(), typed: true, at };
        self.contents.drafts.push(open);
        if let Ok(entry) = Entry::draft(key, draft, at) {
            self.save_in_both(entry, effects);
        }
    }

    /// A draft is done or discarded.
    pub(super) fn close_draft(&mut self, id: DraftId, effects: &mut Effects) {
        let key = self.forget_draft(id);
        self.end_draft(key, effects);
    }

    fn end_draft(&mut self, key: DraftId, effects: &mut Effects) {
        let at = self.next_draft_instant();
        let drafts = &mut self.contents.drafts;
        if !drafts.iter().any(|open| open.id == key) {
            // A blank one stays known, so that an older text is not shown again.
            let draft = NoteDraft::default();
            drafts.push(OpenDraft { id: key, key, draft, typed: false, at });
        }
        let mut entry = Entry::no_draft(key, at);
        if self.has_fault(Fault::DraftWithoutEnd) {
            entry.text = None;
        }
        self.save_now(entry, effects);
    }

    /// Removes a draft from the tab, and returns the key under which it is stored.
    fn forget_draft(&mut self, id: DraftId) -> DraftId {
        let mut key = id;
        self.contents.drafts.retain(|open| {
            if open.id == id {
                key = open.key;
            }
            open.id != id
        });
        key
    }

    /// The instant of a draft that is typed now, after that of every draft before it.
    fn next_draft_instant(&mut self) -> Instant {
        self.last_draft = self.now.max(Instant(self.last_draft.0 + 1));
        self.last_draft
    }

    /// Takes over the stored text of a draft that is not typed in this tab.
    pub(super) fn show_draft(&mut self, key: DraftId, text: &str) {
        let at = stored::drafted(text);
        self.last_draft = self.last_draft.max(at);
        let drafts = &mut self.contents.drafts;
        let stays = |open: &OpenDraft| {
            (open.typed && (open.key == key || open.id == key)) || (open.key == key && open.at > at)
        };
        if drafts.iter().any(stays) {
            return;
        }
        drafts.retain(|open| open.key != key);
        let draft = stored::note_draft(text).unwrap_or_default();
        drafts.push(OpenDraft { id: key, key, draft, typed: false, at });
    }

    /// Another tab has stored a text under the key of a draft; `held` is what local storage holds there
    /// now.
    pub(super) fn follow_draft(
        &mut self,
        changed: DraftId,
        text: &str,
        held: Option<&str>,
        effects: &mut Effects,
    ) {
        let drafts = &self.contents.drafts;
        let is_it = |key: DraftId| drafts.iter().find(|open| open.typed && open.key == key);
        let moved = || drafts.iter().find(|open| open.typed && open.id == changed);
        let Some(mine) = is_it(changed).or_else(moved).cloned() else {
            return self.show_draft(changed, text);
        };
        self.last_draft = self.last_draft.max(stored::drafted(text));
        match stored::note_draft(text) {
            None if mine.key == changed => self.save_draft(mine.id, &mine.draft, effects),
            None => {
                // The other tab is done: the text moves back to the key that the form reads.
                self.move_draft(&mine, mine.id, effects);
                self.end_draft(mine.key, effects);
            }
            Some(other) if mine.key == changed && other != mine.draft => {
                let token = self.random;
                let key = DraftId::Of(NoteId { item: changed.item(), token });
                self.move_draft(&mine, key, effects);
                if held.and_then(stored::note_draft) == Some(mine.draft) {
                    // Both tabs have moved their drafts: the one under this key is a copy.
                    self.end_draft(changed, effects);
                }
            }
            Some(_) => {}
        }
    }

    fn move_draft(&mut self, mine: &OpenDraft, key: DraftId, effects: &mut Effects) {
        for open in self.contents.drafts.iter_mut().filter(|open| open.id == mine.id) {
            open.key = key;
        }
        self.save_draft(mine.id, &mine.draft, effects);
    }
}
