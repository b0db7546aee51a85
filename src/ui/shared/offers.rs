//! The place for what the app has to offer besides what a screen is about: a new version, installing.

use leptos::prelude::*;

use crate::platform::standing;
use crate::ui::element::El;
use crate::ui::parts::Part;

/// Empty on most visits; what stands here is a part that is fetched when there is something.
pub(in crate::ui) fn offers(place: El) -> El {
    let is_here = RwSignal::new(false);
    standing::on_offer(move || Part::Offers.fetch(move |here| is_here.set(here)));
    place.fill(move || if is_here.get() { untrack(|| Part::Offers.screen()) } else { Vec::new() })
}
