//! What a person changes: it waits for IndexedDB, and local storage gets it at once.
//!
//! Local storage is the only store where the browser refuses IndexedDB, and the next start reads it
//! first. What neither store has taken waits for the next attempt, and is part of every copy.

use std::collections::BTreeSet;

use super::event::{Effect, EntryChange, Part, Purpose, Setting, Ticket, Timer};
use super::fault::Fault;
use super::flush::MAX_MIRRORED;
use super::{Effects, FLUSH_DELAY_MS, MirrorOrder, NOTICE_DELAY_MS, QuotaNotice, SaveStatus};
use super::{FlushAt, LastAction, Phase, State};
use crate::codec::backup::RawEntries;
use crate::codec::stored::{DeviceSetting, Entry, Key, Scope};
use crate::domain::journal::ActionKind;
use crate::domain::record::Record;
use crate::platform::events::StoredElsewhere;
use crate::storage::{LocalStoreError, TabMessage};

impl State {
    /// An action has written these records in the journal; with none, the last action is saved again.
    pub(super) fn act(&mut self, kind: ActionKind, records: Vec<Record>, effects: &mut Effects) {
        self.actions += 1;
        let number = self.actions;
        self.last_action = Some(LastAction { kind, number, in_batch: false, told: None });
        effects.push(Effect::SetTimer(Timer::Notice(number), NOTICE_DELAY_MS));
        if records.is_empty() {
            // Another attempt, which the person has asked for.
            self.flush = FlushAt::Now;
        }
        self.mirror_records(&records, effects);
        for record in records {
            self.contents.journal.put(record.clone());
            self.pending.put(record);
        }
        self.schedule_flush(effects);
        if self.local_works && !std::mem::replace(&mut self.asked, true) {
            let entry = Entry::local(DeviceSetting::Asked, "1".to_owned());
            self.offer_local(Purpose::Entries, vec![entry], effects);
            effects.push(Effect::AskPersistence);
        }
    }

    fn schedule_flush(&mut self, effects: &mut Effects) {
        if self.flush == FlushAt::Never {
            self.flush = FlushAt::Soon;
            effects.push(Effect::SetTimer(Timer::Flush, FLUSH_DELAY_MS));
        }
    }

    /// Tells how far the last action is saved, unless that has been told.
    pub(super) fn report_saved(&mut self, status: SaveStatus, effects: &mut Effects) {
        let Some(action) = self.last_action.as_mut().filter(|action| action.in_batch) else {
            return;
        };
        if action.told.replace(status) != Some(status) {
            effects.push(Effect::Report(action.kind, status));
        }
        if status == SaveStatus::Saved {
            self.last_action = None;
        }
    }

    /// Tells that an action is not saved yet.
    pub(super) fn report_late(&mut self, number: u32, effects: &mut Effects) {
        let is_it = |action: &&mut LastAction| action.number == number && action.told.is_none();
        if let Some(action) = self.last_action.as_mut().filter(is_it) {
            action.told = Some(SaveStatus::Pending);
            effects.push(Effect::Report(action.kind, SaveStatus::Pending));
        }
    }

    pub(super) fn close_notice(&mut self) {
        self.last_action = None;
    }

    /// Offers local storage these records, in the journal's version, and again those that it has not
    /// taken.
    pub(super) fn mirror_records(&mut self, records: &[Record], effects: &mut Effects) {
        for record in records {
            let held = self.contents.journal.get(record.id());
            let newest = held.filter(|held| held.supersedes(record)).unwrap_or(record);
            self.unsaved.put(newest.clone());
        }
        if records.len() <= MAX_MIRRORED || self.error().is_some() {
            let unsaved = self.unsaved.records();
            let entries = unsaved.filter_map(|record| Entry::record(record).ok()).collect();
            self.offer_local(Purpose::Records, entries, effects);
        }
    }

    /// Offers entries to local storage, if it works; its answer follows at once.
    pub(super) fn offer_local(
        &mut self,
        purpose: Purpose,
        entries: Vec<Entry>,
        effects: &mut Effects,
    ) {
        if entries.is_empty() {
        } else if self.local_works {
            self.local_offers += 1;
            let known = self.removals.clone();
            effects.push(Effect::PutLocal { purpose, entries, known });
        } else {
            self.pending.mark_failed(&entries);
        }
    }

