//! Writes what is pending to IndexedDB, batch by batch, and tells the result.
//!
//! An entry is safe once its transaction has completed. What a failed batch held stays pending, before
//! what has come since, so that the later entries win.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Answer, Effect, EntryChange, Part, Purpose, Ticket};
use super::fault::Fault;
use super::{Effects, MirrorOrder, SaveStatus};
use super::{FlushAt, Phase, State};
use crate::codec::stored::{self, DeviceSetting, Entry, Key, Scope};
use crate::domain::journal::Journal;
use crate::domain::record::{Record, RecordId};
use crate::storage::{IdbError, TabMessage};

/// The most records of one batch that local storage mirrors. It is slow and small: the records of many
/// devices go to IndexedDB alone.
pub(super) const MAX_MIRRORED: usize = 5000;

/// Above this, the message to the other tabs is "read again" instead of the entries.
const MAX_TOLD: usize = 500;

/// What waits for `IndexedDB`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    pub(super) records: Journal,
    /// The records of which the other tabs have not been told.
    pub(super) untold: BTreeSet<RecordId>,
    /// Entries other than records, in the order of their changes. They go before the records.
    pub(super) entries: Vec<PendingEntry>,
    /// Who waits for an answer.
    pub(super) tickets: Vec<Ticket>,
}

/// An entry that waits for `IndexedDB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PendingEntry {
    pub(super) entry: Entry,
    pub(super) mirror: Mirror,
    /// Whether the other tabs have been told.
    pub(super) is_told: bool,
}

/// Whether local storage has a pending entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mirror {
    /// It has it, or need not have it.
    Done,
    /// It gets it after `IndexedDB`.
    After,
    /// It has not taken it: the entry is in this tab only.
    Failed,
}

/// A replacement of records, to take an import back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    pub(super) removed: Vec<RecordId>,
    pub(super) in_local: Vec<RecordId>,
    pub(super) restored: Vec<Record>,
    pub(super) changes: Vec<EntryChange>,
    pub(super) ticket: Ticket,
    /// The entries that carry it out, once it is under way.
    pub(super) entries: Vec<Entry>,
}

