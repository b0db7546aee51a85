//! The cover: the subject of the report, and a summary.

use std::collections::BTreeSet;

use super::super::Cover;
use super::Source;
use crate::domain::device::Voice;
use crate::domain::item::MarkerId;
use crate::domain::journal::ObservationRef;
use crate::domain::progress::Progress;
use crate::domain::stamp::DeviceId;
use crate::text::{dates, report as words, typeset, views};

pub(super) fn cover(source: &Source<'_>) -> Cover {
    let facts = [
        (words::territory(), source.convention.territory().to_owned()),
        (words::period(), words::days(source.span())),
        (words::made_on(), dates::full(source.today)),
    ];
    let mut facts: Vec<_> = facts.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let devices = devices_of(source);
    facts.push((words::devices().to_owned(), devices.len().to_string()));
    if !devices.is_empty() {
        facts.push((words::speak_for().to_owned(), voices(source, &devices)));
    }
    Cover {
        kind: words::kind().to_owned(),
        title: typeset(source.convention.title()),
        facts,
        brief_title: words::brief().to_owned(),
        brief: brief(source),
    }
}

/// The observations in the period.
fn seen<'a>(source: &Source<'a>) -> impl Iterator<Item = ObservationRef<'a>> {
    // Computed once: without a chosen period, it reads all observations.
    let span = source.span();
    source.journal.observations().filter(move |seen| span.holds(seen.id.day))
}

/// The devices with observations in the period.
fn devices_of(source: &Source<'_>) -> BTreeSet<DeviceId> {
    seen(source).map(|seen| seen.id.device).collect()
}

/// « Habitants (2), Association (1), Sans précision (1) »
fn voices(source: &Source<'_>, devices: &BTreeSet<DeviceId>) -> String {
    let voice = |id: &DeviceId| source.journal.device(*id).map(|device| device.speaks_for);
    let voices = Voice::ALL.into_iter().map(Some).chain([None]);
    let parts = voices.filter_map(|wanted| {
        let count = devices.iter().filter(|id| voice(id) == wanted).count();
        (count > 0).then(|| format!("{} ({count})", views::voice(wanted)))
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn brief(source: &Source<'_>) -> Vec<String> {
    let seen: Vec<MarkerId> = seen(source).map(|seen| seen.id.marker).collect();
    let markers = seen.iter().collect::<BTreeSet<_>>().len();
    let levels = source
        .convention
        .markers()
        .map(|marker| source.journal.state(marker.id, source.on()).map(|state| state.seen.level));
    let mut lines = vec![
        words::brief_observations(seen.len(), markers),
        words::brief_levels(Progress::of(levels)),
        words::brief_contested(source.contested().len()),
    ];
    lines.extend(source.due().map(|due| words::brief_due(due.len())));
    lines.push(words::brief_polls(source.closed().len()));
    lines.push(words::brief_notes(source.quoted().len()));
    lines
}
