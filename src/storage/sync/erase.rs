//! Erasing everything, importing, and what follows from reading both stores.

use super::event::{Answer, Effect, EntryChange, Part, Purpose, Ticket};
use super::fault::Fault;
use super::flush::{MAX_MIRRORED, Replacement};
use super::{Effects, MirrorOrder};
use super::{Erasing, FlushAt, Phase, State};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, Entry, Key};
use crate::domain::record::{Record, RecordId};
use crate::domain::stamp::Instant;
use crate::storage::IdbError;

impl State {
    /// The connection was closed, perhaps because the database was deleted: what this tab shows and the
    /// next reading does not find was lost. It is not read at once: a person who clears a browser's data
    /// does not want it back from a tab in the background.
    pub(super) fn cut(&mut self) {
        self.idb_removals.clear();
        self.was_cut = true;
    }

    /// An import has merged these records into the journal.
    pub(super) fn import(
        &mut self,
        records: Vec<Record>,
        entries: &[Entry],
        ticket: Ticket,
        effects: &mut Effects,
    ) {
        self.mirror_records(&records, effects);
        for record in records {
            self.contents.journal.put(record.clone());
            self.pending.put(record);
        }
        self.take_entries(entries, effects);
        self.wait_with(entries, MirrorOrder::First);
        if entries.len() > MAX_MIRRORED {
            self.pending.mark_failed(entries);
        } else {
            let is_mirrored = |entry: &&Entry| !super::reconcile::is_in_idb_only(&entry.key);
            let local = entries.iter().filter(is_mirrored).cloned().collect();
            self.offer_local(Purpose::Entries, local, effects);
        }
        self.pending.tickets.push(ticket);
        self.flush = FlushAt::Now;
        effects.push(Effect::Show(Part::Journal));
    }

    /// An import is to be taken back.
    pub(super) fn want_replacement(
        &mut self,
        removed: Vec<RecordId>,
        in_local: Vec<RecordId>,
        restored: Vec<Record>,
        changes: Vec<EntryChange>,
        ticket: Ticket,
    ) {
        let entries = Vec::new();
        let replacement = Replacement { removed, in_local, restored, changes, ticket, entries };
        self.replacements.push(replacement);
    }

    pub(super) fn erase(&mut self, ticket: Ticket, effects: &mut Effects) {
        if let Some(other) = self.wants_erasing.replace(ticket) {
            // One erasure is as good as two.
            effects.push(Effect::Answer(other, Answer::Done(Err(IdbError::Aborted))));
        }
    }

    /// Both stores have been read, for a reconciliation or for an erasure.
    pub(super) fn read(
        &mut self,
        idb: Result<Option<RawEntries>, IdbError>,
        local: RawEntries,
        effects: &mut Effects,
    ) {
        match self.phase.clone() {
            Phase::Reading { stale: true, first, error } if idb.is_ok() => {
                self.phase = Phase::Reading { first, stale: false, error };
                effects.push(Effect::Read { unless_unchanged: false });
            }
            Phase::Reading { first, .. } => match idb {
                Ok(Some(held)) => {
                    if self.has_fault(Fault::PendingLostInReading) {
                        self.pending.entries.clear();
                    }
                    self.phase = Phase::Synced;
                    self.reconcile(held, local, first, effects);
                }
                Ok(None) => self.phase = Phase::Synced,
                Err(error) => self.reading_failed(first, error, &local, effects),
            },
            Phase::Erasing { step: Erasing::Counting, first, error, ticket } => {
                let mut error = error;
                match idb {
                    Ok(held) => {
                        let known = stored::removals(&held.unwrap_or_default());
                        self.merge_removals(known);
                        // The numbers of both stores are known, so the next one needs no instant.
                        self.merge_removals(stored::removals(&local));
                        self.now = Instant(0);
                    }
                    Err(failed) => error = Some(failed),
                }
                let removal = self.erase_local(effects);
                self.phase = Phase::Erasing { step: Erasing::Removing, first, error, ticket };
                effects
                    .push(Effect::Write { entries: vec![removal], known: self.removals.clone() });
            }
            _ => {}
        }
    }