impl Replacement {
    /// Everything has been erased meanwhile: nothing comes back.
    pub(super) fn restores_nothing(&mut self) {
        self.restored.clear();
        self.entries.retain(stored::is_removal);
    }
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.entries.is_empty() && self.tickets.is_empty()
    }

    /// Puts what a failed batch held before what has come since.
    fn put_back(&mut self, batch: Self) {
        let Self { records, entries, tickets, .. } = batch;
        for record in records.records() {
            self.records.put(record.clone());
        }
        self.entries.splice(0..0, entries);
        self.tickets.splice(0..0, tickets);
    }

    /// Marks the entries that local storage has not taken; they come in the order of the pending ones.
    pub(super) fn mark_failed(&mut self, failed: &[Entry]) {
        let mut failed = failed.iter().peekable();
        for pending in &mut self.entries {
            if failed.next_if_eq(&&pending.entry).is_some() {
                pending.mirror = Mirror::Failed;
            }
        }
    }

    /// The entries that local storage gets after IndexedDB; it is about to get them.
    fn take_after(&mut self) -> Vec<Entry> {
        let mut after = Vec::new();
        for pending in &mut self.entries {
            if pending.mirror == Mirror::After {
                pending.mirror = Mirror::Done;
                after.push(pending.entry.clone());
            }
        }
        after
    }

    /// Makes the removals that wait newer than those of a store: the person made them later, in a tab that
    /// had not read it. Returns the numbers that have changed.
    pub(super) fn renumber(&mut self, stored: &BTreeMap<Scope, u64>) -> BTreeMap<Scope, u64> {
        let mut changed = BTreeMap::new();
        for pending in &mut self.entries {
            let Key::Removal(scope) = &pending.entry.key else { continue };
            let number = pending.entry.text.as_deref().and_then(stored::removal_number);
            if let Some(held) = stored.get(scope).filter(|held| number <= Some(**held)) {
                changed.insert(scope.clone(), held + 1);
                pending.entry = Entry::removal(scope, held + 1);
            }
        }
        changed
    }

    /// The entries that local storage lacks, which it is offered again.
    pub(super) fn offer_again(&mut self, is_missing: impl Fn(&Key) -> bool) -> Vec<Entry> {
        let mut missing = Vec::new();
        for pending in &mut self.entries {
            if pending.mirror == Mirror::Failed || is_missing(&pending.entry.key) {
                pending.mirror = Mirror::Done;
                missing.push(pending.entry.clone());
            }
        }
        missing
    }

    /// What waits and has not been told to the other tabs; it is about to be.
    fn take_untold(&mut self) -> Vec<Entry> {
        let mut untold = self.take_untold_entries();
        let records = std::mem::take(&mut self.untold);
        let records = records.into_iter().filter_map(|id| self.records.get(id));
        untold.extend(records.filter_map(|record| Entry::record(record).ok()));
        untold
    }

    pub(super) fn take_untold_entries(&mut self) -> Vec<Entry> {
        let mut untold = Vec::new();
        for pending in &mut self.entries {
            if !std::mem::replace(&mut pending.is_told, true) {
                untold.push(pending.entry.clone());
            }
        }
        untold
    }

    /// Drops the entries that new removals cover. Records stay: the person has written them since.
    pub(super) fn drop_covered(&mut self, scopes: &BTreeSet<Scope>) {
        let erases = scopes.contains(&Scope::everything());
        let is_gone = |entry: &Entry| {
            erases || (!stored::is_removal(entry) && scopes.contains(&Scope::of(&entry.key)))
        };
        self.entries.retain(|pending| !is_gone(&pending.entry));
    }

    /// Drops records.
    pub(super) fn forget(&mut self, is_gone: impl Fn(RecordId) -> bool + Copy) {
        self.records.forget(is_gone);
        let is_gone_entry = |entry: &Entry| matches!(entry.key, Key::Record(id) if is_gone(id));
        self.entries.retain(|pending| !is_gone_entry(&pending.entry));
    }

    /// The ids of the records that wait, written here or found in local storage only.
    pub(super) fn record_ids(&self) -> BTreeSet<RecordId> {
        let mut ids: BTreeSet<_> = self.records.records().map(Record::id).collect();
        ids.extend(self.entries.iter().filter_map(|pending| match pending.entry.key {
            Key::Record(id) => Some(id),
            _ => None,
        }));
        ids
    }

    /// Adds a record.
    pub(super) fn put(&mut self, record: Record) {
        self.untold.insert(record.id());
        self.records.put(record);
    }

    /// Everything that waits, as entries.
    fn all_entries(&self) -> Vec<Entry> {
        let mut entries: Vec<_> =
            self.entries.iter().map(|pending| pending.entry.clone()).collect();
        entries.extend(self.records.records().filter_map(|record| Entry::record(record).ok()));
        entries
    }

    fn has_lost_entries(&self) -> bool {
        self.entries.iter().any(PendingEntry::is_lost)
    }
}

impl PendingEntry {
    /// Whether the entry is in this tab only. Settings and removals can be made again.
    fn is_lost(&self) -> bool {
        self.mirror != Mirror::Done
            && matches!(self.entry.key, Key::Opaque(_) | Key::Draft(_) | Key::ConflictLoser(_))
    }
}

impl State {
    /// Whether something of these records or of the pending entries is in this tab only.
    pub(super) fn has_lost(&self) -> bool {
        !self.unsaved.is_empty()
            || self.pending.has_lost_entries()
            || matches!(&self.phase, Phase::Flushing { batch, .. } if batch.has_lost_entries())
    }

    /// Writes a scheduled batch without waiting for its timer: the page may be about to close.
    pub(super) fn flush_soon_is_now(&mut self) {
        if self.flush == FlushAt::Soon {
            self.flush = FlushAt::Now;
        }
    }

    pub(super) fn begin_writing(&mut self, effects: &mut Effects) {
        if self.replacements.is_empty() {
            self.begin_flush(effects);
        } else {
            let replacement = self.replacements.remove(0);
            self.begin_replacing(replacement, effects);
        }
    }

