//! Reconciles both stores, and takes over what other tabs have stored.
//!
//! An entry that is newer in one store is written to the other, by the rule by which journals merge.
//! An entry is deleted only if the other store records its removal, and unreadable bytes are quarantined
//! before a readable version replaces them.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Compared, compare};
use super::event::{Effect, Part, Purpose};
use super::fault::Fault;
use super::flush::MAX_MIRRORED;
use super::{Effects, MirrorOrder, OpenDraft, QuotaNotice, contents};
use super::{FlushAt, State};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, DeviceSetting, Entry, Key, KeyError, Resolution, Scope};
use crate::domain::record::{Body, Record, RecordId};
use crate::domain::stamp::DeviceId;
use crate::platform::events::StoredElsewhere;

impl State {
    /// Takes over what local storage holds, at the start or where it is the only store.
    pub(super) fn take_local(&mut self, local: &RawEntries, effects: &mut Effects) {
        if !self.has_fault(Fault::RemovalsUnread) {
            let new_scopes = self.merge_removals(stored::removals(local));
            self.take_removals(&new_scopes, true, effects);
        }
        self.notices.unreadable =
            local.iter().filter(|(key, text)| !stored::is_readable(key, text)).count();
        let mut known = self.removal_entries();
        if known.is_empty() {
            self.take_texts(local, &RawEntries::new(), effects);
        } else {
            // A full local storage may still have what this tab has removed.
            let mut held = local.clone();
            stored::drop_removed(&mut held, &mut known);
            self.take_texts(&held, &RawEntries::new(), effects);
        }
    }

    /// Merges what both stores hold, and offers each the entries that only the other has.
    pub(super) fn reconcile(
        &mut self,
        mut held: RawEntries,
        mut local: RawEntries,
        first: bool,
        effects: &mut Effects,
    ) {
        self.retry_delay_ms = 0;
        self.idb_removals.extend(stored::removals(&held));
        let mut numbers = stored::removals(&held);
        // What waits was removed by this tab after what IndexedDB alone has, which it had not read. Local
        // storage was asked before: a greater number there is that of a later removal.
        let in_local = stored::removals(&local);
        numbers.retain(|scope, number| {
            in_local.get(scope) < Some(number) && self.removals.get(scope) != Some(number)
        });
        let renumbered = self.pending.renumber(&numbers);
        self.removals.extend(renumbered);
        stored::drop_removed(&mut held, &mut local);
        // Neither store may have this tab's removals yet.
        stored::drop_removed(&mut held, &mut self.removal_entries());
        stored::drop_removed(&mut local, &mut self.removal_entries());
        let mut new_scopes = self.merge_removals(stored::removals(&local));
        // Local storage was read when the page started: what it has now was removed since.
        let is_late = !first || new_scopes.contains(&Scope::everything());
        new_scopes.extend(self.merge_removals(stored::removals(&held)));
        self.take_removals(&new_scopes, is_late, effects);
        self.local_unread = false;
        let start = std::mem::take(&mut self.start_texts);
        let is_lost = |key: &String| stored::is_record(key) && !local.contains_key(key);
        let has_lost_since = start.keys().any(is_lost);
        self.take_texts(&local, &start, effects);
        let mut spoilt = BTreeSet::new();
        if !self.has_fault(Fault::IdbNotShown) {
            spoilt = self.take_texts(&held, &local, effects);
        }
        let opaque = held.iter().filter(|(key, _)| matches!(Key::parse(key), Ok(Key::Opaque(_))));
        let opaque = opaque
            .map(|(key, text)| StoredElsewhere { key: key.clone(), value: Some(text.clone()) });
        effects.push(Effect::ShowOpaque(Some(opaque.collect())));
        let mut compared = compare(&self.contents.journal, &held, &local);
        let device = Entry { key: Key::Device, text: Some(self.contents.device.to_string()) };
        let name = device.key.to_string();
        if self.contents.device_stored && held.get(&name) != device.text.as_ref() {
            // Local storage had it, or has lost it.
            compared.to_idb.retain(|entry| entry.key != Key::Device);
            compared.to_local.retain(|entry| entry.key != Key::Device);
            compared.to_idb.push(device.clone());
            compared.to_local.push(device);
        }
        // Local storage may have been cleared since the start, and the database deleted at any time.
        let was_cut = std::mem::take(&mut self.was_cut);
        let has_lost = has_lost_since || was_cut || held.is_empty();
        let heard = std::mem::take(&mut self.heard);
        self.heard_other = false;
        let is_suspect = |id| {
            let is_in_stores = |stores: [&RawEntries; 2]| {
                let key = Key::Record(id).to_string();
                stores.iter().any(|store| store.contains_key(&key))
            };
            spoilt.contains(&id) || heard.contains(&id) || (first && !is_in_stores([&held, &local]))
        };
        self.settle_rest([&held, &local], has_lost, &is_suspect, &mut compared, effects);
        self.mirror_missing(&compared, &held, &local, first, effects);
        self.notices.unreadable = compared.unreadable;
        if !new_scopes.is_empty() || !compared.to_local.is_empty() {
            // Removals and older texts may have taken the place of what is pending.
            let records: Vec<_> = self.pending.records.records().cloned().collect();
            self.mirror_records(&records, effects);
            let entries = self.pending.offer_again(|_| true);
            self.offer_local(Purpose::Entries, entries, effects);
        }
        if !compared.to_idb.is_empty() && !self.has_fault(Fault::LocalNotOffered) {
            // What was pending before is newer.
            let newer = std::mem::take(&mut self.pending.entries);
            self.wait_with(&compared.to_idb, MirrorOrder::First);
            // The other tabs find them in the stores.
            let _ = self.pending.take_untold_entries();
            self.pending.entries.extend(newer);
        }
        if !self.pending.is_empty() || self.lacks_removals() {
            self.flush = FlushAt::Now;
        }
        effects.push(Effect::Show(Part::Health));
    }

