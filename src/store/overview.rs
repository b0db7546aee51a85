//! Selectors of the bilan: figures over all records, recomputed when records change and a screen
//! shows them.

use leptos::prelude::*;

use super::AppStore;
use crate::domain::day::Day;
use crate::domain::evidence_stats::EvidenceStats;
use crate::domain::evolution::Evolution;
use crate::domain::item::{Code, MarkerId, ObjectiveLevel};
use crate::domain::note_counts::NoteCounts;
use crate::domain::opinions::Agreement;
use crate::domain::progress::Progress;

/// The agreement of devices on the same markers on a day, in counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisagreementStats {
    /// How many devices have observations.
    pub devices: usize,
    /// How many markers more than one device has observed.
    pub shared: usize,
    /// The markers that they disagree on, with the count of each level: the most disagreement first.
    pub rows: Vec<(MarkerId, Progress)>,
}

impl AppStore {
    /// The counts over time, up to today.
    #[must_use]
    pub fn evolution(self) -> Memo<Evolution> {
        self.memo(move |journal, today| Evolution::of(self.convention(), journal, None, today))
    }

    /// The counts of every objective of a level on a day.
    #[must_use]
    pub fn objective_counts(
        self,
        by: Memo<ObjectiveLevel>,
        on: Memo<Day>,
    ) -> Memo<Vec<(Code, Progress)>> {
        self.memo(move |journal, _| {
            let (by, on) = (by.get(), on.get());
            let codes = self.convention().items().filter(|item| item.id().is_objective());
            let codes = codes.map(|item| item.id().code()).filter(|code| code.level() == by);
            let under = |code| (code, Progress::under(self.convention(), journal, code, on));
            codes.map(under).collect()
        })
    }

    /// The evidence and confidence of the observations up to a day.
    #[must_use]
    pub fn evidence_stats(self, on: Memo<Day>) -> Memo<EvidenceStats> {
        self.memo(move |journal, _| EvidenceStats::of(self.convention(), journal, None, on.get()))
    }

    /// The counts of notes by objective, without private ones: people share charts.
    #[must_use]
    pub fn note_counts(self, by: Memo<ObjectiveLevel>) -> Memo<NoteCounts> {
        self.memo(move |journal, _| {
            NoteCounts::of(self.convention(), journal, by.get(), |note| !note.private)
        })
    }

    /// The agreement of devices on the same markers on a day.
    #[must_use]
    pub fn disagreement_stats(self, on: Memo<Day>) -> Memo<DisagreementStats> {
        self.memo(move |journal, _| {
            let Agreement { devices, shared, contested } =
                Agreement::of(self.convention(), journal, on.get());
            let rows = contested.iter().map(|one| (one.marker, one.views.counts())).collect();
            DisagreementStats { devices, shared, rows }
        })
    }
}
