//! Joining the urns of other devices to the consultations on this device, and undoing the join.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::SaveStatus;
use super::ConsultationStore;
use crate::codec::consultation::{self as codec, OpaqueKey};
use crate::codec::stored::{Entry, Scope};
use crate::domain::consultation::{
    Before, ConsultationId, Decisions, JoinError, JoinPlan, Joined, PaperBook, Poll,
};
use crate::platform::clock;
use crate::storage::{EntryChange, MirrorOrder};

/// The undo data of the join of one consultation. It is in memory only: a reload drops it.
#[derive(Clone, Debug)]
pub(super) struct JoinUndo {
    before: Before,
    after: Rc<Poll>,
    book: PaperBook,
}

impl JoinUndo {
    pub(super) fn id(&self) -> ConsultationId {
        self.after.consultation.id
    }
}

/// The result of joining files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinResult {
    /// How many ballots are new.
    pub counted: usize,
    /// How many papers the join left to be decided.
    pub disputed: usize,
    /// How many files could not be joined, because the consultation has changed since the plan.
    pub failed: usize,
    /// How far the join is saved.
    pub saving: SaveStatus,
}

/// The result of undoing a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnjoinResult {
    /// Whether everything is as it was before the join.
    pub whole: bool,
    /// How far the undo is saved.
    pub saving: SaveStatus,
}

impl ConsultationStore {
    /// The entered papers of a consultation. Not tracked.
    #[must_use]
    pub fn book(self, id: ConsultationId) -> PaperBook {
        untrack(|| self.papers(id))
    }

    /// Plans the join of another device's consultation to the one on this device.
    ///
    /// # Errors
    /// When the two cannot be joined.
    pub fn plan(self, offered: &Poll) -> Result<JoinPlan, JoinError> {
        let id = offered.consultation.id;
        JoinPlan::new(self.poll_now(id).as_deref(), &self.book(id), offered)
    }

    /// Carries out plans. Until the next join all of them can be undone, at once.
    pub async fn carry_out(self, mut plans: Vec<(JoinPlan, Decisions)>) -> JoinResult {
        // A plan that closes the vote comes last, so that the ballots of the others are not late.
        plans.sort_by_key(|(_, decisions)| decisions.close);
        let mut undos: Vec<JoinUndo> = Vec::new();
        let mut result =
            JoinResult { counted: 0, disputed: 0, failed: 0, saving: SaveStatus::Saved };
        for (plan, decisions) in plans {
            let id = plan.offered.id;
            let (held, book) = (self.poll_now(id), self.book(id));
            let (now, device) = (clock::now(), self.store.storage().device());
            let joined = plan.carry_out(held.as_deref(), &book, decisions, now, device);
            let Ok(joined) = joined else {
                result.failed += 1;
                continue;
            };
            result.counted += joined.counted;
            let differ = |book: &PaperBook| book.counts().differ;
            result.disputed += differ(&joined.book).saturating_sub(differ(&book));
            let (poll, saving) = self.show_and_save(held.as_deref(), &book, joined).await;
            if saving == SaveStatus::Failed {
                result.saving = saving;
            }
            let book_after = self.book(id);
            if let Some(undo) = undos.iter_mut().find(|undo| undo.id() == id) {
                (undo.after, undo.book) = (poll, book_after);
            } else {
                let before = Before { poll: held.map(|poll| (*poll).clone()), book };
                undos.push(JoinUndo { before, after: poll, book: book_after });
            }
        }
        self.last_join.set(undos);
        result
    }

    /// Shows and stores the result of a join.
    async fn show_and_save(
        self,
        held: Option<&Poll>,
        book: &PaperBook,
        joined: Joined,
    ) -> (Rc<Poll>, SaveStatus) {
        let Joined { poll, book: keyed, taken_out, .. } = joined;
        let id = poll.consultation.id;
        let poll = Rc::new(poll);
        let papers = self.papers_entries(id, &keyed, book);
        let saving = if taken_out.is_empty() {
            let is_new = |id| held.and_then(|held| held.urn.get(id)).is_none();
            let mut entries = papers;
            if held.is_none_or(|held| held.consultation != poll.consultation) {
                entries.extend(codec::consultation(&poll.consultation));
            }
            let new = poll.urn.ballots().filter(|ballot| is_new(ballot.id));
            entries.extend(new.filter_map(|ballot| codec::ballot(id, ballot).ok()));
            self.put_shared(poll.clone());
            self.save(entries).await
        } else {
            self.replace_entries(poll.clone(), &keyed).await
        };
        (poll, saving)
    }

    /// Replaces all stored entries of a consultation.
    async fn replace_entries(self, poll: Rc<Poll>, book: &PaperBook) -> SaveStatus {
        let id = poll.consultation.id;
        let mut entries = Vec::new();
        entries.extend(codec::consultation(&poll.consultation));
        entries.extend(poll.urn.ballots().filter_map(|ballot| codec::ballot(id, ballot).ok()));
        entries.extend(self.papers_entries(id, book, &PaperBook::default()));
        self.put_shared(poll);
        let mut changes = vec![EntryChange::Remove(Scope::of(&OpaqueKey::Consultation(id).key()))];
        changes.extend(entries.into_iter().map(EntryChange::Put));
        self.store.storage().save_opaque(changes, MirrorOrder::Last).await
    }

    /// Replaces the papers of a consultation, and returns the entries that differ from `stored`.
    fn papers_entries(
        self,
        id: ConsultationId,
        book: &PaperBook,
        stored: &PaperBook,
    ) -> Vec<Entry> {
        self.papers.update(|papers| drop(papers.insert(id, book.clone())));
        let is_new = |number: &u16| book.readings(*number) != stored.readings(*number);
        let entry = |number| codec::paper(id, number, book.readings(number)?).ok();
        book.numbers().filter(is_new).filter_map(entry).collect()
    }

    fn put_shared(self, poll: Rc<Poll>) {
        self.polls.update(|polls| {
            polls.insert(poll.consultation.id, poll);
        });
    }

    /// Whether there is a join to undo. Tracked.
    #[must_use]
    pub fn can_unjoin(self) -> bool {
        !self.last_join.read().is_empty()
    }

    /// Undoes the last join; later changes stay.
    pub async fn unjoin(self) -> UnjoinResult {
        // The undo data is taken first, so that a second tap does nothing.
        let undos = self.last_join.try_update(std::mem::take).unwrap_or_default();
        let mut result = UnjoinResult { whole: true, saving: SaveStatus::Saved };
        for undo in undos {
            let id = undo.id();
            let Some(now) = self.poll_now(id) else { continue };
            let book = self.book(id);
            let restored = undo.before.take_back((&undo.after, &undo.book), (&now, &book));
            result.whole &= restored.whole;
            let saving = match restored.poll {
                None => self.delete(id).await,
                Some(poll) => self.replace_entries(Rc::new(poll), &restored.book).await,
            };
            if saving == SaveStatus::Failed {
                result.saving = saving;
            }
        }
        result
    }
}
