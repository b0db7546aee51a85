//! Voting on one's own phone: the ballot is stored until its voter confirms that it was handed
//! over.

use leptos::prelude::*;

use super::actions;
use super::receive::other_pages;
use super::vote::{Filling, VOTE_IN_PROGRESS, ended, fresh_heading};
use crate::codec::consultation::WaitingBallot;
use crate::codec::poll_file;
use crate::codec::transfer::{self, PageProgress, Pages, TransferPayload};
use crate::domain::consultation::{
    Ballot, BallotId, ConsultationId, Content, Rules, VotingChannel,
};
use crate::domain::stamp::Token;
use crate::platform::download::{self, Media};
use crate::platform::{address, rng, session, timers};
use crate::route::ConsultPage;
use crate::storage::SaveStatus;
use crate::store::{ConsultationStore, Notice};
use crate::text::consult as words;
use crate::ui::ballot::steps;
use crate::ui::element::{El, button, el};
use crate::ui::qr::qr;
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// The consultation that a link or a code carries.
pub(super) fn invited(consultations: ConsultationStore, payload: &str) -> Vec<El> {
    let parcel = match Pages::default().add(payload) {
        Ok(PageProgress::Whole(bytes)) => transfer::unpack(&bytes).ok(),
        Ok(PageProgress::Missing { .. }) => {
            return vec![heading(words::vote_title()), other_pages(payload)];
        }
        Err(_) => None,
    };
    match parcel {
        Some(TransferPayload::Invitation { convention, id, rules }) => {
            if convention == transfer::convention_fingerprint(store().convention()) {
                let payload = StoredValue::new(payload.to_owned());
                Phone { consultations, id, payload, step: RwSignal::new(Step::Voting) }.shown(rules)
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

/// The step of a voter on their own phone.
#[derive(Clone, PartialEq)]
enum Step {
    Voting,
    /// This ballot must still be handed over.
    Handing(Token, Since),
    /// It has been handed over, and exists only on this screen.
    HandedOver(Option<WaitingBallot>),
}

/// The time since which a ballot waits.
#[derive(Clone, Copy, PartialEq)]
enum Since {
    Now,
    Earlier,
}

#[derive(Clone, Copy)]
struct Phone {
    consultations: ConsultationStore,
    id: ConsultationId,
    /// The invitation, as it is in the address.
    payload: StoredValue<String>,
    step: RwSignal<Step>,
}

impl Phone {
    fn shown(self, rules: Rules) -> Vec<El> {
        self.take_from_session(&rules);
        if let Some(token) = untrack(|| self.tokens()).first() {
            self.step.set(Step::Handing(*token, Since::Earlier));
        }
        let is_closed = Memo::new(move |_| {
            self.consultations.poll(self.id).is_some_and(|poll| poll.consultation.is_closed())
        });
        let is_gone = Memo::new(move |_| match self.step.get() {
            Step::Handing(token, _) => !self.consultations.waiting().read().contains_key(&token),
            _ => false,
        });
        vec![el("div").class("screen").dyn_children(move || {
            let (step, is_closed) = (self.step.get(), is_closed.get());
            // Another tab has handed it over, or this device has counted it.
            let step = if is_gone.get() { Step::HandedOver(None) } else { step };
            untrack(|| match step {
                Step::Voting if is_closed => {
                    let chosen = Filling::phone(self.id).take();
                    let mut shown = ended(Some(&rules), chosen.as_ref());
                    shown.push(super::to_list());
                    shown
                }
                Step::Voting => self.voting(&rules),
                Step::Handing(token, since) => self.handing(token, since, is_closed),
                Step::HandedOver(ballot) => self.handed(ballot),
            })
        })]
    }

    /// The waiting ballots of this consultation, read reactively.
    fn tokens(self) -> Vec<Token> {
        let waiting = self.consultations.waiting();
        let waiting = waiting.read();
        let own = |(_, kept): &(&Token, &WaitingBallot)| kept.consultation == self.id;
        waiting.iter().filter(own).map(|(token, _)| *token).collect()
    }

    /// The first versions of the app kept a waiting ballot in the tab alone.
    fn take_from_session(self, rules: &Rules) {
        let name = format!("ballot/{}", self.id);
        let Some(link) = session::get(&name) else { return };
        session::remove(&name);
        let page = link.rsplit('/').next().unwrap_or_default();
        if let Ok(PageProgress::Whole(bytes)) = Pages::default().add(page)
            && let Ok(TransferPayload::Ballot { ballot, .. }) = transfer::unpack(&bytes)
        {
            self.keep(rules, ballot);
        }
    }

    fn voting(self, rules: &Rules) -> Vec<El> {
        self.payload.with_value(|payload| session::put(VOTE_IN_PROGRESS, payload));
        let of = rules.clone();
        let make = move |vote| {
            let id = BallotId::random(rng::token(), rng::token());
            let token = self
                .keep(&of, Ballot { id, way: VotingChannel::Phone, content: Content::Vote(vote) });
            Filling::phone(self.id).drop();
            self.step.set(Step::Handing(token, Since::Now));
        };
        let waits = move || match self.tokens().first().copied() {
            None => Vec::new(),
            Some(token) => {
                let show = move || self.step.set(Step::Handing(token, Since::Earlier));
                vec![
                    el("div")
                        .class("form")
                        .child(el("p").child(el("strong").text(words::waiting_title())))
                        .child(el("p").text(words::second_ballot()))
                        .child(button(show).class("button").text(words::waiting_show())),
                ]
            }
        };
        let exit = super::way(&ConsultPage::List).class("more").text(words::vote_exit());
        vec![
            el("div").dyn_children(waits),
            Filling::phone(self.id).form(rules, exit, Box::new(make)),
        ]
    }

    /// Stores a ballot until its voter confirms that it is counted, and notifies of a failure.
    fn keep(self, rules: &Rules, ballot: Ballot) -> Token {
        let token = rng::token();
        let kept = WaitingBallot { consultation: self.id, rules: rules.clone(), ballot };
        let storage_status = self.consultations.save_waiting(token, kept);
        timers::spawn(Box::pin(async move {
            if storage_status.await == SaveStatus::Failed {
                self.consultations
                    .store()
                    .notify(Notice::Text(words::waiting_not_kept().to_owned()));
            }
        }));
        token
    }

    fn handing(self, token: Token, since: Since, is_closed: bool) -> Vec<El> {
        let kept =
            self.consultations.waiting().with_untracked(|waiting| waiting.get(&token).cloned());
        let Some(kept) = kept else { return self.handed(None) };
        let parcel = TransferPayload::ballot(self.id, &kept.rules, kept.ballot.clone());
        let Ok(bytes) = transfer::pack(&parcel) else { return said(words::unreadable_link()) };
        let name = words::ballot_file_name(&kept.ballot.id.to_string());
        let file = poll_file::ballot_to_json(self.id, &kept.rules, &kept.ballot);
        let file = file.unwrap_or_default();
        let base = address::link_to("");
        let store = store();
        let save = move || {
            let saved = download::text(&name, Media::Json, &file).is_ok();
            store.notify(if saved { Notice::CopySaved } else { Notice::CopyRefused });
        };
        let title = match since {
            Since::Now => words::hand_title(),
            Since::Earlier => words::waiting_title(),
        };
        let done = move || {
            self.step.set(Step::HandedOver(Some(kept.clone())));
            timers::spawn(Box::pin(async move {
                let saving = self.consultations.hand_over(self.id, token).await;
                actions::say_trouble(self.consultations, saving);
            }));
        };
        let again = move || self.step.set(Step::Voting);
        let closed = is_closed.then(|| el("p").class("form__error").text(words::waiting_closed()));
        vec![
            steps(3, true),
            fresh_heading(title),
            el("div").children(closed),
            qr(transfer::sheets(&base, &bytes), words::hand_label().to_owned()),
            el("p").class("lead").text(words::hand_lead()),
            el("p")
                .class("form__actions")
                .child(button(done).class("button").text(words::hand_done()))
                .child(actions::share(
                    words::hand_title().to_owned(),
                    transfer::link(&base, &bytes),
                    words::hand_link(),
                ))
                .child(button(save).class("button").text(words::hand_file())),
            el("p").class("muted").text(words::hand_kept()),
            el("div").dyn_children(move || self.others(token)),
            el("p").class("muted").text(words::second_ballot()),
            el("p")
                .class("form__actions")
                .child(button(again).class("button button--ghost").text(words::vote_again())),
        ]
    }

    /// The button to the next of several waiting ballots.
    fn others(self, shown: Token) -> Vec<El> {
        let tokens = self.tokens();
        let Some(at) = tokens.iter().position(|token| *token == shown) else { return Vec::new() };
        if tokens.len() < 2 {
            return Vec::new();
        }
        let next = tokens[(at + 1) % tokens.len()];
        let show = move || self.step.set(Step::Handing(next, Since::Earlier));
        vec![
            el("p").text(&words::waiting_count(at + 1, tokens.len())),
            el("p")
                .class("form__actions")
                .child(button(show).class("button").text(words::waiting_next())),
        ]
    }

    fn handed(self, ballot: Option<WaitingBallot>) -> Vec<El> {
        let undo = ballot.map(|kept| {
            let undo = move || {
                let token = self.keep(&kept.rules, kept.ballot.clone());
                self.step.set(Step::Handing(token, Since::Earlier));
            };
            button(undo).class("button").text(words::not_handed())
        });
        let again = move || self.step.set(Step::Voting);
        vec![
            fresh_heading(words::handed()),
            el("p").class("lead").text(words::handed_lead()),
            el("p")
                .class("form__actions")
                .children(undo)
                .child(button(again).class("button").text(words::vote_again()))
                .child(super::to_list()),
        ]
    }
}
