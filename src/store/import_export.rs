//! Exporting and importing records, undoing a merge, and the devices that records come from.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::AppStore;
use super::import_session::ImportSession;
use crate::codec::backup::{RestoreUndo, undo_data};
use crate::codec::carnet::Selection;
use crate::codec::stored::{self, DeviceSetting, Entry, Key, Scope};
use crate::domain::device::Device;
use crate::domain::item::Code;
use crate::domain::journal::{Action, Journal, RolledBack, Verdict};
use crate::domain::note::Note;
use crate::domain::pii::{Contact, contacts};
use crate::domain::record::{Body, FollowUpId, NoteId, Record, RecordId};
use crate::domain::stamp::DeviceId;
use crate::storage::{EntryChange, IdbError, SaveStatus};

/// A device, and the counts of its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// The id of the device.
    pub id: DeviceId,
    /// Its name and voice, if its owner has given them.
    pub device: Option<Device>,
    /// Whether it is this one.
    pub own: bool,
    /// How many observations were made with it.
    pub observations: usize,
    /// How many notes were last written with it.
    pub notes: usize,
}

/// The result of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// How many records and other entries have changed.
    pub changes: usize,
    /// How many versions were quarantined.
    pub set_aside: usize,
    /// How far the merge is saved.
    pub saving: SaveStatus,
}

/// A text of an export, and the contact data in it that may identify a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PiiFinding {
    /// The note, the observation with its evidence, or the device with its name.
    pub id: RecordId,
    /// The text.
    pub text: String,
    /// The contact data and its places in the text.
    pub contacts: Vec<Contact>,
}

impl AppStore {
    /// The records that a selection exports.
    #[must_use]
    pub fn selected(self, selection: &Selection) -> Vec<Record> {
        self.storage.journal.with(|journal| selection.of(journal))
    }

    /// The texts of an export that may identify a person.
    #[must_use]
    pub fn pii_findings(self, selection: &Selection) -> Vec<PiiFinding> {
        self.selected(selection).iter().filter_map(finding).collect()
    }

    /// How many private notes there are under an objective, or everywhere.
    #[must_use]
    pub fn private_count(self, under: Option<Code>) -> usize {
        self.storage.journal.with(|journal| {
            let inside = |record: &Record| match record.id() {
                RecordId::Note(id) => under.is_none_or(|under| under.covers(id.item.code())),
                _ => false,
            };
            let private =
                |record: &&Record| matches!(record.body(), Body::Note(note) if note.private);
            journal.records().filter(private).filter(|record| inside(record)).count()
        })
    }

    /// The name and voice of this device, if its owner has given them.
    #[must_use]
    pub fn own_device(self) -> Option<Device> {
        let own = self.storage.device();
        self.storage.journal.with(|journal| journal.device(own).cloned())
    }

    /// Every device that has a record, this one first.
    #[must_use]
    pub fn devices(self) -> Memo<Vec<DeviceRow>> {
        self.memo(move |journal, _| devices(journal, self.storage.device()))
    }

    /// Merges the files of a session, and quarantines the losers of conflicts.
    pub async fn merge(self, session: ImportSession) -> Merge {
        let (records, mut losers, restore_plans) = session.finish();
        // The person may have written records since the plan was made.
        self.storage.journal.with_untracked(|journal| {
            for record in &records {
                let held = journal.get(record.id());
                if let (Verdict::Conflict { wins }, Some(held)) = (Verdict::of(held, record), held)
                {
                    losers.push(if wins { held } else { record }.clone());
                }
            }
        });
        let merged = self.storage.journal.change(|journal| journal.merge(records));
        let mut changes = merged.changes();
        let written = self
            .storage
            .journal
            .with_untracked(|journal| merged.written(journal).cloned().collect());
        let mut undo = RestoreUndo { records: merged, ..RestoreUndo::default() };
        let mut restored = Vec::new();
        let mut joined = Vec::new();
        if !restore_plans.is_empty() {
            let held = self.storage.entries_in_use().await;
            let mut quarantined = Vec::new();
            for plan in restore_plans {
                changes += plan.changes();
                quarantined.extend(plan.set_aside);
                restored.extend(plan.entries);
                joined.extend(plan.joined);
            }
            let texts = quarantined.iter().filter_map(|record| stored::encode(record).ok());
            let mut restored_entries: Vec<_> = texts.map(Entry::conflict_loser).collect();
            restored_entries.extend(restored.iter().cloned());
            undo.beside = undo_data(&restored_entries, &held);
            undo.joined = joined.len();
            losers.extend(quarantined);
        }
        let mut other_entries = self.storage.new_losers(&losers);
        let set_aside = other_entries.len();
        other_entries.extend(restored);
        if changes > 0
            && let Ok(text) = undo.to_text()
        {
            other_entries.push(Entry::local(DeviceSetting::Merge, text));
        }
        let saving = self.storage.save_import(written, other_entries).await;
        let joined = self.join_restored(joined).await;
        let saving = if saving == SaveStatus::Saved { joined } else { saving };
        Merge { changes, set_aside, saving }
    }