    /// Local storage has been written.
    pub(super) fn local_put(
        &mut self,
        purpose: Purpose,
        failed: &[Entry],
        error: Option<LocalStoreError>,
        effects: &mut Effects,
    ) {
        self.local_offers = self.local_offers.saturating_sub(1);
        match purpose {
            Purpose::Records => {
                self.local_full = error == Some(LocalStoreError::Full);
                // Each offer has all of them, and the answers to two offers of one step come in their order.
                let ids = failed.iter().filter_map(|entry| match entry.key {
                    Key::Record(id) => Some(id),
                    _ => None,
                });
                let journal = &self.contents.journal;
                self.unsaved = ids.filter_map(|id| journal.get(id)).cloned().collect();
            }
            Purpose::Mirror => {
                self.local_full = error == Some(LocalStoreError::Full);
                let returning = self.returning.take().unwrap_or_default();
                if failed.is_empty() && returning > 0 {
                    self.notices.recovered = returning;
                }
            }
            Purpose::Entries => {
                self.pending.mark_failed(failed);
                if let Phase::Flushing { batch, .. } = &mut self.phase {
                    batch.mark_failed(failed);
                }
                if !failed.is_empty() && !self.pending.is_empty() && self.error().is_none() {
                    // IndexedDB alone has them then.
                    self.flush = FlushAt::Now;
                }
            }
        }
        self.conclude(effects);
    }

    /// Saves an entry other than a record to both stores. A reload before IndexedDB has it finds it in
    /// local storage.
    pub(super) fn save_in_both(&mut self, entry: Entry, effects: &mut Effects) {
        let entries = vec![entry];
        self.wait_with(&entries, MirrorOrder::First);
        self.offer_local(Purpose::Entries, entries, effects);
        self.schedule_flush(effects);
    }

    /// Saves a removal in both stores without delay: only a removal in IndexedDB survives a killed
    /// browser.
    pub(super) fn save_now(&mut self, entry: Entry, effects: &mut Effects) {
        self.save_in_both(entry, effects);
        self.flush = FlushAt::Now;
    }

    /// Keeps the losers of conflicts until the person has decided.
    pub(super) fn save_losers(&mut self, losers: &[Record], effects: &mut Effects) {
        let new = self.contents.new_losers(losers);
        if new.is_empty() {
            return;
        }
        let entries: Vec<_> = new.iter().cloned().map(Entry::conflict_loser).collect();
        self.contents.losers.extend(new);
        effects.push(Effect::Show(Part::Losers));
        self.wait_with(&entries, MirrorOrder::First);
        if entries.len() <= MAX_MIRRORED {
            self.offer_local(Purpose::Entries, entries, effects);
        }
        self.schedule_flush(effects);
    }

    /// The person gives up a version that had lost.
    pub(super) fn drop_loser(&mut self, loser: &str, effects: &mut Effects) {
        if !self.contents.losers.iter().any(|text| text == loser) {
            return;
        }
        self.contents.losers.retain(|text| text != loser);
        effects.push(Effect::Show(Part::Losers));
        let removal = self.remove(&Scope::of(&Entry::conflict_loser(loser.to_owned()).key));
        self.save_now(removal, effects);
    }

    /// A setting of this device has changed.
    pub(super) fn set(&mut self, setting: Setting, effects: &mut Effects) {
        match setting {
            Setting::Exported => {
                self.note_export(Some(self.now));
                let entry = Entry::local(DeviceSetting::Exported, self.now.0.to_string());
                self.save_in_both(entry, effects);
                effects.push(Effect::Show(Part::Health));
            }
            Setting::Unnamed => {
                self.contents.unnamed = true;
                effects.push(Effect::Show(Part::Name));
                let entry = Entry::local(DeviceSetting::Unnamed, "1".to_owned());
                self.save_in_both(entry, effects);
            }
            Setting::NoticesDismissed => {
                if self.notices.quota == QuotaNotice::Shown {
                    let entry = Entry::local(DeviceSetting::QuotaNotice, "1".to_owned());
                    self.wait_with(&[entry], MirrorOrder::First);
                    self.schedule_flush(effects);
                }
                self.notices.recovered = 0;
                self.notices.quota = QuotaNotice::Dismissed;
            }
            Setting::Urn(id) => {
                let scope = Scope::of(&Key::Local(DeviceSetting::Urn));
                let entry = match &id {
                    Some(text) => Entry::local(DeviceSetting::Urn, text.clone()),
                    None => self.remove(&scope),
                };
                // The other tabs do not wait for IndexedDB, which may be slow or not answer at all.
                self.tell(std::slice::from_ref(&entry), effects);
                if id.is_some() {
                    self.save_in_both(entry, effects);
                } else {
                    self.save_now(entry, effects);
                }
                self.contents.urn = id;
                effects.push(Effect::Show(Part::Urn));
            }
        }
    }

