//! One list of every kind of thing that is stored: what the raw copy holds, what comes back from it,
//! what is counted before everything is erased and on the storage page, are all derived from here.
//! A new kind of key does not compile before it has its place in it.

use super::{DeviceSetting, Key, is_no_draft, is_opaque, record};
use crate::domain::record::{Body, RecordId};

/// What becomes of a kind when a raw copy is brought in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is put together with what is held, by the rules of its kind.
    Joined,
    /// It concerns the device that made the copy: it comes back where no device has been one yet.
    WithTheDevice,
    /// It concerns the stores it lay in, or would lock or erase things: it stays in the file.
    Stays,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $fate:ident,)+) => {
        /// A kind of thing that is stored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum StoredKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl StoredKind {
            /// Every kind, in the order in which people are told of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// What becomes of it when a raw copy is brought in again.
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
    /// The record of a planned day or of a marker that is watched.
    FollowUp: Joined,
    /// The record of a device's name.
    NamedDevice: Joined,
    /// A consultation.
    Consultation: Joined,
    /// A ballot.
    Ballot: Joined,
    /// A paper that is being keyed, or all of a consultation's as the first versions stored them.
    Paper: Joined,
    /// A ballot that its voter has yet to hand over.
    Waiting: Joined,
    /// Something being typed.
    Draft: Joined,
    /// A version that lost a conflict.
    SetAside: Joined,
    /// Bytes that could not be read.
    Bytes: Joined,
    /// The id of this device.
    DeviceId: WithTheDevice,
    /// When everything was last carried away.
    Exported: WithTheDevice,
    /// That a person does not want to say whose device it is.
    Unnamed: WithTheDevice,
    /// That a person has closed the suggestion to install the app.
    Suggested: WithTheDevice,
    /// That `IndexedDB` has held records.
    Paired: Stays,
    /// That the browser has been asked to keep things for good.
    Asked: Stays,
    /// That a person knows `localStorage` to be full.
    QuotaNotice: Stays,
    /// What the last merge changed: the merge of the copy takes its place.
    Merge: Stays,
    /// Whose urn this device is: a file must not lock a device.
    Urn: Stays,
    /// That something was removed: a file must not remove anything.
    Removal: Stays,
}

impl StoredKind {
    /// The kind of what lies under a key.
    #[must_use]
    pub fn of(key: &Key) -> Self {
        match key {
            Key::Record(RecordId::Observation(_)) => Self::Observation,
            Key::Record(RecordId::Note(_)) => Self::Note,
            Key::Record(RecordId::FollowUp(_)) => Self::FollowUp,
            Key::Record(RecordId::Device(_)) => Self::NamedDevice,
            Key::Device => Self::DeviceId,
            Key::Draft(_) => Self::Draft,
            Key::Aside(_) => Self::Bytes,
            Key::Lost(_) => Self::SetAside,
            Key::Local(DeviceSetting::Exported) => Self::Exported,
            Key::Local(DeviceSetting::Paired) => Self::Paired,
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

/// How many things of each kind there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory([usize; StoredKind::ALL.len()]);

impl Inventory {
    /// What a person would miss among these texts: not what was deleted or given up, nor what
    /// nobody can read.
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

    /// What lies under these keys, whatever its state.
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

    /// How many of a kind.
    #[must_use]
    pub fn count(&self, kind: StoredKind) -> usize {
        self.0[kind as usize]
    }

    /// How many of all kinds whose loss would be noticed.
    #[must_use]
    pub fn total(&self) -> usize {
        let is_missed = |kind: StoredKind| kind.fate() == Fate::Joined;
        self.counts().filter(|(kind, _)| is_missed(*kind)).map(|(_, count)| count).sum()
    }

    /// How many records.
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

    /// The kinds that there are any of, and how many.
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
        Key::Device | Key::Aside(_) | Key::Lost(_) | Key::Local(_) | Key::Removal(_) => true,
    }
}