    /// Whether there is a merge to undo. Tracked.
    #[must_use]
    pub fn can_unmerge(self) -> bool {
        self.storage.merged.read().is_some()
    }

    /// Undoes the last merge and returns whether everything is as it was; records that were changed since
    /// stay as they are.
    ///
    /// # Errors
    /// When IndexedDB still has the merged records. The undo can be tried again then.
    pub async fn unmerge(self) -> Result<bool, IdbError> {
        // The undo data is taken first, so that a second tap does nothing.
        let Some(text) = self.storage.merged.try_update(Option::take).flatten() else {
            return Ok(true);
        };
        let RestoreUndo { records: merged, beside: other_entries, joined } =
            RestoreUndo::parse(&text).unwrap_or_default();
        let (mut changes, changed_entries) = self.storage.plan_undo(&other_entries).await;
        let before = self.storage.journal.with_untracked(Clone::clone);
        let rolled_back = self.storage.journal.change(|journal| journal.roll_back(&merged));
        let RolledBack { restored, mut removed, changed_since } = rolled_back;
        // A store replaces a version by a greater one only, so the merged versions are removed first.
        removed.extend(restored.iter().map(Record::id));
        changes.push(EntryChange::Remove(Scope::of(&Key::Local(DeviceSetting::Merge))));
        if let Err(error) = self.storage.replace(removed, restored.clone(), changes).await {
            // IndexedDB still has the merged records. This tab takes them back with the undo data, so
            // that the undo can be tried again.
            self.storage.journal.change(|journal| *journal = before);
            self.storage.merged.set(Some(text));
            return Err(error);
        }
        for record in &restored {
            if let Ok(text) = stored::encode(record) {
                self.storage.drop_conflict_loser(&text);
            }
        }
        Ok(changed_since + changed_entries + joined == 0)
    }

    /// The version of a record in the journal. Tracked.
    #[must_use]
    pub fn record(self, id: RecordId) -> Option<Record> {
        self.storage.journal.with(|journal| journal.get(id).cloned())
    }

    /// Whether a device is this one.
    #[must_use]
    pub fn is_own(self, id: DeviceId) -> bool {
        id == self.storage.device()
    }

    /// The name and voice of a device, if they are known. Tracked.
    #[must_use]
    pub fn device(self, id: DeviceId) -> Option<Device> {
        self.storage.journal.with(|journal| journal.device(id).cloned())
    }

    /// The current version of a note. Tracked.
    #[must_use]
    pub fn note(self, id: NoteId) -> Option<Note> {
        match self.record(RecordId::Note(id))?.body() {
            Body::Note(note) => Some(note.clone()),
            _ => None,
        }
    }

    /// Whether to ask the person for the name of the device: once, before the first export.
    #[must_use]
    pub fn asks_name(self) -> bool {
        !self.storage.name_declined.get() && self.own_device().is_none()
    }

    /// Remembers that the person does not want to name the device.
    pub fn decline_name(self) {
        self.storage.decline_name();
    }

    /// Restores a version that had lost a conflict.
    pub fn restore(self, lost: &str) {
        if let Some(record) = stored::conflict_loser(lost) {
            // If the version is in the journal already, the person's wish is met.
            let _ = self.dispatch(Action::Restore(record));
        }
        self.storage.drop_conflict_loser(lost);
    }
}

fn finding(record: &Record) -> Option<PiiFinding> {
    let text = match record.body() {
        Body::Note(note) => note.text.as_str(),
        Body::Observation(seen) => seen.evidence.as_ref()?.as_str(),
        Body::Device(device) => device.label.as_str(),
        Body::FollowUp(_) | Body::Deleted => return None,
    };
    let contacts = contacts(text);
    if contacts.is_empty() {
        return None;
    }
    Some(PiiFinding { id: record.id(), text: text.to_owned(), contacts })
}

fn devices(journal: &Journal, own: DeviceId) -> Vec<DeviceRow> {
    let mut rows: BTreeMap<DeviceId, DeviceRow> = BTreeMap::new();
    let mut row = |id: DeviceId, observations: usize, notes: usize| {
        let row = rows.entry(id).or_insert_with(|| DeviceRow {
            id,
            device: journal.device(id).cloned(),
            own: id == own,
            observations: 0,
            notes: 0,
        });
        row.observations += observations;
        row.notes += notes;
    };
    for record in journal.records() {
        match (record.id(), record.body()) {
            (_, Body::Deleted) => {}
            (RecordId::Observation(id), _) => row(id.device, 1, 0),
            (RecordId::Note(_), _) => row(record.stamp().device, 0, 1),
            (RecordId::Device(device) | RecordId::FollowUp(FollowUpId { device, .. }), _) => {
                row(device, 0, 0);
            }
        }
    }
    let (mut own_row, others): (Vec<_>, Vec<_>) = rows.into_values().partition(|row| row.own);
    own_row.extend(others);
    own_row
}
