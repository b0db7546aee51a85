//! The single list of stored kinds. The raw copy, restoring it, the inventory before erasing
//! everything and the storage page are all derived from it, and a new kind of key does not compile
//! until it is listed.

use super::{DeviceSetting, Key, is_no_draft, is_opaque, record};
use crate::domain::record::{Body, RecordId};

/// What restoring a raw copy does with entries of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Merges them with those held, by the rules of the kind.
    Joined,
    /// Restores them together with the device that made the copy, if no device has written here
    /// yet.
    WithTheDevice,
    /// Ignores them: they are about the stores themselves, or would lock or erase something.
    Stays,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $fate:ident,)+) => {
        /// A kind of stored entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum StoredKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl StoredKind {
            /// Every kind, in the order of the screen.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// What restoring a raw copy does with this kind.
            #[must_use]
            pub fn fate(self) -> Fate {
                match self {
                    $(Self::$name => Fate::$fate,)+
                }
            }
        }
    };
}

kinds! {
    /// The record of an observation.
    Observation: Joined,
    /// The record of a note.
    Note: Joined,
    /// The record of a follow-up.
    FollowUp: Joined,
    /// The record of a device's description.
    NamedDevice: Joined,
    /// A consultation.
    Consultation: Joined,
    /// A ballot.
    Ballot: Joined,
    /// A keyed paper, or all those of a consultation as the first versions stored them.
    Paper: Joined,
    /// A ballot that its voter has not handed over yet.
    Waiting: Joined,
    /// The draft of a note.
    Draft: Joined,
    /// A version that lost a conflict.
    ConflictLoser: Joined,
    /// Quarantined bytes.
    Bytes: Joined,
    /// The id of this device.
    DeviceId: WithTheDevice,
    /// When everything was last exported.
    Exported: WithTheDevice,
    /// The person does not want to name the device.
    Unnamed: WithTheDevice,
    /// The person has dismissed the suggestion to install the app.
    Suggested: WithTheDevice,
    /// `IndexedDB` has held records.
    Synced: Stays,
    /// The browser has been asked for persistent storage.
    Asked: Stays,
    /// The person has been told that `localStorage` is full.
    QuotaNotice: Stays,
    /// The changes of the last merge: restoring the copy is a merge itself and replaces it.
    Merge: Stays,
    /// The urn that this device is: a file must not lock a device.
    Urn: Stays,
    /// A removal: a file must not remove anything.
    Removal: Stays,
}

impl StoredKind {
    /// The kind of the entry under a key.
    #[must_use]
    pub fn of(key: &Key) -> Self {
        match key {
            Key::Record(RecordId::Observation(_)) => Self::Observation,
            Key::Record(RecordId::Note(_)) => Self::Note,
            Key::Record(RecordId::FollowUp(_)) => Self::FollowUp,
            Key::Record(RecordId::Device(_)) => Self::NamedDevice,
            Key::Device => Self::DeviceId,
            Key::Draft(_) => Self::Draft,
            Key::Quarantine(_) => Self::Bytes,
            Key::ConflictLoser(_) => Self::ConflictLoser,
            Key::Local(DeviceSetting::Exported) => Self::Exported,
            Key::Local(DeviceSetting::Synced) => Self::Synced,
            Key::Local(DeviceSetting::Asked) => Self::Asked,
            Key::Local(DeviceSetting::QuotaNotice) => Self::QuotaNotice,
            Key::Local(DeviceSetting::Merge) => Self::Merge,
            Key::Local(DeviceSetting::Unnamed) => Self::Unnamed,
            Key::Local(DeviceSetting::Urn) => Self::Urn,
            Key::Local(DeviceSetting::Suggested) => Self::Suggested,
            Key::Opaque(name) if name.starts_with("consultation/") => Self::Consultation,
            Key::Opaque(name) if name.starts_with("ballot/") => Self::Ballot,
            Key::Opaque(name) if name.starts_with("waiting/") => Self::Waiting,
            Key::Opaque(_) => Self::Paper,
            Key::Removal(_) => Self::Removal,
        }
    }
}

/// How many entries there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory([usize; StoredKind::ALL.len()]);

impl Inventory {
    /// Counts the entries that a person would miss among these: not deleted records, discarded
    /// drafts or unreadable texts.
    #[must_use]
    pub fn of<'a>(texts: impl IntoIterator<Item = (&'a String, &'a String)>) -> Self {
        let mut inventory = Self::default();
        for (name, text) in texts {
            if let Ok(key) = Key::parse(name)
                && is_living(&key, text)
            {
                inventory.add(StoredKind::of(&key));
            }
        }
        inventory
    }

    /// Counts the entries under these keys, whatever their texts.
    #[must_use]
    pub fn of_keys(keys: impl IntoIterator<Item = String>) -> Self {
        let mut inventory = Self::default();
        for key in keys {
            if let Ok(key) = Key::parse(&key) {
                inventory.add(StoredKind::of(&key));
            }
        }
        inventory
    }

    fn add(&mut self, kind: StoredKind) {
        self.0[kind as usize] += 1;
    }

    /// The number of entries of a kind.
    #[must_use]
    pub fn count(&self, kind: StoredKind) -> usize {
        self.0[kind as usize]
    }

    /// The number of entries of all kinds that are merged when a copy is restored.
    #[must_use]
    pub fn total(&self) -> usize {
        let is_missed = |kind: StoredKind| kind.fate() == Fate::Joined;
        self.counts().filter(|(kind, _)| is_missed(*kind)).map(|(_, count)| count).sum()
    }

    /// The number of records.
    #[must_use]
    pub fn records(&self) -> usize {
        let kinds = [
            StoredKind::Observation,
            StoredKind::Note,
            StoredKind::FollowUp,
            StoredKind::NamedDevice,
        ];
        kinds.into_iter().map(|kind| self.count(kind)).sum()
    }

    /// The kinds with at least one entry, with their numbers.
    pub fn counts(&self) -> impl Iterator<Item = (StoredKind, usize)> {
        let all = StoredKind::ALL.iter().map(|kind| (*kind, self.count(*kind)));
        all.filter(|(_, count)| *count > 0)
    }
}

fn is_living(key: &Key, text: &str) -> bool {
    match key {
        Key::Record(id) => record(*id, text).is_ok_and(|record| *record.body() != Body::Deleted),
        Key::Draft(_) => !is_no_draft(text),
        Key::Opaque(_) => is_opaque(text),
        Key::Device
        | Key::Quarantine(_)
        | Key::ConflictLoser(_)
        | Key::Local(_)
        | Key::Removal(_) => true,
    }
}
