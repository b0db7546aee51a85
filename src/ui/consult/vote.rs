//! Fills in a ballot: its draft in session storage, and the facilitator's preview.

use leptos::prelude::*;

use super::actions;
use crate::codec::consultation::VoteDraft;
use crate::domain::consultation::{ConsultationId, Rules, Vote};
use crate::platform::{address, rng, session};
use crate::store::ConsultationStore;
use crate::text::{ballot as ballot_words, consult as words, consultation};
use crate::ui::ballot::{BallotForm, ballot_form};
use crate::ui::element::{El, el};
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// The session key of a vote that is handed over later.
const PHONE: &str = "phone";

/// The session key of the invitation whose ballot is being filled in.
pub(super) const VOTE_IN_PROGRESS: &str = "invitation";

/// A vote that is being filled in, stored for a reload and for nothing else.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    id: ConsultationId,
    place: &'static str,
}

impl Filling {
    /// A vote at the urn.
    pub(super) fn urn(id: ConsultationId) -> Self {
        Self { id, place: "urn" }
    }

    /// A vote on one's own phone.
    pub(super) fn phone(id: ConsultationId) -> Self {
        Self { id, place: PHONE }
    }

    fn name(self) -> String {
        format!("{}/{}", self.place, self.id)
    }

    /// Whether the draft has a choice.
    pub(super) fn is_begun(self) -> bool {
        session::get(&self.name()).is_some()
    }

    /// Erases the draft.
    pub(super) fn drop(self) {
        session::remove(&self.name());
        if self.place == PHONE {
            session::remove(VOTE_IN_PROGRESS);
        }
    }

    /// The ballot, with its draft and one way out.
    pub(super) fn form(self, rules: &Rules, exit: El, cast: Box<dyn Fn(Vote)>) -> El {
        let unfilled = Vote::unfilled(rules.method(), rules.options().len());
        let kept = session::get(&self.name()).and_then(|text| VoteDraft::parse(&text));
        let fits = |draft: &VoteDraft| match rules.allow(&draft.vote) {
            Ok(()) => true,
            Err(_) => draft.vote.is_empty() && draft.vote == unfilled,
        };
        let draft = kept
            .filter(fits)
            .unwrap_or_else(|| VoteDraft { random: rng::token(), vote: unfilled.clone() });
        let random = draft.random;
        let changed = move |vote: &Vote| {
            let draft = VoteDraft { random, vote: vote.clone() };
            session::put(&self.name(), &draft.to_text());
        };
        ballot_form(BallotForm {
            rules: rules.clone(),
            convention: store().convention(),
            order: rules.order_for(random),
            initial: draft.vote,
            changed: Box::new(changed),
            cast,
            preview: false,
            handed: self.place == PHONE,
            exit: Some(exit),
        })
    }

    /// Takes the vote out of the draft, which is erased.
    pub(super) fn take(self) -> Option<Vote> {
        let draft = session::get(&self.name()).and_then(|text| VoteDraft::parse(&text));
        self.drop();
        draft.map(|draft| draft.vote)
    }
}

/// The screen for a voter whose vote was closed while they were choosing: nothing is stored, and
/// their choice can be read as long as this is shown.
pub(super) fn ended(rules: Option<&Rules>, chosen: Option<&Vote>) -> Vec<El> {
    let mut shown = vec![fresh_heading(words::ended_title())];
    if let (Some(rules), Some(vote)) = (rules, chosen) {
        let name =
            |option: usize| consultation::everyday(&rules.options()[option], store().convention());
        let line = |option: &usize| {
            let (name, answer) = (name(*option), ballot_words::answer(vote, *option));
            el("li").text(&words::chosen(&name, &answer))
        };
        let order: Vec<_> = (0..rules.options().len()).collect();
        let all = match vote {
            Vote::Blank => el("p").text(consultation::blank()),
            _ => el("ul").children(vote.chosen(&order).iter().map(line)),
        };
        shown.extend([
            el("p").class("lead").text(words::ended_lead()),
            el("details")
                .class("details")
                .child(el("summary").text(words::ended_chosen()))
                .child(all),
        ]);
    }
    shown
}

/// The preview of the ballot, for the facilitator.
pub(super) fn preview(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    let Some(poll) = consultations.poll_now(id) else { return Vec::new() };
    let Ok(rules) = poll.consultation.as_draft().check() else {
        return vec![
            heading(words::preview()),
            el("p").class("lead").text(words::preview_flawed()),
            actions::back_to(id),
        ];
    };
    let done = RwSignal::new(false);
    let order = rules.order_for(rng::token());
    let form = move || {
        ballot_form(BallotForm {
            convention: store().convention(),
            order: order.clone(),
            initial: Vote::unfilled(rules.method(), rules.options().len()),
            rules: rules.clone(),
            changed: Box::new(|_| {}),
            cast: Box::new(move |_| done.set(true)),
            preview: true,
            handed: false,
            exit: None,
        })
    };
    let shown = move || {
        if done.get() {
            vec![el("p").class("lead").attr("role", "status").text(words::preview_done())]
        } else {
            vec![untrack(&form)]
        }
    };
    vec![el("div").class("screen").dyn_children(shown), actions::back_to(id)]
}

/// A heading that takes the focus, for a screen in the place of another.
pub(super) fn fresh_heading(words: &str) -> El {
    let heading = el("h1").class("heading").attr("tabindex", "-1").text(words);
    heading.clone().on_mount(address::focus_quietly)
}
