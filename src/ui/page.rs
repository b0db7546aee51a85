//! The prerendered page: frame, home screen and the convention's whole text.
//!
//! `index.html` holds this markup, so that the first paint is the content, nothing has to be waited
//! for, and the text can be read and navigated without scripts: the addresses of the app are ids of
//! the page. The app builds none of it again. It hydrates these elements (`ui/frame.rs`,
//! `ui/home.rs`) and reads the convention out of them (`platform/page.rs`), so that the text is
//! transferred once.
//!
//! Only development runs this: `cargo xtask generate` writes it, and the test command fails when
//! the page differs.

use maud::{Markup, html};

use super::shared::icon::{Picture, shape_path};
use super::shared::progress::{level_name, stripes};
use crate::charts::levels::STATES;
use crate::domain::convention::{Convention, GlobalObjective, Item};
use crate::domain::item::Code;
use crate::domain::progress::Progress;
use crate::domain::tracking::TrackingFilter;
use crate::route::{Route, Section};
use crate::text::{self, home, progress, shell};

mod objectives;

use objectives::{notes, objectives};

/// Icons of the frame, each one SVG path in a square of 24.
const LENS: &str = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21";
const MAP: &str = "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14";
const LIST: &str = "M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M12 6h8M12 12h8M12 18h8";
const BARS: &str = "M3 20h18M6 20v-6M12 20V5M18 20v-9";
const NOTEBOOK: &str = "M6 3h12v18H6zM6 3v18M3 7h4M3 12h4M3 17h4M11 8h4M11 12h4";
const URN: &str = "M4 11h16v9H4zM9 11V4h6v7M2 11h20M11 7h2";
const LETTER: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5";

/// The content of the page's `#app`.
#[must_use]
pub fn page(convention: &Convention) -> String {
    let page = html! {
        a.skip href="#contenu" { (shell::skip_to_content()) }
        (header())
        (navigation())
        main #contenu .main tabindex="-1" {
            div.banners role="status" {}
            div.banners.offers role="status" {}
            div.screen {
                (hero(convention))
                (objectives(convention))
                (ways())
                (chart(convention))
                (notes(convention))
            }
        }
        div.toast { p.toast__words role="status" {} div.toast__actions {} }
    };
    in_lines(&page.into_string())
}

/// Markup with a line for each item, for those who read and compare it.
fn in_lines(markup: &str) -> String {
    let mut lines = markup.to_owned();
    for start in [
        "<header", "<nav", "<main", "<section", "<article", "<ul", "<li", "<h3", "<h4", "<h5",
        "<dt", "<tr",
    ] {
        lines = lines.replace(&format!("{start} "), &format!("\n{start} "));
        lines = lines.replace(&format!("{start}>"), &format!("\n{start}>"));
    }
    lines
}

fn header() -> Markup {
    html! {
        header.header {
            a.brand href=(Route::Home) { (icon(Picture::Jalon.path())) span { (shell::app_name()) } }
            a.header__search href=(Route::Search(String::new())) {
                (icon(LENS)) span { (shell::search()) }
            }
            a.header__about href=(Route::About) { (icon(LETTER)) span { (shell::section(Section::About)) } }
        }
    }
}

/// The sections; the first is where this page is.
fn navigation() -> Markup {
    let entry = |section: Section, route: Route, path: &str| {
        let current = (route == Route::Home).then_some("page");
        html! {
            li { a.nav__link href=(route) aria-current=[current] { (icon(path)) span { (shell::section(section)) } } }
        }
    };
    html! {
        nav.nav aria-label=(shell::navigation()) {
            ul.nav__list {
                (entry(Section::Explore, Route::Home, MAP))
                (entry(Section::Track, Route::Tracking(TrackingFilter::default()), LIST))
                (entry(Section::Bilan, Route::Bilan("bilan".to_owned()), BARS))
                (entry(Section::Consult, Route::Consult("consultations".to_owned()), URN))
                (entry(Section::Carnet, Route::Carnet, NOTEBOOK))
            }
        }
    }
}

fn hero(convention: &Convention) -> Markup {
    let (globals, markers) = (convention.globals().len(), convention.markers().count());
    html! {
        div.hero {
            p.kicker { (home::kicker(convention)) }
            h1.heading tabindex="-1" { (home::title()) }
            p.lead { (home::lead(globals, markers)) }
            p.needs-scripts {
                a.button.button--primary href=(Route::Tracking(TrackingFilter::default())) { (home::first()) }
            }
            div.hero__own { p { (home::private()) } }
            noscript { p { (shell::without_scripts()) } }
        }
    }
}

