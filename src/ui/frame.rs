//! The frame around every screen: skip link, header, navigation, notices, and the current screen.

use leptos::prelude::*;

use super::element::{El, el, link};
use super::home::home;
use super::item::item_screen;
use super::later::later;
use super::parts::Part;
use super::shared::banners::banners;
use super::shared::icon::{Picture, icon};
use super::shared::offers::offers;
use super::shared::toast::toast;
use super::store;
use super::unknown::unknown;
use crate::domain::item::ItemId;
use crate::domain::tracking::TrackingFilter;
use crate::platform::address;
use crate::route::{Route, Section, path};
use crate::text;

/// Which screen is on: a route without what the screen itself follows, so that typing a search
/// or choosing a filter does not build the screen anew.
#[derive(Clone, PartialEq)]
enum Screen {
    Home,
    Item(ItemId),
    Search,
    Tracking,
    FullText,
    Journal,
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
            Route::Journal => Self::Journal,
            Route::Consult(path) => Self::Consult(path.clone()),
            Route::Bilan(place) => Self::Bilan(path(place).to_owned()),
            Route::About => Self::About,
            Route::Unknown(fragment) => Self::Unknown(fragment.clone()),
        }
    }

    fn show(self) -> Vec<El> {
        match self {
            Self::Home => home(),
            Self::Item(id) => item_screen(id),
            Self::Search => later(Part::Search),
            Self::Tracking => later(Part::Tracking),
            Self::FullText => later(Part::FullText),
            Self::Journal => later(Part::Carnet),
            Self::Consult(path) => later(consult_part(&path)),
            Self::Bilan(_) => later(Part::Bilan),
            Self::Urn => later(Part::Voting),
            Self::About => later(Part::About),
            Self::Unknown(fragment) => unknown(&Route::Unknown(fragment).to_string()),
        }
    }
}

/// Which part of the app shows a place among the consultations.
fn consult_part(path: &str) -> Part {
    if path.starts_with("voter/") || path.ends_with("/apercu") {
        Part::Voting
    } else if path.ends_with("/proces-verbal") {
        Part::Outcome
    } else {
        Part::Consult
    }
}

/// The whole page.
pub(crate) fn frame() -> [El; 5] {
    let store = store();
    let is_urn = move || store.urn().read().is_some();
    let screen = Memo::new(move |_| {
        // While the device is an urn, no address leads out of it.
        if is_urn() { Screen::Urn } else { Screen::of(&store.route().read()) }
    });
    let hidden = move || is_urn().then(String::new);
    let content = el("div").class("screen").fill(move || {
        let screen = screen.get();
        untrack(|| screen.show())
    });
    let main = el("main")
        .class("main")
        .attr("id", "contenu")
        .attr("tabindex", "-1")
        .add(banners().attr_now("hidden", hidden))
        .add(offers().attr_now("hidden", hidden))
        .add(content);
    let main = main.keep(move || {
        let title = text::titles::page(&store.route().read(), store.convention());
        address::set_title(&title);
    });
    let target = main.clone();
    let skip = el("a")
        .class("skip")
        .attr("href", "#contenu")
        .on("click", move |event| {
            event.prevent_default();
            target.focus();
        })
        .text(text::shell::skip_to_content());
    [
        skip,
        header().attr_now("hidden", hidden),
        navigation().attr_now("hidden", hidden),
        main,
        toast().attr_now("hidden", hidden),
    ]
}

fn header() -> El {
    let brand = link(&Route::Home)
        .class("brand")
        .add(icon(Picture::Jalon))
        .add(el("span").text(text::shell::app_name()));
    let search = link(&Route::Search(String::new()))
        .class("header__search")
        .add(icon(Picture::Search))
        .add(el("span").text(text::shell::search()));
    let about = entry(Section::About, &Route::About, Picture::About).class("header__about");
    el("header").class("header").add(brand).add(search).add(about)
}

/// A way to a section, marked for eyes and for screen readers while the person is there.
fn entry(section: Section, route: &Route, picture: Picture) -> El {
    let store = store();
    let current = move || store.route().read().section() == Some(section);
    link(route)
        .attr_now("aria-current", move || current().then(|| "page".to_owned()))
        .add(icon(picture))
        .add(el("span").text(text::shell::section(section)))
}

/// The sections.
fn navigation() -> El {
    let entry = |section: Section, route: &Route, picture: Picture| {
        el("li").add(entry(section, route, picture).class("nav__link"))
    };
    let tracking = Route::Tracking(TrackingFilter::default());
    let entries = el("ul").class("nav__list").with([
        entry(Section::Explore, &Route::Home, Picture::Explore),
        entry(Section::Track, &tracking, Picture::Track),
        entry(Section::Bilan, &Route::Bilan("bilan".to_owned()), Picture::Bilan),
        entry(Section::Consult, &Route::Consult("consultations".to_owned()), Picture::Consult),
        entry(Section::Journal, &Route::Journal, Picture::Journal),
    ]);
    el("nav").class("nav").attr("aria-label", text::shell::navigation()).add(entries)
}
