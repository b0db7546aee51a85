//! Reads a raw copy and validates it for restoring.
//!
//! A copy may be old, made by another person, or malicious, so nothing is stored as it is. Records
//! are imported as from a carnet; all other entries are parsed, checked by the rules for files of
//! their kind, and encoded again.

use std::collections::BTreeMap;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::{CombinedStores, RawEntries, combine};
use crate::codec::consultation::{self as sealed, OpaqueEntry, OpaqueKey, WaitingBallot};
use crate::codec::poll_file::{self, PollFileError};
use crate::codec::stored::{
    self, DeviceSetting, Entry, Fate, Key, KeyError, StoredKind, drafted, is_no_draft, is_readable,
    note_draft,
};
use crate::domain::consultation::{
    Ballot, Consultation, ConsultationId, Content, JoinError, JoinPlan, PaperBook, Poll,
    VotingChannel,
};
use crate::domain::convention::Convention;
use crate::domain::journal::{Journal, Merging};
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant, Token};

/// The validated entries of a copy other than records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BackupExtras {
    /// The id of the device that made the copy.
    pub device: Option<DeviceId>,
    /// The settings of that device.
    pub facts: Vec<Entry>,
    /// Drafts of notes.
    pub drafts: Vec<Entry>,
    /// Versions that lost a conflict.
    pub set_aside: Vec<Record>,
    /// Unreadable texts, under quarantine keys.
    pub bytes: Vec<Entry>,
    /// Consultations with their ballots.
    pub polls: Vec<Poll>,
    /// Papers with keyed readings.
    pub papers: Vec<Entry>,
    /// Ballots that their voters have not handed over yet.
    pub waiting: Vec<Entry>,
    /// Consultations that cannot be restored.
    pub refused: Vec<RefusedPoll>,
    /// How many values have keys that this version does not know; they are not restored.
    pub strange: usize,
}

/// A consultation of a copy that is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPoll {
    /// Its title.
    pub title: String,
    /// Why it is invalid.
    pub why: RestoreError,
}

