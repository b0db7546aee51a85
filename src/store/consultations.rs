//! The consultations and ballots on this device, in sync with both stores and the other tabs.
//!
//! Only lazy screens use it; the first load saves and syncs opaque entries without reading them. The
//! store is created when the first of those screens is shown, and lives as long as the page.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::AppStore;
use crate::codec::consultation::{self as codec, OpaqueEntry, OpaqueKey, WaitingBallot};
use crate::codec::stored::{Entry, Scope};
use crate::domain::consultation::{
    Ballot, BallotId, Cast, CastError, Consultation, ConsultationId, PaperBook, Poll, RulesDraft,
    Step, StepError,
};
use crate::domain::stamp::Token;
use crate::platform::events::StoredElsewhere;
use crate::platform::{clock, rng, session, timers};
use crate::storage::{EntryChange, MirrorOrder, SaveStatus};

mod join;
mod plan;
mod waiting;

pub use join::{JoinResult, UnjoinResult};
pub use plan::PlannedPolls;

use join::JoinUndo;

/// The consultations on this device, by id.
pub type Polls = BTreeMap<ConsultationId, Rc<Poll>>;

/// The consultations on this device.
#[derive(Clone, Copy)]
pub struct ConsultationStore {
    store: AppStore,
    polls: RwSignal<Polls, LocalStorage>,
    /// The papers that are being entered.
    papers: RwSignal<BTreeMap<ConsultationId, PaperBook>>,
    /// The ballots on this device that voters have yet to hand over.
    waiting: RwSignal<BTreeMap<Token, WaitingBallot>>,
    /// The ballots whose consultation has not been read yet.
    orphan_ballots: StoredValue<Vec<(ConsultationId, Ballot)>>,
    /// Whether both stores have been read.
    all_read: RwSignal<bool>,
    /// The undo data of the last join, as long as it can be undone.
    last_join: RwSignal<Vec<JoinUndo>, LocalStorage>,
}

thread_local! {
    /// The store, and the owner of its signals, which outlives the screens.
    static CURRENT: std::cell::RefCell<Option<(Owner, ConsultationStore)>> = const { std::cell::RefCell::new(None) };
}

impl ConsultationStore {
    /// The store of this page. The first call reads the stored entries.
    #[must_use]
    pub fn of(store: AppStore) -> Self {
        let known = CURRENT.with_borrow(|consultations| {
            consultations.as_ref().map(|(_, consultations)| *consultations)
        });
        known.unwrap_or_else(|| {
            let current = Owner::current();
            let owner = Owner::new_root(None);
            if let Some(current) = current {
                // A new root replaces the current owner.
                current.set();
            }
            let consultations = owner.with(|| Self {
                store,
                polls: RwSignal::new_local(Polls::new()),
                papers: RwSignal::new(BTreeMap::new()),
                waiting: RwSignal::new(BTreeMap::new()),
                orphan_ballots: StoredValue::new(Vec::new()),
                all_read: RwSignal::new(false),
                last_join: RwSignal::new_local(Vec::new()),
            });
            CURRENT.set(Some((owner, consultations)));
            consultations.start();
            consultations
        })
    }

    fn start(self) {
        let listener = move |entries: Option<Vec<StoredElsewhere>>| match entries {
            Some(entries) => self.on_entries(entries),
            None => self.clear(),
        };
        self.store.storage().on_opaque_entries(Box::new(listener));
        self.hydrate(self.store.storage().local_entries());
        timers::spawn(Box::pin(async move {
            self.hydrate(self.store.storage().opaque_entries().await);
            self.all_read.set(true);
        }));
    }

    /// The app's store.
    #[must_use]
    pub fn store(self) -> AppStore {
        self.store
    }

    /// Whether all stored entries have been read. Tracked.
    #[must_use]
    pub fn has_read(self) -> bool {
        self.all_read.get()
    }

    /// All consultations, as a signal.
    #[must_use]
    pub fn polls(self) -> ReadSignal<Polls, LocalStorage> {
        self.polls.read_only()
    }

