//! The convention's whole text, as it is read and ticked.
//!
//! The app reads the convention out of `data-lines`: browsers translate the text that people read
//! before the app starts, but no attribute of this kind. Compressed, the copy costs five bytes an
//! item. `data-ticked` is the state that a row shows for a tap before the app has started.

use maud::{Markup, html};

use super::{anchor, icon, section, shape, titled};
use crate::domain::convention::{Convention, Item, OperationalObjective};
use crate::domain::day::Day;
use crate::domain::observation::Level;
use crate::route::Route;
use crate::text::{self, about, items, marker};
use crate::ui::shared::icon::Picture;
use crate::ui::shared::markers::LONG;
use crate::ui::shared::progress::level_name;

/// Every objective, result and marker, in the document's order, and the abbreviations.
pub(super) fn text_block(convention: &Convention) -> Markup {
    let block = html! {
        p.lead { (text::typeset(convention.title())) }
        p.muted.no-print { (items::markers_lead()) }
        @for global in convention.globals() {
            section.text__global data-family=(global.code.family() % 3) id=(place(Item::Global(global))) {
                h3 { (shape(global.code)) " " (titled(Item::Global(global), None)) }
                @for strategic in &global.strategic_objectives {
                    h4 id=(place(Item::Strategic(strategic))) { (titled(Item::Strategic(strategic), None)) }
                    @for objective in &strategic.operational_objectives { (operational(objective)) }
                }
            }
        }
        (notes(convention))
    };
    let is_long = convention.markers().count() > LONG;
    // The tap is of today, whatever the day.
    let ticked = marker::state(Level::Reached, Day::FIRST, Day::FIRST);
    html! {
        div.text.text--long[is_long] id=(anchor(&Route::FullText)) data-ticked=(ticked) {
            (section("text", None, items::full_text_title(), &block))
        }
    }
}

fn operational(objective: &OperationalObjective) -> Markup {
    html! {
        section.text__objective id=(place(Item::Operational(objective))) {
            h5 { (titled(Item::Operational(objective), None)) }
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

/// The document's own data: its abbreviations, and the corrections to its text.
fn notes(convention: &Convention) -> Markup {
    html! {
        section.text__notes data-lines=(text::typeset(&convention.to_lines())) {
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
