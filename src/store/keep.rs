//! Storing what a deed wrote, and knowing what became of it.
//!
//! A deed is safe once the vault's transaction has completed. The shelf is written at once and as
//! well as it can: it is what the next start reads first, and what is left where the browser
//! refuses the vault. What is in neither waits here, is tried again with the next deed, and is in
//! every copy.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::keeper::Keeper;
use super::{AppStore, Crowded, Keeping, Notice, Saving};
use crate::codec::stored::{self, Entry, Key, LocalFact, Scope};
use crate::domain::journal::{Deed, Journal};
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::Instant;
use crate::platform::events::StoredElsewhere;
use crate::platform::room;
use crate::platform::shelf::KeepError;
use crate::platform::tabs::Word;
use crate::platform::vault::VaultError;
use crate::platform::{chance, clock, later};

/// How long a deed may take to be stored before that is said, in milliseconds.
const SOON: i32 = 400;

/// How long deeds are gathered that are then stored in one transaction, in milliseconds. Speaking to
/// the database and to other tabs takes longer than all else that a deed does: by then the first one
/// has been painted, and one that follows at once is not held up by it.
const GATHERED: i32 = 80;

/// How many records at a time are put on the shelf as well. It is slow and small: what many devices
/// gathered goes to the vault alone.
pub(super) const MIRRORED: usize = 5000;

/// How many entries other tabs are told one by one.
const TOLD: usize = 500;

impl AppStore {
    /// Stores what a deed wrote, and says so once it is known.
    pub(super) fn save(self, deed: Deed, written: Vec<Record>) {
        let keeper = self.keeper();
        let number = keeper.deeds.get() + 1;
        keeper.deeds.set(number);
        keeper.telling.set(Some(deed));
        let waiting = keeper.clone();
        let tell = move || {
            if waiting.deeds.get() == number {
                self.tell_saving(&waiting, Saving::Pending);
            }
        };
        later::after(SOON, Box::new(tell));
        self.mirror(&written);
        for record in written {
            keeper.waiting.borrow_mut().keep(record);
        }
        self.write_what_waits();
        self.ask_once_for_persistence();
    }

    /// Tries again to store what could not be stored.
    pub fn retry(self) {
        if let Some(Notice::Done { deed, .. }) = self.notice.get_untracked() {
            self.save(deed, Vec::new());
        }
    }

    /// Takes versions from elsewhere into the journal, whichever of them win, and stores them.
    /// What stands beside them is stored in the same transaction.
    pub async fn keep_all(self, records: Vec<Record>, beside: Vec<Entry>) -> Saving {
        self.take_in(records.clone());
        self.mirror(&records);
        self.write(records.into_iter().collect(), beside).await
    }

    /// Lets go of records, here, in both stores and in the other tabs, as if they had never been, and
    /// puts others in their place, all of it in one transaction. What lies on the shelf leaves a removal,
    /// because a browser that is killed may find it there again; what lies in the vault alone is gone with
    /// the transaction, and so needs none.
    ///
    /// # Errors
    /// When the vault has not taken it. Neither store has changed then.
    pub async fn replace(
        self,
        gone: Vec<RecordId>,
        restored: Vec<Record>,
        beside: Vec<Entry>,
    ) -> Result<(), VaultError> {
        let keeper = self.keeper();
        keeper.has_let_go();
        let ids: BTreeSet<_> = gone.into_iter().collect();
        let away = |id| {
            let key = Key::Record(id);
            if self.shelf.is_some_and(|shelf| shelf.text(&key).is_some()) {
                self.next_removal(&Scope::of(&key), clock::now())
            } else {
                Entry { key, text: None }
            }
        };
        let mut entries: Vec<_> = ids.iter().copied().map(away).collect();
        entries.extend(beside);
        entries.extend(restored.iter().filter_map(|record| Entry::record(record).ok()));
        let is_gone = |id| ids.contains(&id);
        keeper.waiting.borrow_mut().forget(is_gone);
        keeper.nowhere.borrow_mut().forget(is_gone);
        self.journal.update(|journal| journal.forget(is_gone));
        self.take_in(restored.clone());
        let removals = stored::removals_among(&entries);
        let batch = keeper.removals_for_vault().into_iter().chain(entries.iter().cloned());
        match keeper.vault.write(batch.collect()).await {
            Ok(()) => keeper.vault_has(removals.clone()),
            Err(VaultError::Refused) if self.shelf.is_some() => {}
            Err(error) => return Err(error),
        }
        keeper.learn(removals);
        keeper.tell_tabs(&Word::Stored(told(&entries)));
        for entry in entries.iter().filter(|entry| stored::is_removal(entry)) {
            self.put_on_shelf(entry);
        }
        self.mirror(&restored);
        Ok(())
    }

