//! Restoring the entries other than records from a raw copy.

use super::{AppStore, ConsultationStore};
use crate::codec::backup::{CombinedStores, Restoring, beside, texts_of};
use crate::codec::stored::{Entry, Fate, StoredKind};
use crate::domain::consultation::{Decisions, JoinPlan};
use crate::platform::clock;
use crate::storage::SaveStatus;
use crate::storage::idb::RawEntries;

impl AppStore {
    /// Plans which entries other than records a copy would restore over those in use, `held`, to which
    /// the restored ones are added.
    pub(super) fn plan_restoring(self, copy: &CombinedStores, held: &mut RawEntries) -> Restoring {
        let is_unused = self.storage.is_unused();
        let other_entries = beside(copy, self.convention, clock::now());
        let restoring = Restoring::plan(other_entries, held, is_unused);
        held.extend(texts_of(&restoring.entries));
        restoring
    }

    /// Joins the ballots of the copy to the consultations on this device. A copy neither closes a vote nor
    /// replaces a conclusion.
    pub(super) async fn join_restored(self, plans: Vec<JoinPlan>) -> SaveStatus {
        if plans.is_empty() {
            return SaveStatus::Saved;
        }
        let plans = plans.into_iter().map(|plan| (plan, Decisions::default())).collect();
        ConsultationStore::of(self).carry_out(plans).await.saving
    }
}

/// Whether restoring a copy would adopt the id of the device that made it.
#[must_use]
pub fn adopts_device_id(restoring: &Restoring) -> bool {
    let of_device = |entry: &Entry| StoredKind::of(&entry.key).fate() == Fate::WithTheDevice;
    restoring.entries.iter().any(of_device)
}