    fn begin_flush(&mut self, effects: &mut Effects) {
        let error = self.error();
        let mut batch = std::mem::take(&mut self.pending);
        // Another tab may have told of a newer version, and be gone before it has saved that.
        let journal = &self.contents.journal;
        let newer = |record: &Record| {
            journal.get(record.id()).filter(|held| held.supersedes(record)).cloned()
        };
        let newer: Vec<_> = batch.records.records().filter_map(newer).collect();
        for record in newer {
            batch.put(record);
        }
        self.flush = FlushAt::Never;
        // An id that failed to be written before another one was adopted is none any more.
        let device = Some(self.contents.device.to_string());
        let is_own = |entry: &Entry| entry.key != Key::Device || entry.text == device;
        batch.entries.retain(|pending| is_own(&pending.entry));
        if !self.contents.device_stored && !batch.records.is_empty() {
            let entry = Entry { key: Key::Device, text: Some(self.contents.device.to_string()) };
            self.offer_local(Purpose::Entries, vec![entry.clone()], effects);
            batch.entries.push(PendingEntry { entry, mirror: Mirror::Done, is_told: false });
        }
        if let Some(action) = &mut self.last_action {
            action.in_batch = true;
        }
        let untold = batch.take_untold();
        let mut entries = batch.all_entries();
        if self.has_fault(Fault::RemovalInLocalOnly) {
            entries.retain(|entry| !stored::is_removal(entry));
        }
        let told_later = untold.len() > MAX_TOLD;
        if !told_later && !self.has_fault(Fault::SilentFlush) {
            self.tell(&untold, effects);
        }
        let removals = self.removals_for_idb();
        let mut whole = removals.clone();
        whole.extend(entries);
        let removals = stored::removals_among(&removals);
        self.phase = Phase::Flushing { batch, removals, told_later, error };
        effects.push(Effect::Write { entries: whole, known: self.removals.clone() });
        if self.has_fault(Fault::EarlyAnswer) {
            self.report_saved(SaveStatus::Saved, effects);
        }
    }

    /// The removals that IndexedDB lacks. They are written before everything else: entries of a store
    /// that lacks a removal count as older than it.
    fn removals_for_idb(&self) -> Vec<Entry> {
        let is_lacking =
            |(scope, number): &(&Scope, &u64)| self.idb_removals.get(*scope) < Some(*number);
        let lacking = self.removals.iter().filter(is_lacking);
        lacking.map(|(scope, number)| Entry::removal(scope, *number)).collect()
    }

    /// A batch has been written, or not.
    pub(super) fn written(&mut self, written: Result<(), IdbError>, effects: &mut Effects) {
        let phase = std::mem::replace(&mut self.phase, Phase::Synced);
        match phase {
            Phase::Flushing { batch, removals, told_later, .. } => {
                if written.is_ok() {
                    self.idb_removals.extend(removals);
                    if told_later {
                        effects.push(Effect::Tell(TabMessage::Reread));
                    }
                }
                self.settle(batch, written, effects);
            }
            Phase::Replacing { replacement, .. } => match written {
                Ok(()) => {
                    self.idb_removals.extend(stored::removals_among(&replacement.entries));
                    let restored = replacement.restored.clone();
                    self.replaced(replacement, effects);
                    if restored.len() <= MAX_MIRRORED {
                        let entries =
                            restored.iter().filter_map(|record| Entry::record(record).ok());
                        self.offer_local(Purpose::Mirror, entries.collect(), effects);
                    }
                }
                Err(error) => {
                    self.phase = Phase::Degraded { first: false, error };
                    let answer = Answer::Done(Err(error));
                    effects.push(Effect::Answer(replacement.ticket, answer));
                }
            },
            Phase::Erasing { first, error, ticket, .. } => {
                self.erasure_written(written, first, error, ticket, effects);
            }
            other => self.phase = other,
        }
    }

