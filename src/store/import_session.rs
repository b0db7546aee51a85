//! Import sessions: the files and texts that a person imports, read and planned before any is merged.

use std::cell::RefCell;
use std::rc::Rc;

use super::AppStore;
use crate::codec::backup::Restoring;
use crate::codec::carnet::{self, FileError, Opened};
use crate::domain::device::Device;
use crate::domain::journal::{MergePlan, Merging};
use crate::domain::record::Record;
use crate::domain::stamp::{DeviceId, Instant};
use crate::platform::clock;
use crate::platform::files::{self, PickedFile};

/// A source of an import.
#[derive(Clone, Debug)]
pub enum ImportSource {
    /// A file that was chosen or dropped.
    File(PickedFile),
    /// A text that was pasted.
    Text(String),
    /// The text of a file that was opened on another screen, and the name to show for it.
    PassedOn(&'static str, String),
}

thread_local! {
    /// The sources that another screen has passed on to the import screen.
    static PASSED_ON: RefCell<Vec<ImportSource>> = const { RefCell::new(Vec::new()) };
}

/// One source, as read.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// The file's name; `None` for pasted text.
    pub name: Option<String>,
    /// The plan of merging it after those before it.
    pub plan: Result<MergePlan, FileError>,
    /// Whether its wording of the convention differs from the app's.
    pub other_wording: bool,
    /// The plan of restoring entries other than records, where it is a raw copy.
    pub restoring: Option<Restoring>,
}

/// Sources that have been read and wait for the person's decision.
#[derive(Clone, Debug, Default)]
pub struct ImportSession {
    /// One file for each source, in their order.
    pub files: Vec<ImportFile>,
    merging: Merging,
}

impl ImportSession {
    /// How many records and other entries the merge would change.
    #[must_use]
    pub fn changes(&self) -> usize {
        let restorings = self.files.iter().filter_map(|file_plan| file_plan.restoring.as_ref());
        self.plans().map(MergePlan::changes).sum::<usize>()
            + restorings.map(Restoring::changes).sum::<usize>()
    }

    /// The name and voice of a device, from the sources or else from the journal.
    #[must_use]
    pub fn device(&self, id: DeviceId, store: AppStore) -> Option<Device> {
        let in_journal =
            || store.storage.journal.with_untracked(|journal| journal.device(id).cloned());
        self.merging.device(id).cloned().or_else(in_journal)
    }

    pub(super) fn plans(&self) -> impl Iterator<Item = &MergePlan> {
        self.files.iter().filter_map(|file_plan| file_plan.plan.as_ref().ok())
    }

    /// The records to merge, the losers to quarantine, and the plans of restoring other entries.
    pub(super) fn finish(self) -> (Vec<Record>, Vec<Record>, Vec<Restoring>) {
        let conflicts = self.plans().flat_map(|plan| &plan.conflicts);
        let losers = conflicts.map(|conflict| conflict.loser.clone()).collect();
        let restorings =
            self.files.into_iter().filter_map(|file_plan| file_plan.restoring).collect();
        (self.merging.finish(), losers, restorings)
    }
}

/// The progress of reading the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// The number of the source being read, from 1.
    pub source: usize,
    /// How many sources there are.
    pub sources: usize,
    /// How many records have been read, of all sources.
    pub records: usize,
    /// The milliseconds since the start of the reading.
    pub elapsed: u64,
}

/// Planning yields to the browser after this many milliseconds: half of the delay a person notices.
const SLICE_MS: u64 = 40;

impl AppStore {
    /// Passes a text that was opened on another screen on to the import screen.
    pub fn pass_to_import(self, name: &'static str, text: String) {
        PASSED_ON.with_borrow_mut(|passed_on| passed_on.push(ImportSource::PassedOn(name, text)));
    }

    /// Takes the sources that other screens have passed on.
    #[must_use]
    pub fn take_passed_on(self) -> Vec<ImportSource> {
        PASSED_ON.take()
    }

    /// Reads the sources one after the other, in slices, so that the page keeps responding.
    /// `on_progress` gets the progress and returns whether to go on; `None` if not.
    pub async fn read(
        self,
        sources: Vec<ImportSource>,
        on_progress: Rc<dyn Fn(ImportProgress) -> bool>,
    ) -> Option<ImportSession> {
        let began = clock::now();
        let mut session = ImportSession::default();
        let mut held = None;
        let mut progress =
            ImportProgress { source: 0, sources: sources.len(), records: 0, elapsed: 0 };
        for source in sources {
            progress.source += 1;
            let (name, opened) = match source {
                ImportSource::Text(text) => (None, carnet::open(text.as_bytes(), self.convention)),
                ImportSource::PassedOn(name, text) => {
                    (Some(name.to_owned()), carnet::open(text.as_bytes(), self.convention))
                }
                ImportSource::File(file) => (Some(file.name()), self.open(&file).await),
            };
            let plan = Ok(MergePlan::default());
            let mut file_plan = ImportFile { name, plan, other_wording: false, restoring: None };
            match opened {
                Ok(opened) => {
                    file_plan.other_wording = opened.has_other_wording();
                    let plan = self.plan(
                        &mut session.merging,
                        &opened,
                        &mut progress,
                        began,
                        &*on_progress,
                    );
                    file_plan.plan = Ok(plan.await?);
                    if let Some(copy) = opened.copy() {
                        let held = match &mut held {
                            Some(held) => held,
                            None => held.insert(self.storage.entries_in_use().await),
                        };
                        file_plan.restoring = Some(self.plan_restoring(copy, held));
                    }
                }
                Err(error) => file_plan.plan = Err(error),
            }
            session.files.push(file_plan);
        }
        Some(session)
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
        on_progress: &dyn Fn(ImportProgress) -> bool,
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
            if !on_progress(*progress) {
                return None;
            }
            files::breathe().await;
        }
        on_progress(*progress).then_some(plan)
    }
}
