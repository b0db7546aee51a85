//! Asks for the facilitator's code, or lets a person continue without it after a while: it prevents
//! slips of a hand and is no lock.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::ev;
use leptos::prelude::*;

use crate::domain::consultation::{CodeHash, ConsultationId};
use crate::platform::{clock, timers};
use crate::text::consult as words;
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{field, form_error};

/// A form with one field for the code. `take` returns what is wrong with it, if anything.
pub(super) fn code_form(
    id: ConsultationId,
    submit: &str,
    hint: &'static str,
    ways: Vec<El>,
    take: impl Fn(CodeHash) -> Result<(), String> + 'static,
) -> El {
    // Several such forms can be on one screen.
    static FORMS: AtomicUsize = AtomicUsize::new(0);
    let name = |part: &str, number: usize| format!("code/{number}/{part}");
    let number = FORMS.fetch_add(1, Ordering::Relaxed);
    let (hint_id, error_id) = (name("hint", number), name("error", number));
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let input = el("input")
        .dir_auto()
        .attr("type", "text")
        .attr("name", "code")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("maxlength", "12")
        .attr("aria-describedby", &format!("{hint_id} {error_id}"))
        .prop("value", move || value.get().into())
        .on(ev::input, move |event| {
            error.set(None);
            value.set(event_target_value(&event));
        });
    let again = input.clone();
    let act = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let taken = CodeHash::of(id, &value.get_untracked())
            .map_err(|_| words::code_invalid().to_owned())
            .and_then(&take);
        if let Err(why) = taken {
            let _ = error.try_set(Some(why));
            again.focus();
        }
    };
    el("form")
        .class("form code-form")
        .on(ev::submit, act)
        .child(field(words::code(), input))
        .child(el("p").class("muted").attr("id", &hint_id).text(hint))
        .child(form_error(error).attr("id", &error_id))
        .child(
            el("p")
                .class("form__actions")
                .child(
                    el("button")
                        .attr("type", "submit")
                        .class("button button--primary")
                        .text(submit),
                )
                .children(ways),
        )
}

/// The wait of a person who continues without the code, in milliseconds.
const NO_CODE_DELAY_MS: u64 = 60_000;

/// Lets a person who has forgotten the code continue after a visible wait of a minute. `submit`
/// names the action, `act` runs it and returns what is wrong, if anything.
pub(super) fn forgotten(
    submit: &'static str,
    act: impl Fn() -> Result<(), String> + Copy + 'static,
) -> El {
    let until = RwSignal::new(None::<u64>);
    let left = RwSignal::new(0_u64);
    let error = RwSignal::new(None::<String>);
    let begin = move || {
        let end = clock::now().0 + NO_CODE_DELAY_MS;
        until.set(Some(end));
        left.set(NO_CODE_DELAY_MS.div_ceil(1000));
        timers::spawn(Box::pin(async move {
            // The form may be gone with its screen.
            while until.try_get_untracked().flatten() == Some(end) {
                let now = clock::now().0;
                // A clock that is set back must not prolong the wait.
                let rest = end.saturating_sub(now).min(NO_CODE_DELAY_MS).div_ceil(1000);
                let _ = left.try_set(rest);
                if rest == 0 {
                    break;
                }
                timers::sleep(250).await;
            }
        }));
    };
    let waiting = Memo::new(move |_| until.get().is_some());
    let over = Memo::new(move |_| left.get() == 0);
    let ways = move || {
        if !waiting.get() {
            let begin = button(begin).class("button button--ghost");
            return vec![el("p").class("form__actions").child(begin.text(words::code_forgotten()))];
        }
        let stop = button(move || until.set(None)).class("button button--ghost");
        let stop = stop.text(words::code_stop_waiting());
        let go = move || {
            if let Err(why) = act() {
                let _ = error.try_set(Some(why));
            }
        };
        let rest = move || {
            if over.get() {
                let go = button(go).class("button button--danger").text(submit);
                return vec![go];
            }
            let rest = el("p").attr("role", "timer").class("lead");
            vec![rest.text(move || words::wait(left.get()))]
        };
        vec![
            el("p").text(words::code_forgotten_lead()),
            el("div").dyn_children(rest),
            form_error(error),
            el("p").class("form__actions").child(stop),
        ]
    };
    el("div").class("form").dyn_children(ways)
}
