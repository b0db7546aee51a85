//! Reading both stores and bringing them into step, and following what other tabs say of theirs.
//!
//! All of it is in the part [`STORES`](crate::platform::parts::STORES), which whoever has nothing
//! stored does without.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::super::compare::{Compared, compare};
use super::super::keep::MIRRORED;
use super::super::{AppStore, Crowded, DraftHere, Keeping};
use crate::codec::stored::{self, Entry, Key, LocalFact, Scope, UnknownKey};
use crate::domain::journal::Journal;
use crate::domain::record::{Body, Record, RecordId};
use crate::domain::stamp::DeviceId;
use crate::platform::chance;
use crate::platform::events::StoredElsewhere;
use crate::platform::later::{self, Work};
use crate::platform::shelf::{KeepError, Shelf};
use crate::platform::tabs::Word;
use crate::platform::vault::Texts;

/// How long until a vault that failed is asked again, in milliseconds; then twice as long each time.
const AGAIN: i32 = 1_000;

/// No pause between two attempts is longer than this, in milliseconds.
const LONGEST: i32 = 60_000;

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn read(store: AppStore) -> Work {
    Box::pin(store.compare_stores())
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn hear(store: AppStore, word: Word) -> Work {
    Box::pin(async move { store.hear(word) })
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn follow(store: AppStore, stored: StoredElsewhere) -> Work {
    Box::pin(async move { store.follow(&[stored]) })
}

impl AppStore {
    /// Takes over what the vault holds, and writes to each store what only the other has.
    async fn compare_stores(self) {
        let keeper = self.keeper();
        let first = !keeper.paired.get();
        // Returning to a tab costs what has changed, not all there is.
        let is_known = !first
            && keeper.vault_error.get().is_none()
            && !self.shelf.is_some_and(Shelf::is_empty)
            && keeper.vault.is_unchanged().await;
        if is_known {
            return;
        }
        let mut held = loop {
            let let_go = keeper.let_go.get();
            match keeper.vault.read().await {
                // What was let go meanwhile must not come back by what was read before.
                Ok(held) if let_go == keeper.let_go.get() => break held,
                Ok(_) => {}
                Err(error) => {
                    keeper.vault_error.set(Some(error));
                    self.reconsider();
                    self.looked.notify();
                    if first && error.may_pass() {
                        self.wait_for_vault();
                    }
                    return;
                }
            }
        };
        keeper.vault.took_in();
        keeper.vault_error.set(None);
        keeper.vault_has(stored::removals(&held));
        let mut shelved = self.shelf.map(Shelf::entries).unwrap_or_default();
        stored::drop_removed(&mut held, &mut shelved);
        // What this tab has removed may still be on its way to the vault.
        stored::drop_removed(&mut held, &mut keeper.removed());
        let mut news = keeper.learn(stored::removals(&held));
        news.extend(keeper.learn(stored::removals(&shelved)));
        self.forget_removed(&news);
        for (key, text) in held.iter().chain(&shelved) {
            if stored::is_draft(key) {
                keeper.typed.set(keeper.typed.get().max(stored::drafted(text)));
            }
        }
        if keeper.unread.replace(false) {
            // Nothing lay there when the app began.
            self.take_in_texts(&shelved, &Texts::new());
        }
        // At the start the journal has what the shelf has; later it may have slept through it.
        let known = if first { &shelved } else { &Texts::new() };
        self.take_in_texts(&held, known);
        let sealed = |(key, text): (&String, &String)| {
            matches!(Key::parse(key), Ok(Key::Sealed(_)))
                .then(|| StoredElsewhere { key: key.clone(), value: Some(text.clone()) })
        };
        keeper.hear_sealed(Some(held.iter().filter_map(sealed).collect()));
        let compared = self.journal.with_untracked(|journal| compare(journal, &held, &shelved));
        let removed = compared.to_shelf.partition_point(stored::is_removal);
        let (removed, to_shelf) = compared.to_shelf.split_at(removed);
        for entry in removed {
            self.put_on_shelf(entry);
        }
        let shelf_done = to_shelf.len() <= MIRRORED && self.mirror_entries(to_shelf);
        if !shelf_done {
            self.hold_drafts(to_shelf);
        }
        keeper.mirrored.replace(to_shelf.iter().map(|entry| entry.key.clone()).collect());
        let waiting: Vec<_> = keeper.waiting.borrow().records().cloned().collect();
        if !news.is_empty() && !waiting.is_empty() {
            // It may have lain among what was removed.
            self.mirror(&waiting);
        }
        let found = self.found(&compared, &held, &shelved, shelf_done);
        if !compared.to_vault.is_empty() {
            keeper.vault_error.set(keeper.vault.write(compared.to_vault).await.err());
        }
        keeper.paired.set(keeper.vault_error.get().is_none());
        let before = self.keeping.get_untracked();
        let now = Keeping {
            late: false,
            unreadable: compared.unreadable,
            found: if first { found } else { before.found },
            ..before
        };
        if now != before {
            self.keeping.set(now);
        }
        self.reconsider();
        self.looked.notify();
    }

    /// Forgets, here, what was removed elsewhere, but not what waits for the vault: a person has written
    /// that since.
    fn forget_removed(self, scopes: &BTreeSet<Scope>) {
        if scopes.is_empty() {
            return;
        }
        let keeper = self.keeper();
        let everything = scopes.contains(&Scope::everything());
        let is_gone = |key: &Key| everything || scopes.contains(&Scope::of(key));
        let mut ids = BTreeSet::new();
        for scope in scopes {
            if let Some(Key::Record(id)) = scope.key() {
                ids.insert(id);
            }
        }
        self.journal.maybe_update(|journal| {
            let waiting = keeper.waiting.borrow();
            let is_gone = |id| waiting.get(id).is_none() && (everything || ids.contains(&id));
            let some = journal.records().any(|record| is_gone(record.id()));
            if some {
                journal.forget(is_gone);
            }
            some
        });
        self.lost.maybe_update(|lost| {
            let before = lost.len();
            lost.retain(|text| !is_gone(&Entry::lost(text.clone()).key));
            lost.len() != before
        });
        if is_gone(&Key::Local(LocalFact::Urn)) {
            self.urn.maybe_update(|urn| urn.take().is_some());
        }
        if is_gone(&Key::Local(LocalFact::Merge)) {
            self.merged.maybe_update(|merged| merged.take().is_some());
        }
        let sealed = scopes.iter().filter_map(Scope::sealed);
        let gone = sealed.map(|key| StoredElsewhere { key, value: None }).collect();
        keeper.hear_sealed(if everything { None } else { Some(gone) });
        if is_gone(&Key::Device) {
            self.forget_device();
        }
    }

    /// Forgets, here, which device this is and what its owner has been told and has done.
    fn forget_device(self) {
        self.keeper().device_kept.set(false);
        self.device.set_value(DeviceId(chance::token()));
        self.exported.set_value(None);
        self.unnamed.set(false);
    }

    /// Asks the vault again in a while: a slow disk may only have been late, and a browser that
    /// was killed may still hold the database. An empty screen says so meanwhile.
    fn wait_for_vault(self) {
        let keeper = self.keeper();
        if self.journal.with_untracked(Journal::is_empty) {
            self.keeping.maybe_update(|keeping| !std::mem::replace(&mut keeping.late, true));
        }
        if keeper.asking.replace(true) {
            return;
        }
        let pause = (2 * keeper.pause.get()).clamp(AGAIN, LONGEST);
        keeper.pause.set(pause);
        let ask = move || {
            keeper.asking.set(false);
            self.ask_again();
        };
        later::after(pause, Box::new(ask));
    }

    /// How many records one store gave back that the other had lost, all of them or by spoiling.
    fn found(self, compared: &Compared, held: &Texts, shelved: &Texts, shelf_done: bool) -> usize {
        let has_none = |texts: &Texts| !texts.keys().any(|key| stored::is_record(key));
        let paired = || shelved.contains_key(&Key::Local(LocalFact::Paired).to_string());
        if shelf_done && has_none(shelved) {
            self.living(&compared.to_shelf)
        } else if has_none(held) && paired() {
            self.living(&compared.to_vault)
        } else {
            compared.mended
        }
    }

    /// Takes what the vault has into the journal, but for the texts that it has been made of.
    fn take_in_texts(self, held: &Texts, known: &Texts) {
        let mut records = Vec::new();
        let mut devices = Vec::new();
        for (key, text) in held {
            if known.get(key) == Some(text) {
                continue;
            }
            match Key::parse(key) {
                Ok(Key::Record(id)) => records.extend(stored::record(id, text)),
                Ok(Key::Device) => devices.extend(text.parse::<DeviceId>()),
                Ok(Key::Local(LocalFact::Exported)) => self.note_export(stored::instant(text)),
                Ok(Key::Lost(_)) => self.follow_lost(text),
                Ok(Key::Local(LocalFact::Merge)) => self.merged.set(Some(text.clone())),
                Ok(Key::Local(LocalFact::Unnamed)) => self.unnamed.set(true),
                Ok(Key::Local(LocalFact::Urn)) => self.urn.set(Some(text.clone())),
                Ok(Key::Local(LocalFact::Crowded)) => {
                    self.keeping.update(|keeping| keeping.crowded = Crowded::Known);
                }
                Err(UnknownKey::OtherVersion) => {
                    self.keeping.update(|keeping| keeping.other_version = true);
                }
                _ => {}
            }
        }
        self.take_in(records);
        for device in devices {
            self.go_by(device);
        }
    }

    /// Follows a version that lost a conflict and was set aside elsewhere.
    fn follow_lost(self, text: &str) {
        self.lost.maybe_update(|lost| {
            let known = lost.iter().any(|other| other == text);
            if !known {
                lost.push(text.to_owned());
            }
            !known
        });
    }

    /// Puts entries on the shelf, up to the first that does not fit. Says whether all fitted.
    fn mirror_entries(self, entries: &[Entry]) -> bool {
        let Some(storage) = self.shelf else { return false };
        let mut kept = Ok(());
        for entry in entries {
            kept = kept.and_then(|()| storage.keep(entry, chance::token()));
        }
        self.keeper().shelf_full.set(kept == Err(KeepError::Full));
        kept.is_ok()
    }

    /// Holds in memory the drafts that the shelf has no room for.
    fn hold_drafts(self, entries: &[Entry]) {
        self.drafts.update_value(|drafts| {
            for Entry { key, text } in entries {
                let draft = text.as_deref().and_then(stored::note_draft);
                if let (Key::Draft(id), Some(draft)) = (key, draft)
                    && !drafts.iter().any(|here| here.of == *id)
                {
                    drafts.push(DraftHere { of: *id, key: *id, draft, typed: false });
                }
            }
        });
    }

    /// How many of these are records that a person would miss.
    fn living(self, entries: &[Entry]) -> usize {
        self.journal.with_untracked(|journal| {
            let lives = |entry: &&Entry| match entry.key {
                Key::Record(id) => {
                    journal.get(id).is_some_and(|record| *record.body() != Body::Deleted)
                }
                _ => false,
            };
            entries.iter().filter(lives).count()
        })
    }

    /// What another tab says.
    fn hear(self, word: Word) {
        match word {
            Word::Stored(entries) => {
                self.follow(&entries);
                self.let_go(&entries);
            }
            Word::ReadAgain => later::run(Box::pin(self.compare_stores())),
        }
    }

    /// Follows what another tab has stored. What is not readable is left to the next start.
    pub fn follow(self, stored: &[StoredElsewhere]) {
        let mut records = Vec::new();
        let mut sealed = Vec::new();
        let mut removals = BTreeMap::new();
        for StoredElsewhere { key: name, value } in stored {
            let key = Key::parse(name);
            if let Ok(Key::Sealed(_)) = key {
                sealed.push(StoredElsewhere { key: name.clone(), value: value.clone() });
                continue;
            }
            let Some(text) = value.as_deref() else { continue };
            match key {
                Ok(Key::Record(id)) => records.extend(stored::record(id, text)),
                Ok(Key::Lost(_)) => self.follow_lost(text),
                Ok(Key::Local(LocalFact::Urn)) => self.urn.set(Some(text.to_owned())),
                Ok(Key::Draft(id)) => self.follow_draft(id, text),
                Ok(Key::Removal(scope)) => {
                    removals.extend(stored::removal_number(text).map(|number| (scope, number)));
                }
                Ok(Key::Device) => {
                    if let Ok(device) = text.parse() {
                        self.go_by(device);
                    }
                }
                _ => {}
            }
        }
        self.follow_removals(removals);
        let ids: Vec<_> = records.iter().map(Record::id).collect();
        self.take_in(records);
        self.put_right(&ids);
        if !sealed.is_empty() {
            self.keeper().hear_sealed(Some(sealed));
        }
    }

    /// Follows what another tab has removed.
    fn follow_removals(self, heard: BTreeMap<Scope, u64>) {
        let keeper = self.keeper();
        let news = keeper.learn(heard.clone());
        if news.is_empty() {
            return;
        }
        keeper.has_let_go();
        let everything = news.contains(&Scope::everything());
        if everything {
            self.start_over();
        } else {
            self.forget_removed(&news);
        }
        // A comparison in this tab may have put it back on the shelf since it was removed.
        for key in keeper.mirrored.take() {
            if everything || news.contains(&Scope::of(&key)) {
                self.put_on_shelf(&Entry { key, text: None });
            }
        }
        for (scope, number) in heard {
            self.put_on_shelf(&Entry::removal(&scope, number));
        }
    }

    /// Writes to the shelf what the journal holds of these, where an older version lies there. Two
    /// tabs that write one record at once see each other's writing late, so the older may come
    /// last; whichever tab wrote it hears of the newer one.
    fn put_right(self, ids: &[RecordId]) {
        self.journal.with_untracked(|journal| {
            for id in ids {
                if let Some(Ok(entry)) = journal.get(*id).map(Entry::record) {
                    self.put_on_shelf(&entry);
                }
            }
        });
    }
}
