//! The other levels, offered below the row that was ticked last, so that an honest "not yet" takes as
//! few taps as "reached". In a chunk: nothing is ticked in the first load.

use std::cell::RefCell;

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::progress::level_name;
use crate::domain::item::MarkerId;
use crate::domain::journal::Action;
use crate::domain::observation::Level;
use crate::platform::scroll;
use crate::route::Route;
use crate::text;
use crate::ui::element::{El, button, el, link};
use crate::ui::store;

/// The levels besides "reached".
const OTHERS: [Level; 3] = [Level::InProgress, Level::NotYet, Level::NotObservable];

/// An offer on the page. Dropping it removes it.
struct Offer {
    levels: El,
    tick: El,
}

thread_local! {
    /// The owner of the current offer: there is one at a time.
    static CURRENT: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// Offers the other levels below a ticked row, and the marker's screen for all else. `false` where
/// the row is not ticked or not on the page any more.
#[lazy_chunk(marking)]
pub(in crate::ui) fn offer_levels(row: El, id: MarkerId) -> bool {
    let store = store();
    if !row.raw().is_connected() || store.level(id) != Some(Level::Reached) {
        return false;
    }
    // The tapped row stays under the finger while the row above it folds.
    if let Some(former) = CURRENT.take() {
        scroll::hold_in_place(row.raw(), || former.cleanup());
    }
    let owner = Owner::current().unwrap_or_default().child();
    owner.with(|| unfold(&row, id));
    CURRENT.replace(Some(owner));
    true
}

fn unfold(row: &El, id: MarkerId) {
    let store = store();
    let state = store.state(id);
    let now = move || state.get().map(|(level, _)| level);
    let option = |level: Level| {
        let tap = move || {
            if store.level(id) != Some(level) {
                // The store reports a refusal.
                let _ = store.dispatch(Action::Mark(id, level));
            }
        };
        button(tap)
            .class("choice")
            .attr("data-level", level_name(Some(level)))
            .attr("aria-pressed", move || Some((now() == Some(level)).to_string()))
            .text(text::progress::level_label(Some(level)))
    };
    let levels = el("div")
        .class("choices choices--offer no-print")
        .attr("role", "group")
        .attr("aria-label", text::marker::offer())
        .children(OTHERS.map(option))
        .child(link(&Route::Item(id.into())).class("choice").text(text::marker::more()));
    let tick = row.find(".tick");
    // Screen readers say it of the focused tick, and Tab leads there.
    tick.set_attr("aria-expanded", "true");
    let _ = row.clone().child(levels.clone());
    scroll::show(levels.raw());
    let offer = StoredValue::new_local(Some(Offer { levels: levels.clone(), tick }));
    // What is not observed any more has no other level.
    let _ = levels.effect(move || {
        if now().is_none() {
            offer.set_value(None);
        }
    });
}

impl Drop for Offer {
    fn drop(&mut self) {
        self.tick.remove_attr("aria-expanded");
        let had_focus = self.levels.raw().matches(":focus-within").unwrap_or_default();
        self.levels.raw().remove();
        if had_focus {
            // Listeners of the focus may read signals, which are locked while one is dropped.
            let tick = self.tick.clone();
            queue_microtask(move || tick.focus());
        }
    }
}
