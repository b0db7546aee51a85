//! Prepares a consultation. Every change is stored at once; there is no save button.

use leptos::ev;
use leptos::prelude::*;

use super::code::code_form;
use super::{actions, to_list, way};
use crate::domain::consultation::{
    ConsultationId, MethodKind, Order, Reveal, RulesDraft, Step, StepError,
};
use crate::platform::timers;
use crate::route::ConsultPage;
use crate::store::ConsultationStore;
use crate::text::consult as words;
use crate::text::consultation;
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::{choices, field, radio};
use crate::ui::shared::heading::{heading, section};

mod options;

/// The draft that is being edited.
#[derive(Clone, Copy)]
struct Draft {
    consultations: ConsultationStore,
    id: ConsultationId,
    value: RwSignal<RulesDraft>,
}

impl Draft {
    /// Changes it, and stores the change.
    fn change(self, change: impl FnOnce(&mut RulesDraft)) {
        self.value.update(change);
        let Ok(entry) = self.consultations.step(self.id, Step::Draft(self.value.get_untracked()))
        else {
            return;
        };
        timers::spawn(Box::pin(async move {
            actions::say_trouble(self.consultations, self.consultations.save(vec![entry]).await);
        }));
    }
}

/// The screen.
pub(super) fn prepare(
    consultations: ConsultationStore,
    id: ConsultationId,
    rules: RulesDraft,
) -> Vec<El> {
    let draft = Draft { consultations, id, value: RwSignal::new(rules) };
    vec![
        heading(words::prepare_title()),
        question(draft),
        options::options(draft),
        method(draft),
        settings(draft),
        open(draft),
        el("p")
            .class("form__actions")
            .child(actions::duplicate(consultations, id))
            .child(actions::export(consultations, id))
            .child(to_list()),
        actions::delete(consultations, id),
    ]
}

fn question(draft: Draft) -> El {
    let title = el("input")
        .dir_auto()
        .attr("type", "text")
        .attr("maxlength", "80")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "title/hint")
        .prop("value", move || draft.value.read().title.as_str().into())
        .on(ev::input, move |event| draft.change(|rules| rules.title = event_target_value(&event)));
    let question = el("textarea")
        .dir_auto()
        .attr("rows", "3")
        .attr("maxlength", "240")
        .prop("value", move || draft.value.read().question.as_str().into())
        .on(ev::input, move |event| {
            draft.change(|rules| rules.question = event_target_value(&event));
        });
    section("question", words::question_section())
        .class("prepare")
        .child(field(words::title(), title))
        .child(
            el("p").class("muted muted--hint").attr("id", "title/hint").text(words::title_hint()),
        )
        .child(field(words::question(), question))
}

fn method(draft: Draft) -> El {
    let option = |kind: MethodKind| {
        let chosen = move || draft.value.read().method == kind;
        let input = radio("method", chosen, move || draft.change(|rules| rules.method = kind));
        el("label").class("method").child(input).child(
            el("span")
                .class("method__words")
                .child(el("strong").text(consultation::method(kind)))
                .child(el("span").class("method__hint").text(words::method_hint(kind))),
        )
    };
    let is_dots = Memo::new(move |_| draft.value.read().method == MethodKind::Dots);
    section("method", words::method_section())
        .class("prepare")
        .child(
            el("fieldset")
                .class("methods")
                .child(el("legend").class("visually-hidden").text(words::method_section()))
                .children(MethodKind::ALL.map(option)),
        )
        .child(
            el("div").class("prepare__dots").dyn_children(move || {
                if is_dots.get() { untrack(|| dots(draft)) } else { Vec::new() }
            }),
        )
}

