//! The follow-up action: sets or removes a planned day and a watch.

use super::super::super::follow_up::FollowUp;
use super::super::FollowUpId;
use super::{ActionKind, ApplyError, Change, Hand, MarkerId, Record, RecordId};

impl Hand<'_> {
    /// Sets this device's follow-up of a marker; an empty one deletes the record.
    pub(super) fn follow_up(
        &self,
        marker: MarkerId,
        follow_up: FollowUp,
    ) -> Result<Change, ApplyError> {
        let id = FollowUpId { marker, device: self.context.device };
        let former = self.journal.follow_up(marker, id.device).copied().unwrap_or_default();
        let step = if follow_up.is_nothing() {
            self.erase(RecordId::FollowUp(id))?
        } else {
            self.wording(marker.into())?;
            let write = |stamp| Record::follow_up(id, stamp, follow_up);
            self.step(RecordId::FollowUp(id), write)
        };
        let kind = match (former.due == follow_up.due, follow_up) {
            (false, FollowUp { due: Some(_), .. }) => ActionKind::Planned,
            (false, FollowUp { due: None, .. }) => ActionKind::Unplanned,
            (true, FollowUp { watched: true, .. }) => ActionKind::Watched,
            (true, FollowUp { watched: false, .. }) => ActionKind::Unwatched,
        };
        Ok(Change { kind, steps: vec![step] })
    }
}
