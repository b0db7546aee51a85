//! Paper ballots of a consultation: the sheets to print, and keying what was written on them.

use leptos::prelude::*;

use super::ways;
use crate::domain::consultation::{
    Ballot, BallotId, ConsultationId, Content, Keyed, PaperBook, Readings, Refused, Way,
};
use crate::platform::later;
use crate::store::{Hall, Notice, Saving};
use crate::text::consult as words;
use crate::ui::element::{El, el};
use crate::ui::paper::{PaperEntry, Sheets, entry};
use crate::ui::shared::heading::heading;
use crate::ui::store;

/// The sheets, to look at and to print.
pub(super) fn sheets(hall: Hall, id: ConsultationId) -> Vec<El> {
    let Some(poll) = hall.poll_now(id) else { return Vec::new() };
    let Some(rules) = poll.consultation.rules().cloned() else {
        return vec![heading(words::print_title()), ways::back_to(id)];
    };
    let sheets = Sheets {
        rules,
        convention: store().convention(),
        id,
        from: 1,
        to: poll.consultation.printed.max(1),
    };
    vec![
        el("div").class("screen no-print").add(heading(words::print_title())).add(
            el("p").class("form__ways").add(
                super::way(&crate::route::Place::One(id)).class("more").text(words::back_to_it()),
            ),
        ),
        crate::ui::paper::sheets(&sheets),
    ]
}

/// Whether the urn holds this very ballot.
fn counts(hall: Hall, id: ConsultationId, ballot: &Ballot) -> bool {
    hall.poll_now(id).is_some_and(|poll| poll.urn.get(ballot.id) == Some(ballot))
}

/// Keying.
pub(super) fn keying(hall: Hall, id: ConsultationId) -> Vec<El> {
    let Some(poll) = hall.poll_now(id) else { return Vec::new() };
    let Some(rules) = poll.consultation.rules().filter(|_| poll.consultation.is_open()) else {
        return vec![
            heading(words::keying_title()),
            el("p").class("lead").text(words::refused_closed()),
            ways::back_to(id),
        ];
    };
    let book = RwSignal::new(PaperBook::default());
    let followed = rules.clone();
    let changed = move |number: u16, readings: Readings| {
        let (state, stored) = hall.take_paper(id, number, readings);
        later::run(Box::pin(async move {
            ways::say_trouble(hall, hall.keep(stored.into_iter().collect()).await);
        }));
        state
    };
    let agreed = move |number: u16, keyed: Keyed| {
        let content = match keyed {
            Keyed::Vote(vote) => Content::Vote(vote),
            Keyed::Void(reason) => Content::Void(reason),
        };
        let ballot = Ballot { id: BallotId::paper(id, number), way: Way::Paper(number), content };
        later::run(Box::pin(async move {
            let told = match hall.cast(id, ballot.clone()).await {
                Ok((_, Saving::Failed)) => words::not_kept(),
                Ok(_) if counts(hall, id, &ballot) => return,
                Ok(_) | Err(Refused::Otherwise) => words::paper_otherwise(),
                Err(refused) => words::refused(refused),
            };
            hall.store().tell(Notice::Told(told.to_owned()));
        }));
    };
    vec![
        heading(words::keying_title()),
        entry(PaperEntry {
            rules: rules.clone(),
            convention: store().convention(),
            printed: poll.consultation.printed,
            book,
            changed: Box::new(changed),
            agreed: Box::new(agreed),
        })
        // What another tab keys is seen here at once.
        .keep(move || book.set(hall.papers(id).allowed_by(&followed))),
        ways::back_to(id),
    ]
}
