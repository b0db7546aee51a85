//! A ballot opened by a link, perhaps in another tab than the facilitator's: it is put into the urn
//! here, and all tabs of the device are notified.

use leptos::prelude::*;

use super::receive::{Outcome, other_pages, put};
use super::{once_read, to_list, way};
use crate::codec::transfer::{self, PageProgress, Pages, TransferPayload};
use crate::domain::consultation::ConsultationId;
use crate::platform::{address, timers};
use crate::route::ConsultPage;
use crate::store::ConsultationStore;
use crate::text::consult as words;
use crate::text::transfer as transfer_words;
use crate::ui::element::{El, el};
use crate::ui::shared::heading::heading;

/// The address of this screen without the ballot; it shows the list once the page is reloaded.
const WITHOUT: &str = "#/bulletin/";

/// The screen.
pub(super) fn handed(consultations: ConsultationStore, payload: String) -> Vec<El> {
    // Before anything else: the ballot must stay neither in the address bar nor in this tab's
    // history.
    address::replace(WITHOUT);
    let is_left = !payload.is_empty() && address::fragment().contains(&payload);
    let history = if is_left { words::link_left() } else { words::link_taken_away() };
    let mut screen = vec![heading(words::ballot_title())];
    screen.extend(once_read(consultations, move || shown(consultations, &payload)));
    screen.push(el("p").class("muted").text(history));
    screen
}

fn shown(consultations: ConsultationStore, payload: &str) -> Vec<El> {
    let told = |words: &str| vec![el("p").class("lead").text(words), el("p").child(to_list())];
    let bytes = match Pages::default().add(payload) {
        Ok(PageProgress::Whole(bytes)) => bytes,
        Ok(PageProgress::Missing { .. }) => return vec![other_pages(payload)],
        Err(error) => return told(&transfer_words::error(&error)),
    };
    match transfer::unpack(&bytes) {
        Ok(TransferPayload::Ballot { consultation, rules, ballot }) => {
            let outcome = RwSignal::new(None::<String>);
            timers::spawn(Box::pin(async move {
                let put = put(consultations, consultation, rules, ballot).await;
                let words = put.map_or_else(
                    |()| words::ballot_elsewhere().to_owned(),
                    |outcome| said(&outcome),
                );
                let _ = outcome.try_set(Some(words));
            }));
            result(consultations, consultation, outcome)
        }
        Ok(TransferPayload::Invitation { .. }) => told(words::unreadable_link()),
        Err(error) => told(&transfer_words::error(&error)),
    }
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Counted(_) | Outcome::Known => {
            format!("{} {}", outcome.words(), words::may_close())
        }
        _ => outcome.words(),
    }
}

fn result(
    consultations: ConsultationStore,
    id: ConsultationId,
    outcome: RwSignal<Option<String>>,
) -> Vec<El> {
    let words = move || outcome.get().unwrap_or_else(|| words::loading().to_owned());
    let ways = move || {
        let known = consultations.poll(id).is_some();
        let to =
            if known { way(&ConsultPage::One(id)).text(words::back_to_it()) } else { to_list() };
        vec![to.class("more")]
    };
    vec![el("p").class("lead").attr("role", "status").text(words), el("p").dyn_children(ways)]
}