    /// The removal of what this scope covers, done here and to be stored like any entry.
    pub(super) fn removal(self, scope: &Scope) -> Entry {
        let entry = self.next_removal(scope, clock::now());
        let keeper = self.keeper();
        keeper.has_let_go();
        keeper.learn(stored::removals_among(std::slice::from_ref(&entry)));
        entry
    }

    /// A removal of what this scope covers that counts more than those that are known.
    pub(super) fn next_removal(self, scope: &Scope, now: Instant) -> Entry {
        let shelved = self.shelf.and_then(|shelf| shelf.text(&Key::Removal(scope.clone())));
        let shelved = shelved.and_then(|text| stored::removal_number(&text));
        self.keeper().next_removal(scope, shelved, now)
    }

    /// Forgets, here, the records that another tab has taken away.
    pub(super) fn let_go(self, gone: &[StoredElsewhere]) {
        let mut ids = BTreeSet::new();
        for entry in gone.iter().filter(|entry| entry.value.is_none()) {
            if let Ok(Key::Record(id)) = Key::parse(&entry.key) {
                ids.insert(id);
            }
        }
        if ids.is_empty() {
            return;
        }
        let is_gone = |id| ids.contains(&id);
        let keeper = self.keeper();
        // A reading that is under way may have put them back on the shelf, or be about to.
        keeper.has_let_go();
        for id in &ids {
            self.put_on_shelf(&Entry { key: Key::Record(*id), text: None });
        }
        keeper.waiting.borrow_mut().forget(is_gone);
        keeper.nowhere.borrow_mut().forget(is_gone);
        self.journal.update(|journal| journal.forget(is_gone));
    }

    /// Whether closing the page would lose something.
    #[must_use]
    pub fn is_at_risk(self) -> bool {
        let keeper = self.keeper();
        !keeper.nowhere.borrow().is_empty() || !keeper.unkept.borrow().is_empty()
    }

    /// Stores something beside records in the vault; nobody waits for it.
    pub(super) fn keep_beside(self, entry: Entry) {
        self.keeper().beside.borrow_mut().push(entry);
        self.write_what_waits();
    }

    /// Stores something beside records in both stores. A reload within the moment that the vault takes
    /// finds it on the shelf; where that has not taken it, the vault takes it at once.
    pub(super) fn keep_in_both(self, entry: Entry) {
        let shelved = self.put_on_shelf(&entry);
        self.keep_beside(entry);
        if !shelved {
            self.write_at_once();
        }
    }

    /// Removes something from both stores, at once: only what the vault knows to be removed is so after
    /// the browser was killed.
    pub(super) fn remove_from_both(self, removal: Entry) {
        self.put_on_shelf(&removal);
        self.keep_beside(removal);
        self.write_at_once();
    }

    /// Puts an entry on the shelf, where it does no harm to fail: the vault is about to have it. Says
    /// whether it was taken.
    pub(super) fn put_on_shelf(self, entry: &Entry) -> bool {
        self.shelf.is_some_and(|storage| storage.keep(entry, chance::token()).is_ok())
    }

    /// Does not tell any more what became of the last deed.
    pub(super) fn stop_telling(self) {
        self.keeper().telling.set(None);
    }

