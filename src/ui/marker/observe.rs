//! The observation of a marker: its level, saved at a tap, and its details, each saved when its field
//! is changed or left.
//!
//! Without a level there is nothing to save yet: a typed evidence stays a draft until then.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;

use super::follow_up::follow_up;
use crate::codec::stored::DraftId;
use crate::domain::day::Day;
use crate::domain::follow_up::FollowUp;
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, ApplyError, ObservationInput};
use crate::domain::note::{NoteDraft, TextError};
use crate::domain::observation::{Confidence, Evidence, Level, Observation};
use crate::domain::record::ObservationId;
use crate::store::AppStore;
use crate::text;
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{Entered, choices, day_field, field, form_error};
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::shared::progress::level_name;
use crate::ui::store;

/// This device's observation of a day. Its signals outlive the screen: a field that is removed while
/// a person types in it is left then, and saved.
#[derive(Clone)]
pub(super) struct Observe {
    store: AppStore,
    marker: MarkerId,
    /// The day of the observation; `None` while the person has not chosen another one.
    day: ArcRwSignal<Option<Day>>,
    /// A level that cannot be saved before an error is corrected.
    pending: ArcRwSignal<Option<Level>>,
    confidence: ArcRwSignal<Option<Confidence>>,
    evidence: ArcRwSignal<String>,
    day_error: ArcRwSignal<Option<String>>,
    evidence_error: ArcRwSignal<Option<String>>,
    details: El,
}

/// The field whose content keeps an observation from being saved.
type WrongField = &'static str;

const DAY: WrongField = "input[type=date]";
const EVIDENCE: WrongField = "textarea";

impl Observe {
    /// Shows the observation of today, if there is one.
    pub(super) fn new(marker: MarkerId) -> Self {
        let store = store();
        Self {
            store,
            marker,
            day: ArcRwSignal::new(Some(store.today().get_untracked())),
            pending: ArcRwSignal::new(None),
            confidence: ArcRwSignal::new(None),
            evidence: ArcRwSignal::new(String::new()),
            day_error: ArcRwSignal::new(None),
            evidence_error: ArcRwSignal::new(None),
            details: el("details"),
        }
    }

    /// The levels. The one of the shown observation is pressed.
    pub(super) fn levels(&self) -> El {
        let saved = self.saved();
        self.follow(saved);
        let option = |level: Level| {
            let (form, pending) = (self.clone(), self.pending.clone());
            let chosen =
                move || pending.get().or_else(|| Some(saved.read().as_ref()?.level)) == Some(level);
            let tap = move || {
                if let Err(wrong) = form.save(level) {
                    form.details.set_attr("open", "");
                    form.details.find(wrong).focus();
                }
            };
            button(tap)
                .class("level")
                .attr("data-level", level_name(Some(level)))
                .attr("aria-pressed", move || Some(chosen().to_string()))
                .child(icon(Picture::Check))
                .child(
                    el("span").class("level__name").text(text::progress::level_label(Some(level))),
                )
                .text(" ")
                .child(el("span").class("level__hint").text(text::progress::level_hint(level)))
        };
        el("fieldset")
            .class("levels")
            .child(el("legend").child(el("h2").text(text::marker::observe())))
            .children(Level::ALL.map(option))
    }

