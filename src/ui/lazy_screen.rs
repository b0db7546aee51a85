//! Shows a lazy screen, or a placeholder until its chunk is loaded.
//!
//! With the chunk loaded the screen is made in the same call. The effect that shows the screen makes it,
//! never the network's callback: so the screen finds the store in its context and is disposed of
//! with its placeholder.

use std::time::Duration;

use leptos::prelude::*;

use super::chunks::LazyScreen;
use super::element::{El, button, el};
use super::shared::heading::heading;
use crate::platform::scroll;
use crate::text::lazy_screen as words;

/// A shorter wait shows no "Chargement…": it would only flash.
const SLOW_AFTER: Duration = Duration::from_millis(300);

/// How far the loading is.
#[derive(Clone, Copy, PartialEq)]
enum Loading {
    Waiting,
    /// Still waiting, long enough to say so.
    Slow,
    Loaded,
    Missing,
}

/// The screen, or its placeholder until it is loaded.
pub(super) fn lazy_screen(screen: LazyScreen) -> Vec<El> {
    if screen.is_loaded() {
        return screen.screen();
    }
    let loading = RwSignal::new(Loading::Waiting);
    wait(screen, loading);
    vec![
        el("p")
            .class("muted")
            .attr("role", "status")
            .text_while(words::loading(), move || loading.get() == Loading::Slow),
        el("div").class("screen").fill(move || match loading.get() {
            Loading::Waiting | Loading::Slow => Vec::new(),
            Loading::Loaded => untrack(|| screen.screen()),
            Loading::Missing => missing(screen, loading),
        }),
    ]
}

/// Fetches the chunk and follows its state. Leaving the screen meanwhile disposes of the signal.
fn wait(screen: LazyScreen, loading: RwSignal<Loading>) {
    screen.fetch(move |loaded| {
        let gone =
            loading.try_set(if loaded { Loading::Loaded } else { Loading::Missing }).is_some();
        if !gone {
            scroll::once_it_has_grown();
        }
    });
    let slow = move || {
        if loading.try_get_untracked() == Some(Loading::Waiting) {
            loading.set(Loading::Slow);
        }
    };
    set_timeout(slow, SLOW_AFTER);
}

/// Says that the screen did not arrive, with a way to try again.
fn missing(screen: LazyScreen, loading: RwSignal<Loading>) -> Vec<El> {
    let retry = move || {
        loading.set(Loading::Waiting);
        wait(screen, loading);
    };
    vec![
        heading(words::missing_title()),
        el("p").class("lead").text(words::missing()),
        el("p").add(button(retry).class("button button--primary").text(words::retry())),
    ]
}