    /// A consultation. Tracked.
    #[must_use]
    pub fn poll(self, id: ConsultationId) -> Option<Rc<Poll>> {
        self.polls.with(|polls| polls.get(&id).cloned())
    }

    /// A consultation. Not tracked.
    #[must_use]
    pub fn poll_now(self, id: ConsultationId) -> Option<Rc<Poll>> {
        untrack(|| self.poll(id))
    }

    /// Creates a consultation with draft rules.
    pub async fn create(self, rules: RulesDraft) -> (ConsultationId, SaveStatus) {
        let id = ConsultationId(rng::token());
        let device = self.store.storage().device();
        let new = Consultation::new(id, rules, clock::now(), device);
        let entry = codec::consultation(&new).ok();
        self.put(Poll::new(new));
        (id, self.save(entry.into_iter().collect()).await)
    }

    /// Applies a step to a consultation, and returns the entry to be saved.
    ///
    /// # Errors
    /// When the step is not possible; nothing has changed then.
    pub fn step(self, id: ConsultationId, step: Step) -> Result<Entry, StepError> {
        let poll = self.poll_now(id).ok_or(StepError::NotOpen)?;
        let next = poll.consultation.step(step, clock::now(), self.store.storage().device())?;
        let entry = codec::consultation(&next).map_err(|_| StepError::NotOpen)?;
        self.put(Poll { consultation: next, urn: poll.urn.clone() });
        Ok(entry)
    }

    /// Puts a ballot into the urn, and stores it.
    ///
    /// # Errors
    /// When the urn does not take it.
    pub async fn cast(
        self,
        id: ConsultationId,
        ballot: Ballot,
    ) -> Result<(Cast, SaveStatus), CastError> {
        let entry = codec::ballot(id, &ballot).ok();
        let waiting_token = self.waiting.with_untracked(|waiting| {
            let is_it = |(_, waiting): &(&Token, &WaitingBallot)| waiting.ballot.id == ballot.id;
            waiting.iter().find(is_it).map(|(token, _)| *token)
        });
        let cast = self.update(id, |poll| poll.cast(ballot)).unwrap_or(Err(CastError::Early))?;
        // A known ballot may not have been saved; where it has been, both stores keep theirs.
        let saving = self.save(entry.into_iter().collect()).await;
        if let (Some(token), true) = (waiting_token, saving != SaveStatus::Failed) {
            // The ballot waited on this device, and is counted now.
            self.hand_over(id, token).await;
        }
        Ok((cast, saving))
    }

    /// Puts a paper whose differing readings have been decided into the urn, and stores it.
    ///
    /// # Errors
    /// When the urn does not take it.
    pub async fn decide(self, id: ConsultationId, ballot: Ballot) -> Result<SaveStatus, CastError> {
        let entry = codec::ballot(id, &ballot).ok();
        self.update(id, |poll| poll.decide(ballot)).unwrap_or(Err(CastError::Early))?;
        Ok(self.save(entry.into_iter().collect()).await)
    }

    /// Stores again a ballot that is in the urn already.
    pub async fn save_ballot(self, id: ConsultationId, ballot: &Ballot) -> SaveStatus {
        self.save(codec::ballot(id, ballot).into_iter().collect()).await
    }

    /// Deletes a consultation from this device, with all its ballots and papers.
    pub async fn delete(self, id: ConsultationId) -> SaveStatus {
        if self.poll_now(id).is_none() {
            return SaveStatus::Saved;
        }
        self.forget(id);
        let scope = Scope::of(&OpaqueKey::Consultation(id).key());
        self.save_changes(vec![EntryChange::Remove(scope)]).await
    }

    /// A fresh id for a ballot.
    #[must_use]
    pub fn ballot_id(self) -> BallotId {
        BallotId::random(rng::token(), rng::token())
    }

    /// Stores entries in both stores and broadcasts them to the other tabs.
    pub async fn save(self, entries: Vec<Entry>) -> SaveStatus {
        self.save_changes(entries.into_iter().map(EntryChange::Put).collect()).await
    }

    async fn save_changes(self, changes: Vec<EntryChange>) -> SaveStatus {
        self.store.storage().save_opaque(changes, MirrorOrder::First).await
    }

