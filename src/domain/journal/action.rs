//! A person's actions on a journal: how each changes it, and how it is undone.

use thiserror::Error;

use super::super::follow_up::FollowUp;
use super::super::note::{NoteDraft, TextError};
use super::super::observation::{Confidence, Evidence};
use super::{
    ActionContext, Body, Convention, Day, Device, Instant, ItemId, Journal, Level, MarkerId, Note,
    NoteId, NoteText, Observation, ObservationId, Record, RecordId, Stamp, WordingHash,
};

mod following;

/// The input of an observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationInput {
    /// The level of the marker.
    pub level: Level,
    /// The day of the observation; today at the latest.
    pub day: Day,
    /// How sure the observer is.
    pub confidence: Option<Confidence>,
    /// The evidence for it.
    pub evidence: Option<Evidence>,
}

/// An action that a person can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Marks the marker as reached today, by one tap.
    Tick(MarkerId),
    /// Takes the tick back, by another tap.
    Untick(MarkerId),
    /// Records a level today, by one tap. Today's own confidence and evidence stay.
    Mark(MarkerId, Level),
    /// Records an observation with all its fields.
    Observe(MarkerId, ObservationInput),
    /// Replaces an observation by another, which may be of another day.
    Correct(ObservationId, ObservationInput),
    /// Removes one observation from a marker's history.
    Withdraw(ObservationId),
    /// Writes a new note.
    Write(ItemId, NoteDraft),
    /// Edits a note.
    Edit(NoteId, NoteDraft),
    /// Deletes a note.
    Delete(NoteId),
    /// Undoes an earlier change.
    Undo(Change),
    /// Sets the name of this device and whom it speaks for.
    Name(Device),
    /// Restores the version that lost a conflict.
    Restore(Record),
    /// Sets this device's follow-up of a marker; an empty one removes it.
    FollowUp(MarkerId, FollowUp),
}

/// The kind of an action, for the sentence that reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// A marker was ticked.
    Ticked,
    /// A tick was taken back.
    Unticked,
    /// A marker was observed.
    Observed(Level),
    /// An observation was withdrawn.
    Withdrawn,
    /// A note was written.
    Written,
    /// A note was edited.
    Edited,
    /// A note was deleted.
    Deleted,
    /// A former action was undone.
    Undone,
    /// The device was named.
    Named,
    /// The version that lost a conflict was restored.
    Restored,
    /// A day was planned for a marker.
    Planned,
    /// A marker's planned day was removed.
    Unplanned,
    /// A marker is now watched.
    Watched,
    /// A marker is no longer watched.
    Unwatched,
}

/// The versions that an action wrote, and those that they replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    kind: ActionKind,
    steps: Vec<Step>,
}

/// The change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    before: Option<Record>,
    after: Record,
}

/// Why an action failed and changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ApplyError {
    /// The convention has no such item.
    #[error("the convention has no item {0}")]
    UnknownItem(ItemId),
    /// The day of the observation is in the future.
    #[error("{0} has not come yet")]
    FutureDay(Day),
    /// The device's clock is after the year 2999.
    #[error("the clock is after the year 2999")]
    WrongClock,
    /// The note's text is empty or too long.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The record to change no longer exists.
    #[error("it is no longer there")]
    Gone,
    /// The change to undo has been overwritten since, perhaps in another tab.
    #[error("it has been changed since")]
    ChangedSince,
}

impl Change {
    /// The kind of the action.
    #[must_use]
    pub fn kind(&self) -> ActionKind {
        self.kind
    }

    /// The new versions, to be saved.
    pub fn written(&self) -> impl Iterator<Item = &Record> {
        self.steps.iter().map(|step| &step.after)
    }

    /// Accepts `record`, written by undoing a later change, as the version that this change wrote:
    /// the content is the same, under a newer stamp. Returns whether this change concerns the
    /// record.
    pub(super) fn stands_again(&mut self, record: &Record) -> bool {
        let mut steps = self.steps.iter_mut();
        let Some(step) = steps.find(|step| step.after.id() == record.id()) else { return false };
        if step.after.body() == record.body() {
            step.after = record.clone();
        }
        true
    }
}

impl Journal {
    /// Carries out an action completely or not at all.
    ///
    /// # Errors
    /// When the action does not fit the state of the journal, which is then unchanged.
    pub fn apply(
        &mut self,
        convention: &Convention,
        action: Action,
        context: &ActionContext,
    ) -> Result<Change, ApplyError> {
        self.carry_out(convention, context, Box::new(|hand| hand.perform(action)))
    }

