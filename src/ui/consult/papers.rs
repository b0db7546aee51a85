//! Paper ballots of a consultation: the sheets to print, and keying the filled ones.

use leptos::ev;
use leptos::prelude::*;

use super::actions;
use crate::domain::consultation::{
    Ballot, BallotId, CastError, ConsultationId, Content, Keyed, PaperBook, Readings,
    VotingChannel, lots,
};
use crate::platform::timers;
use crate::storage::SaveStatus;
use crate::store::{ConsultationStore, Notice};
use crate::text::{consult as words, joining, paper as paper_words};
use crate::ui::element::{El, el, event_target_value};
use crate::ui::paper::{self, PaperEntry, Sheets};
use crate::ui::shared::field::field;
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// The sheets, to preview and print.
pub(super) fn sheets(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    let Some(poll) = consultations.poll_now(id) else { return Vec::new() };
    let Some(rules) = poll.consultation.rules().cloned() else {
        return vec![heading(words::print_title()), actions::back_to(id)];
    };
    let lots = lots(poll.consultation.printed);
    let chosen = RwSignal::new(0_usize);
    let names = lots.iter().map(|lot| paper_words::lot(*lot.start(), *lot.end()));
    let offered = (lots.len() > 1).then(|| lot_field(names.collect(), chosen));
    let shown = move || {
        let Some(lot) = lots.get(chosen.get()) else { return Vec::new() };
        let (from, to) = (*lot.start(), *lot.end());
        let sheets =
            Sheets { rules: rules.clone(), convention: store().convention(), id, from, to };
        vec![untrack(|| paper::sheets(&sheets))]
    };
    vec![
        el("div")
            .class("screen no-print")
            .child(heading(words::print_title()))
            .child(
                el("p").class("form__actions").child(
                    super::way(&crate::route::ConsultPage::One(id))
                        .class("more")
                        .text(words::back_to_it()),
                ),
            )
            .children(offered),
        el("div").dyn_children(shown),
    ]
}

/// The field that selects the lot on the sheets.
fn lot_field(names: Vec<String>, chosen: RwSignal<usize>) -> El {
    let option =
        |(at, name): (usize, String)| el("option").attr("value", &at.to_string()).text(&name);
    let select = el("select").children(names.into_iter().enumerate().map(option)).on(
        ev::change,
        move |event| {
            chosen.set(event_target_value(&event).parse().unwrap_or_default());
        },
    );
    field(paper_words::lots_title(), select).class("field field--short")
}

/// Whether the urn has this ballot with this content.
fn counts(consultations: ConsultationStore, id: ConsultationId, ballot: &Ballot) -> bool {
    consultations.poll_now(id).is_some_and(|poll| poll.urn.get(ballot.id) == Some(ballot))
}

/// The screen that keys papers.
pub(super) fn keying(consultations: ConsultationStore, id: ConsultationId) -> Vec<El> {
    let Some(poll) = consultations.poll_now(id) else { return Vec::new() };
    let open = poll.consultation.is_open();
    // Two devices may have keyed a paper differently, and that may be found after closing.
    let decides = poll.consultation.is_closed() && consultations.book(id).counts().differ > 0;
    let Some(rules) = poll.consultation.rules().filter(|_| open || decides) else {
        return vec![
            heading(words::keying_title()),
            el("p").class("lead").text(words::refused_closed()),
            actions::back_to(id),
        ];
    };
    let book = RwSignal::new(PaperBook::default());
    let followed = rules.clone();
    let changed = move |number: u16, readings: Readings| {
        let (state, stored) = consultations.add_readings(id, number, readings);
        timers::spawn(Box::pin(async move {
            actions::say_trouble(
                consultations,
                consultations.save(stored.into_iter().collect()).await,
            );
        }));
        state
    };
    let agreed = move |number: u16, keyed: Keyed| {
        let content = match keyed {
            Keyed::Vote(vote) => Content::Vote(vote),
            Keyed::Void(reason) => Content::Void(reason),
        };
        let ballot =
            Ballot { id: BallotId::paper(id, number), way: VotingChannel::Paper(number), content };
        timers::spawn(Box::pin(async move {
            let cast = if open {
                consultations.cast(id, ballot.clone()).await.map(|(_, saving)| saving)
            } else {
                consultations.decide(id, ballot.clone()).await
            };
            let told = match cast {
                Ok(SaveStatus::Failed) => words::not_kept(),
                Ok(_) if counts(consultations, id, &ballot) => return,
                Ok(_) | Err(CastError::Otherwise) => words::paper_otherwise(),
                Err(refused) => words::refused(refused),
            };
            consultations.store().notify(Notice::Text(told.to_owned()));
        }));
    };
    let entry = PaperEntry {
        rules: rules.clone(),
        convention: store().convention(),
        printed: poll.consultation.printed,
        book,
        changed: Box::new(changed),
        agreed: Box::new(agreed),
    };
    // Papers keyed in another tab appear at once.
    let follow = move || book.set(consultations.papers(id).allowed_by(&followed));
    let desk = if open {
        vec![paper::entry(entry).effect(follow)]
    } else {
        let none = move || book.read().counts().differ == 0;
        vec![
            el("p").class("lead").text(joining::closed_decide_lead()),
            el("p").attr("role", "status").text_when(joining::nothing_to_decide(), none),
            paper::deciding(entry).effect(follow),
        ]
    };
    let mut screen = vec![heading(words::keying_title())];
    screen.extend(desk);
    screen.push(actions::back_to(id));
    screen
}
