//! Generates the journals of a hundred people, the same ones at every run.

use std::collections::BTreeMap;

use jalons::convention::convention;
use jalons::domain::convention::Item;
use jalons::domain::day::Day;
use jalons::domain::device::{Device, DeviceLabel, Voice};
use jalons::domain::item::{ItemId, MarkerId};
use jalons::domain::note::{Note, NoteKind, NoteText};
use jalons::domain::observation::{Confidence, Evidence, Level, Observation};
use jalons::domain::record::{Body, NoteId, ObservationId, Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Stamp, Token};
use jalons::domain::wording::WordingHash;

/// The number of people, each with a device.
pub(crate) const JOURNALS: usize = 100;

/// How many of ten records people share with one another.
const SHARED: u64 = 2;

/// Sentences for the notes.
const PHRASES: [&str; 12] = [
    "L’atelier de jeudi a réuni une quinzaine de personnes, dont plusieurs pour la première fois.",
    "Le banc près de l’école n’est toujours pas remplacé.",
    "Trois familles demandent si l’inscription peut se faire ailleurs qu’à la mairie.",
    "À revoir au printemps, quand le potager partagé aura repris.",
    "Vu avec l’association : le local est prêté le mercredi, « sans frais », jusqu’à l’été.",
    "Personne ne connaît le numéro à appeler le soir.",
    "La fresque est terminée ; l’inauguration attend une date.",
    "On pourrait proposer un covoiturage depuis la place.",
    "Le compte rendu du conseil citoyen en parle, page 4.",
    "Deux jeunes ont commencé leur stage en septembre.",
    "Où en est le passage piéton promis l’an dernier ?",
    "Ça avance : les plans sont affichés dans le hall.",
];

/// A deterministic random number generator: SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let place = usize::try_from(self.below(choices.len() as u64)).expect("a place");
        choices[place]
    }
}

/// The records of each person, `size` of them, by id.
pub(crate) fn journals(size: usize) -> Vec<Vec<Record>> {
    let maker = Maker::new();
    (0..JOURNALS as u64).map(|person| maker.journal(person, size)).collect()
}

struct Maker {
    items: Vec<Item<'static>>,
    markers: Vec<MarkerId>,
}

impl Maker {
    fn new() -> Self {
        let items: Vec<_> = convention().items().collect();
        let markers = items.iter().filter_map(|item| item.id().marker()).collect();
        Self { items, markers }
    }

    fn journal(&self, person: u64, size: usize) -> Vec<Record> {
        let mut random = Rng(person);
        let mut records = BTreeMap::new();
        let named = device(person);
        records.insert(named.id(), named);
        // Each shared record belongs to two people, at every size.
        let shared = JOURNALS as u64 * size as u64 * SHARED / 20;
        while records.len() < size {
            let record = if random.below(10) < SHARED {
                let id = self.id(&mut Rng(1_000_000 + random.below(shared)));
                self.version(id, &mut random)
            } else {
                let id = self.id(&mut random);
                self.version(id, &mut random)
            };
            records.insert(record.id(), record);
        }
        records.into_values().collect()
    }

    fn id(&self, random: &mut Rng) -> RecordId {
        if random.below(2) == 0 {
            let marker = random.one_of(&self.markers);
            let device = device_id(random.below(JOURNALS as u64));
            return RecordId::Observation(ObservationId { marker, day: day(random), device });
        }
        let item = random.one_of(&self.items).id();
        RecordId::Note(NoteId { item, token: Token(random.next()) })
    }

    /// One of few possible versions of a record, so that two people have the same version, a newer
    /// one, or conflicting ones.
    fn version(&self, id: RecordId, random: &mut Rng) -> Record {
        let (edit, at, device) = (random.below(3), random.below(2), random.below(2));
        let mut content = Rng(fingerprint(&id.to_string()) ^ edit ^ (at << 8) ^ (device << 16));
        let instant = 1_580_000_000_000 + content.below(1_000) + at * 86_400_000;
        let stamp = Stamp {
            edit: u32::try_from(edit).expect("small") + 1,
            at: Instant(instant),
            device: device_id(fingerprint(&id.to_string()).wrapping_add(device)),
        };
        let body = match id {
            _ if content.below(30) == 0 => Body::Deleted,
            RecordId::Observation(id) => {
                Body::Observation(observation(self.wording(id.marker.into()), &mut content))
            }
            RecordId::Note(id) => Body::Note(note(self.wording(id.item), &mut content)),
            RecordId::Device(_) | RecordId::FollowUp(_) => {
                unreachable!("observations and notes only")
            }
        };
        Record::new(id, stamp, body).expect("id and body are of one kind")
    }

    fn wording(&self, id: ItemId) -> WordingHash {
        let item = self.items.iter().find(|item| item.id() == id).expect("one of the items");
        WordingHash::of(item.text())
    }
}

fn observation(wording: WordingHash, random: &mut Rng) -> Observation {
    let confidence = random.one_of(&[None, Some(()), Some(())]);
    let said = random.below(2) == 0;
    let phrase = random.one_of(&PHRASES);
    Observation {
        level: random.one_of(&Level::ALL),
        confidence: confidence.map(|()| random.one_of(&Confidence::ALL)),
        evidence: said.then(|| Evidence::new(phrase).expect("short")),
        wording,
    }
}

/// A note of 50 to 400 characters.
fn note(wording: WordingHash, random: &mut Rng) -> Note {
    let length = usize::try_from(50 + random.below(350)).expect("small");
    let mut text = String::new();
    while text.chars().count() < length {
        text.push_str(random.one_of(&PHRASES));
        text.push(random.one_of(&[' ', ' ', '\n']));
    }
    let text: String = text.chars().take(length).collect();
    Note {
        kind: random.one_of(&NoteKind::ALL),
        text: NoteText::new(&text).expect("short"),
        private: random.below(5) == 0,
        created: Instant(1_570_000_000_000 + random.below(86_400_000)),
        wording,
    }
}

fn device(person: u64) -> Record {
    let stamp = Stamp { edit: 1, at: Instant(1_560_000_000_000), device: device_id(person) };
    let label = DeviceLabel::new(&format!("Tablette {}", person + 1)).expect("short");
    let body = Body::Device(Device { label, speaks_for: Voice::Residents });
    Record::new(RecordId::Device(stamp.device), stamp, body).expect("a device's record")
}

/// Device ids are distributed like random ones.
fn device_id(person: u64) -> DeviceId {
    DeviceId(Token(Rng(person % JOURNALS as u64).next()))
}

fn day(random: &mut Rng) -> Day {
    let year = random.one_of(&[2020, 2021, 2022]);
    let month = u8::try_from(random.below(12)).expect("small") + 1;
    Day::new(year, month, u8::try_from(random.below(28)).expect("small") + 1).expect("a day")
}

fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0, |seed, byte| Rng(seed ^ u64::from(byte)).next())
}
