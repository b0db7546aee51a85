//! The papers that are being entered, and the ballots on this device that voters have yet to hand over.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::super::SaveStatus;
use super::ConsultationStore;
use crate::codec::consultation::{self as codec, OpaqueEntry, OpaqueKey, WaitingBallot};
use crate::codec::stored::{Entry, Scope};
use crate::domain::consultation::{ConsultationId, PaperBook, PaperState, Readings};
use crate::domain::stamp::Token;
use crate::platform::timers;
use crate::storage::EntryChange;

impl ConsultationStore {
    /// The papers that are being entered in this tab or in another. Tracked.
    #[must_use]
    pub fn papers(self, id: ConsultationId) -> PaperBook {
        self.papers.with(|papers| papers.get(&id).cloned().unwrap_or_default())
    }

    /// Merges the readings of one paper, those of this tab and those in local storage of a tab whose
    /// message has not come yet. Returns the paper's state and the entry to be saved.
    pub fn add_readings(
        self,
        id: ConsultationId,
        number: u16,
        readings: Readings,
    ) -> (Option<PaperState>, Option<Entry>) {
        let key = OpaqueKey::Paper(id, number).key();
        let local = self.store.storage().local.and_then(|local| local.text(&key));
        let local = local.and_then(|text| codec::read(&key.to_string(), &text));
        self.papers.update(|papers| {
            let book = papers.entry(id).or_default();
            book.take_in(number, readings);
            if let Some(OpaqueEntry::Papers(_, other)) = local {
                book.merge(&other);
            }
        });
        let book = self.book(id);
        let stored = book.readings(number).map(|readings| codec::paper(id, number, readings));
        (book.state(number), stored.and_then(Result::ok))
    }

    /// The ballots on this device that voters have yet to hand over, as a signal.
    #[must_use]
    pub fn waiting(self) -> ReadSignal<BTreeMap<Token, WaitingBallot>> {
        self.waiting.read_only()
    }

    /// Stores a ballot until its voter says that it has been counted.
    pub fn save_waiting(
        self,
        token: Token,
        ballot: WaitingBallot,
    ) -> impl Future<Output = SaveStatus> {
        let entry = codec::waiting(token, &ballot).ok();
        self.waiting.update(|waiting| drop(waiting.insert(token, ballot)));
        self.save(entry.into_iter().collect())
    }

    /// Deletes a ballot that was handed over.
    pub async fn hand_over(self, id: ConsultationId, token: Token) -> SaveStatus {
        self.waiting.update(|waiting| drop(waiting.remove(&token)));
        let scope = Scope::of(&OpaqueKey::Waiting(id, token).key());
        self.save_changes(vec![EntryChange::Remove(scope)]).await
    }

    /// Merges papers that were entered elsewhere. A paper of which both sides have readings that the
    /// other lacks is saved with the readings of both.
    pub(super) fn merge_papers(self, id: ConsultationId, incoming: &PaperBook) {
        let held = self.book(id);
        let mut both = held.clone();
        both.merge(incoming);
        if both == held {
            return;
        }
        let is_new = |number: &u16| {
            both.readings(*number) != incoming.readings(*number)
                && both.readings(*number) != held.readings(*number)
        };
        let entry = |number| codec::paper(id, number, both.readings(number)?).ok();
        let entries: Vec<_> = both.numbers().filter(is_new).filter_map(entry).collect();
        self.papers.update(|papers| drop(papers.insert(id, both)));
        if !entries.is_empty() {
            timers::spawn(Box::pin(async move {
                self.save(entries).await;
            }));
        }
    }
}
