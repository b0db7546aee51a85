//! The urn: one device is passed from voter to voter. Between two voters no trace of a vote is on
//! the page, in storage or in the history, and only the facilitator's code leads out.

use leptos::prelude::*;

use super::actions;
use super::code::{code_form, forgotten};
use super::once_read;
use super::vote::{Filling, ended};
use crate::domain::consultation::{
    Ballot, CastError, ConsultationId, Content, Rules, Step, Vote, VotingChannel,
};
use crate::platform::{fullscreen, timers};
use crate::storage::SaveStatus;
use crate::store::ConsultationStore;
use crate::text::consult as words;
use crate::text::typeset;
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// The state of the urn.
#[derive(Clone, PartialEq)]
enum Turn {
    /// It waits for a voter.
    Waiting,
    /// A voter fills in a ballot.
    Voting,
    /// A ballot is being stored.
    Storing,
    /// It is in the urn.
    Done,
    /// The ballot could not be stored yet.
    Failed(Ballot),
    /// The urn refused the ballot.
    Refused(CastError),
    /// The facilitator ends the urn.
    Leaving,
}

#[derive(Clone, Copy)]
struct Urn {
    consultations: ConsultationStore,
    id: ConsultationId,
    turn: RwSignal<Turn>,
}

/// The screen, whatever the address says.
pub(super) fn urn(consultations: ConsultationStore) -> Vec<El> {
    let id = store().urn().get_untracked().and_then(|id| id.parse::<ConsultationId>().ok());
    once_read(consultations, move || match id {
        Some(id) => vec![el("div").class("urn").dyn_children(follow(consultations, id))],
        None => gone(consultations),
    })
}

fn gone(consultations: ConsultationStore) -> Vec<El> {
    let leave = button(move || consultations.set_urn(None)).class("button button--primary");
    vec![heading(words::urn_gone()), leave.text(words::urn_exit())]
}

/// The current voter's turn, for as long as the vote is open: another tab may open the vote a
/// moment after it makes the device the urn, and close it at any time.
fn follow(consultations: ConsultationStore, id: ConsultationId) -> impl Fn() -> Vec<El> + 'static {
    let filling = Filling::urn(id);
    // A reload in the middle of a vote continues it; any other starts with the next voter.
    let turn = if filling.is_begun() { Turn::Voting } else { Turn::Waiting };
    let urn = Urn { consultations, id, turn: RwSignal::new(turn) };
    let is_open =
        Memo::new(move |_| consultations.poll(id).is_some_and(|poll| poll.consultation.is_open()));
    let store = store();
    on_cleanup(move || {
        if store.urn().get_untracked().is_none() {
            // Another tab has ended the urn while a voter was choosing here.
            filling.drop();
        }
    });
    let rules = StoredValue::new(None);
    move || {
        let (turn, is_open) = (urn.turn.get(), is_open.get());
        let poll = consultations.poll_now(id);
        if let Some(known) = poll.as_ref().and_then(|poll| poll.consultation.rules()) {
            rules.set_value(Some(known.clone()));
        }
        untrack(|| {
            rules.with_value(|rules| match (turn, rules) {
                (Turn::Voting, _) if !is_open => urn.ended(rules.as_ref()),
                (Turn::Waiting | Turn::Leaving, _) if !is_open => gone(consultations),
                (_, None) => gone(consultations),
                (turn, Some(rules)) => urn.show(turn, rules),
            })
        })
    }
}

impl Urn {
    fn show(self, turn: Turn, rules: &Rules) -> Vec<El> {
        match turn {
            Turn::Waiting => self.waiting(rules),
            Turn::Voting => self.voting(rules),
            Turn::Storing => vec![el("p").attr("role", "status").text(words::urn_storing())],
            Turn::Done => self.done(),
            Turn::Failed(ballot) => self.failed(ballot),
            Turn::Refused(refused) => {
                vec![title(words::refused(refused)), self.foot()]
            }
            Turn::Leaving => self.leaving(),
        }
    }

    fn waiting(self, rules: &Rules) -> Vec<El> {
        let vote = move || {
            fullscreen::enter();
            self.turn.set(Turn::Voting);
        };
        vec![
            el("div")
                .class("urn__between")
                .child(
                    el("p").class("urn__title").dir_auto().text(&typeset(rules.title().as_str())),
                )
                .child(title(words::urn_ready()))
                .child(el("p").class("lead").text(words::urn_ready_lead()))
                .child(
                    button(vote)
                        .class("button button--primary button--urn")
                        .text(words::urn_vote()),
                )
                .child(self.count()),
            self.foot(),
        ]
    }