/// Why a consultation cannot be restored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// A consultation file with it would be refused.
    #[error(transparent)]
    File(#[from] PollFileError),
    /// Joining it would be refused.
    #[error(transparent)]
    Join(#[from] JoinError),
}

/// Parses a copy of any version, and resolves its stores into one.
///
/// # Errors
/// When the text is not a raw copy.
pub fn read(text: &str) -> Result<CombinedStores, serde_json::Error> {
    #[derive(Deserialize)]
    struct Stores {
        entries: RawEntries,
        #[serde(default, rename = "shelf")]
        local: RawEntries,
        #[serde(default, rename = "vault")]
        idb: RawEntries,
    }

    let Stores { entries, local, idb } = serde_json::from_str(text)?;
    Ok(combine([entries, local, idb]))
}

/// The raw texts of the records of a copy, in the order of their keys. A value that is not JSON is
/// wrapped as a JSON string, so that the import refuses it at its place.
#[must_use]
pub fn records(copy: &CombinedStores) -> Vec<Box<str>> {
    let records = copy.texts.iter().filter(|(key, _)| stored::is_record(key));
    records
        .filter(|(key, _)| Key::parse(key).is_ok())
        .map(|(_, value)| match serde_json::from_str::<IgnoredAny>(value) {
            Ok(_) => value.trim().into(),
            Err(_) => serde_json::to_string(value).unwrap_or_default().into(),
        })
        .collect()
}

/// The entries of a copy other than records. Instants of the past are clamped to `now`.
#[must_use]
pub fn beside(copy: &CombinedStores, convention: &Convention, now: Instant) -> BackupExtras {
    let mut beside = BackupExtras::default();
    let mut consultations = BTreeMap::new();
    let mut ballots: BTreeMap<ConsultationId, Vec<(Key, &str, Ballot)>> = BTreeMap::new();
    for (key, text) in &copy.bytes {
        beside.set_bytes_aside(key, text);
    }
    for (name, text) in &copy.texts {
        let key = match Key::parse(name) {
            Ok(key) => key,
            // A key of the database itself, or of another app.
            Err(KeyError::Foreign) => continue,
            Err(KeyError::OtherVersion | KeyError::Strange) => {
                beside.strange += 1;
                continue;
            }
        };
        if !is_readable(name, text) {
            // An unreadable entry of a kind that is never restored is dropped.
            if StoredKind::of(&key).fate() != Fate::Stays {
                beside.set_bytes_aside(&key, text);
            }
            continue;
        }
        match &key {
            // Records are read one by one, like those of a carnet; removals are never restored.
            Key::Record(_) | Key::Removal(_) => {}
            Key::Device => beside.device = text.parse().ok(),
            Key::Quarantine(_) => beside.bytes.push(Entry { key, text: Some(text.clone()) }),
            Key::Draft(_) if is_no_draft(text) => {}
            Key::Draft(id) => match note_draft(text) {
                Some(draft) if !draft.is_blank() => {
                    beside.drafts.extend(Entry::draft(*id, &draft, drafted(text).min(now)));
                }
                Some(_) => {}
                None => beside.set_bytes_aside(&key, text),
            },
            Key::ConflictLoser(_) => match stored::conflict_loser(text) {
                Some(record) if is_plausible(convention, &record) => beside.set_aside.push(record),
                _ => beside.set_bytes_aside(&key, text),
            },
            Key::Local(fact) => beside.facts.extend(fact_of(*fact, text, now)),
            Key::Opaque(_) => match sealed::read(name, text) {
                Some(OpaqueEntry::Consultation(consultation)) => {
                    consultations.insert(consultation.id, (key, text, consultation));
                }
                Some(OpaqueEntry::Ballot(id, ballot)) => {
                    ballots.entry(id).or_default().push((key, text, ballot));
                }
                Some(OpaqueEntry::Papers(id, book)) => {
                    let readings = |number| sealed::paper(id, number, book.readings(number)?).ok();
                    beside.papers.extend(book.numbers().filter_map(readings));
                }
                Some(OpaqueEntry::Waiting(token, ballot)) if keeps_to_rules(&ballot) => {
                    beside.waiting.extend(sealed::waiting(token, &ballot));
                }
                Some(OpaqueEntry::Waiting(..)) | None => beside.set_bytes_aside(&key, text),
            },
        }
    }
    for (id, (key, text, consultation)) in consultations {
        let ballots = ballots.remove(&id).unwrap_or_default();
        beside.poll(convention, consultation, (key, text), ballots);
    }
    // Without their consultation, ballots cannot be checked against its rules.
    for (key, text, _) in ballots.into_values().flatten() {
        beside.set_bytes_aside(&key, text);
    }
    beside
}

impl BackupExtras {
    /// Adds a consultation, checked like a consultation file.
    fn poll(
        &mut self,
        convention: &Convention,
        consultation: Consultation,
        (key, text): (Key, &str),
        ballots: Vec<(Key, &str, Ballot)>,
    ) {
        let title = consultation.title().to_owned();
        let offered = ballots.iter().map(|(_, _, ballot)| ballot.clone()).collect();
        match as_file(convention, &Poll { consultation, urn: offered }) {
            Ok(poll) => {
                for (key, text, ballot) in &ballots {
                    if poll.urn.get(ballot.id).is_none() {
                        self.set_bytes_aside(key, text);
                    }
                }
                self.polls.push(poll);
            }
            Err(why) => {
                self.refused.push(RefusedPoll { title, why });
                self.set_bytes_aside(&key, text);
                for (key, text, _) in ballots {
                    self.set_bytes_aside(&key, text);
                }
            }
        }
    }

    /// Adds unusable bytes under a quarantine key. The key is a hash, so importing the same copy
    /// twice adds them once.
    fn set_bytes_aside(&mut self, key: &Key, text: &str) {
        let mut hasher = FnvHasher::default();
        hasher.write(key.to_string().as_bytes());
        hasher.write_u8(0xff);
        hasher.write(text.as_bytes());
        let key = key.quarantine(Token(hasher.finish()));
        self.bytes.push(Entry { key, text: Some(text.to_owned()) });
    }
}

/// A setting of the device that made the copy, if its kind is restored.
fn fact_of(fact: DeviceSetting, text: &str, now: Instant) -> Option<Entry> {
    let text = match fact {
        DeviceSetting::Exported => stored::instant(text)?.min(now).0.to_string(),
        _ => "1".to_owned(),
    };
    let entry = Entry::local(fact, text);
    (StoredKind::of(&entry.key).fate() == Fate::WithTheDevice).then_some(entry)
}

/// Whether importing a carnet would accept this version.
fn is_plausible(convention: &Convention, record: &Record) -> bool {
    let offered = [Ok(record.clone())];
    Merging::default().plan(convention, &Journal::default(), offered).refused.is_empty()
}

/// Whether a phone could have made this waiting ballot: its vote is valid under its rules.
fn keeps_to_rules(WaitingBallot { rules, ballot, .. }: &WaitingBallot) -> bool {
    ballot.way == VotingChannel::Phone
        && matches!(&ballot.content, Content::Vote(vote) if rules.allow(vote).is_ok())
}

/// The consultation with the ballots that importing a consultation file would accept.
fn as_file(convention: &Convention, poll: &Poll) -> Result<Poll, RestoreError> {
    poll_file::items(&poll.consultation, convention)?;
    let JoinPlan { offered, fresh, .. } = JoinPlan::new(None, &PaperBook::default(), poll)?;
    Ok(Poll { consultation: offered, urn: fresh.into_iter().collect() })
}

/// The entries of a consultation and its ballots.
#[must_use]
pub(super) fn entries_of(poll: &Poll) -> Vec<Entry> {
    let id = poll.consultation.id;
    let mut entries: Vec<_> = sealed::consultation(&poll.consultation).into_iter().collect();
    entries.extend(poll.urn.ballots().filter_map(|ballot| sealed::ballot(id, ballot).ok()));
    entries
}

/// The book of keyed papers of a consultation, from a store's entries.
#[must_use]
pub(super) fn book_among(texts: &RawEntries, id: ConsultationId) -> PaperBook {
    let mut book = PaperBook::default();
    let start = format!("{}paper/{id}", stored::PREFIX);
    let theirs = texts.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    for (key, text) in theirs {
        if let Some(OpaqueEntry::Papers(_, keyed)) = sealed::read(key, text) {
            book.merge(&keyed);
        }
    }
    book
}

/// A consultation with its ballots, from a store's entries.
#[must_use]
pub(super) fn poll_among(texts: &RawEntries, id: ConsultationId) -> Option<Poll> {
    let place = OpaqueKey::Consultation(id).key().to_string();
    let ballots = format!("{}ballot/{id}/", stored::PREFIX);
    let OpaqueEntry::Consultation(consultation) = sealed::read(&place, texts.get(&place)?)? else {
        return None;
    };
    let theirs = texts.range(ballots.clone()..).take_while(|(key, _)| key.starts_with(&ballots));
    let ballots = theirs.filter_map(|(key, text)| match sealed::read(key, text) {
        Some(OpaqueEntry::Ballot(_, ballot)) => Some(ballot),
        _ => None,
    });
    Some(Poll { consultation, urn: ballots.collect() })
}
