//! Selectors for markers that need attention, for the opinions of devices, and for planned days.

use leptos::prelude::*;

use super::AppStore;
use crate::domain::attention::{Attention, attention};
use crate::domain::day::Day;
use crate::domain::device::{Device, Voice};
use crate::domain::follow_up::{Due, FollowUp};
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, ApplyError, Journal};
use crate::domain::observation::{Level, Observation};
use crate::domain::opinions::{Agreement, Contested, Opinions, Spread};
use crate::domain::progress::Progress;
use crate::domain::record::Body;
use crate::domain::stamp::DeviceId;

/// A day that is planned for a marker, and the device that set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    /// The day, and the id of the device.
    pub due: Due,
    /// The name and voice of that device, if they are known.
    pub device: Option<Device>,
}

/// The opinion of one device on a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionRow {
    /// The device.
    pub id: DeviceId,
    /// The name and voice of the device, if they are known.
    pub device: Option<Device>,
    /// Whether it is this one.
    pub own: bool,
    /// The day of its latest observation.
    pub day: Day,
    /// Its latest observation.
    pub seen: Observation,
}

/// How far devices are from agreeing on a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// How many devices have observed it.
    pub devices: usize,
    /// How far their opinions are spread.
    pub spread: Spread,
    /// The greatest number of days between two differing opinions; `None` where all agree.
    pub days: Option<u32>,
    /// Whether progress over time alone may explain the differences.
    pub may_be_progress: bool,
}

/// A marker that devices disagree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestedRow {
    /// The marker.
    pub marker: MarkerId,
    /// How far they disagree.
    pub disagreement: Disagreement,
    /// The counts of opinions, by the people for whom the devices speak.
    pub voices: Vec<(Option<Voice>, Progress)>,
}

/// How far the devices agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many devices have observations.
    pub devices: usize,
    /// How many markers more than one device has observed.
    pub shared: usize,
    /// The markers that they disagree on, the most disagreement first.
    pub contested: Vec<ContestedRow>,
}

impl Disagreement {
    fn of(opinions: &Opinions<'_>) -> Self {
        Self {
            devices: opinions.devices(),
            spread: opinions.spread(),
            days: opinions.days_apart(),
            may_be_progress: opinions.may_be_progress(),
        }
    }
}

impl AppStore {
    /// The markers that need attention today.
    #[must_use]
    pub fn attention(self) -> Memo<Vec<Attention>> {
        self.memo(move |journal, today| {
            attention(self.convention, journal, self.storage.device(), today)
        })
    }

    /// The follow-up of a marker on this device.
    #[must_use]
    pub fn follow_up(self, marker: MarkerId) -> Memo<FollowUp> {
        self.memo(move |journal, _| {
            journal.follow_up(marker, self.storage.device()).copied().unwrap_or_default()
        })
    }

    /// Changes the follow-up of a marker on this device.
    ///
    /// # Errors
    /// When the change does not apply; nothing has changed then.
    pub fn change_follow_up(
        self,
        marker: MarkerId,
        change: impl FnOnce(FollowUp) -> FollowUp,
    ) -> Result<(), ApplyError> {
        let held = self.storage.journal.with_untracked(|journal| {
            journal.follow_up(marker, self.storage.device()).copied().unwrap_or_default()
        });
        let wanted = change(held);
        if wanted == held {
            return Ok(());
        }
        self.dispatch(Action::FollowUp(marker, wanted))
    }

    /// The planned day that counts for a marker on this device.
    #[must_use]
    pub fn due(self, marker: MarkerId) -> Option<Day> {
        let due = |journal: &Journal| journal.due(marker, self.storage.device());
        self.storage.journal.with(due).map(|due| due.day)
    }

    /// The days that other devices have planned for a marker.
    #[must_use]
    pub fn dues_of_others(self, marker: MarkerId) -> Memo<Vec<DueRow>> {
        self.memo(move |journal, _| {
            let own = self.storage.device();
            let others = journal.dues(marker).map(|(due, _)| due).filter(|due| due.device != own);
            let row = |due: Due| DueRow { due, device: journal.device(due.device).cloned() };
            others.map(row).collect()
        })
    }

    /// Records an observation of today that a marker is still at this level.
    ///
    /// # Errors
    /// When the observation does not apply; nothing has changed then.
    pub fn confirm(self, marker: MarkerId, level: Level) -> Result<(), ApplyError> {
        self.dispatch(Action::Mark(marker, level))
    }

    /// The opinion of each device on a marker: this device first, then by the latest observation.
    #[must_use]
    pub fn opinions(self, marker: MarkerId) -> Memo<Vec<OpinionRow>> {
        self.memo(move |journal, today| {
            let own = self.storage.device();
            let opinions = Opinions::of(journal, marker, today);
            let mut rows: Vec<_> = opinions
                .each()
                .map(|opinion| OpinionRow {
                    id: opinion.device,
                    device: journal.device(opinion.device).cloned(),
                    own: opinion.device == own,
                    day: opinion.day,
                    seen: opinion.seen.clone(),
                })
                .collect();
            rows.sort_by_key(|row| (!row.own, std::cmp::Reverse(row.day)));
            rows
        })
    }

    /// How far devices are from agreeing on a marker.
    #[must_use]
    pub fn disagreement(self, marker: MarkerId) -> Disagreement {
        let today = self.today.get();
        self.storage.journal.with(|journal| Disagreement::of(&Opinions::of(journal, marker, today)))
    }

    /// Where devices agree and where they do not.
    #[must_use]
    pub fn comparison(self) -> Memo<Comparison> {
        self.memo(move |journal, today| comparison(self, journal, today))
    }

    /// How many markers devices follow up, each counted with each of its devices.
    #[must_use]
    pub fn follow_up_count(self) -> usize {
        let follows = |journal: &Journal| {
            journal.records().filter(|record| matches!(record.body(), Body::FollowUp(_))).count()
        };
        self.storage.journal.with(follows)
    }
}

fn comparison(store: AppStore, journal: &Journal, today: Day) -> Comparison {
    let Agreement { devices, shared, contested } = Agreement::of(store.convention, journal, today);
    let row = |contested: &Contested<'_>| ContestedRow {
        marker: contested.marker,
        disagreement: Disagreement::of(&contested.views),
        voices: contested.views.by_voice(),
    };
    Comparison { devices, shared, contested: contested.iter().map(row).collect() }
}