/// A link for each kind of user, named by its audience.
fn ways() -> Markup {
    let way = |route: Route, who: &str, hint: &str| {
        html! {
            li { a.entry-link href=(route) { strong.entry-link__who { (who) } " " span.entry-link__hint { (hint) } } }
        }
    };
    let tracking = Route::Tracking(TrackingFilter::default());
    let consultations = Route::Consult("consultations".to_owned());
    let ways = html! {
        ul.entry-links {
            (way(tracking, home::resident(), home::resident_hint()))
            (way(consultations.clone(), home::participant(), home::participant_hint()))
            (way(consultations, home::facilitator(), home::facilitator_hint()))
            (way(Route::Carnet, home::staff(), home::staff_hint()))
        }
    };
    section("ways", Some("needs-scripts"), home::ways(), &ways)
}

/// A bar for each global objective, with a legend and a table. Nothing has been observed yet.
fn chart(convention: &Convention) -> Markup {
    let globals = convention.globals();
    let row = |global: &GlobalObjective| {
        let of = progress_of(convention, global.code);
        html! {
            tr {
                th scope="row" { (name(Item::Global(global))) }
                @for state in STATES { td { (of.at(state)) } }
                td { (of.total) }
            }
        }
    };
    let chart = html! {
        div.bars role="img" aria-label=(progress::chart_caption()) {
            @for global in globals { (bar(global, progress_of(convention, global.code))) }
        }
        ul.legend aria-hidden="true" {
            @for state in STATES {
                li.legend__entry data-level=(level_name(state)) { (progress::level(state)) }
            }
        }
        details.chart__table {
            summary { (progress::chart_table()) }
            table {
                caption { (progress::chart_caption()) }
                thead {
                    tr {
                        th scope="col" { (progress::column_objective()) }
                        @for state in STATES { th scope="col" { (progress::level_label(state)) } }
                        th scope="col" { (progress::column_total()) }
                    }
                }
                tbody { @for global in globals { (row(global)) } }
            }
        }
    };
    section("chart", Some("chart needs-scripts"), progress::chart_title(), &chart)
}

/// A title and its bar, with a segment for each state that has markers: here one, which the style
/// sheet gives the whole bar.
fn bar(global: &GlobalObjective, of: Progress) -> Markup {
    html! {
        p.bars__title data-of=(global.code) { (name(Item::Global(global))) }
        div.bar {
            @for state in STATES {
                @if of.at(state) > 0 {
                    i.bar__segment data-level=(level_name(state)) { b { (of.at(state)) } }
                }
            }
        }
    }
}

/// A section of the screen under its title.
fn section(name: &str, class: Option<&str>, title: &str, content: &Markup) -> Markup {
    let id = format!("{name}/title");
    html! {
        section class=[class] aria-labelledby=(id) { h2 id=(id) { (title) } (content) }
    }
}

/// An item's counts, of a journal without observations. The app keeps them in step.
fn counts(convention: &Convention, code: Code) -> Markup {
    html! {
        span.counts data-of=(code) {
            span.pole aria-hidden="true" {
                @for _ in 0..stripes(convention.markers_under(code).count()) { i data-level=(level_name(None)) {} }
            }
            span.counts__words { (progress::summary(progress_of(convention, code))) }
        }
    }
}

fn progress_of(convention: &Convention, code: Code) -> Progress {
    Progress::of(convention.markers_under(code).map(|_| None))
}

/// The everyday name of an objective, or its title where it has none.
fn name(item: Item<'_>) -> String {
    text::typeset(item.short_name().unwrap_or(item.text()))
}

/// A link to an item, by its code and wording.
fn titled(item: Item<'_>) -> Markup {
    html! {
        a href=(Route::Item(item.id())) {
            span.code translate="no" { (item.id()) } " " (text::typeset(item.text()))
        }
    }
}

fn icon(path: &str) -> Markup {
    drawing("icon", path)
}

fn shape(code: Code) -> Markup {
    drawing("shape", shape_path(code.family()))
}

fn drawing(class: &str, path: &str) -> Markup {
    html! { svg class=(class) viewBox="0 0 24 24" aria-hidden="true" { path d=(path) {} } }
}

/// The id of a part of the page: its address without the `#`, so that links lead there.
fn anchor(route: &Route) -> String {
    route.to_string().split_off(1)
}
