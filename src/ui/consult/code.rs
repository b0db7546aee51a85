//! Asking for the facilitator's code.

use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;

use crate::domain::consultation::{CodeHash, ConsultationId};
use crate::text::consult as words;
use crate::ui::element::{El, el, typed};
use crate::ui::shared::field::{field, form_error};

/// A form with one field for the code. `take` says what is wrong with it, if anything.
pub(super) fn code_form(
    id: ConsultationId,
    submit: &str,
    hint: &'static str,
    ways: Vec<El>,
    take: impl Fn(CodeHash) -> Result<(), String> + 'static,
) -> El {
    // Several such forms can stand on one screen.
    static FORMS: AtomicUsize = AtomicUsize::new(0);
    let name = |part: &str, number: usize| format!("code/{number}/{part}");
    let number = FORMS.fetch_add(1, Ordering::Relaxed);
    let (hint_id, error_id) = (name("hint", number), name("error", number));
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let input = el("input")
        .attr("type", "text")
        .attr("name", "code")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("maxlength", "12")
        .attr("aria-describedby", &format!("{hint_id} {error_id}"))
        .property_now("value", move || value.get().into())
        .on("input", move |event| {
            error.set(None);
            value.set(typed(&event));
        });
    let again = input.clone();
    let act = move |event: web_sys::Event| {
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
        .on("submit", act)
        .add(field(words::code(), input))
        .add(el("p").class("quiet").attr("id", &hint_id).text(hint))
        .add(form_error(error).attr("id", &error_id))
        .add(
            el("p")
                .class("form__ways")
                .add(el("button").attr("type", "submit").class("button button--main").text(submit))
                .with(ways),
        )
}