fn dots(draft: Draft) -> Vec<El> {
    let number = |label: &str,
                  hint: Box<dyn Fn() -> String>,
                  value: fn(&RulesDraft) -> Option<u8>,
                  set: fn(&mut RulesDraft, Option<u8>)| {
        let shown =
            move || value(&draft.value.read()).map(|value| value.to_string()).unwrap_or_default();
        let input = el("input")
            .attr("type", "number")
            .attr("inputmode", "numeric")
            .attr("min", "1")
            .attr("max", "99")
            .attr("placeholder", move || {
                let rules = draft.value.read();
                let default = RulesDraft { each: None, cap: None, ..rules.clone() };
                let of_each = value(&RulesDraft { each: Some(1), cap: None, ..default.clone() });
                let shown = if of_each.is_some() { default.dots_each() } else { rules.dots_cap() };
                Some(shown.to_string())
            })
            .prop("value", move || shown().into())
            .on(ev::input, move |event| {
                let typed = event_target_value(&event).parse().ok();
                draft.change(|rules| set(rules, typed));
            });
        el("div")
            .class("hinted")
            .child(field(label, input))
            .child(el("p").class("muted").text(hint))
    };
    let each = move || {
        let rules = draft.value.read();
        words::each_hint(RulesDraft { each: None, ..rules.clone() }.dots_each())
    };
    let cap = move || {
        let rules = draft.value.read();
        words::cap_hint(RulesDraft { cap: None, ..rules.clone() }.dots_cap())
    };
    vec![
        number(words::each(), Box::new(each), |rules| rules.each, |rules, each| rules.each = each),
        number(words::cap(), Box::new(cap), |rules| rules.cap, |rules, cap| rules.cap = cap),
    ]
}

fn settings(draft: Draft) -> El {
    let orders = [Order::Shuffled, Order::Listed].map(|order| (order, words::order_label(order)));
    let order = choices(
        words::order(),
        orders,
        move || draft.value.read().order,
        move |order| draft.change(|rules| rules.order = order),
    );
    let reveals = [Reveal::AfterClosing, Reveal::Live].map(|one| (one, words::reveal_label(one)));
    let reveal = choices(
        words::reveal(),
        reveals,
        move || draft.value.read().reveal,
        move |reveal| draft.change(|rules| rules.reveal = reveal),
    );
    let live = move || draft.value.read().reveal == Reveal::Live;
    let warning = el("p").class("muted").attr("role", "status");
    let warning = warning.text_when(words::reveal_live(), live);
    section("settings", words::settings())
        .class("prepare")
        .child(order)
        .child(reveal)
        .child(warning)
}

/// The missing fields, the voter's preview, and the button that opens it.
fn open(draft: Draft) -> El {
    let Draft { consultations, id, value } = draft;
    let flaws = move || match value.read().check() {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws.into_iter().map(|flaw| el("li").text(&words::flaw(flaw))).collect(),
    };
    let asking = RwSignal::new(false);
    let form = move || {
        let take = move |code| match consultations.step(id, Step::Open(code)) {
            Ok(entry) => {
                timers::spawn(Box::pin(async move {
                    actions::say_trouble(consultations, consultations.save(vec![entry]).await);
                }));
                Ok(())
            }
            Err(error) => Err(words::step_error(&error)),
        };
        let cancel = actions::cancel(move || asking.set(false));
        vec![code_form(id, words::open(), words::code_hint(), vec![cancel], take)]
    };
    let begin = move || {
        let act = move || match value.read_untracked().check() {
            Ok(_) => asking.set(true),
            Err(flaws) => {
                let said = words::step_error(&StepError::Flawed(flaws));
                consultations.store().notify(crate::store::Notice::Text(said));
            }
        };
        vec![
            el("p")
                .class("form__actions")
                .child(button(act).class("button button--primary").text(words::open()))
                .child(way(&ConsultPage::Preview(id)).class("button").text(words::preview())),
        ]
    };
    section("open", words::open())
        .class("prepare")
        .child(el("p").class("prose").text(words::open_lead()))
        .child(el("ul").class("prepare__flaws").dyn_children(flaws))
        .child(
            el("div")
                .class("steps")
                .dyn_children(move || if asking.get() { untrack(form) } else { untrack(begin) }),
        )
}
