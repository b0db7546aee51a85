//! Plans for joining files, made in slices so that the page keeps responding.

use std::collections::BTreeMap;

use super::ConsultationStore;
use crate::codec::poll_file::OpenedPoll;
use crate::domain::consultation::{
    ConsultationId, Decisions, JoinError, JoinPlan, Joining, PaperBook, Poll,
};
use crate::domain::stamp::Instant;
use crate::platform::{clock, files};

/// Reading a file yields to the browser after this many milliseconds.
const SLICE_MS: u64 = 12;

/// The consultations as they will be once the files planned so far have been joined: the next plan is
/// made on them.
#[derive(Clone, Debug, Default)]
pub struct PlannedPolls(BTreeMap<ConsultationId, (Poll, PaperBook)>);

impl ConsultationStore {
    /// Plans the join of a file after those before it. `on_progress` gets the number of ballots read and
    /// returns whether to go on; `None` if not.
    pub async fn plan_file(
        self,
        opened: &OpenedPoll,
        planned: &mut PlannedPolls,
        on_progress: &dyn Fn(usize) -> bool,
    ) -> Option<Result<JoinPlan, JoinError>> {
        let id = opened.consultation.id;
        let known = planned.0.remove(&id);
        let (held, book) = match known {
            Some((poll, book)) => (Some(poll), book),
            None => (self.poll_now(id).map(|poll| (*poll).clone()), self.book(id)),
        };
        let mut joining = match Joining::new(held.as_ref(), opened.consultation.clone()) {
            Ok(joining) => joining,
            Err(error) => {
                planned.0.extend(held.map(|poll| (id, (poll, book))));
                return Some(Err(error));
            }
        };
        let mut next = 0;
        while next < opened.len() {
            let since = clock::now();
            while clock::now().0.saturating_sub(since.0) < SLICE_MS {
                let Some(ballot) = opened.ballot(next) else { break };
                joining.offer(held.as_ref(), &book, next, ballot);
                next += 1;
            }
            if !on_progress(next) {
                return None;
            }
            files::breathe().await;
        }
        let plan = joining.finish();
        // All files are joined together: a vote that one closes makes no ballot of another late.
        let all = Decisions { late: true, ..Decisions::default() };
        let device = self.store.storage().device();
        if let Ok(joined) = plan.carry_out(held.as_ref(), &book, all, Instant(0), device) {
            planned.0.insert(id, (joined.poll, joined.book));
        }
        Some(Ok(plan))
    }
}
