//! Consultations: preparing, voting, collecting ballots, and results.
//!
//! It is in three lazy chunks: a voter's phone needs none of the facilitator's screens. Each mounts
//! its own styles.

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::element::{El, el, link};
use super::lazy_screen::{LazyScreen, lazy_screen};
use super::shared::heading::heading;
use super::shared::styles::mount_style;
use super::unknown::UNKNOWN;
use crate::domain::consultation::{ConsultationId, Stage};
use crate::platform::scroll;
use crate::route::{ConsultPage, Route};
use crate::store::ConsultationStore;
use crate::text::consult as words;

mod actions;
mod closed;
mod code;
mod handed;
mod list;
mod papers;
mod phone;
mod prepare;
mod receive;
mod room;
mod shared;
mod urn;
mod vote;

pub(super) use list::waiting_and_open;

/// Preparing and collecting.
pub(super) const CONSULT: LazyScreen = LazyScreen { chunk: "consult", content: consult };

/// The list, a ballot opened by a link, paper, and the screen of one consultation.
#[lazy_chunk(consult)]
fn consult() -> Vec<El> {
    mount_shared_styles();
    mount_style(include_str!("../../style/transfer.css"));
    let consultations = consultations();
    match place() {
        ConsultPage::List => list::list(consultations),
        ConsultPage::Ballot(payload) => handed::handed(consultations, payload),
        ConsultPage::Result(payload) => {
            vec![heading(crate::text::outcome::shared_title()), receive::other_pages(&payload)]
        }
        ConsultPage::Sheets(id) => paper(consultations, id, papers::sheets),
        ConsultPage::Keying(id) => paper(consultations, id, papers::keying),
        ConsultPage::Unknown => lazy_screen(UNKNOWN),
        place => with_poll(consultations, place.consultation(), one),
    }
}

/// Voting.
pub(super) const VOTING: LazyScreen = LazyScreen { chunk: "voting", content: voting };

/// The urn while this device is one, voting on one's own phone, and the preview of the ballot.
#[lazy_chunk(voting)]
fn voting() -> Vec<El> {
    mount_voting_styles();
    let consultations = consultations();
    if super::store().urn().get_untracked().is_some() {
        return urn::urn(consultations);
    }
    match place() {
        ConsultPage::Invitation(payload) => phone::invited(consultations, &payload),
        place => with_poll(consultations, place.consultation(), vote::preview),
    }
}

fn paper(
    consultations: ConsultationStore,
    id: ConsultationId,
    show: fn(ConsultationStore, ConsultationId) -> Vec<El>,
) -> Vec<El> {
    mount_style(include_str!("../../style/paper.css"));
    with_poll(consultations, Some(id), show)
}

/// The result of a closed consultation, and its minutes.
pub(super) const OUTCOME: LazyScreen = LazyScreen { chunk: "outcome", content: result };

/// The result of a closed consultation, its minutes, and a result that came by a link.
#[lazy_chunk(outcome)]
fn result() -> Vec<El> {
    mount_outcome_styles();
    let place = place();
    if let ConsultPage::Result(payload) = place {
        return shared::shared(&payload);
    }
    let show = if matches!(place, ConsultPage::Minutes(_)) {
        closed::minutes_screen
    } else {
        closed::closed
    };
    with_poll(consultations(), place.consultation(), show)
}

/// The result so far, for an open consultation.
const LIVE: LazyScreen = LazyScreen { chunk: "outcome", content: live };

/// The result so far.
#[lazy_chunk(outcome)]
fn live() -> Vec<El> {
    mount_outcome_styles();
    place().consultation().map(|id| closed::live(consultations(), id)).unwrap_or_default()
}

fn mount_shared_styles() {
    mount_style(include_str!("../../style/prose.css"));
    // Forms that erase and fields for files share the carnet's styles.
    mount_style(include_str!("../../style/carnet.css"));
    mount_style(include_str!("../../style/consult.css"));
}

fn mount_voting_styles() {
    mount_shared_styles();
    mount_style(include_str!("../../style/transfer.css"));
    mount_style(include_str!("../../style/ballot.css"));
}

fn mount_outcome_styles() {
    mount_shared_styles();
    mount_style(include_str!("../../style/transfer.css"));
    mount_style(include_str!("../../style/outcome.css"));
}

pub(super) fn consultations() -> ConsultationStore {
    ConsultationStore::of(super::store())
}

/// The place in the address.
fn place() -> ConsultPage {
    match &*super::store().route().read_untracked() {
        Route::Consult(path) => ConsultPage::parse(path),
        _ => ConsultPage::Unknown,
    }
}

/// Shows a screen of a consultation once it has been read; until both stores have been read,
/// nothing can be called unknown.
fn with_poll(
    consultations: ConsultationStore,
    id: Option<ConsultationId>,
    show: fn(ConsultationStore, ConsultationId) -> Vec<El>,
) -> Vec<El> {
    let known = move || id.filter(|id| consultations.poll_now(*id).is_some());
    once_read(consultations, move || known().map_or_else(unknown, |id| show(consultations, id)))
}

fn once_read(consultations: ConsultationStore, show: impl Fn() -> Vec<El> + 'static) -> Vec<El> {
    let ready = Memo::new(move |_| consultations.has_read());
    vec![el("div").class("screen").dyn_children(move || {
        if ready.get() {
            untrack(&show)
        } else {
            vec![el("p").class("muted").attr("role", "status").text(words::loading())]
        }
    })]
}

/// The screen of a consultation depends on its stage; nothing else rebuilds it.
fn one(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    let rank =
        Memo::new(move |_| consultations.poll(id).map_or(9, |poll| poll.consultation.stage.rank()));
    let first = rank.get_untracked();
    vec![el("div").class("screen").dyn_children(move || {
        if rank.get() != first {
            // Another stage is another screen at the same address, shown from its top.
            scroll::once_it_stands(0.0);
        }
        let stage = consultations.poll_now(id).map(|poll| poll.consultation.stage.clone());
        untrack(|| match stage {
            Some(Stage::Draft(draft)) => prepare::prepare(consultations, id, draft),
            Some(Stage::Open(rules)) => room::room(consultations, id, &rules),
            Some(Stage::Closed(..)) => lazy_screen(OUTCOME),
            None => unknown(),
        })
    })]
}

fn unknown() -> Vec<El> {
    vec![
        heading(words::unknown_title()),
        el("p").class("lead").text(words::unknown_lead()),
        el("p").child(to_list()),
    ]
}

/// A link to a place among the consultations.
fn way(place: &ConsultPage) -> El {
    link(&Route::Consult(place.to_string()))
}

fn to_list() -> El {
    way(&ConsultPage::List).class("more").text(words::back())
}