    /// Opaque entries change; the other tabs and the caller get to know it.
    pub(super) fn change_opaque(
        &mut self,
        changes: Vec<EntryChange>,
        mirror: MirrorOrder,
        ticket: Ticket,
        effects: &mut Effects,
    ) {
        let entries = self.carry_out(changes);
        let many = entries.len() > MAX_MIRRORED;
        self.wait_with(&entries, if many { MirrorOrder::First } else { mirror });
        if many {
            self.pending.mark_failed(&entries);
        } else if mirror == MirrorOrder::First {
            self.offer_local(Purpose::Entries, entries, effects);
        }
        self.pending.tickets.push(ticket);
        self.flush = FlushAt::Now;
    }

    /// Empties the tab and local storage. Only the removal's number remains, so that neither store brings
    /// an entry back.
    pub(super) fn erase_local(&mut self, effects: &mut Effects) -> Entry {
        self.start_over(effects);
        let removal = self.remove(&Scope::everything());
        if !self.has_fault(Fault::SilentErasure) {
            self.tell(std::slice::from_ref(&removal), effects);
        }
        self.offer_local(Purpose::Entries, vec![removal.clone()], effects);
        removal
    }

    /// Tells the other tabs the entries that they hold as well, and the removals of these that this tab
    /// knows: who knows a later one takes the entries as older.
    pub(super) fn tell(&self, entries: &[Entry], effects: &mut Effects) {
        let mut scopes = BTreeSet::new();
        let mut shared = Vec::new();
        scopes.insert(Scope::everything());
        for entry in entries.iter().filter(|entry| is_shared(&entry.key)) {
            scopes.insert(Scope::of(&entry.key));
            shared.push(entry);
        }
        if shared.is_empty() {
            return;
        }
        for entry in &shared {
            if let Key::Removal(scope) = &entry.key {
                scopes.remove(scope);
            }
        }
        let known = scopes.iter().filter_map(|scope| Some((scope, self.removals.get(scope)?)));
        let known = known.map(|(scope, number)| Entry::removal(scope, *number));
        let sent = |entry: &Entry| StoredElsewhere {
            key: entry.key.to_string(),
            value: entry.text.clone(),
        };
        let mut message: Vec<_> = known.map(|entry| sent(&entry)).collect();
        message.extend(shared.into_iter().map(sent));
        effects.push(Effect::Tell(TabMessage::Stored(message)));
    }

    /// Whether IndexedDB lacks a removal that this tab knows.
    pub(super) fn lacks_removals(&self) -> bool {
        self.removals.iter().any(|(scope, number)| self.idb_removals.get(scope) < Some(number))
    }

    /// The removals as a store holds them.
    #[must_use]
    pub fn removal_entries(&self) -> RawEntries {
        let entries = self.removals.iter().map(|(scope, number)| Entry::removal(scope, *number));
        entries.filter_map(|entry| Some((entry.key.to_string(), entry.text?))).collect()
    }

    /// The entries other than records that wait for IndexedDB, or are on their way.
    pub(super) fn waiting_entries(&self) -> impl Iterator<Item = &Entry> {
        let batch = match &self.phase {
            Phase::Flushing { batch, .. } => batch.entries.as_slice(),
            _ => &[],
        };
        batch.iter().chain(&self.pending.entries).map(|pending| &pending.entry)
    }
}

/// Whether other tabs hold the entries under a key as well.
fn is_shared(key: &Key) -> bool {
    matches!(
        key,
        Key::Record(_)
            | Key::Device
            | Key::ConflictLoser(_)
            | Key::Draft(_)
            | Key::Opaque(_)
            | Key::Removal(_)
            | Key::Local(DeviceSetting::Urn)
    )
}
