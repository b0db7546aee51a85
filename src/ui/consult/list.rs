//! The list of consultations on this device.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::actions::create;
use super::vote::VOTE_IN_PROGRESS;
use super::{receive, way};
use crate::codec::transfer::{self, PageProgress, Pages, TransferPayload};
use crate::domain::consultation::{ConsultationId, Poll, Rules, RulesDraft, Stage};
use crate::platform::session;
use crate::route::{ConsultPage, Route};
use crate::store::{ConsultationStore, Polls};
use crate::text::consult as words;
use crate::text::{consultation, home, stored, typeset};
use crate::ui::element::{El, button, el, link};
use crate::ui::shared::heading::{heading, section};
use crate::ui::store;

/// The screen.
pub(super) fn list(consultations: ConsultationStore) -> Vec<El> {
    let polls = consultations.polls();
    let none = move || polls.with(Polls::is_empty);
    let says = move || match (none(), consultations.has_read()) {
        (false, _) => "",
        (true, true) => words::none(),
        (true, false) => stored::reading(),
    };
    let rows = move || polls.with(|polls| polls.values().rev().cloned().collect::<Vec<_>>());
    let key = |poll: &Rc<Poll>| {
        let stamp = poll.consultation.stamp;
        let (id, edit, ballots) = (poll.consultation.id, stamp.edit, poll.urn.len());
        format!("{id}/{edit}/{}/{}/{ballots}", stamp.at.0, stamp.device)
    };
    let list = el("ul").class("polls").for_each(rows, key, |poll| card(&poll));
    vec![
        heading(consultation::title()),
        el("p").class("lead").text(words::lead()),
        el("div").children(in_progress()),
        waiting(consultations),
        section("receive", words::receive_title())
            .child(el("p").class("prose").text(words::receive_lead()))
            .child(receive::receiver(consultations, None)),
        section("polls", words::list_title())
            .child(el("p").class("muted").text(move || says().to_owned()))
            .child(list)
            .child(
                el("p").child(
                    button(move || create(consultations, RulesDraft::default()))
                        .class("button button--primary")
                        .text(words::prepare()),
                ),
            ),
        el("p").class("muted").text(words::what_it_is_not()),
    ]
}

/// The section of the ballot that this tab is filling in, if there is one.
fn in_progress() -> Option<El> {
    let Ok(PageProgress::Whole(bytes)) = Pages::default().add(&session::get(VOTE_IN_PROGRESS)?)
    else {
        return None;
    };
    let Ok(TransferPayload::Invitation { id, rules, .. }) = transfer::unpack(&bytes) else {
        return None;
    };
    let listed = el("ul").class("polls").children(invitation(id, &rules));
    let lead = el("p").class("prose").text(words::in_progress_lead());
    Some(section("in-progress", words::in_progress()).child(lead).child(listed))
}

/// The section of ballots on this device that must still be handed over.
fn waiting(consultations: ConsultationStore) -> El {
    let waiting = consultations.waiting();
    let none = move || waiting.read().is_empty().then(String::new);
    let links = move || {
        let kept = waiting.read();
        let by_consultation: BTreeMap<_, _> =
            kept.values().map(|kept| (kept.consultation, &kept.rules)).collect();
        by_consultation.into_iter().filter_map(|(id, rules)| invitation(id, rules)).collect()
    };
    section("waiting", words::waiting_title())
        .attr("hidden", none)
        .child(el("p").class("prose").text(words::waiting_lead()))
        .child(el("ul").class("polls").dyn_children(links))
}

fn invitation(id: ConsultationId, rules: &Rules) -> Option<El> {
    let title = el("strong").class("poll__title").dir_auto().text(&typeset(rules.title().as_str()));
    Some(el("li").class("poll").child(to_invitation(id, rules)?.class("poll__link").child(title)))
}

/// A link to the invitation that a voter opened.
fn to_invitation(id: ConsultationId, rules: &Rules) -> Option<El> {
    let convention = transfer::convention_fingerprint(store().convention());
    let parcel = TransferPayload::Invitation { convention, id, rules: rules.clone() };
    let bytes = transfer::pack(&parcel).ok()?;
    Some(link(&Route::parse(&transfer::link("", &bytes))))
}

/// The ballots on this device that are not handed over, and its open votes, a line each. Tracked.
pub(in crate::ui) fn waiting_and_open(consultations: ConsultationStore) -> Vec<El> {
    let line = |words: &str, way: El, rules: &Rules| {
        let title = typeset(rules.title().as_str());
        el("p").text(words).text(" ").child(way.dir_auto().text(&title))
    };
    let waiting = consultations.waiting();
    let (waiting, polls) = (waiting.read(), consultations.polls());
    let waiting: BTreeMap<_, _> =
        waiting.values().map(|kept| (kept.consultation, &kept.rules)).collect();
    let waiting = waiting
        .into_iter()
        .filter_map(|(id, rules)| Some(line(home::waiting(), to_invitation(id, rules)?, rules)));
    let waiting: Vec<_> = waiting.collect();
    let open = polls.with(|polls| {
        let open = polls.values().filter_map(|poll| match &poll.consultation.stage {
            Stage::Open(rules) => {
                Some(line(home::open(), way(&ConsultPage::One(poll.consultation.id)), rules))
            }
            Stage::Draft(_) | Stage::Closed(..) => None,
        });
        open.collect::<Vec<_>>()
    });
    waiting.into_iter().chain(open).collect()
}

fn card(poll: &Poll) -> El {
    let consultation = &poll.consultation;
    let title = match consultation.title() {
        "" => words::untitled().to_owned(),
        title => typeset(title),
    };
    let count = match consultation.stage {
        Stage::Draft(_) => String::new(),
        _ => words::ballots(poll.urn.len()),
    };
    let rank = consultation.stage.rank().to_string();
    el("li").class("poll").child(
        way(&ConsultPage::One(consultation.id))
            .class("poll__link")
            .child(el("strong").class("poll__title").dir_auto().text(&title))
            .child(
                el("span")
                    .class("poll__stage")
                    .attr("data-stage", &rank)
                    .text(words::stage(&consultation.stage)),
            )
            .child(el("span").class("poll__count").text(&count)),
    )
}