    fn settle(&mut self, batch: Pending, written: Result<(), IdbError>, effects: &mut Effects) {
        if let Err(error) = written {
            if !self.has_fault(Fault::BatchDropped) {
                self.pending.put_back(batch);
            }
            self.phase = Phase::Degraded { first: false, error };
            return self.fail(effects);
        }
        let mut batch = batch;
        let after = batch.take_after();
        self.offer_local(Purpose::Entries, after, effects);
        self.retry_delay_ms = 0;
        let device = Some(self.contents.device.to_string());
        let is_own_id = |pending: &PendingEntry| {
            pending.entry.key == Key::Device && pending.entry.text == device
        };
        if batch.entries.iter().any(is_own_id) {
            self.contents.device_stored = true;
        }
        if !batch.records.is_empty() {
            self.note_synced(effects);
        }
        let unsaved = std::mem::take(&mut self.unsaved);
        let is_left = |record: &&Record| self.pending.records.get(record.id()).is_some();
        self.unsaved = unsaved.records().filter(is_left).cloned().collect();
        answer(batch.tickets, SaveStatus::Saved, effects);
        self.report_saved(SaveStatus::Saved, effects);
        self.note_quota();
        if !self.pending.is_empty() {
            self.flush = FlushAt::Now;
        }
    }

    /// IndexedDB does not take what is pending: local storage gets what it was to get last, and then
    /// everybody who waits is told how far it is saved.
    pub(super) fn fail(&mut self, effects: &mut Effects) {
        self.flush = FlushAt::Never;
        // The other tabs need not wait for IndexedDB.
        let untold = self.pending.take_untold();
        if untold.len() <= MAX_TOLD {
            self.tell(&untold, effects);
        }
        let mut after = self.pending.take_after();
        if !self.contents.device_stored && !self.pending.records.is_empty() {
            // The next start is the same device, wherever the records are.
            after.push(Entry { key: Key::Device, text: Some(self.contents.device.to_string()) });
        }
        self.offer_local(Purpose::Entries, after, effects);
        self.concludes = true;
        self.conclude(effects);
    }

    /// Tells everybody who waits how far the pending entries are saved, once local storage has answered.
    pub(super) fn conclude(&mut self, effects: &mut Effects) {
        if self.local_offers > 0 || !std::mem::replace(&mut self.concludes, false) {
            return;
        }
        let status = if self.has_lost() && !self.has_fault(Fault::FailureIsHidden) {
            SaveStatus::Failed
        } else {
            SaveStatus::LocalStorageOnly
        };
        let tickets = std::mem::take(&mut self.pending.tickets);
        answer(tickets, status, effects);
        if let Some(action) = &mut self.last_action {
            action.in_batch = true;
        }
        self.report_saved(status, effects);
        for replacement in std::mem::take(&mut self.replacements) {
            let error = self.error().unwrap_or(IdbError::NotLoaded);
            effects.push(Effect::Answer(replacement.ticket, Answer::Done(Err(error))));
        }
        self.schedule_retry(effects);
        effects.push(Effect::Show(Part::Health));
    }

    /// Notes in local storage that IndexedDB has held records: an empty one has lost them.
    fn note_synced(&mut self, effects: &mut Effects) {
        if self.local_works && !std::mem::replace(&mut self.noted_synced, true) {
            let entry = Entry::local(DeviceSetting::Synced, "1".to_owned());
            self.offer_local(Purpose::Entries, vec![entry], effects);
        }
    }

    fn begin_replacing(&mut self, mut replacement: Replacement, effects: &mut Effects) {
        let error = self.error();
        self.prepare(&mut replacement);
        let mut whole = self.removals_for_idb();
        whole.extend(replacement.entries.iter().cloned());
        // What comes back is newer than the removals of this batch.
        let mut known = self.removals.clone();
        known.extend(stored::removals_among(&whole));
        self.phase = Phase::Replacing { replacement, error };
        effects.push(Effect::Show(Part::Journal));
        effects.push(Effect::Write { entries: whole, known });
    }

