//! Opaque entries: consultations, ballots and papers, which the storage layer saves without reading them.

use super::local::LocalStore;
use super::run::OpaqueListener;
use super::sync::{EntryChange, Input, MirrorOrder, SaveStatus, Setting};
use super::{Storage, saved};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, Key};

impl Storage {
    /// Names the listener of opaque entries that other tabs save. It gets `None` when all of them were
    /// erased.
    pub(crate) fn on_opaque_entries(self, listener: OpaqueListener) {
        self.core().opaque_listener.replace(Some(listener));
    }

    /// Stores and removes opaque entries in both stores and in the other tabs. The browser asks before it
    /// closes a page with entries that neither store has taken.
    pub(crate) async fn save_opaque(
        self,
        changes: Vec<EntryChange>,
        mirror: MirrorOrder,
    ) -> SaveStatus {
        self.hear_removals(&changes);
        saved(self.ask(|ticket| Input::OpaqueChanged { changes, mirror, ticket }).await)
    }

    /// Stores which consultation this device is the urn of.
    pub(crate) fn set_urn(self, id: Option<String>) {
        self.send(Input::Set(Setting::Urn(id)));
    }

    /// Whether local storage has consultations or ballots.
    #[must_use]
    pub fn has_votes(self) -> bool {
        self.local.is_some_and(LocalStore::has_votes)
    }

    /// The opaque entries of both stores.
    pub(crate) async fn opaque_entries(self) -> RawEntries {
        let (mut held, mut entries, _) = self.both_stores().await;
        stored::drop_removed(&mut held, &mut entries);
        let mut removals = self.with_state(super::State::removal_entries);
        stored::drop_removed(&mut held, &mut removals);
        for (key, text) in held {
            let better = |held: &String| {
                let key = Key::parse(&key);
                key.is_ok_and(|key| {
                    stored::resolve(&key, held, &text) != stored::Resolution::KeepHeld
                })
            };
            if entries.get(&key).is_none_or(better) {
                entries.insert(key, text);
            }
        }
        entries.retain(|key, _| matches!(Key::parse(key), Ok(Key::Opaque(_))));
        entries
    }

    /// The opaque entries of local storage.
    pub(crate) fn local_entries(self) -> RawEntries {
        let mut entries = self.local.map(LocalStore::entries).unwrap_or_default();
        entries.retain(|key, _| matches!(Key::parse(key), Ok(Key::Opaque(_))));
        entries
    }
}
