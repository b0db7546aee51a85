//! What the tab holds: everything that screens show of the two stores.

use super::Effects;
use super::State;
use super::event::{Effect, Part};
use super::fault::Fault;
use crate::codec::backup::RawEntries;
use crate::codec::stored::{self, DeviceSetting, DraftId, Entry, Scope};
use crate::domain::journal::{Journal, PutResult, Verdict};
use crate::domain::note::NoteDraft;
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant};

/// What the tab holds. Consultations and ballots are not among it: their screens read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The records.
    pub journal: Journal,
    /// Versions that lost a conflict, as they are stored.
    pub losers: Vec<String>,
    /// The undo data of the last merge of carnets, as it is stored.
    pub merged: Option<String>,
    /// Whether the person does not want to name the device.
    pub unnamed: bool,
    /// The consultation whose urn this device is.
    pub urn: Option<String>,
    /// When everything was last exported.
    pub exported: Option<Instant>,
    /// The id of this device.
    pub device: DeviceId,
    /// Whether that id is stored.
    pub device_stored: bool,
    /// The drafts of this device, one a key.
    pub drafts: Vec<OpenDraft>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDraft {
    /// The id by which the form asks for the draft.
    pub id: DraftId,
    /// The id under which the draft is stored: another one where another tab types the same draft.
    pub key: DraftId,
    /// What it says.
    pub draft: NoteDraft,
    /// Whether the person typed it in this tab.
    pub typed: bool,
    /// When it was typed or closed. A closed one is blank.
    pub at: Instant,
}

impl Contents {
    pub(super) fn new(device: DeviceId) -> Self {
        Self {
            journal: Journal::default(),
            losers: Vec::new(),
            merged: None,
            unnamed: false,
            urn: None,
            exported: None,
            device,
            device_stored: false,
            drafts: Vec::new(),
        }
    }

    /// Which of these versions are not listed yet as losers of a conflict, as they are stored.
    #[must_use]
    pub fn new_losers(&self, losers: &[Record]) -> Vec<String> {
        let mut known = RawEntries::new();
        for text in &self.losers {
            known.insert(text.clone(), String::new());
        }
        let texts = losers.iter().filter_map(|loser| stored::encode(loser).ok());
        texts.filter(|text| known.insert(text.clone(), String::new()).is_none()).collect()
    }
}

impl State {
    /// Merges versions into the journal, and keeps the losers of conflicts.
    pub(super) fn merge_records(&mut self, records: Vec<Record>, effects: &mut Effects) {
        let mut losers = Vec::new();
        let journal = &mut self.contents.journal;
        let mut changed = false;
        for record in records {
            let held = journal.get(record.id());
            if let (Verdict::Conflict { wins }, Some(held)) = (Verdict::of(held, &record), held) {
                losers.push(if wins { held } else { &record }.clone());
            }
            changed |= journal.put(record) == PutResult::Taken;
        }
        if changed {
            effects.push(Effect::Show(Part::Journal));
        }
        // A version that was given up once is not brought up again by a late message.
        losers.retain(|loser| {
            let key = stored::encode(loser).map(|text| Entry::conflict_loser(text).key);
            key.is_ok_and(|key| !self.removals.contains_key(&Scope::of(&key)))
        });
        self.save_losers(&losers, effects);
    }

    /// Records the instant of an export; the latest counts.
    pub(super) fn note_export(&mut self, at: Option<Instant>) {
        let exported = &mut self.contents.exported;
        *exported = at.max(*exported);
    }

    /// Adopts the stored device id; of two the smaller, as every tab does.
    pub(super) fn adopt_device_id(&mut self, device: DeviceId) {
        let contents = &mut self.contents;
        let was_stored = std::mem::replace(&mut contents.device_stored, true);
        let is_older = device < contents.device && !self.has_fault(Fault::GreaterDevice);
        let contents = &mut self.contents;
        if !was_stored || is_older {
            contents.device = device;
        }
    }

    /// Adds a version that lost a conflict and is stored already.
    pub(super) fn add_loser(&mut self, text: &str, effects: &mut Effects) {
        if !self.contents.losers.iter().any(|other| other == text) {
            self.contents.losers.push(text.to_owned());
            effects.push(Effect::Show(Part::Losers));
        }
    }

    /// The entries that this tab holds, saved or not: part of every copy.
    #[must_use]
    pub fn entries(&self) -> RawEntries {
        let mut texts = self.removal_entries();
        let mut put = |entry: Entry| {
            texts.extend(entry.text.map(|text| (entry.key.to_string(), text)));
        };
        let records = self.contents.journal.records();
        records.filter_map(|record| Entry::record(record).ok()).for_each(&mut put);
        self.shown_entries().into_iter().for_each(&mut put);
        self.waiting_entries().cloned().for_each(put);
        texts
    }

    /// What this tab shows besides the records, as entries.
    pub(super) fn shown_entries(&self) -> Vec<Entry> {
        let contents = &self.contents;
        let mut entries: Vec<_> =
            contents.losers.iter().cloned().map(Entry::conflict_loser).collect();
        for OpenDraft { key, draft, at, .. } in &contents.drafts {
            if !draft.is_blank() {
                entries.extend(Entry::draft(*key, draft, *at));
            }
        }
        let urn = contents.urn.clone();
        entries.extend(urn.map(|urn| Entry::local(DeviceSetting::Urn, urn)));
        if contents.unnamed {
            entries.push(Entry::local(DeviceSetting::Unnamed, "1".to_owned()));
        }
        let exported = contents.exported;
        entries.extend(exported.map(|at| Entry::local(DeviceSetting::Exported, at.0.to_string())));
        entries
    }
}

/// Shows all of the contents.
pub(super) fn show_all(effects: &mut Effects) {
    let parts = [Part::Journal, Part::Losers, Part::Merged, Part::Name, Part::Urn, Part::Health];
    effects.extend(parts.map(Effect::Show));
}