    /// Decides on the records that this tab shows and neither store holds. One that IndexedDB had was
    /// removed there, by a tab that took an import back; if IndexedDB never had it, or a store has lost
    /// something, this tab has it alone and gives it back.
    fn settle_rest(
        &mut self,
        [held, local]: [&RawEntries; 2],
        has_lost: bool,
        is_suspect: &dyn Fn(RecordId) -> bool,
        compared: &mut Compared,
        effects: &mut Effects,
    ) {
        let mut gone = BTreeSet::new();
        let waiting = self.pending.record_ids();
        for record in self.contents.journal.records() {
            let (id, key) = (record.id(), Key::Record(record.id()).to_string());
            let is_there = held.contains_key(&key) || local.contains_key(&key);
            let is_doubtful = has_lost || is_suspect(id);
            if waiting.contains(&id) || (is_there && !is_doubtful) {
                continue;
            }
            let Ok(entry) = Entry::record(record) else { continue };
            if !is_doubtful {
                gone.insert(id);
                continue;
            }
            let text = entry.text.as_deref().unwrap_or_default();
            let has = |store: &RawEntries| {
                let keeps = |held| stored::resolve_records(id, held, text) == Resolution::KeepHeld;
                store.get(&key).is_some_and(|held| keeps(held))
            };
            if !has(held) && !has(local) {
                compared.to_idb.retain(|other| other.key != entry.key);
                compared.to_local.retain(|other| other.key != entry.key);
                compared.to_idb.push(entry.clone());
                compared.to_local.push(entry);
            }
        }
        if !gone.is_empty() {
            self.contents.journal.forget(|id| gone.contains(&id));
            effects.push(Effect::Show(Part::Journal));
        }
        for entry in self.shown_entries() {
            let key = entry.key.to_string();
            // A loser that was given up has left a removal, and so has an urn; otherwise the tab that
            // told of it has gone before any store had it.
            let leaves_removal =
                matches!(entry.key, Key::ConflictLoser(_) | Key::Local(DeviceSetting::Urn));
            let is_lost = has_lost || leaves_removal;
            if is_lost && !held.contains_key(&key) && !local.contains_key(&key) {
                compared.to_idb.push(entry.clone());
                compared.to_local.push(entry);
            }
        }
    }

