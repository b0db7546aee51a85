//! A closed consultation: its result, the group's conclusion, and the minutes.

use leptos::prelude::*;

use super::{actions, to_list, way};
use crate::codec::fingerprint::Fingerprint;
use crate::codec::transfer::{self, SharedResult};
use crate::domain::consultation::{ConsultationId, Step};
use crate::platform::{address, timers};
use crate::route::ConsultPage;
use crate::store::ConsultationStore;
use crate::text::{consult as words, outcome as outcome_words, typeset};
use crate::ui::element::{El, el};
use crate::ui::minutes::minutes;
use crate::ui::outcome::{OutcomeView, conclusion_form, outcome, so_far};
use crate::ui::qr::qr;
use crate::ui::shared::heading::{heading, section};
use crate::ui::store;

fn view(
    consultations: ConsultationStore,
    id: ConsultationId,
    exports: Vec<El>,
) -> Option<OutcomeView> {
    let poll = consultations.poll(id)?;
    let fingerprint = Fingerprint::of(id, poll.consultation.rules()?, &poll.urn);
    let today = store().today().get_untracked();
    Some(OutcomeView { poll, convention: store().convention(), fingerprint, today, exports })
}

/// The screen.
pub(super) fn closed(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    // Ballots can still be joined from another urn; the form of the conclusion must not be rebuilt
    // then.
    let ballots = Memo::new(move |_| consultations.poll(id).map(|poll| print(id, &poll)));
    let shown = move || {
        let _ = ballots.get();
        let exports = vec![way(&ConsultPage::Minutes(id)).class("button").text(words::minutes())];
        untrack(|| view(consultations, id, exports).map(outcome).unwrap_or_default())
    };
    vec![
        actions::to_decide(consultations, id),
        el("div").class("screen").dyn_children(shown),
        conclusion(consultations, id),
        take_home(consultations, id),
        actions::together(consultations, id, true),
        el("p")
            .class("form__actions")
            .child(actions::duplicate(consultations, id))
            .child(to_list()),
        actions::delete(consultations, id),
    ]
}

fn print(id: ConsultationId, poll: &crate::domain::consultation::Poll) -> Option<Fingerprint> {
    poll.consultation.rules().map(|rules| Fingerprint::of(id, rules, &poll.urn))
}

/// The result while people vote.
pub(super) fn live(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    let ballots = Memo::new(move |_| consultations.poll(id).map(|poll| print(id, &poll)));
    vec![el("div").class("screen").dyn_children(move || {
        let _ = ballots.get();
        untrack(|| {
            view(consultations, id, Vec::new()).map(|view| so_far(&view)).unwrap_or_default()
        })
    })]
}

/// The result as a code and a link for the voters' phones, with the conclusion as it stands.
fn take_home(consultations: ConsultationStore, id: ConsultationId) -> El {
    let packed = Memo::new(move |_| {
        let poll = consultations.poll(id)?;
        let title = typeset(poll.consultation.title());
        let digest = print(id, &poll)?.to_bytes();
        Some((title, SharedResult::pack(store().convention(), &poll, digest)?))
    });
    el("div").class("screen").dyn_children(move || {
        let Some((title, bytes)) = packed.get() else { return Vec::new() };
        let base = address::link_to("");
        let share =
            actions::share(title, transfer::link(&base, &bytes), outcome_words::take_home_link());
        let codes = qr(transfer::sheets(&base, &bytes), outcome_words::take_home_code().to_owned());
        vec![
            section("take-home", outcome_words::take_home())
                .class("no-print")
                .child(el("p").class("prose").text(outcome_words::take_home_lead()))
                .child(codes)
                .child(el("p").class("form__actions").child(share)),
        ]
    })
}

fn conclusion(consultations: ConsultationStore, id: ConsultationId) -> El {
    let held = Memo::new(move |_| {
        consultations.poll(id).and_then(|poll| poll.consultation.conclusion().cloned())
    });
    el("div").class("screen").dyn_children(move || {
        let held = held.get();
        let save = move |conclusion| {
            let entry = consultations.step(id, Step::Conclude(conclusion))?;
            timers::spawn(Box::pin(async move {
                actions::say_trouble(consultations, consultations.save(vec![entry]).await);
            }));
            Ok(())
        };
        vec![untrack(|| conclusion_form(held, Box::new(save)))]
    })
}

/// The minutes.
pub(super) fn minutes_screen(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    if !consultations.poll_now(id).is_some_and(|poll| poll.consultation.is_closed()) {
        return vec![heading(words::minutes_early()), actions::back_to(id)];
    }
    let mut screen = vec![
        el("p")
            .class("form__actions no-print")
            .child(way(&ConsultPage::One(id)).class("more").text(words::back_to_it())),
    ];
    screen.extend(view(consultations, id, Vec::new()).as_ref().map(minutes).unwrap_or_default());
    screen
}