    /// Carries out what a hand does, completely or not at all. A caller that names it itself needs
    /// the code of no other action.
    pub(crate) fn carry_out(
        &mut self,
        convention: &Convention,
        context: &ActionContext,
        deed: Deed<'_>,
    ) -> Result<Change, ApplyError> {
        if context.now >= Instant::END {
            return Err(ApplyError::WrongClock);
        }
        let change = deed(&Hand { journal: self, convention, context })?;
        for record in change.written() {
            self.put(record.clone());
        }
        Ok(change)
    }
}

/// What a hand does.
pub(crate) type Deed<'a> = Box<dyn FnOnce(&Hand<'_>) -> Result<Change, ApplyError> + 'a>;

/// Computes changes from a read-only journal; only [`Journal::carry_out`] writes them.
pub(crate) struct Hand<'a> {
    journal: &'a Journal,
    convention: &'a Convention,
    context: &'a ActionContext,
}

impl Hand<'_> {
    pub(crate) fn perform(&self, action: Action) -> Result<Change, ApplyError> {
        match action {
            Action::Tick(marker) => self.tick(marker),
            Action::Untick(marker) => self.untick(marker),
            Action::Mark(marker, level) => self.observe(marker, &self.today(marker, level)),
            Action::Observe(marker, sighting) => self.observe(marker, &sighting),
            Action::Correct(id, sighting) => self.correct(id, &sighting),
            Action::Withdraw(id) => self.withdraw(id),
            Action::Write(item, draft) => self.write(item, &draft),
            Action::Edit(id, draft) => self.edit(id, &draft),
            Action::Delete(id) => self.delete(id),
            Action::Undo(change) => self.undo(&change),
            Action::Name(device) => Ok(self.name(&device)),
            Action::Restore(record) => self.restore(&record),
            Action::FollowUp(marker, follow_up) => self.follow_up(marker, follow_up),
        }
    }

    /// Records "reached" today. Today's own confidence and evidence stay.
    pub(crate) fn tick(&self, marker: MarkerId) -> Result<Change, ApplyError> {
        let step = self.seen(marker, &self.today(marker, Level::Reached))?;
        Ok(Change { kind: ActionKind::Ticked, steps: vec![step] })
    }

    /// Withdraws this device's own latest observations, back to the last one with another level. If
    /// other devices still say "reached", their observations stay, and an own "not yet" is written
    /// for today.
    pub(crate) fn untick(&self, marker: MarkerId) -> Result<Change, ApplyError> {
        let history = self.journal.history(marker);
        let own = |id: ObservationId| id.device == self.context.device;
        let mut steps: Vec<_> = history
            .iter()
            .rev()
            .filter(|observed| observed.id.day <= self.context.today && own(observed.id))
            .take_while(|observed| observed.seen.level == Level::Reached)
            .map(|observed| self.erase(RecordId::Observation(observed.id)))
            .collect::<Result<_, _>>()?;
        let erased = |id: RecordId| steps.iter().any(|step| step.after.id() == id);
        let still = history
            .iter()
            .rfind(|observed| {
                observed.id.day <= self.context.today && !erased(RecordId::Observation(observed.id))
            })
            .is_some_and(|observed| observed.seen.level == Level::Reached);
        if still {
            let step = self.seen(marker, &self.today(marker, Level::NotYet))?;
            steps.retain(|other| other.after.id() != step.after.id());
            steps.push(step);
        }
        if steps.is_empty() {
            return Err(ApplyError::Gone);
        }
        Ok(Change { kind: ActionKind::Unticked, steps })
    }

    fn observe(&self, marker: MarkerId, sighting: &ObservationInput) -> Result<Change, ApplyError> {
        if sighting.day > self.context.today {
            return Err(ApplyError::FutureDay(sighting.day));
        }
        let step = self.seen(marker, sighting)?;
        let kind = ActionKind::Observed(sighting.level);
        Ok(Change { kind, steps: vec![step] })
    }

    fn correct(
        &self,
        id: ObservationId,
        sighting: &ObservationInput,
    ) -> Result<Change, ApplyError> {
        let mut change = self.observe(id.marker, sighting)?;
        if id.day != sighting.day {
            change.steps.push(self.erase(RecordId::Observation(id))?);
        }
        Ok(change)
    }

    fn withdraw(&self, id: ObservationId) -> Result<Change, ApplyError> {
        let step = self.erase(RecordId::Observation(id))?;
        Ok(Change { kind: ActionKind::Withdrawn, steps: vec![step] })
    }

    fn write(&self, item: ItemId, draft: &NoteDraft) -> Result<Change, ApplyError> {
        let note = Note {
            kind: draft.kind,
            text: NoteText::new(&draft.text)?,
            private: draft.private,
            created: self.context.now,
            wording: self.wording(item)?,
        };
        let id = NoteId { item, token: self.context.token };
        let step = self.step(RecordId::Note(id), |stamp| Record::note(id, stamp, note));
        Ok(Change { kind: ActionKind::Written, steps: vec![step] })
    }

    fn edit(&self, id: NoteId, draft: &NoteDraft) -> Result<Change, ApplyError> {
        let Some(Body::Note(former)) = self.journal.get(RecordId::Note(id)).map(Record::body)
        else {
            return Err(ApplyError::Gone);
        };
        let note = Note {
            kind: draft.kind,
            text: NoteText::new(&draft.text)?,
            private: draft.private,
            created: former.created.bounded(),
            // A note stays editable when its item is no longer in the convention.
            wording: self.wording(id.item).unwrap_or(former.wording),
        };
        let step = self.step(RecordId::Note(id), |stamp| Record::note(id, stamp, note));
        Ok(Change { kind: ActionKind::Edited, steps: vec![step] })
    }

    fn delete(&self, id: NoteId) -> Result<Change, ApplyError> {
        let step = self.erase(RecordId::Note(id))?;
        Ok(Change { kind: ActionKind::Deleted, steps: vec![step] })
    }

    /// Writes the former content as a new version, so that undoing converges like any other edit.
    /// It stays its author's.
    pub(crate) fn undo(&self, change: &Change) -> Result<Change, ApplyError> {
        let untouched =
            |step: &Step| self.journal.get(step.after.id()).is_some_and(|held| *held == step.after);
        if !change.steps.iter().all(untouched) {
            return Err(ApplyError::ChangedSince);
        }
        let back = |step: &Step| {
            let id = step.after.id();
            self.step(id, |stamp| match &step.before {
                Some(before) => before.rewritten(Stamp { device: before.stamp().device, ..stamp }),
                None => Record::deleted(id, stamp),
            })
        };
        let steps = change.steps.iter().map(back).collect();
        Ok(Change { kind: ActionKind::Undone, steps })
    }

    fn name(&self, device: &Device) -> Change {
        let id = self.context.device;
        let step =
            self.step(RecordId::Device(id), |stamp| Record::device(id, stamp, device.clone()));
        Change { kind: ActionKind::Named, steps: vec![step] }
    }

    /// Writes a new version, so the restored text wins on every device it reaches. It stays its
    /// author's.
    fn restore(&self, lost: &Record) -> Result<Change, ApplyError> {
        let held = self.journal.get(lost.id()).map(Record::body);
        if held == Some(lost.body()) {
            return Err(ApplyError::Gone);
        }
        let before = self.journal.get(lost.id()).cloned();
        // The new stamp must also beat the lost version's, which may have been overruled on another
        // device.
        let former = before.as_ref().map(Record::stamp).max(Some(lost.stamp()));
        let stamp = Stamp::after(former, self.context.now, self.context.device);
        let stamp = Stamp { device: lost.stamp().device, ..stamp };
        let steps = vec![Step { before, after: lost.rewritten(stamp) }];
        Ok(Change { kind: ActionKind::Restored, steps })
    }

    fn today(&self, marker: MarkerId, level: Level) -> ObservationInput {
        let ActionContext { today: day, device, .. } = *self.context;
        let id = RecordId::Observation(ObservationId { marker, day, device });
        match self.journal.get(id).map(Record::body) {
            Some(Body::Observation(Observation { confidence, evidence, .. })) => {
                ObservationInput { level, day, confidence: *confidence, evidence: evidence.clone() }
            }
            _ => ObservationInput { level, day, confidence: None, evidence: None },
        }
    }

    fn seen(&self, marker: MarkerId, sighting: &ObservationInput) -> Result<Step, ApplyError> {
        let observation = Observation {
            level: sighting.level,
            confidence: sighting.confidence,
            evidence: sighting.evidence.clone(),
            wording: self.wording(marker.into())?,
        };
        let id = ObservationId { marker, day: sighting.day, device: self.context.device };
        Ok(self
            .step(RecordId::Observation(id), |stamp| Record::observation(id, stamp, observation)))
    }

    fn erase(&self, id: RecordId) -> Result<Step, ApplyError> {
        match self.journal.get(id).map(Record::body) {
            None | Some(Body::Deleted) => Err(ApplyError::Gone),
            Some(_) => Ok(self.step(id, |stamp| Record::deleted(id, stamp))),
        }
    }

    fn step(&self, id: RecordId, write: impl FnOnce(Stamp) -> Record) -> Step {
        let before = self.journal.get(id);
        let former = before.map(Record::stamp);
        let stamp = Stamp::after(former, self.context.now, self.context.device);
        Step { before: before.cloned(), after: write(stamp) }
    }

    fn wording(&self, item: ItemId) -> Result<WordingHash, ApplyError> {
        let found = self.convention.find(item).ok_or(ApplyError::UnknownItem(item))?;
        Ok(WordingHash::of(found.text()))
    }
}