    /// Gives local storage what only IndexedDB has, as far as there is room.
    fn mirror_missing(
        &mut self,
        compared: &Compared,
        held: &RawEntries,
        local: &RawEntries,
        first: bool,
        effects: &mut Effects,
    ) {
        self.mirrored = compared.to_local.iter().map(|entry| entry.key.clone()).collect();
        let fits = compared.to_local.len() <= MAX_MIRRORED;
        let entries: Vec<_> =
            compared.to_local.iter().filter(|entry| fits || stored::is_removal(entry)).collect();
        let has_none = |texts: &RawEntries| !texts.keys().any(|key| stored::is_record(key));
        if first {
            self.notices.recovered = 0;
            self.returning = None;
            if fits && self.local_works && has_none(local) {
                // It counts once local storage has taken them: otherwise each start would tell it.
                self.returning = Some(self.count_live(&compared.to_local));
            } else if has_none(held) && self.noted_synced {
                self.notices.recovered = self.count_live(&compared.to_idb);
            } else {
                self.notices.recovered = compared.mended;
            }
        }
        let entries = entries.into_iter().cloned().collect();
        self.offer_local(Purpose::Mirror, entries, effects);
    }

    /// How many of these entries are records that are not deleted.
    fn count_live(&self, entries: &[Entry]) -> usize {
        let journal = &self.contents.journal;
        let is_live = |entry: &&Entry| match entry.key {
            Key::Record(id) => {
                journal.get(id).is_some_and(|record| *record.body() != Body::Deleted)
            }
            _ => false,
        };
        entries.iter().filter(is_live).count()
    }

    /// Takes entries of a store over, except those whose texts are `known` to be so already, and returns
    /// the records that cannot be read.
    fn take_texts(
        &mut self,
        held: &RawEntries,
        known: &RawEntries,
        effects: &mut Effects,
    ) -> BTreeSet<RecordId> {
        let mut spoilt = BTreeSet::new();
        let mut records = Vec::new();
        let mut devices = Vec::new();
        for (key, text) in held {
            if known.get(key) == Some(text) {
                continue;
            }
            match Key::parse(key) {
                Ok(Key::Record(id)) => match stored::record(id, text) {
                    Ok(record) => records.push(record),
                    Err(_) => drop(spoilt.insert(id)),
                },
                Ok(Key::Device) => devices.extend(text.parse::<DeviceId>()),
                Ok(key) => self.take_entry(&key, text, effects),
                Err(KeyError::OtherVersion) => self.notices.other_version = true,
                Err(_) => {}
            }
        }
        self.merge_records(records, effects);
        for device in devices {
            self.adopt_device_id(device);
        }
        spoilt
    }

    /// Takes over an entry that is neither a record nor the device's id.
    fn take_entry(&mut self, key: &Key, text: &str, effects: &mut Effects) {
        match key {
            Key::ConflictLoser(_) if stored::is_losers_key(key, text) => {
                self.add_loser(text, effects);
            }
            Key::Draft(id) => self.show_draft(*id, text),
            Key::Local(DeviceSetting::Exported) => self.note_export(stored::instant(text)),
            Key::Local(DeviceSetting::Merge) => {
                self.contents.merged = Some(text.to_owned());
                effects.push(Effect::Show(Part::Merged));
            }
            Key::Local(DeviceSetting::Unnamed) => {
                self.contents.unnamed = true;
                effects.push(Effect::Show(Part::Name));
            }
            // Of two, the stores keep the greater.
            Key::Local(DeviceSetting::Urn) if self.contents.urn.as_deref() < Some(text) => {
                self.contents.urn = Some(text.to_owned());
                effects.push(Effect::Show(Part::Urn));
            }
            Key::Local(DeviceSetting::QuotaNotice) => self.notices.quota = QuotaNotice::Dismissed,
            Key::Local(DeviceSetting::Asked) => self.asked = true,
            Key::Local(DeviceSetting::Synced) => self.noted_synced = true,
            _ => {}
        }
    }

    /// Shows the entries of an import, or what comes back when one is taken back.
    pub(super) fn take_entries(&mut self, entries: &[Entry], effects: &mut Effects) {
        let mut opaque = Vec::new();
        for Entry { key, text } in entries {
            match (key, text) {
                (Key::Opaque(_), Some(text)) => {
                    opaque
                        .push(StoredElsewhere { key: key.to_string(), value: Some(text.clone()) });
                }
                (Key::Device, Some(text)) => {
                    if let Ok(device) = text.parse() {
                        self.contents.device = device;
                        self.contents.device_stored = true;
                    }
                }
                (Key::Record(_), _) | (_, None) => {}
                (key, Some(text)) => self.take_entry(key, text, effects),
            }
        }
        if !opaque.is_empty() {
            effects.push(Effect::ShowOpaque(Some(opaque)));
        }
    }

