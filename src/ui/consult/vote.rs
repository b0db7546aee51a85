//! Filling in a ballot: on one's own phone, and as the facilitator's look at it.

use leptos::prelude::*;

use super::receive::other_pages;
use super::ways;
use crate::codec::consultation::VoteDraft;
use crate::codec::poll_file;
use crate::codec::transfer::{self, Pages, Parcel, Progress};
use crate::domain::consultation::{Ballot, BallotId, ConsultationId, Content, Rules, Vote, Way};
use crate::platform::download::{self, Media};
use crate::platform::{address, chance, session};
use crate::store::{Hall, Notice};
use crate::text::consult as words;
use crate::ui::ballot::{BallotForm, ballot_form};
use crate::ui::element::{El, button, el};
use crate::ui::qr::qr;
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// A vote that is being filled in, kept for a reload and for nothing else.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    id: ConsultationId,
    place: &'static str,
}

impl Filling {
    /// At the urn.
    pub(super) fn urn(id: ConsultationId) -> Self {
        Self { id, place: "urn" }
    }

    /// On one's own phone.
    fn phone(id: ConsultationId) -> Self {
        Self { id, place: "phone" }
    }

    fn name(self) -> String {
        format!("{}/{}", self.place, self.id)
    }

    /// Whether something has been chosen.
    pub(super) fn is_begun(self) -> bool {
        session::get(&self.name()).is_some()
    }

    /// Leaves nothing of it.
    pub(super) fn drop(self) {
        session::remove(&self.name());
    }

    /// The ballot.
    pub(super) fn form(self, rules: &Rules, cast: Box<dyn Fn(Vote)>) -> El {
        let unfilled = Vote::unfilled(rules.method(), rules.options().len());
        let kept = session::get(&self.name()).and_then(|text| VoteDraft::parse(&text));
        let fits = |draft: &VoteDraft| match rules.allow(&draft.vote) {
            Ok(()) => true,
            Err(_) => draft.vote.is_empty() && draft.vote == unfilled,
        };
        let draft = kept
            .filter(fits)
            .unwrap_or_else(|| VoteDraft { chance: chance::token(), vote: unfilled.clone() });
        let chance = draft.chance;
        let changed = move |vote: &Vote| {
            let draft = VoteDraft { chance, vote: vote.clone() };
            session::put(&self.name(), &draft.to_text());
        };
        ballot_form(BallotForm {
            rules: rules.clone(),
            convention: store().convention(),
            order: rules.order_for(chance),
            initial: draft.vote,
            changed: Box::new(changed),
            cast,
            preview: false,
        })
    }
}

/// What a voter will see, for the one who prepares it.
pub(super) fn preview(hall: Hall, id: ConsultationId) -> Vec<El> {
    let Some(poll) = hall.poll_now(id) else { return Vec::new() };
    let Ok(rules) = poll.consultation.as_draft().check() else {
        return vec![
            heading(words::preview()),
            el("p").class("lead").text(words::preview_flawed()),
            ways::back_to(id),
        ];
    };
    let done = RwSignal::new(false);
    let order = rules.order_for(chance::token());
    let form = move || {
        ballot_form(BallotForm {
            convention: store().convention(),
            order: order.clone(),
            initial: Vote::unfilled(rules.method(), rules.options().len()),
            rules: rules.clone(),
            changed: Box::new(|_| {}),
            cast: Box::new(move |_| done.set(true)),
            preview: true,
        })
    };
    let shown = move || {
        if done.get() {
            vec![el("p").class("lead").attr("role", "status").text(words::preview_done())]
        } else {
            vec![untrack(&form)]
        }
    };
    vec![el("div").class("screen").fill(shown), ways::back_to(id)]
}

/// The consultation that a link or a code carries.
pub(super) fn invited(payload: &str) -> Vec<El> {
    let parcel = match Pages::default().add(payload) {
        Ok(Progress::Whole(bytes)) => transfer::unpack(&bytes).ok(),
        Ok(Progress::Missing { .. }) => {
            return vec![heading(words::vote_title()), other_pages(payload)];
        }
        Err(_) => None,
    };
    match parcel {
        Some(Parcel::Invitation { convention, id, rules }) => {
            if convention == transfer::convention_fingerprint(store().convention()) {
                Phone { id, step: RwSignal::new(Step::Voting) }.shown(&rules)
            } else {
                said(words::other_text())
            }
        }
        _ => said(words::unreadable_link()),
    }
}