    /// The day, the confidence, the evidence and the follow-up, folded unless an evidence waits to be
    /// saved or the marker is followed up.
    pub(super) fn details(&self) -> El {
        let saved = self.saved();
        let draft = self.store.storage().draft(DraftId::evidence(self.marker));
        let followed = self.store.follow_up(self.marker).get_untracked() != FollowUp::default();
        if draft.is_some() || followed {
            self.details.set_attr("open", "");
        }
        let found = draft.map(|_| el("p").class("form__found").text(text::notes::draft_kept()));
        let (confidence, evidence) = (self.confidence.clone(), self.evidence.clone());
        let awaits = move || {
            let begun = confidence.get().is_some() || !evidence.read().trim().is_empty();
            begun && saved.read().is_none()
        };
        let (day, input) = (self.day.clone(), self.details.clone());
        let another = move || {
            let day = day.clone();
            let input = input.clone();
            let begin = move || {
                day.set(None);
                input.find(DAY).focus();
            };
            let another = button(begin).class("button button--ghost");
            let another = another.text(text::marker::another_day());
            saved.read().is_some().then_some(another).into_iter().collect()
        };
        let hint = el("span").class("muted").text(text::marker::details_hint());
        self.details
            .clone()
            .class("details details--card no-print")
            .child(el("summary").text(text::marker::details()).text(" ").child(hint))
            .children(self.day_field())
            .child(el("div").dyn_children(another))
            .child(self.confidence_choices())
            .children(found)
            .children(self.evidence_field())
            .child(
                el("p")
                    .class("muted")
                    .attr("role", "status")
                    .text_when(text::marker::awaits_level(), awaits),
            )
            .child(follow_up(self.marker))
    }

    fn day_field(&self) -> [El; 2] {
        let (day, form, today) = (self.day.clone(), self.clone(), self.store.today());
        let input = day_field(move || day.get(), move |entered| form.choose_day(entered))
            .attr("max", move || Some(today.get().to_string()))
            .attr("aria-describedby", "observe/day");
        let error = form_error(self.day_error.clone().into()).attr("id", "observe/day");
        [field(text::marker::day(), input), error]
    }

    fn confidence_choices(&self) -> El {
        let none = (None, text::progress::confidence_none());
        let named = |value| (Some(value), text::progress::confidence_label(value));
        let (confidence, form) = (self.confidence.clone(), self.clone());
        choices(
            text::progress::confidence(),
            [none].into_iter().chain(Confidence::ALL.map(named)),
            move || confidence.get(),
            move |value| {
                form.confidence.set(value);
                form.save_details();
            },
        )
    }

    fn evidence_field(&self) -> [El; 2] {
        let (evidence, typed, left) = (self.evidence.clone(), self.clone(), self.clone());
        let input = el("textarea")
            .dir_auto()
            .attr("rows", "2")
            .attr("placeholder", text::marker::evidence_hint())
            .attr("aria-describedby", "observe/evidence")
            .prop("value", move || evidence.get().into())
            .on(ev::input, move |event| typed.type_evidence(event_target_value(&event)))
            .on_until_gone(ev::focusout, move |_| left.save_details());
        let error = form_error(self.evidence_error.clone().into()).attr("id", "observe/evidence");
        [field(text::marker::evidence(), input), error]
    }

    /// This device's observation of the day, bound to the screen.
    fn saved(&self) -> Memo<Option<Observation>> {
        let (store, marker, day) = (self.store, self.marker, self.day.clone());
        Memo::new(move |_| store.own_observation(marker, day.get()?))
    }

    /// The same at this moment, which may be after the screen was left.
    fn saved_now(&self) -> Option<Observation> {
        untrack(|| self.store.own_observation(self.marker, self.day.get_untracked()?))
    }

    /// Fills the details in from the observation, whenever it becomes another one. What is typed and
    /// not saved stays. After midnight the day is the new one.
    fn follow(&self, saved: Memo<Option<Observation>>) {
        let (form, former) = (self.clone(), Cell::new(None));
        let _ = self.details.clone().effect(move || {
            let now = saved.get();
            let had = former.replace(now.clone());
            let draft = form.store.storage().draft(DraftId::evidence(form.marker));
            if now.is_some() || had.is_some() {
                form.confidence.set(now.as_ref().and_then(|seen| seen.confidence));
                let evidence = now.and_then(|seen| seen.evidence);
                form.evidence.set(evidence.map(|text| text.to_string()).unwrap_or_default());
            }
            if let Some(draft) = draft {
                form.evidence.set(draft.text);
            }
        });
        let (day, today) = (self.day.clone(), self.store.today());
        let former = Cell::new(today.get_untracked());
        let _ = self.details.clone().effect(move || {
            let now = today.get();
            let before = former.replace(now);
            if before != now && day.get_untracked() == Some(before) {
                day.set(Some(now));
            }
        });
    }

