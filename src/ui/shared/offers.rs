//! The place for what the app has to offer besides what a screen is about: a new version, installing.

use leptos::prelude::*;

use crate::platform::app_status::{self, Update};
use crate::ui::chunks::LazyScreen;
use crate::ui::element::El;
use crate::ui::store;

/// Empty on most visits; what stands here is a part that is fetched when there is something.
pub(in crate::ui) fn offers(place: El) -> El {
    let is_here = RwSignal::new(false);
    let store = store();
    app_status::on_offer(move || {
        // A browser offers to install the app to whoever has just come, which helps nobody yet.
        let some = app_status::current().update != Update::None || store.suggests_installing();
        if some || is_here.get_untracked() {
            LazyScreen::Offers.fetch(move |here| is_here.set(here));
        }
    });
    place.fill(
        move || if is_here.get() { untrack(|| LazyScreen::Offers.screen()) } else { Vec::new() },
    )
}