    /// Drops the records that a replacement removes, and makes the entries that carry it out.
    pub(super) fn prepare(&mut self, replacement: &mut Replacement) {
        let in_local: BTreeSet<_> = replacement.in_local.iter().copied().collect();
        let mut entries = Vec::new();
        // Without a removal, a tab that has heard of a record may give it back. So many records are told
        // to no tab one by one.
        let are_few = replacement.removed.len() <= MAX_MIRRORED;
        for id in &replacement.removed {
            let key = Key::Record(*id);
            entries.push(if are_few || in_local.contains(id) {
                self.numbered(&Scope::of(&key))
            } else {
                Entry { key, text: None }
            });
        }
        for change in &replacement.changes {
            entries.push(match change {
                EntryChange::Put(entry) => entry.clone(),
                EntryChange::Remove(scope) => self.numbered(scope),
            });
        }
        entries.extend(replacement.restored.iter().filter_map(|record| Entry::record(record).ok()));
        let ids: BTreeSet<_> = replacement.removed.iter().copied().collect();
        self.contents.journal.forget(|id| ids.contains(&id));
        replacement.entries = entries;
    }

    /// The entry of a removal that becomes known only once it has been written.
    fn numbered(&self, scope: &Scope) -> Entry {
        let known = self.removals.get(scope).copied().unwrap_or_default();
        Entry::removal(scope, stored::next_removal(known, self.now))
    }

    /// A replacement has been written to IndexedDB, if there is one: this tab, the other tabs and the
    /// removals in local storage follow. What comes back is offered to that by the caller.
    pub(super) fn replaced(&mut self, replacement: Replacement, effects: &mut Effects) {
        let Replacement { removed, restored, entries, ticket, .. } = replacement;
        let ids: BTreeSet<_> = removed.into_iter().collect();
        let is_gone = |id| ids.contains(&id);
        self.contents.journal.forget(is_gone);
        self.pending.forget(is_gone);
        self.unsaved.forget(is_gone);
        let removals = stored::removals_among(&entries);
        let new_scopes = self.merge_removals(removals);
        self.drop_removed(&new_scopes, effects);
        self.forget_entries(&entries, effects);
        self.take_entries(&entries, effects);
        self.tell(&entries, effects);
        let is_mirrored = |entry: &Entry| match entry.key {
            Key::Record(_) => entry.text.is_none(),
            // IndexedDB alone has it.
            Key::Local(DeviceSetting::Merge) => false,
            _ => true,
        };
        let mut local: Vec<_> = entries.into_iter().filter(is_mirrored).collect();
        stored::removals_first(&mut local);
        self.offer_local(Purpose::Entries, local, effects);
        self.merge_records(restored, effects);
        effects.push(Effect::Show(Part::Journal));
        effects.push(Effect::Answer(ticket, Answer::Done(Ok(()))));
    }

    /// What changes are as entries; each removal becomes known.
    pub(super) fn carry_out(&mut self, changes: Vec<EntryChange>) -> Vec<Entry> {
        let entry = |change| match change {
            EntryChange::Put(entry) => entry,
            EntryChange::Remove(scope) => self.remove(&scope),
        };
        changes.into_iter().map(entry).collect()
    }

    /// Adds entries to those that wait.
    pub(super) fn wait_with(&mut self, entries: &[Entry], mirror: MirrorOrder) {
        let mirror = match mirror {
            MirrorOrder::First => Mirror::Done,
            MirrorOrder::Last => Mirror::After,
        };
        for entry in entries {
            if matches!(entry.key, Key::Draft(_) | Key::Local(_)) {
                // Only the last of many texts that are typed counts.
                self.pending.entries.retain(|pending| pending.entry.key != entry.key);
            }
            let (entry, is_told) = (entry.clone(), false);
            self.pending.entries.push(PendingEntry { entry, mirror, is_told });
        }
    }
}

/// Answers callers how far their changes are saved.
fn answer(tickets: Vec<Ticket>, status: SaveStatus, effects: &mut Effects) {
    let answer = |ticket| Effect::Answer(ticket, Answer::Saved(status));
    effects.extend(tickets.into_iter().map(answer));
}