    /// Applies removals that were read. `is_late` says that they were made since the page started: then an
    /// erasure takes along what the tab has not saved, as one that is heard of does.
    fn take_removals(&mut self, scopes: &BTreeSet<Scope>, is_late: bool, effects: &mut Effects) {
        if is_late && scopes.contains(&Scope::everything()) && !self.pending.records.is_empty() {
            self.start_over(effects);
        } else {
            self.drop_removed(scopes, effects);
        }
    }

    /// Drops the entries without a text from the tab.
    pub(super) fn forget_entries(&mut self, entries: &[Entry], effects: &mut Effects) {
        let gone = entries.iter().filter(|entry| entry.text.is_none());
        let scopes = gone.map(|entry| Scope::of(&entry.key)).collect();
        self.drop_removed(&scopes, effects);
    }

    /// Drops the entries from the tab that were removed, but not the versions of records that wait for
    /// IndexedDB: the person has written those since.
    pub(super) fn drop_removed(&mut self, scopes: &BTreeSet<Scope>, effects: &mut Effects) {
        if scopes.is_empty() || self.has_fault(Fault::RemovalUnheard) {
            return;
        }
        let everything = scopes.contains(&Scope::everything());
        let is_gone = |key: &Key| everything || scopes.contains(&Scope::of(key));
        // What comes back is taken over once more.
        self.start_texts.retain(|key, _| Key::parse(key).is_ok_and(|key| !is_gone(&key)));
        let mut ids = BTreeSet::new();
        for scope in scopes {
            if let Some(Key::Record(id)) = scope.key() {
                ids.insert(id);
            }
        }
        let is_gone_record = |id| everything || ids.contains(&id);
        let contents = &mut self.contents;
        if contents.journal.records().any(|record| is_gone_record(record.id())) {
            contents.journal.forget(is_gone_record);
            self.unsaved.forget(is_gone_record);
            for record in self.pending.records.records() {
                contents.journal.put(record.clone());
                if is_gone_record(record.id()) {
                    self.unsaved.put(record.clone());
                }
            }
        }
        contents.losers.retain(|text| !is_gone(&Entry::conflict_loser(text.clone()).key));
        // Typing survives that the draft is done elsewhere, but not that everything is erased.
        let stays = |open: &OpenDraft| open.typed || !is_gone(&Key::Draft(open.key));
        contents.drafts.retain(|open| !everything && stays(open));
        if is_gone(&Key::Local(DeviceSetting::Urn)) {
            contents.urn = None;
        }
        if is_gone(&Key::Local(DeviceSetting::Merge)) {
            contents.merged = None;
        }
        if is_gone(&Key::Local(DeviceSetting::Exported)) {
            contents.exported = None;
        }
        if is_gone(&Key::Local(DeviceSetting::Unnamed)) {
            contents.unnamed = false;
        }
        if is_gone(&Key::Device) {
            contents.device_stored = false;
            contents.device = DeviceId(self.random);
        }
        let opaque = scopes.iter().filter_map(Scope::opaque_key);
        let gone: Vec<_> = opaque.map(|key| StoredElsewhere { key, value: None }).collect();
        if everything {
            effects.push(Effect::ShowOpaque(None));
        } else if !gone.is_empty() {
            effects.push(Effect::ShowOpaque(Some(gone)));
        }
        contents::show_all(effects);
    }

