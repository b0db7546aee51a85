//! The two stores and the tabs, brought into step.
//!
//! Whatever lies in one store and is newer than in the other is written there too, by the same
//! rule by which journals merge. Nothing is taken away, and bytes that cannot be read are set
//! aside before a readable version takes their place.
//!
//! Where nothing is stored there is nothing to bring into step: then `both.rs`, which does that, is
//! not fetched before the first deed.

mod both;

use std::rc::Rc;

use leptos::prelude::*;

use super::keeper::Keeper;
use super::{AppStore, Keeping};
use crate::codec::stored::{self, Key};
use crate::domain::journal::{Journal, Kept, Verdict};
use crate::domain::record::Record;
use crate::domain::stamp::DeviceId;
use crate::platform::parts::{self, STORES};
use crate::platform::shelf::Shelf;
use crate::platform::tabs::Word;
use crate::platform::vault::{Texts, Vault, VaultError};
use crate::platform::{chance, events, later};

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
        if (keeper.paired.get() || idle) && !keeper.erased.get() {
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
        }
    }

    /// Reads, after all, a vault that did not answer at the start. What was done meanwhile is stored
    /// there then.
    pub fn ask_again(self) {
        let keeper = self.keeper();
        let may_answer = keeper.vault_error.get().is_some_and(VaultError::may_pass);
        if may_answer && !keeper.paired.get() && !keeper.erased.get() {
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
        } else if word == Word::Erased {
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
        let mut found = self.shelf.map(Shelf::entries).unwrap_or_default();
        for (key, text) in self.keeper().vault.read().await.unwrap_or_default() {
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

    /// Erases everything of the app's in this browser: both stores, this tab and the others.
    ///
    /// # Errors
    /// When the database is still there. What this tab held is gone in any case, so the way on is
    /// to try again.
    pub async fn erase_all(self) -> Result<(), VaultError> {
        let keeper = self.keeper();
        // Whatever is being written is written first, so that nothing comes after.
        if let Err(error) = keeper.vault.read().await {
            keeper.vault_error.set(Some(error));
        }
        self.start_over();
        keeper.tell_tabs(&Word::Erased);
        if let Some(shelf) = self.shelf {
            shelf.erase();
        }
        match keeper.vault.erase().await {
            // There never was a database where the browser refuses all of them.
            Err(VaultError::Refused) if keeper.vault_error.get() == Some(VaultError::Refused) => {
                Ok(())
            }
            other => other,
        }
    }

    /// Is as new: an empty journal, and another device id once one is needed.
    fn start_over(self) {
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
