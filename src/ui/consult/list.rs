//! The consultations on this device.

use std::rc::Rc;

use leptos::prelude::*;

use super::{receive, way};
use crate::domain::consultation::{Poll, RulesDraft, Stage};
use crate::platform::later;
use crate::route::Place;
use crate::store::{Hall, Polls};
use crate::text::consult as words;
use crate::text::consultation;
use crate::ui::element::{El, button, el};
use crate::ui::shared::heading::heading;
use crate::ui::shared::section::section;

/// The screen.
pub(super) fn list(hall: Hall) -> Vec<El> {
    let polls = hall.polls();
    let none = move || hall.is_ready() && polls.with(Polls::is_empty);
    let rows = move || polls.with(|polls| polls.values().rev().cloned().collect::<Vec<_>>());
    let key = |poll: &Rc<Poll>| {
        let stamp = poll.consultation.stamp;
        let (id, edit, ballots) = (poll.consultation.id, stamp.edit, poll.urn.len());
        format!("{id}/{edit}/{}/{}/{ballots}", stamp.at.0, stamp.device)
    };
    let list = el("ul").class("polls").each(rows, key, |poll| card(&poll));
    vec![
        heading(consultation::title()),
        el("p").class("lead").text(words::lead()),
        el("p").add(
            button(move || create(hall, RulesDraft::default()))
                .class("button button--main")
                .text(words::prepare()),
        ),
        section("polls", words::list_title())
            .add(el("p").class("quiet").text_while(words::none(), none))
            .add(list),
        section("receive", words::receive_title())
            .add(el("p").class("prose").text(words::receive_lead()))
            .add(receive::receiver(hall, None)),
        el("p").class("quiet").text(words::what_it_is_not()),
    ]
}

/// Makes a draft and goes there.
pub(super) fn create(hall: Hall, rules: RulesDraft) {
    later::run(Box::pin(async move {
        let (id, saving) = hall.create(rules).await;
        hall.store().lead_to(&format!("#/{}", Place::One(id)), super::ways::trouble(saving));
    }));
}

fn card(poll: &Poll) -> El {
    let consultation = &poll.consultation;
    let title = match consultation.title() {
        "" => words::untitled().to_owned(),
        title => crate::text::typeset(title),
    };
    let count = match consultation.stage {
        Stage::Draft(_) => String::new(),
        _ => words::ballots(poll.urn.len()),
    };
    let rank = consultation.stage.rank().to_string();
    el("li").class("poll").add(
        way(&Place::One(consultation.id))
            .class("poll__link")
            .add(el("strong").class("poll__title").text(&title))
            .add(
                el("span")
                    .class("poll__stage")
                    .attr("data-stage", &rank)
                    .text(words::stage(&consultation.stage)),
            )
            .add(el("span").class("poll__count").text(&count)),
    )
}
