//! What the app has to offer besides what a screen is about. Nothing here is urgent, and nothing
//! happens unless somebody says so.

use std::cell::Cell;

use crate::platform::app_status::{self, AppCommand, Install, Update};
use crate::route::Route;
use crate::text::{actions, offers as words};
use crate::ui::element::{El, button, el, link};
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::store;

thread_local! {
    /// Whether the person has put the new version off, until the page is loaded again.
    static PUT_OFF: Cell<bool> = const { Cell::new(false) };
}

/// At most one offer, the most useful. Made anew whenever `jalons:offer` is heard.
pub(super) fn offers() -> Vec<El> {
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
        .add(el("p").class("banner__title").text(title))
        .add(el("p").text(lead))
        .add(el("p").class("form__actions").with(ways));
    el("div").class("banner banner--news").add(icon(Picture::Jalon)).add(body)
}
