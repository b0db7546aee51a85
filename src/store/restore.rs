//! Bringing back what lies beside records in a raw copy.

use super::{AppStore, ConsultationStore};
use crate::codec::backup::{CombinedStores, Restoring, beside, texts_of};
use crate::codec::stored::{Entry, Fate, StoredKind};
use crate::domain::consultation::{Decisions, JoinPlan};
use crate::platform::clock;
use crate::storage::SaveStatus;
use crate::storage::idb::RawEntries;

impl AppStore {
    /// What the return of a copy would change beside records, where `held` is in use and what comes
    /// back is added.
    pub(super) fn plan_restoring(self, copy: &CombinedStores, held: &mut RawEntries) -> Restoring {
        let nobody = self.storage.is_unused();
        let beside = beside(copy, self.convention, clock::now());
        let restoring = Restoring::plan(beside, held, nobody);
        held.extend(texts_of(&restoring.entries));
        restoring
    }

    /// Puts the ballots of consultations that are held here together with those of the copy. A copy
    /// neither closes a vote nor takes the place of a conclusion.
    pub(super) async fn join_restored(self, plans: Vec<JoinPlan>) -> SaveStatus {
        if plans.is_empty() {
            return SaveStatus::Saved;
        }
        let plans = plans.into_iter().map(|plan| (plan, Decisions::default())).collect();
        ConsultationStore::of(self).carry_out(plans).await.saving
    }
}

/// Whether a copy brings the device back that made it.
#[must_use]
pub fn adopts(restoring: &Restoring) -> bool {
    let of_device = |entry: &Entry| StoredKind::of(&entry.key).fate() == Fate::WithTheDevice;
    restoring.entries.iter().any(of_device)
}