    fn voting(self, rules: &Rules) -> Vec<El> {
        let filling = Filling::urn(self.id);
        let again = move || {
            filling.drop();
            self.turn.set(Turn::Waiting);
        };
        let again = button(again).class("button button--ghost").text(words::urn_again());
        vec![filling.form(rules, again, Box::new(move |vote| self.cast(vote)))]
    }

    /// Another tab has closed the vote while a voter was choosing.
    fn ended(self, rules: Option<&Rules>) -> Vec<El> {
        let chosen = Filling::urn(self.id).take();
        let leave =
            button(move || self.consultations.set_urn(None)).class("button button--primary");
        let mut shown = ended(rules, chosen.as_ref());
        shown.push(el("p").class("form__actions").child(leave.text(words::urn_exit())));
        shown
    }

    fn cast(self, vote: Vote) {
        let id = self.consultations.ballot_id();
        self.keep(Ballot { id, way: VotingChannel::Urn, content: Content::Vote(vote) });
    }

    fn keep(self, ballot: Ballot) {
        self.turn.set(Turn::Storing);
        // From here only the ballot counts: the next voter must see nothing of it.
        Filling::urn(self.id).drop();
        timers::spawn(Box::pin(async move {
            let turn = match self.consultations.cast(self.id, ballot.clone()).await {
                Ok((_, SaveStatus::Failed)) => Turn::Failed(ballot),
                Ok(_) => Turn::Done,
                // Another tab has closed the vote meanwhile.
                Err(refused) => Turn::Refused(refused),
            };
            let _ = self.turn.try_set(turn);
        }));
    }

    fn done(self) -> Vec<El> {
        let next = button(move || self.turn.set(Turn::Waiting));
        vec![
            el("div")
                .class("urn__between")
                .child(title(words::urn_done()))
                .child(el("p").class("lead").text(words::urn_done_lead()))
                .child(next.class("button button--primary button--urn").text(words::urn_next()))
                .child(self.count()),
            self.foot(),
        ]
    }

    fn failed(self, ballot: Ballot) -> Vec<El> {
        let retry = button(move || self.retry(ballot.clone()));
        vec![
            el("div")
                .class("urn__between")
                .child(title(words::urn_failed()))
                .child(retry.class("button button--primary button--urn").text(words::urn_retry())),
            self.foot(),
        ]
    }

    /// Stores again a ballot that is already in the urn, in this tab.
    fn retry(self, ballot: Ballot) {
        self.turn.set(Turn::Storing);
        timers::spawn(Box::pin(async move {
            let saving = self.consultations.save_ballot(self.id, &ballot).await;
            let turn = if saving == SaveStatus::Failed { Turn::Failed(ballot) } else { Turn::Done };
            let _ = self.turn.try_set(turn);
        }));
    }

    /// The number of ballots; nothing of their content.
    fn count(self) -> El {
        let count = move || self.consultations.poll(self.id).map_or(0, |poll| poll.urn.len());
        el("p").class("urn__count").text(move || words::ballots(count()))
    }

    fn foot(self) -> El {
        let leave = button(move || self.turn.set(Turn::Leaving));
        el("p")
            .class("urn__foot")
            .child(leave.class("button button--ghost").text(words::urn_leave()))
    }

    fn leaving(self) -> Vec<El> {
        let known = self.consultations.poll_now(self.id).and_then(|poll| poll.consultation.code);
        let take = move |code| {
            if known.is_some_and(|known| known != code) {
                return Err(words::code_wrong().to_owned());
            }
            fullscreen::leave();
            self.consultations.set_urn(None);
            Ok(())
        };
        let without = move || {
            // A vote that was closed meanwhile needs no code.
            if let Ok(entry) = self.consultations.step(self.id, Step::WithoutCode) {
                timers::spawn(Box::pin(async move {
                    actions::say_trouble(
                        self.consultations,
                        self.consultations.save(vec![entry]).await,
                    );
                }));
            }
            fullscreen::leave();
            self.consultations.set_urn(None);
            Ok(())
        };
        let stay = button(move || self.turn.set(Turn::Waiting));
        let stay = stay.class("button button--ghost").text(words::urn_stay());
        let form = code_form(self.id, words::urn_exit(), "", vec![stay], take);
        vec![
            el("div")
                .class("urn__between")
                .child(title(words::urn_leave()))
                .child(form)
                .child(forgotten(words::exit_without(), without)),
        ]
    }
}

/// The title of a turn takes the focus, so that a screen reader announces the turn.
fn title(words: &str) -> El {
    let title = el("h1").class("heading").attr("tabindex", "-1").text(words);
    title.clone().on_mount(crate::platform::address::focus_quietly)
}
