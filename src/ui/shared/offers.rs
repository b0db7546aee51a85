//! The place for what the app has to offer besides what a screen is about: a new version, installing.

use leptos::prelude::*;

use crate::platform::standing::{self, Update};
use crate::ui::element::El;
use crate::ui::parts::Part;
use crate::ui::store;

/// Empty on most visits; what stands here is a part that is fetched when there is something.
pub(in crate::ui) fn offers(place: El) -> El {
    let is_here = RwSignal::new(false);
    let store = store();
    standing::on_offer(move || {
        // A browser offers to install the app to whoever has just come, which helps nobody yet.
        let some = standing::now().update != Update::None || store.suggests_installing();
        if some || is_here.get_untracked() {
            Part::Offers.fetch(move |here| is_here.set(here));
        }
    });
    place.fill(move || if is_here.get() { untrack(|| Part::Offers.screen()) } else { Vec::new() })
}
