//! The frame around every screen: skip link, header, navigation, notices, and the current screen.
//!
//! It is in the page from the start (`ui/page.rs`).

use leptos::ev;
use leptos::prelude::*;

use super::about::ABOUT;
use super::bilan::BILAN;
use super::carnet::CARNET;
use super::consult::{CONSULT, OUTCOME, VOTING};
use super::element::El;
use super::full_text::FULL_TEXT;
use super::home::Home;
use super::item::item_screen;
use super::lazy_screen::{LazyScreen, lazy_screen};
use super::offers::offer_place;
use super::search::SEARCH;
use super::shared::notices::{banners, toast};
use super::store;
use super::tracking::TRACKING;
use super::unknown::UNKNOWN;
use crate::domain::item::ItemId;
use crate::platform::address;
use crate::route::{Route, path};
use crate::text;

/// The current screen: a route without the part that the screen itself follows, so that typing a
/// search or choosing a filter does not rebuild the screen.
#[derive(Clone, PartialEq)]
enum Screen {
    Home,
    Item(ItemId),
    Search,
    Tracking,
    FullText,
    Carnet,
    Consult(String),
    Bilan(String),
    Urn,
    About,
    Unknown(String),
}

impl Screen {
    fn of(route: &Route) -> Self {
        match route {
            Route::Home => Self::Home,
            Route::Item(id) => Self::Item(*id),
            Route::Search(_) => Self::Search,
            Route::Tracking(_) => Self::Tracking,
            Route::FullText => Self::FullText,
            Route::Carnet => Self::Carnet,
            Route::Consult(path) => Self::Consult(path.clone()),
            Route::Bilan(place) => Self::Bilan(path(place).to_owned()),
            Route::About => Self::About,
            Route::Unknown(fragment) => Self::Unknown(fragment.clone()),
        }
    }

    fn show(self, home: &Home) -> Vec<El> {
        match self {
            Self::Home => home.show(),
            Self::Item(id) => item_screen(id),
            Self::Search => lazy_screen(SEARCH),
            Self::Tracking => lazy_screen(TRACKING),
            Self::FullText => lazy_screen(FULL_TEXT),
            Self::Carnet => lazy_screen(CARNET),
            Self::Consult(path) => lazy_screen(consult_screen(&path)),
            Self::Bilan(_) => lazy_screen(BILAN),
            Self::Urn => lazy_screen(VOTING),
            Self::About => lazy_screen(ABOUT),
            Self::Unknown(_) => lazy_screen(UNKNOWN),
        }
    }
}

/// The lazy screen of a place among the consultations.
fn consult_screen(path: &str) -> LazyScreen {
    if path.starts_with("voter/") || path.ends_with("/apercu") {
        VOTING
    } else if path.ends_with("/proces-verbal") || path.starts_with("consultations/resultat/") {
        OUTCOME
    } else {
        CONSULT
    }
}

/// Hydrates the frame: its elements stay as they were first painted, and the changing ones are
/// bound.
pub(crate) fn frame(page: &El) {
    let store = store();
    let hidden = move || store.urn().read().is_some().then(String::new);
    for part in [".header", ".nav"] {
        page.find(part).attr("hidden", hidden);
    }
    banners(page.find(".banners")).attr("hidden", hidden);
    offer_place(page.find(".offers")).attr("hidden", hidden);
    toast(page.find(".toast")).attr("hidden", hidden);
    for link in page.find_all(".nav__link").chain(page.find_all(".header__about")) {
        mark_current(link);
    }
    let main = page.find(".main");
    let target = main.clone();
    main.effect(move || {
        let title = text::titles::page(&store.route().read(), store.convention());
        address::set_title(&title);
    });
    page.find(".skip").on(ev::click, move |event| {
        event.prevent_default();
        target.focus();
    });
}

/// Shows the screen that the address names, and follows the address.
pub(crate) fn screens(page: &El) {
    let store = store();
    let screen = Memo::new(move |_| {
        // While the device is an urn, no address leads to another screen.
        let is_urn = store.urn().read().is_some();
        if is_urn { Screen::Urn } else { Screen::of(&store.route().read()) }
    });
    let content = page.find(".screen");
    let home = Home::hydrate(&content);
    content.dyn_children(move || {
        let screen = screen.get();
        untrack(|| screen.show(&home))
    });
}

/// Marks a link to a section as the current one, for eyes and for screen readers.
fn mark_current(link: El) {
    let store = store();
    let section = Route::parse(&link.get_attr("href").unwrap_or_default()).section();
    let current = move || store.route().read().section() == section;
    link.attr("aria-current", move || current().then(|| "page".to_owned()));
}
