//! The two stores and the tabs, brought into step.
//!
//! Whatever lies in one store and is newer than in the other is written there too, by the same
//! rule by which journals merge. Nothing is taken away but what the other store knows to be removed,
//! and bytes that cannot be read are set aside before a readable version takes their place.
//!
//! Where nothing is stored there is nothing to bring into step: then `both.rs`, which does that, is
//! not fetched before the first deed.

mod both;

use std::rc::Rc;

use leptos::prelude::*;

use super::keep::told;
use super::keeper::Keeper;
use super::{AppStore, Keeping};
use crate::codec::stored::{self, Key, Scope};
use crate::domain::journal::{Journal, Kept, Verdict};
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::parts::{self, STORES};
use crate::platform::shelf::Shelf;
use crate::platform::tabs::Word;
use crate::platform::vault::{Texts, Vault, VaultError};
use crate::platform::{chance, clock, events, later};

impl AppStore {
    pub(super) fn keeper(self) -> Rc<Keeper> {
        self.keeper.get_value()
    }

    /// Brings the two stores into step, as soon as the vault has opened, and from then on the tabs.
    pub fn pair(self) {
        let keeper = self.keeper();
        match &keeper.tabs {
            Some(tabs) => tabs.listen(move |word| later::run(Box::pin(self.told(word)))),
            None => events::on_stored_elsewhere(move |elsewhere| {
                later::run(Box::pin(async move {
                    if parts::arrives(STORES).await
                        && let Some(following) = parts::at_once(both::follow(self, elsewhere))
                    {
                        following.await;
                    }
                }));
            }),
        }
        later::run(Box::pin(async move {
            if !keeper.unread.get() {
                self.read_vault().await;
            }
            self.drain().await;
        }));
    }

    /// Looks whether anything was missed while the page was not looked at.
    pub fn look_again(self) {
        self.refresh_today();
        let keeper = self.keeper();
        let idle = !keeper.busy.get() && keeper.vault_error.get().is_none();
        if keeper.paired.get() || idle {
            later::run(Box::pin(async move {
                if keeper.paired.get() || Vault::exists().await {
                    self.read_vault().await;
                }
            }));
        }
    }

    /// Takes over what the vault holds, and writes to each store what only the other has.
    pub(super) async fn read_vault(self) {
        if parts::arrives(STORES).await {
            if let Some(reading) = parts::at_once(both::read(self)) {
                reading.await;
            }
        } else {
            self.keeper().vault_error.set(Some(VaultError::Away));
            self.reconsider();
            self.looked.notify();
        }
    }

    /// Reads, after all, a vault that did not answer at the start. What was done meanwhile is stored
    /// there then.
    pub fn ask_again(self) {
        let keeper = self.keeper();
        let may_answer = keeper.vault_error.get().is_some_and(VaultError::may_pass);
        if may_answer && !keeper.paired.get() {
            later::run(Box::pin(async move {
                self.read_vault().await;
                if keeper.paired.get() && keeper.has_waiting() {
                    self.write_what_waits();
                }
            }));
        }
    }

    /// What another tab says. Where the part that follows it is missing, this one has nothing that
    /// the other could have changed, but for what both have erased.
    async fn told(self, word: Word) {
        if parts::arrives(STORES).await {
            if let Some(hearing) = parts::at_once(both::hear(self, word)) {
                hearing.await;
            }
        } else if word.erases() {
            self.start_over();
        }
    }

    /// Goes by the id that the stores hold; of two by the smaller, as every tab does.
    pub(super) fn go_by(self, device: DeviceId) {
        let kept = self.keeper().device_kept.replace(true);
        if !kept || device < self.device.get_value() {
            self.device.set_value(device);
        }
    }

    /// Offers versions to the journal. Nothing is drawn anew where it knew them all.
    pub(super) fn take_in(self, records: Vec<Record>) {
        let mut losers = Vec::new();
        self.journal.maybe_update(|journal| {
            let mut taken = false;
            for record in records {
                let held = journal.get(record.id());
                if let (Verdict::Conflict { wins }, Some(held)) = (Verdict::of(held, &record), held)
                {
                    losers.push(if wins { held } else { &record }.clone());
                }
                taken |= journal.keep(record) == Kept::Taken;
            }
            taken
        });
        self.set_aside(&losers);
    }

    /// All sealed texts of both stores.
    pub(super) async fn sealed_texts(self) -> Texts {
        let is_sealed = |key: &String| matches!(Key::parse(key), Ok(Key::Sealed(_)));
        let mut held = self.keeper().vault.read().await.unwrap_or_default();
        let mut found = self.shelf.map(Shelf::entries).unwrap_or_default();
        stored::drop_removed(&mut held, &mut found);
        stored::drop_removed(&mut held, &mut self.keeper().removed());
        for (key, text) in held {
            let better = |held: &String| {
                let key = Key::parse(&key);
                key.is_ok_and(|key| stored::weigh(&key, held, &text) != stored::Offer::Declined)
            };
            if found.get(&key).is_none_or(better) {
                found.insert(key, text);
            }
        }
        found.retain(|key, _| is_sealed(key));
        found
    }

    /// The sealed texts that lie on the shelf.
    pub(super) fn shelved_texts(self) -> Texts {
        let mut found = self.shelf.map(Shelf::entries).unwrap_or_default();
        found.retain(|key, _| matches!(Key::parse(key), Ok(Key::Sealed(_))));
        found
    }

    /// Erases everything of the app's in this browser: both stores, this tab and the others. What is
    /// left is how often that was done, so that neither store brings anything back.
    ///
    /// # Errors
    /// When the vault still holds it. What this tab and the shelf held is gone in any case, and whatever
    /// is written to the vault next takes the rest away; the way on is to try again.
    pub async fn erase_all(self) -> Result<(), VaultError> {
        let keeper = self.keeper();
        // Whatever is being written is written first, so that nothing comes after.
        let now = match keeper.vault.read().await {
            Ok(held) => {
                keeper.learn(stored::removals(&held));
                // Both numbers are known: the next one need not tell when this was.
                Instant(0)
            }
            Err(error) => {
                keeper.vault_error.set(Some(error));
                clock::now()
            }
        };
        self.start_over();
        let erased = self.next_removal(&Scope::everything(), now);
        let numbers = stored::removals_among(std::slice::from_ref(&erased));
        keeper.learn(numbers.clone());
        keeper.tell_tabs(&Word::Stored(told(std::slice::from_ref(&erased))));
        self.put_on_shelf(&erased);
        match keeper.vault.write(vec![erased]).await {
            Ok(()) => {
                keeper.vault_has(numbers);
                Ok(())
            }
            // There never was a database where the browser refuses all of them.
            Err(VaultError::Refused) if keeper.vault_error.get() == Some(VaultError::Refused) => {
                Ok(())
            }
            // What can be neither read nor written goes as a whole.
            Err(_) => keeper.vault.erase().await,
        }
    }

    /// Is as new: an empty journal, and another device id once one is needed.
    pub(super) fn start_over(self) {
        self.keeper().forget_everything();
        self.device.set_value(DeviceId(chance::token()));
        self.drafts.set_value(Vec::new());
        self.done.set_value(crate::domain::journal::UndoStack::default());
        self.exported.set_value(None);
        self.merged.set(None);
        self.lost.set(Vec::new());
        self.unnamed.set(false);
        self.urn.set(None);
        self.keeper().hear_sealed(None);
        self.hush();
        self.keeping.set(Keeping::default());
        self.reconsider();
        self.journal.set(Journal::default());
        self.looked.notify();
    }
}