fn said(words: &str) -> Vec<El> {
    vec![heading(words::vote_title()), el("p").class("lead").text(words), super::to_list()]
}

/// Where a voter is on their own phone.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Voting,
    /// The ballot waits to be handed back.
    Handing,
    /// It has been handed back, and is gone from here.
    Handed,
}

#[derive(Clone, Copy)]
struct Phone {
    id: ConsultationId,
    step: RwSignal<Step>,
}

impl Phone {
    fn shown(self, rules: &Rules) -> Vec<El> {
        match session::get(&self.waiting()).as_deref() {
            Some("") => self.step.set(Step::Handed),
            Some(_) => self.step.set(Step::Handing),
            None => {}
        }
        let rules = StoredValue::new(rules.clone());
        vec![el("div").class("screen").fill(move || {
            let step = self.step.get();
            untrack(|| rules.with_value(|rules| self.show(step, rules)))
        })]
    }

    /// Under which name a ballot waits to be handed back; empty once it was.
    fn waiting(self) -> String {
        format!("ballot/{}", self.id)
    }

    fn show(self, step: Step, rules: &Rules) -> Vec<El> {
        match step {
            Step::Voting => {
                let of = rules.clone();
                let cast = move |vote| self.cast(&of, vote);
                vec![Filling::phone(self.id).form(rules, Box::new(cast))]
            }
            Step::Handing => self.handing(rules),
            Step::Handed => self.handed(),
        }
    }

    fn cast(self, rules: &Rules, vote: Vote) {
        let id = BallotId::random(chance::token(), chance::token());
        let ballot = Ballot { id, way: Way::Phone, content: Content::Vote(vote) };
        if let Ok(bytes) = transfer::pack(&Parcel::ballot(self.id, rules, ballot)) {
            // A link as any other: what waits here is what will be handed over, and no more.
            session::put(&self.waiting(), &transfer::link("", &bytes));
            Filling::phone(self.id).drop();
            self.step.set(Step::Handing);
        }
    }

    fn handing(self, rules: &Rules) -> Vec<El> {
        let link = session::get(&self.waiting()).unwrap_or_default();
        let page = link.rsplit('/').next().unwrap_or_default();
        let Ok(Progress::Whole(bytes)) = Pages::default().add(page) else {
            return said(words::unreadable_link());
        };
        let Ok(Parcel::Ballot { ballot, .. }) = transfer::unpack(&bytes) else {
            return said(words::unreadable_link());
        };
        let name = words::ballot_file_name(&ballot.id.to_string());
        let file = poll_file::ballot_to_json(self.id, rules, &ballot).unwrap_or_default();
        let base = address::link_to("");
        let store = store();
        let save = move || {
            let saved = download::text(&name, Media::Json, &file).is_ok();
            store.tell(if saved { Notice::CopySaved } else { Notice::CopyRefused });
        };
        let done = move || {
            session::put(&self.waiting(), "");
            self.step.set(Step::Handed);
        };
        vec![
            fresh_heading(words::hand_title()),
            el("p").class("lead").text(words::hand_lead()),
            qr(transfer::sheets(&base, &bytes), words::hand_label().to_owned()),
            el("p")
                .class("form__ways")
                .add(button(done).class("button").text(words::hand_done()))
                .add(ways::share(
                    words::hand_title().to_owned(),
                    transfer::link(&base, &bytes),
                    words::hand_link(),
                ))
                .add(button(save).class("button").text(words::hand_file())),
        ]
    }

    fn handed(self) -> Vec<El> {
        let again = move || {
            session::remove(&self.waiting());
            self.step.set(Step::Voting);
        };
        vec![
            fresh_heading(words::handed()),
            el("p").class("lead").text(words::handed_lead()),
            el("p")
                .class("form__ways")
                .add(button(again).class("button").text(words::vote_again()))
                .add(super::to_list()),
        ]
    }
}

/// A heading in the place of another screen's, which takes the focus.
fn fresh_heading(words: &str) -> El {
    let heading = el("h1").class("heading").attr("tabindex", "-1").text(words);
    heading.clone().once_shown(address::focus_quietly)
}