    fn on_entries(self, entries: Vec<StoredElsewhere>) {
        let mut texts = BTreeMap::new();
        for StoredElsewhere { key, value } in entries {
            match (value, OpaqueKey::parse(&key)) {
                (Some(text), _) => {
                    texts.insert(key, text);
                }
                (None, Some(OpaqueKey::Consultation(id))) => self.forget(id),
                (None, Some(OpaqueKey::Waiting(_, token))) => {
                    self.waiting.maybe_update(|waiting| waiting.remove(&token).is_some());
                }
                (None, _) => {}
            }
        }
        self.hydrate(texts);
    }

    fn forget(self, id: ConsultationId) {
        self.last_join.maybe_update(|undos| {
            let before = undos.len();
            undos.retain(|undo| undo.id() != id);
            undos.len() != before
        });
        self.orphan_ballots
            .update_value(|orphan_ballots| orphan_ballots.retain(|(of, _)| *of != id));
        self.papers.maybe_update(|papers| papers.remove(&id).is_some());
        self.polls.update(|polls| {
            polls.remove(&id);
        });
    }

    fn clear(self) {
        session::clear();
        self.papers.set(BTreeMap::new());
        self.waiting.set(BTreeMap::new());
        self.orphan_ballots.set_value(Vec::new());
        self.last_join.set(Vec::new());
        self.polls.set(Polls::new());
    }

    /// Merges stored entries into the signals. Unreadable entries stay stored as they are.
    fn hydrate(self, texts: BTreeMap<String, String>) {
        let mut ballots = self.orphan_ballots.try_update_value(std::mem::take).unwrap_or_default();
        let mut consultations = Vec::new();
        for (key, text) in texts {
            match codec::read(&key, &text) {
                Some(OpaqueEntry::Consultation(consultation)) => consultations.push(consultation),
                Some(OpaqueEntry::Ballot(id, ballot)) => ballots.push((id, ballot)),
                Some(OpaqueEntry::Papers(id, book)) => self.merge_papers(id, &book),
                Some(OpaqueEntry::Waiting(token, ballot)) => self.waiting.maybe_update(|waiting| {
                    waiting.insert(token, ballot.clone()).as_ref() != Some(&ballot)
                }),
                None => {}
            }
        }
        self.polls.maybe_update(|polls| {
            let mut changed = false;
            for consultation in consultations {
                let id = consultation.id;
                match polls.get_mut(&id) {
                    None => {
                        polls.insert(id, Rc::new(Poll::new(consultation)));
                        changed = true;
                    }
                    Some(poll) if consultation.supersedes(&poll.consultation) => {
                        Rc::make_mut(poll).consultation = consultation;
                        changed = true;
                    }
                    Some(_) => {}
                }
            }
            for (id, ballot) in ballots {
                match polls.get_mut(&id) {
                    Some(poll) if poll.urn.get(ballot.id) == Some(&ballot) => {}
                    Some(poll) => changed |= Rc::make_mut(poll).urn.put(ballot) != Cast::Known,
                    None => self
                        .orphan_ballots
                        .update_value(|orphan_ballots| orphan_ballots.push((id, ballot))),
                }
            }
            changed
        });
    }

    fn put(self, poll: Poll) {
        self.polls.update(|polls| {
            polls.insert(poll.consultation.id, Rc::new(poll));
        });
    }

    fn update<T>(self, id: ConsultationId, change: impl FnOnce(&mut Poll) -> T) -> Option<T> {
        let mut changed = None;
        self.polls.update(|polls| {
            changed = polls.get_mut(&id).map(|poll| change(Rc::make_mut(poll)));
        });
        changed
    }

    /// Makes this device the urn of a consultation, or of none.
    pub fn set_urn(self, id: Option<ConsultationId>) {
        let text = id.map(|id| id.to_string());
        self.store.dismiss_notice();
        self.store.storage().set_urn(text);
    }
}

impl AppStore {
    /// The consultation whose urn this device is.
    #[must_use]
    pub fn urn(self) -> ReadSignal<Option<String>> {
        self.storage().urn.read_only()
    }
}