    /// Puts on the shelf what the journal has of these records, and what there was no room for
    /// before. After the first that does not fit, no other is tried.
    pub(super) fn mirror(self, records: &[Record]) {
        let keeper = self.keeper();
        let mut all = keeper.nowhere.take();
        self.journal.with_untracked(|journal| {
            for record in records {
                all.keep(journal.get(record.id()).unwrap_or(record).clone());
            }
        });
        let mut left = Journal::default();
        let mut full = false;
        let passed_by = records.len() > MIRRORED && keeper.vault_error.get().is_none();
        for record in all.records() {
            let kept = match (self.shelf, Entry::record(record)) {
                (Some(storage), Ok(entry)) if !full && !passed_by => {
                    storage.keep(&entry, chance::token())
                }
                _ => Err(KeepError::Refused),
            };
            full |= kept == Err(KeepError::Full);
            if kept.is_err() {
                left.keep(record.clone());
            }
        }
        keeper.shelf_full.set(full || (passed_by && keeper.shelf_full.get()));
        keeper.nowhere.replace(left);
    }

    /// Writes what waits in a moment, unless that is being done.
    pub(super) fn write_what_waits(self) {
        let keeper = self.keeper();
        if !keeper.busy.replace(true) {
            keeper.gathering.set(true);
            later::after(GATHERED, Box::new(move || self.write_at_once()));
        }
    }

    /// Writes now what is about to be written: the page may be going.
    pub fn write_at_once(self) {
        if self.keeper().gathering.replace(false) {
            later::run(Box::pin(self.drain()));
        }
    }

    /// Writes what waits, batch after batch, until there is nothing left or nothing helps.
    pub(super) async fn drain(self) {
        let keeper = self.keeper();
        let mut wrote = false;
        while keeper.has_waiting() {
            wrote = true;
            let deeds = keeper.deeds.get();
            let waiting = keeper.waiting.take();
            let saving = self.write(waiting, Vec::new()).await;
            if deeds == keeper.deeds.get() {
                self.tell_saving(&keeper, saving);
                if saving != Saving::Saved {
                    break;
                }
            }
        }
        if wrote && !keeper.paired.get() && keeper.vault_error.get().is_none() {
            // The vault has come round after all.
            self.read_vault().await;
        }
        keeper.busy.set(false);
        if keeper.has_waiting() && keeper.vault_error.get().is_none() {
            // It came while the vault was being read.
            self.write_what_waits();
        }
    }

    /// Writes one batch to the vault and tells the other tabs. What waits beside records goes first.
    async fn write(self, records: Journal, beside: Vec<Entry>) -> Saving {
        let keeper = self.keeper();
        let erasures = keeper.erasures.get();
        if !keeper.paired.get() && keeper.vault_error.get().is_none() {
            // Nothing was stored when the app began, so nothing has been read. What lies there by
            // now, such as another id of this device, has to be known first.
            self.read_vault().await;
        }
        if keeper.erasures.get() != erasures {
            // Everything was erased meanwhile, and this with it.
            return Saving::Saved;
        }
        let mut entries = keeper.beside.take();
        entries.extend(beside);
        let (batch, many) = self.batch(&records, entries.clone());
        let removals = keeper.removals.borrow().clone();
        let batch = keeper.removals_for_vault().into_iter().chain(batch).collect();
        let written = keeper.vault.write(batch).await;
        if many {
            keeper.tell_tabs(&Word::ReadAgain);
        }
        if written.is_ok() {
            keeper.vault_has(removals);
        } else {
            // Before what has been said since, so that the later word stays.
            entries.extend(keeper.beside.take());
            keeper.beside.replace(entries);
        }
        self.settle(&records, written)
    }

    /// What is to be written, and whether the other tabs have to read it themselves.
    fn batch(self, records: &Journal, mut entries: Vec<Entry>) -> (Vec<Entry>, bool) {
        let keeper = self.keeper();
        entries.extend(records.records().filter_map(|record| Entry::record(record).ok()));
        let known = keeper.paired.get() || keeper.vault_error.get().is_some();
        if known && !keeper.device_kept.get() && !records.is_empty() {
            let text = Some(self.device.get_value().to_string());
            let entry = Entry { key: Key::Device, text };
            self.put_on_shelf(&entry);
            entries.push(entry);
        }
        let many = entries.len() > TOLD;
        let told = if many { Vec::new() } else { told(&entries) };
        if !told.is_empty() {
            keeper.tell_tabs(&Word::Stored(told));
        }
        (entries, many)
    }

