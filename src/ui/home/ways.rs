//! A way in for each kind of user.

use crate::domain::tracking::TrackingFilter;
use crate::route::Route;
use crate::text::home;
use crate::ui::element::{El, el, link};
use crate::ui::shared::section::section;

/// Four links, each named by who follows it.
pub(super) fn ways() -> El {
    let way = |route: &Route, who: &str, hint: &str| {
        let way = link(route)
            .class("way")
            .add(el("strong").class("way__who").text(who))
            .text(" ")
            .add(el("span").class("way__hint").text(hint));
        el("li").add(way)
    };
    let tracking = Route::Tracking(TrackingFilter::default());
    let search = Route::Search(String::new());
    let consultations = Route::Consult("consultations".to_owned());
    section("ways", home::ways()).add(el("ul").class("ways").with([
        way(&tracking, home::resident(), home::resident_hint()),
        way(&search, home::participant(), home::participant_hint()),
        way(&consultations, home::facilitator(), home::facilitator_hint()),
        way(&Route::Journal, home::staff(), home::staff_hint()),
    ]))
}
