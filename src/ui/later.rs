//! A screen whose part of the app loads when somebody goes there.
//!
//! Once the part is here the screen is made at once, as if it had never been apart. Until then its
//! place says what is going on. The screen is always made inside the effect that shows it, and not
//! where the network answers: so it finds the store, and goes with the place it stands in.

use std::time::Duration;

use leptos::prelude::*;

use super::element::{El, button, el};
use super::parts::Part;
use super::shared::heading::heading;
use crate::platform::scroll;
use crate::text::later as words;

/// A shorter wait goes without a word: one that flashes by is only noise.
const PATIENCE: Duration = Duration::from_millis(300);

/// What stands in the place of the screen.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Waiting,
    /// Still waiting, and for so long that it is said.
    Slow,
    Here,
    Missing,
}

/// The screen, or its place until it arrives.
pub(super) fn later(part: Part) -> Vec<El> {
    if part.is_here() {
        return part.screen();
    }
    let place = RwSignal::new(Place::Waiting);
    wait(part, place);
    vec![
        el("p")
            .class("quiet")
            .attr("role", "status")
            .text_while(words::loading(), move || place.get() == Place::Slow),
        el("div").class("screen").fill(move || match place.get() {
            Place::Waiting | Place::Slow => Vec::new(),
            Place::Here => untrack(|| part.screen()),
            Place::Missing => missing(part, place),
        }),
    ]
}

/// Lets the place follow what arrives. Whoever has gone elsewhere meanwhile took the place along.
fn wait(part: Part, place: RwSignal<Place>) {
    part.fetch(move |here| {
        let gone = place.try_set(if here { Place::Here } else { Place::Missing }).is_some();
        if !gone {
            scroll::once_it_has_grown();
        }
    });
    let slow = move || {
        if place.try_get_untracked() == Some(Place::Waiting) {
            place.set(Place::Slow);
        }
    };
    set_timeout(slow, PATIENCE);
}

/// Says that the screen did not arrive, with a way to try again.
fn missing(part: Part, place: RwSignal<Place>) -> Vec<El> {
    let retry = move || {
        place.set(Place::Waiting);
        wait(part, place);
    };
    vec![
        heading(words::missing_title()),
        el("p").class("lead").text(words::missing()),
        el("p").add(button(retry).class("button button--main").text(words::retry())),
    ]
}
