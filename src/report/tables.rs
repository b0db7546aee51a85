//! The records of a journal as table rows, headings first.
//!
//! Codes follow a word ("Objectif 1.2.1"): alone, French spreadsheet programs take them for dates.

use crate::domain::convention::{Convention, Item};
use crate::domain::day::Day;
use crate::domain::device::Voice;
use crate::domain::item::ItemId;
use crate::domain::journal::Journal;
use crate::domain::record::{Body, RecordId};
use crate::domain::stamp::{DeviceId, Instant};

use crate::text::{devices, notes, progress, shell, tables as words, typeset};

/// The cells of one row.
pub type Row<const N: usize> = [String; N];

/// Every observation, by marker and day.
#[must_use]
pub fn observations(convention: &Convention, journal: &Journal) -> Vec<Row<8>> {
    let mut rows = vec![words::OBSERVATIONS.map(str::to_owned)];
    for record in journal.records() {
        let (RecordId::Observation(id), Body::Observation(seen)) = (record.id(), record.body())
        else {
            continue;
        };
        let [device, voice] = maker(journal, id.device);
        rows.push([
            shell::item_name(id.marker.into()),
            wording(convention, id.marker.into()),
            id.day.to_string(),
            progress::level_label(Some(seen.level)).to_owned(),
            seen.confidence.map_or("", progress::confidence_label).to_owned(),
            seen.evidence.as_ref().map(ToString::to_string).unwrap_or_default(),
            device,
            voice,
        ]);
    }
    rows
}

/// Every note, by item. `day_of` converts an instant into a local day.
#[must_use]
pub fn notes(
    convention: &Convention,
    journal: &Journal,
    day_of: impl Fn(Instant) -> Day,
) -> Vec<Row<9>> {
    let mut rows = vec![words::NOTES.map(str::to_owned)];
    for noted in journal.all_notes() {
        let (item, note) = (noted.id.item, noted.note);
        let edited = noted.stamp.edit > 1;
        let [device, voice] = maker(journal, noted.stamp.device);
        rows.push([
            shell::item_name(item),
            wording(convention, item),
            notes::kind_label(note.kind).to_owned(),
            note.text.to_string(),
            day_of(note.created).to_string(),
            if edited { day_of(noted.stamp.at).to_string() } else { String::new() },
            words::yes_or_no(note.private).to_owned(),
            device,
            voice,
        ]);
    }
    rows
}

fn wording(convention: &Convention, item: ItemId) -> String {
    typeset(convention.find(item).map(Item::text).unwrap_or_default())
}

/// A device's name, and whom it speaks for.
fn maker(journal: &Journal, id: DeviceId) -> [String; 2] {
    let device = journal.device(id);
    let voice = |voice: Voice| devices::voice(voice).to_owned();
    [devices::name(id, device), device.map(|device| voice(device.speaks_for)).unwrap_or_default()]
}