    fn reading_failed(
        &mut self,
        first: bool,
        error: IdbError,
        local: &RawEntries,
        effects: &mut Effects,
    ) {
        self.phase = Phase::Degraded { first, error };
        if error == IdbError::Refused && self.local_works {
            self.take_local(local, effects);
            self.mirror_again(local, effects);
            // There is no database then, and local storage alone has everything.
            for mut replacement in std::mem::take(&mut self.replacements) {
                self.prepare(&mut replacement);
                let restored = replacement.restored.clone();
                self.replaced(replacement, effects);
                self.mirror_records(&restored, effects);
            }
        }
        self.fail(effects);
    }

    /// Local storage is the only store: it gets again what it has lost and this tab still has.
    fn mirror_again(&mut self, local: &RawEntries, effects: &mut Effects) {
        let is_missing = |key: &Key| !local.contains_key(&key.to_string());
        let records = self.contents.journal.records();
        let is_behind = |record: &&Record| {
            let id = record.id();
            let is_older =
                |text: &String| stored::record(id, text).is_ok_and(|held| record.supersedes(&held));
            local.get(&Key::Record(id).to_string()).is_none_or(is_older)
        };
        let missing: Vec<_> = records.filter(is_behind).cloned().collect();
        self.mirror_records(&missing, effects);
        let mut again = self.pending.offer_again(is_missing);
        again.extend(self.shown_entries().into_iter().filter(|entry| is_missing(&entry.key)));
        let device = Some(self.contents.device.to_string());
        if self.contents.device_stored && local.get(&Key::Device.to_string()) != device.as_ref() {
            again.push(Entry { key: Key::Device, text: device });
        }
        self.offer_local(Purpose::Entries, again, effects);
    }

    /// The removal of everything has been written, or not.
    pub(super) fn erasure_written(
        &mut self,
        written: Result<(), IdbError>,
        first: bool,
        error: Option<IdbError>,
        ticket: Ticket,
        effects: &mut Effects,
    ) {
        match written {
            Ok(()) => {
                self.idb_removals = self.removals.clone();
                self.finish_erasing(Ok(()), first, ticket, effects);
            }
            // Where the browser refuses IndexedDB, there never was a database.
            Err(IdbError::Refused) if error == Some(IdbError::Refused) => {
                self.phase = Phase::Degraded { first, error: IdbError::Refused };
                effects.push(Effect::Answer(ticket, Answer::Done(Ok(()))));
            }
            // A database that can be neither read nor written is deleted as a whole.
            Err(error) => {
                let error = Some(error);
                self.phase = Phase::Erasing { step: Erasing::Deleting, first, error, ticket };
                effects.push(Effect::Delete);
            }
        }
    }

    /// The database has been deleted, or not.
    pub(super) fn deleted(&mut self, deleted: Result<(), IdbError>, effects: &mut Effects) {
        if let Phase::Erasing { first, ticket, .. } = self.phase {
            self.idb_removals.clear();
            self.finish_erasing(deleted, first, ticket, effects);
        }
    }

    fn finish_erasing(
        &mut self,
        done: Result<(), IdbError>,
        first: bool,
        ticket: Ticket,
        effects: &mut Effects,
    ) {
        self.phase = match done {
            Ok(()) => Phase::Synced,
            Err(error) => Phase::Degraded { first, error },
        };
        effects.push(Effect::Answer(ticket, Answer::Done(done)));
        effects.push(Effect::Show(Part::Health));
        if !self.pending.is_empty() || self.lacks_removals() {
            // A database that was deleted is to know of the erasure as well.
            self.flush = FlushAt::Now;
        }
    }
}