    fn type_evidence(&self, text: String) {
        let draft = NoteDraft { text: text.clone(), ..NoteDraft::default() };
        self.store.storage().save_draft(DraftId::evidence(self.marker), &draft);
        if self.evidence_error.get_untracked().is_some() {
            self.evidence_error.set(too_long(&text));
        }
        self.evidence.set(text);
    }

    /// Moves the saved observation to the entered day; where there is none, the next level is of
    /// that day.
    fn choose_day(&self, entered: Entered) {
        let former = self.day.get_untracked();
        let today = self.store.today().get_untracked();
        let day = match entered {
            Entered::Day(day) if day <= today => day,
            Entered::Day(day) => {
                let error = text::errors::apply(&ApplyError::FutureDay(day));
                return self.day_error.set(Some(error));
            }
            Entered::Nothing if former.is_none() => return,
            Entered::Nothing | Entered::NoDay => {
                return self.day_error.set(Some(text::errors::invalid_day().to_owned()));
            }
        };
        self.day_error.set(None);
        if let (Some(former), Some(seen)) = (former, self.saved_now())
            && former != day
        {
            let id =
                ObservationId { marker: self.marker, day: former, device: self.store.device_id() };
            let Observation { level, confidence, evidence, .. } = seen;
            let moved = ObservationInput { level, day, confidence, evidence };
            if self.store.dispatch(Action::Correct(id, moved)).is_err() {
                // The store reports the refusal.
                return;
            }
        }
        self.day.set(Some(day));
        if let Some(level) = self.pending.get_untracked() {
            // An error that is left stands at its field.
            let _ = self.save(level);
        }
    }

    /// Saves changed details, once there is a level.
    fn save_details(&self) {
        let level = self.pending.get_untracked().or_else(|| Some(self.saved_now()?.level));
        if let Some(level) = level {
            // An error stands at its field.
            let _ = self.save(level);
        }
    }

    /// Saves the observation, unless it is saved as it is.
    fn save(&self, level: Level) -> Result<(), WrongField> {
        self.pending.set(Some(level));
        let day = self.day.get_untracked();
        let Some(day) = day.filter(|_| self.day_error.get_untracked().is_none()) else {
            if day.is_none() {
                self.day_error.set(Some(text::errors::invalid_day().to_owned()));
            }
            return Err(DAY);
        };
        let typed = self.evidence.get_untracked();
        let error = too_long(&typed);
        let is_wrong = error.is_some();
        self.evidence_error.set(error);
        if is_wrong {
            return Err(EVIDENCE);
        }
        let (confidence, evidence) = (self.confidence.get_untracked(), Evidence::new(&typed).ok());
        let is_saved = self.saved_now().is_some_and(|seen| {
            (seen.level, seen.confidence, &seen.evidence) == (level, confidence, &evidence)
        });
        let input = ObservationInput { level, day, confidence, evidence };
        self.pending.set(None);
        // The store reports a refusal.
        if is_saved || self.store.dispatch(Action::Observe(self.marker, input)).is_ok() {
            let draft = DraftId::evidence(self.marker);
            if self.store.storage().draft(draft).is_some() {
                self.store.storage().delete_draft(draft);
            }
        }
        Ok(())
    }
}

/// Why an evidence cannot be saved. It may be left out.
fn too_long(text: &str) -> Option<String> {
    match Evidence::new(text) {
        Err(error @ TextError::TooLong { .. }) => Some(text::errors::text(error)),
        Ok(_) | Err(TextError::Empty) => None,
    }
}
