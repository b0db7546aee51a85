//! The objectives as cards that open, with the convention's whole text to read and tick.
//!
//! Closed cards are `details`: they open without scripts, for a link that leads into them, and for
//! what a browser's own search finds.
//!
//! The app reads the convention out of `data-lines`: browsers translate the text that people read
//! before the app starts, but no attribute of this kind. Compressed, the copy costs five bytes an
//! item. `data-ticked` is the state that a row shows for a tap before the app has started.

use maud::{Markup, html};

use super::{anchor, counts, icon, name, progress_of, section, shape, titled};
use crate::domain::convention::{Convention, GlobalObjective, Item, OperationalObjective};
use crate::domain::day::Day;
use crate::domain::observation::Level;
use crate::route::Route;
use crate::text::{self, about, home, items, marker, progress};
use crate::ui::shared::icon::Picture;
use crate::ui::shared::progress::level_name;

/// A card for each global objective, and the links to the whole text.
pub(super) fn objectives(convention: &Convention) -> Markup {
    // The tap is of today, whatever the day.
    let ticked = marker::state(Level::Reached, Day::FIRST, Day::FIRST);
    let cards = html! {
        div.text data-ticked=(ticked) {
            @for global in convention.globals() { (card(convention, global)) }
        }
        p.muted { (text::typeset(convention.title())) }
        p.needs-scripts { a.more href=(Route::FullText) { (items::full_text_link()) } }
    };
    section("objectives", None, home::objectives(), &cards)
}

fn card(convention: &Convention, global: &GlobalObjective) -> Markup {
    html! {
        details.card data-family=(global.code.family() % 3) {
            summary.card__head {
                (shape(global.code))
                h3.card__title { (name(Item::Global(global))) }
                (counts(convention, global.code))
            }
            div.card__text {
                (official(Item::Global(global)))
                @for strategic in &global.strategic_objectives {
                    section.strategic {
                        h4 { (name(Item::Strategic(strategic))) }
                        (official(Item::Strategic(strategic)))
                        (counts(convention, strategic.code))
                        @for objective in &strategic.operational_objectives { (operational(convention, objective)) }
                    }
                }
            }
        }
    }
}

fn operational(convention: &Convention, objective: &OperationalObjective) -> Markup {
    html! {
        details.objective {
            summary {
                h5 { (name(Item::Operational(objective))) }
                span.objective__counts data-of=(objective.code) {
                    (progress::observed(progress_of(convention, objective.code)))
                }
            }
            (official(Item::Operational(objective)))
            h6 { (items::results()) }
            ul.results {
                @for result in &objective.expected_results {
                    li.result id=(place(Item::Result(result))) {
                        a href=(Route::Item(result.id)) { (text::typeset(&result.text)) }
                    }
                }
            }
            h6 { (items::markers()) }
            ul.markers {
                @for of in &objective.progress_markers {
                    li.marker id=(place(Item::Marker(of))) {
                        button.tick type="button" aria-label=(marker::tick(&of.text)) aria-pressed="false" data-level=(level_name(None)) {
                            (icon(Picture::Check.path()))
                        }
                        div.marker__body {
                            a.marker__text href=(Route::Item(of.id.into())) { (text::typeset(&of.text)) }
                            p.marker__state {}
                        }
                    }
                }
            }
        }
    }
}

/// The official title, which links lead to.
fn official(item: Item<'_>) -> Markup {
    html! { p.official id=(place(item)) { (titled(item)) } }
}

/// The document's own data: its abbreviations, and the corrections to its text.
pub(super) fn notes(convention: &Convention) -> Markup {
    html! {
        details.text__notes data-lines=(text::typeset(&convention.to_lines())) {
            summary { (about::notes_title()) }
            h3 { (about::glossary_title()) }
            p { (about::glossary_lead()) }
            dl.glossary {
                @for term in convention.glossary() {
                    dt { (term.term) } dd { (text::typeset(&term.meaning)) }
                }
            }
            h3 { (about::text_title()) }
            p { (about::text()) }
            ul.repairs { @for repair in convention.repairs() { li { (text::typeset(repair)) } } }
        }
    }
}

fn place(item: Item<'_>) -> String {
    anchor(&Route::Item(item.id()))
}
