//! The form of an observation: the level and, if wanted, the day, the confidence and the evidence.

use leptos::ev;
use leptos::prelude::*;

use crate::domain::day::Day;
use crate::domain::item::MarkerId;
use crate::domain::journal::{Action, ObservationInput};
use crate::domain::note::TextError;
use crate::domain::observation::{Confidence, Evidence, Level};
use crate::text;
use crate::ui::element::{El, el, event_target_value};
use crate::ui::shared::field::{choices, field, form_error, radio};
use crate::ui::shared::progress::level_name;
use crate::ui::store;

/// The values of the fields.
#[derive(Clone, Copy)]
struct Fields {
    level: RwSignal<Option<Level>>,
    day: RwSignal<String>,
    confidence: RwSignal<Option<Confidence>>,
    evidence: RwSignal<String>,
}

/// The form. It starts from this device's observation of today, so that adding to it loses nothing.
pub(super) fn observe_form(marker: MarkerId) -> El {
    let store = store();
    let own = store.own_observation_today(marker);
    let told = own.as_ref().and_then(|seen| seen.evidence.as_ref());
    let fields = Fields {
        level: RwSignal::new(own.as_ref().map(|seen| seen.level)),
        day: RwSignal::new(store.today().get_untracked().to_string()),
        confidence: RwSignal::new(own.as_ref().and_then(|seen| seen.confidence)),
        evidence: RwSignal::new(told.map(ToString::to_string).unwrap_or_default()),
    };
    let error = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let said = fields.sighting().and_then(|sighting| {
            let observed = store.dispatch(Action::Observe(marker, sighting));
            observed.map_err(|refusal| text::errors::apply(&refusal))
        });
        error.set(said.err());
    };
    let more = el("span").class("muted").text(text::marker::more_hint());
    let details = el("details")
        .class("details")
        .child(el("summary").text(text::marker::more()).text(" ").child(more))
        .child(day(fields.day))
        .child(confidence(fields.confidence))
        .child(evidence(fields.evidence));
    let record = el("button")
        .attr("type", "submit")
        .class("button button--primary")
        .text(text::marker::record());
    el("form")
        .class("form")
        .attr("novalidate", "")
        .on(ev::submit, submit)
        .child(levels(fields.level))
        .child(details)
        .child(form_error(error))
        .child(el("p").class("form__actions").child(record))
}

fn levels(level: RwSignal<Option<Level>>) -> El {
    let option = |choice: Level| {
        let chosen = move || level.get() == Some(choice);
        el("label")
            .class("level")
            .attr("data-level", level_name(Some(choice)))
            .child(radio("level", chosen, move || level.set(Some(choice))))
            .child(el("span").class("level__name").text(text::progress::level_label(Some(choice))))
            .text(" ")
            .child(el("span").class("level__hint").text(text::progress::level_hint(choice)))
    };
    el("fieldset")
        .class("levels")
        .child(el("legend").child(el("h2").text(text::marker::observe())))
        .children(Level::ALL.map(option))
}

fn day(day: RwSignal<String>) -> El {
    let today = store().today();
    let input = el("input")
        .attr("type", "date")
        .attr("max", move || Some(today.get().to_string()))
        .prop("value", move || day.get().into())
        .on(ev::input, move |event| day.set(event_target_value(&event)));
    field(text::marker::day(), input)
}

fn confidence(confidence: RwSignal<Option<Confidence>>) -> El {
    let none = (None, text::progress::confidence_none());
    let named = |value| (Some(value), text::progress::confidence_label(value));
    choices(
        text::progress::confidence(),
        [none].into_iter().chain(Confidence::ALL.map(named)),
        move || confidence.get(),
        move |value| confidence.set(value),
    )
}

fn evidence(evidence: RwSignal<String>) -> El {
    let input = el("textarea")
        .dir_auto()
        .attr("rows", "2")
        .attr("placeholder", text::marker::evidence_hint())
        .prop("value", move || evidence.get().into())
        .on(ev::input, move |event| evidence.set(event_target_value(&event)));
    field(text::marker::evidence(), input)
}

impl Fields {
    /// The observation in the fields, or why it cannot be stored.
    fn sighting(self) -> Result<ObservationInput, String> {
        let level = self.level.get_untracked().ok_or_else(text::errors::no_level)?;
        let day = self.day.get_untracked().parse::<Day>();
        let day = day.map_err(|_| text::errors::invalid_day())?;
        let evidence = match Evidence::new(&self.evidence.get_untracked()) {
            Ok(evidence) => Some(evidence),
            Err(TextError::Empty) => None,
            Err(error) => return Err(text::errors::text(error)),
        };
        Ok(ObservationInput { level, day, confidence: self.confidence.get_untracked(), evidence })
    }
}
