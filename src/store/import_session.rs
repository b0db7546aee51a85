//! Reads the files and texts that a person imports, before anything of them is merged.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::AppStore;
use crate::codec::backup::Restoring;
use crate::codec::carnet::{self, FileError, Opened};
use crate::domain::device::Device;
use crate::domain::journal::{MergePlan, Merging};
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::clock;
use crate::platform::files::{self, PickedFile};

/// What is handed in.
#[derive(Clone, Debug)]
pub enum ImportSource {
    /// A file that was chosen or dropped.
    File(PickedFile),
    /// A text that was pasted.
    Text(String),
    /// The text of a file that was handed in on another screen, and what to call it.
    Brought(&'static str, String),
}

thread_local! {
    /// What was handed in on a screen that does not take it, on its way to the one that does.
    static BROUGHT: RefCell<Vec<ImportSource>> = const { RefCell::new(Vec::new()) };
}

/// What became of one source.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// The file's name; `None` for pasted text.
    pub name: Option<String>,
    /// What merging it after those before it would do.
    pub plan: Result<MergePlan, FileError>,
    /// Whether it was made with another wording of the convention.
    pub other_wording: bool,
    /// What would come back with it beside records, where it is a raw copy.
    pub restoring: Option<Restoring>,
}

/// Sources that have been read and wait for the person's word.
#[derive(Clone, Debug, Default)]
pub struct ImportSession {
    /// One for each source, in their order.
    pub sheets: Vec<ImportFile>,
    merging: Merging,
}

impl ImportSession {
    /// How many records would be other than they are.
    #[must_use]
    pub fn changes(&self) -> usize {
        let beside = self.sheets.iter().filter_map(|sheet| sheet.restoring.as_ref());
        self.plans().map(MergePlan::changes).sum::<usize>()
            + beside.map(Restoring::changes).sum::<usize>()
    }

    /// What is known of a device, in the sources or in what is held.
    #[must_use]
    pub fn device(&self, id: DeviceId, store: AppStore) -> Option<Device> {
        let here = || store.storage.journal.with_untracked(|journal| journal.device(id).cloned());
        self.merging.device(id).cloned().or_else(here)
    }

    pub(super) fn plans(&self) -> impl Iterator<Item = &MergePlan> {
        self.sheets.iter().filter_map(|sheet| sheet.plan.as_ref().ok())
    }

    /// What to merge, the losers to set aside, and what comes back beside records.
    pub(super) fn finish(self) -> (Vec<Record>, Vec<Record>, Vec<Restoring>) {
        let conflicts = self.plans().flat_map(|plan| &plan.conflicts);
        let losers = conflicts.map(|conflict| conflict.loser.clone()).collect();
        let restorings = self.sheets.into_iter().filter_map(|sheet| sheet.restoring).collect();
        (self.merging.finish(), losers, restorings)
    }
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// Which source is being read, from 1.
    pub source: usize,
    /// How many there are.
    pub sources: usize,
    /// How many records have been read of all of them.
    pub records: usize,
    /// For how many milliseconds the reading has gone on.
    pub elapsed: u64,
}

/// For how many milliseconds the page may stand still at a time: half of what a person notices.
const SLICE_MS: u64 = 40;

impl AppStore {
    /// Keeps what was handed in on a screen that does not take it.
    pub fn bring(self, name: &'static str, text: String) {
        BROUGHT.with_borrow_mut(|brought| brought.push(ImportSource::Brought(name, text)));
    }

    /// What was handed in on other screens.
    #[must_use]
    pub fn brought(self) -> Vec<ImportSource> {
        BROUGHT.take()
    }

    /// Reads the sources one after the other, a little at a time, so that the page stays at hand.
    /// `goes_on` hears how far it is and may end it; `None` then.
    pub async fn read(
        self,
        sources: Vec<ImportSource>,
        goes_on: Rc<dyn Fn(ImportProgress) -> bool>,
    ) -> Option<ImportSession> {
        let began = clock::now();
        let mut reading = ImportSession::default();
        let mut held = None;
        let mut progress =
            ImportProgress { source: 0, sources: sources.len(), records: 0, elapsed: 0 };
        for source in sources {
            progress.source += 1;
            let (name, opened) = match source {
                ImportSource::Text(text) => (None, carnet::open(text.as_bytes(), self.convention)),
                ImportSource::Brought(name, text) => {
                    (Some(name.to_owned()), carnet::open(text.as_bytes(), self.convention))
                }
                ImportSource::File(file) => (Some(file.name()), self.open(&file).await),
            };
            let plan = Ok(MergePlan::default());
            let mut sheet = ImportFile { name, plan, other_wording: false, restoring: None };
            match opened {
                Ok(opened) => {
                    sheet.other_wording = opened.has_other_wording();
                    let plan =
                        self.plan(&mut reading.merging, &opened, &mut progress, began, &*goes_on);
                    sheet.plan = Ok(plan.await?);
                    if let Some(copy) = opened.copy() {
                        let held = match &mut held {
                            Some(held) => held,
                            None => held.insert(self.storage.entries_in_use().await),
                        };
                        sheet.restoring = Some(self.plan_restoring(copy, held));
                    }
                }
                Err(error) => sheet.plan = Err(error),
            }
            reading.sheets.push(sheet);
        }
        Some(reading)
    }

    async fn open(self, file: &PickedFile) -> Result<Opened, FileError> {
        if file.size() > FileError::LIMIT {
            return Err(FileError::TooBig(file.size()));
        }
        let bytes = file.bytes().await.map_err(|_| FileError::Unreadable)?;
        carnet::open(&bytes, self.convention)
    }

    async fn plan(
        self,
        merging: &mut Merging,
        opened: &Opened,
        progress: &mut ImportProgress,
        began: Instant,
        goes_on: &dyn Fn(ImportProgress) -> bool,
    ) -> Option<MergePlan> {
        let mut plan = MergePlan::default();
        let mut next = 0;
        while next < opened.len() {
            let since = clock::now();
            self.storage.journal.with_untracked(|held| {
                while clock::now().0.saturating_sub(since.0) < SLICE_MS {
                    let Some(record) = opened.record(next) else { break };
                    merging.offer(self.convention, held, &mut plan, next, record);
                    next += 1;
                    progress.records += 1;
                }
            });
            progress.elapsed = clock::now().0.saturating_sub(began.0);
            if !goes_on(*progress) {
                return None;
            }
            files::breathe().await;
        }
        goes_on(*progress).then_some(plan)
    }
}