    /// Takes over the entries that another tab has stored; `local` is what local storage holds under
    /// their keys. Unreadable ones are left to the next start.
    pub(super) fn hear(
        &mut self,
        entries: &[StoredElsewhere],
        local: &[Option<String>],
        effects: &mut Effects,
    ) {
        let mut records = Vec::new();
        let mut opaque = Vec::new();
        let mut removals = BTreeMap::new();
        let mut gone = BTreeSet::new();
        let mut told = BTreeMap::new();
        for StoredElsewhere { key, value } in entries {
            if let (Ok(Key::Removal(scope)), Some(text)) = (Key::parse(key), value) {
                told.extend(stored::removal_number(text).map(|number| (scope, number)));
            }
        }
        for (at, StoredElsewhere { key: name, value }) in entries.iter().enumerate() {
            let held = local.get(at).and_then(Option::as_deref);
            let key = Key::parse(name);
            if let Ok(key) = &key {
                let entry = Entry { key: key.clone(), text: value.clone() };
                if stored::is_overtaken(&entry, &told, &|scope| self.removals.get(scope).copied()) {
                    continue;
                }
            }
            if let Ok(Key::Opaque(_)) = key {
                opaque.push(StoredElsewhere { key: name.clone(), value: value.clone() });
                continue;
            }
            let Some(text) = value.as_deref() else {
                if let Ok(Key::Record(id)) = key {
                    gone.insert(id);
                }
                continue;
            };
            match key {
                Ok(Key::Record(id)) => records.extend(stored::record(id, text)),
                Ok(Key::Draft(id)) => self.follow_draft(id, text, held, effects),
                Ok(Key::Removal(scope)) => {
                    removals.extend(stored::removal_number(text).map(|number| (scope, number)));
                }
                Ok(key @ (Key::ConflictLoser(_) | Key::Local(DeviceSetting::Urn))) => {
                    self.heard_other = true;
                    self.take_entry(&key, text, effects);
                }
                Ok(Key::Device) => {
                    // The other tab is only about to store it.
                    if let Ok(device) = text.parse::<DeviceId>()
                        && (device < self.contents.device || !self.contents.device_stored)
                    {
                        self.contents.device = device;
                        self.contents.device_stored = false;
                    }
                }
                _ => {}
            }
        }
        self.hear_removals(&removals, effects);
        let ids: Vec<_> = records.iter().map(Record::id).collect();
        self.heard.extend(&ids);
        self.merge_records(records, effects);
        self.repair_local(&ids, effects);
        if !opaque.is_empty() {
            effects.push(Effect::ShowOpaque(Some(opaque)));
        }
        self.drop_records(&gone, effects);
    }

    /// Applies the removals of another tab.
    fn hear_removals(&mut self, incoming: &BTreeMap<Scope, u64>, effects: &mut Effects) {
        let new_scopes = self.merge_removals(incoming.clone());
        if new_scopes.is_empty() {
            return;
        }
        self.mark_stale();
        let everything = new_scopes.contains(&Scope::everything());
        if everything {
            self.start_over(effects);
        } else {
            self.drop_removed(&new_scopes, effects);
        }
        // A reconciliation in this tab may have put the entry back in local storage after its removal.
        let again = std::mem::take(&mut self.mirrored);
        let again =
            again.into_iter().filter(|key| everything || new_scopes.contains(&Scope::of(key)));
        let mut entries: Vec<_> = again.map(|key| Entry { key, text: None }).collect();
        entries.extend(incoming.iter().map(|(scope, number)| Entry::removal(scope, *number)));
        self.offer_local(Purpose::Entries, entries, effects);
    }

    /// Drops the records that another tab has removed from IndexedDB, without a removal.
    fn drop_records(&mut self, gone: &BTreeSet<RecordId>, effects: &mut Effects) {
        if gone.is_empty() {
            return;
        }
        // A reading that is under way may have put the records back in local storage, or be about to.
        self.mark_stale();
        let is_gone = |id| gone.contains(&id);
        let entries = gone.iter().map(|id| Entry { key: Key::Record(*id), text: None }).collect();
        self.offer_local(Purpose::Entries, entries, effects);
        self.pending.forget(is_gone);
        self.unsaved.forget(is_gone);
        self.heard.retain(|id| !is_gone(*id));
        self.contents.journal.forget(is_gone);
        effects.push(Effect::Show(Part::Journal));
    }

    /// Writes the journal's version of these records to local storage, where an older one is stored. Two
    /// tabs that write one record at the same time see each other's write late, so the older version may
    /// be stored last; the tab that wrote it gets a message with the newer one.
    fn repair_local(&mut self, ids: &[RecordId], effects: &mut Effects) {
        let held = ids.iter().filter_map(|id| self.contents.journal.get(*id));
        let entries = held.filter_map(|record| Entry::record(record).ok()).collect();
        self.offer_local(Purpose::Entries, entries, effects);
    }
}

/// Whether local storage does not hold the entries under a key.
pub(super) fn is_in_idb_only(key: &Key) -> bool {
    *key == Key::Local(DeviceSetting::Merge)
}
