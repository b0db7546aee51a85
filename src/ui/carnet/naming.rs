//! The form that names this device, in its holder's words.

use leptos::ev;
use leptos::prelude::*;

use crate::domain::device::{Device, DeviceLabel, Voice};
use crate::domain::journal::Action;
use crate::text::{self, devices as words};
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{choices, field, form_error};
use crate::ui::store;

/// The form. `done` is called once a name is stored, or declined for good where `may_decline` is
/// set; `cancel` changes nothing.
pub(super) fn naming(
    done: impl Fn() + Copy + 'static,
    cancel: impl Fn() + 'static,
    may_decline: bool,
) -> El {
    let store = store();
    let former = untrack(|| store.own_device());
    let voice = former.as_ref().map_or(Voice::Residents, |device| device.speaks_for);
    let voice = RwSignal::new(voice);
    let label = former.as_ref().map(|device| device.label.to_string()).unwrap_or_default();
    let label = RwSignal::new(label);
    let error = RwSignal::new(None::<String>);
    let input = el("input")
        .dir_auto()
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("placeholder", words::label_hint())
        .attr("maxlength", "60")
        .prop("value", move || label.get().into())
        .on(ev::input, move |event| label.set(event_target_value(&event)));
    let refused = input.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let named = DeviceLabel::new(&label.get_untracked()).map_err(text::errors::text);
        let kept = named.and_then(|label| {
            let device = Device { label, speaks_for: voice.get_untracked() };
            let kept = store.dispatch(Action::Name(device));
            kept.map_err(|refusal| text::errors::apply(&refusal))
        });
        match kept {
            Ok(()) => done(),
            Err(words) => {
                error.set(Some(words));
                refused.focus();
            }
        }
    };
    let decline = may_decline.then(|| {
        let decline = move || {
            store.decline_name();
            done();
        };
        button(decline).class("button").text(words::without_name())
    });
    let title = el("h3").attr("tabindex", "-1").text(words::ask_title());
    let keep = el("button").attr("type", "submit").class("button button--primary");
    el("form")
        .class("form")
        .attr("aria-label", words::ask_title())
        .on(ev::submit, submit)
        .child(title.on_mount(crate::platform::address::focus_quietly))
        .child(el("p").text(words::ask_lead()))
        .child(field(words::label(), input))
        .child(choices(
            words::speaks_for(),
            Voice::ALL.map(|voice| (voice, words::voice_label(voice))),
            move || voice.get(),
            move |chosen| voice.set(chosen),
        ))
        .child(form_error(error))
        .child(
            el("p")
                .class("form__actions")
                .child(keep.text(words::name_it()))
                .children(decline)
                .child(button(cancel).class("button button--ghost").text(words::cancel())),
        )
}
