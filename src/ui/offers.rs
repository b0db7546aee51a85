//! Offers a new version of the app, or to install it, above any screen.
//!
//! The place for an offer is in the first load; the offers are in a chunk, because most visits have none.

use std::cell::Cell;

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use crate::platform::app_status::{self, AppCommand, Install, Update};
use crate::route::Route;
use crate::text::{actions, offers as words};
use crate::ui::element::{El, button, el, link};
use crate::ui::lazy_screen::LazyScreen;
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::store;

thread_local! {
    /// Whether the person has put the new version off, until the page is loaded again.
    static PUT_OFF: Cell<bool> = const { Cell::new(false) };
}

/// The offers.
const OFFERS: LazyScreen = LazyScreen { chunk: "offers", content: offers };

/// Fills the place with the current offer, once there is one and its chunk is loaded.
pub(super) fn offer_place(place: El) -> El {
    let is_loaded = RwSignal::new(false);
    let store = store();
    app_status::on_offer(move || {
        // Browsers offer to install the app at a first visit, when it helps nobody yet.
        let some = app_status::current().update != Update::None || store.suggests_installing();
        if some || is_loaded.get_untracked() {
            OFFERS.fetch(move |loaded| is_loaded.set(loaded));
        }
    });
    // An offer is no screen: where its chunk is missing, its place stays empty.
    place.dyn_children(move || {
        let content = if is_loaded.get() { untrack(OFFERS.content) } else { None };
        content.into_iter().flatten().collect()
    })
}

/// At most one offer, the most useful. Built again on each `jalons:offer` event.
#[lazy_chunk(offers)]
fn offers() -> Vec<El> {
    let now = app_status::current();
    let store = store();
    let offer = match (now.update, now.install) {
        (Update::Waiting, _) if !PUT_OFF.get() => Some(new_version()),
        (Update::Stuck, _) => Some(stuck()),
        (Update::Replaced, _) => Some(replaced()),
        (_, Install::Prompt) if store.suggests_installing() => Some(install()),
        (_, Install::Share) if store.suggests_installing() => Some(install_by_hand()),
        _ => None,
    };
    offer.into_iter().collect()
}

fn new_version() -> El {
    let later = || {
        PUT_OFF.set(true);
        app_status::offer_again();
    };
    let update = main_way(words::update(), AppCommand::Update);
    offer(words::update_title(), words::update_lead(), [update, ghost(words::later(), later)])
}

fn stuck() -> El {
    let reload = main_way(actions::reload(), AppCommand::Reload);
    offer(words::stuck_title(), words::stuck(), [reload])
}

fn replaced() -> El {
    let reload = main_way(actions::reload(), AppCommand::Reload);
    offer(words::replaced_title(), words::replaced(), [reload])
}

fn install() -> El {
    let install = main_way(words::install(), AppCommand::Install);
    offer(words::install_title(), words::install_lead(), [install, never()])
}

fn install_by_hand() -> El {
    let carnet = link(&Route::Carnet).class("button button--primary").text(words::see_how());
    offer(words::install_title(), words::by_hand(), [carnet, never()])
}

fn never() -> El {
    let store = store();
    ghost(words::never(), move || {
        store.stop_suggesting();
        app_status::offer_again();
    })
}

fn main_way(name: &str, wish: AppCommand) -> El {
    button(move || app_status::send(wish)).class("button button--primary").text(name)
}

fn ghost(name: &str, act: impl Fn() + 'static) -> El {
    button(act).class("button button--ghost").text(name)
}

fn offer(title: &str, lead: &str, ways: impl IntoIterator<Item = El>) -> El {
    let body = el("div")
        .child(el("p").class("banner__title").text(title))
        .child(el("p").text(lead))
        .child(el("p").class("form__actions").children(ways));
    el("div").class("banner banner--news").child(icon(Picture::Jalon)).child(body)
}
