//! What lies beside consultations and their ballots: papers that are being keyed, and ballots that
//! their voters have yet to hand over from here.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::super::SaveStatus;
use super::ConsultationStore;
use crate::codec::consultation::{self as codec, OpaqueEntry, OpaqueKey, WaitingBallot};
use crate::codec::stored::{Entry, Scope};
use crate::domain::consultation::{ConsultationId, PaperBook, PaperState, Readings};
use crate::domain::stamp::Token;
use crate::platform::timers;

impl ConsultationStore {
    /// Papers that are being keyed, here or in another tab; followed.
    #[must_use]
    pub fn papers(self, id: ConsultationId) -> PaperBook {
        self.papers.with(|papers| papers.get(&id).cloned().unwrap_or_default())
    }

    /// Takes in what was keyed from one paper, here and in a tab that has not told of it yet. Says how
    /// far the paper has come and what is to be stored.
    pub fn take_paper(
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

    /// The ballots of a consultation that voters have yet to hand over from here; followed.
    #[must_use]
    pub fn waiting(self) -> ReadSignal<BTreeMap<Token, WaitingBallot>> {
        self.waiting.read_only()
    }

    /// Keeps a ballot until its voter says that it is counted.
    pub fn save_waiting(
        self,
        token: Token,
        ballot: WaitingBallot,
    ) -> impl Future<Output = SaveStatus> {
        let entry = codec::waiting(token, &ballot).ok();
        self.waiting.update(|waiting| drop(waiting.insert(token, ballot)));
        self.save(entry.into_iter().collect())
    }

    /// Lets go of a ballot that was handed over.
    pub async fn hand_over(self, id: ConsultationId, token: Token) -> SaveStatus {
        self.waiting.update(|waiting| drop(waiting.remove(&token)));
        let scope = Scope::of(&OpaqueKey::Waiting(id, token).key());
        self.save(vec![self.store.storage().removal(&scope)]).await
    }

    /// Takes in what was keyed elsewhere. Where both here and there something was keyed from one paper
    /// that the other does not know, the two are stored together.
    pub(super) fn merge_papers(self, id: ConsultationId, heard: &PaperBook) {
        let held = self.book(id);
        let mut both = held.clone();
        both.merge(heard);
        if both == held {
            return;
        }
        let is_new = |number: &u16| {
            both.readings(*number) != heard.readings(*number)
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
