//! Shows a lazy screen, or a placeholder until its chunk is loaded.
//!
//! With the chunk loaded the screen is built in the same call. The effect that shows the screen
//! builds it, never the network's callback: so the screen finds the store in its context and is
//! disposed of with its placeholder.

use std::time::Duration;

use leptos::prelude::*;

use super::element::{El, button, el};
use super::shared::heading::heading;
use crate::platform::{chunks, scroll};
use crate::text::lazy_screen as words;

/// A shorter wait shows no "Chargement…": it would only flash.
const SLOW_AFTER: Duration = Duration::from_millis(300);

/// The state of loading.
#[derive(Clone, Copy, PartialEq)]
enum Loading {
    Waiting,
    /// Still waiting, long enough for "Chargement…".
    Slow,
    Loaded,
    Missing,
}

/// A screen that loads when a person opens it.
#[derive(Clone, Copy)]
pub(super) struct LazyScreen {
    /// The chunk of `content`. The screens of one chunk load together.
    pub(super) chunk: &'static str,
    /// Builds the screen: a function marked with [`lazy_chunk`](jalons_macros::lazy_chunk).
    pub(super) content: fn() -> Option<Vec<El>>,
}

impl LazyScreen {
    /// Fetches the chunk and calls back with whether it is loaded.
    pub(super) fn fetch(self, done: impl FnOnce(bool) + 'static) {
        chunks::fetch(self.chunk, done);
    }

    fn content_if_loaded(self) -> Option<Vec<El>> {
        if chunks::is_loaded(self.chunk) { (self.content)() } else { None }
    }
}

/// The screen, or its placeholder until it is loaded.
pub(super) fn lazy_screen(screen: LazyScreen) -> Vec<El> {
    if let Some(content) = screen.content_if_loaded() {
        return content;
    }
    let loading = RwSignal::new(Loading::Waiting);
    wait(screen, loading);
    vec![
        el("p")
            .class("muted")
            .attr("role", "status")
            .text_when(words::loading(), move || loading.get() == Loading::Slow),
        el("div").class("screen").dyn_children(move || match loading.get() {
            Loading::Waiting | Loading::Slow => Vec::new(),
            Loading::Loaded => {
                untrack(|| screen.content_if_loaded()).unwrap_or_else(|| missing(screen, loading))
            }
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
        el("p").child(button(retry).class("button button--primary").text(words::retry())),
    ]
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use leptos::mount::mount_to;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;
    use crate::convention::convention;
    use crate::route::Route;
    use crate::store::AppStore;

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn a_screen_that_is_called_without_its_chunk_says_that_it_has_not_arrived() {
        let place = el("div");
        let root = place.clone();
        mount_to(place.raw().clone().unchecked_into(), move || {
            provide_context(AppStore::load(convention(), Route::Home));
            let screen = LazyScreen { chunk: "nowhere", content: || None };
            root.children(lazy_screen(screen));
        })
        .forget();
        leptos::task::tick().await;
        let text = place.raw().text_content().unwrap_or_default();
        assert!(text.contains(words::missing_title()), "{text}");
    }
}