    /// Draws the consequences of a batch.
    fn settle(self, records: &Journal, written: Result<(), VaultError>) -> Saving {
        let keeper = self.keeper();
        keeper.vault_error.set(written.err());
        let nowhere = keeper.nowhere.take();
        let lost = records.records().any(|record| nowhere.get(record.id()).is_some());
        let saving = match written {
            Ok(()) => Saving::Saved,
            Err(_) if lost => Saving::Failed,
            Err(_) => Saving::Kept,
        };
        if saving == Saving::Saved {
            self.note_on_shelf(LocalFact::Paired, !records.is_empty());
            keeper.device_kept.set(keeper.device_kept.get() || !records.is_empty());
        } else {
            for record in records.records() {
                keeper.waiting.borrow_mut().keep(record.clone());
            }
        }
        let safe =
            |record: &&Record| saving != Saving::Saved || records.get(record.id()) != Some(*record);
        keeper.nowhere.replace(nowhere.records().filter(safe).cloned().collect());
        self.reconsider();
        saving
    }

    /// Sees again what stands in the way of keeping things.
    pub(super) fn reconsider(self) {
        let keeper = self.keeper();
        let error = keeper.vault_error.get();
        let lost = !keeper.nowhere.borrow().is_empty();
        let full = keeper.shelf_full.get() || error == Some(VaultError::Full);
        let before = self.keeping.get_untracked();
        let full = error.is_some() && lost && full;
        let crowded = error.is_none() && keeper.shelf_full.get() && before.crowded == Crowded::No;
        let now = Keeping {
            full,
            blocked: error.is_some() && !full && (lost || self.shelf.is_none()),
            crowded: if crowded { Crowded::Said } else { before.crowded },
            ..before
        };
        if now != before {
            self.keeping.set(now);
        }
    }

    /// Says what became of the last deed, if that has not been said.
    fn tell_saving(self, keeper: &Keeper, saving: Saving) {
        if let Some(deed) = keeper.telling.get() {
            if saving != Saving::Pending {
                keeper.telling.set(None);
            }
            self.notice.set(Some(Notice::Done { deed, saving }));
        }
    }

    /// Notes a fact that only the shelf has. Says whether it is new. Without it a loss may go
    /// unsaid, or the browser be asked twice.
    fn note_on_shelf(self, fact: LocalFact, wanted: bool) -> bool {
        let new = |text: Option<String>| wanted && text.is_none();
        let new = self.shelf.is_some_and(|storage| new(storage.text(&Key::Local(fact))));
        if new {
            self.put_on_shelf(&Entry::local(fact, "1".to_owned()));
        }
        new
    }

    /// Asks the browser to keep things for good, when there is something to keep for the first
    /// time.
    fn ask_once_for_persistence(self) {
        if self.note_on_shelf(LocalFact::Asked, true) {
            self.ask_for_persistence();
        }
    }

    /// Asks the browser to keep things for good.
    pub fn ask_for_persistence(self) {
        let keeper = self.keeper();
        later::run(Box::pin(async move {
            keeper.persisted.set(room::ask().await);
            self.looked.notify();
        }));
    }
}

/// What other tabs are told of a batch: what they hold themselves.
pub(super) fn told(entries: &[Entry]) -> Vec<StoredElsewhere> {
    let shared = |entry: &&Entry| {
        matches!(
            entry.key,
            Key::Record(_)
                | Key::Device
                | Key::Lost(_)
                | Key::Draft(_)
                | Key::Sealed(_)
                | Key::Removal(_)
                | Key::Local(LocalFact::Urn)
        )
    };
    let told =
        |entry: &Entry| StoredElsewhere { key: entry.key.to_string(), value: entry.text.clone() };
    entries.iter().filter(shared).map(told).collect()
}
