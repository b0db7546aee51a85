//! *Bilan*: charts, markers to look at, disagreements and the report.
//!
//! It is in lazy chunks. It counts nothing itself: figures come from `domain`, the layout of charts
//! from `charts`, sentences from `text`.

use std::sync::Arc;

use jalons_macros::lazy_chunk;
use leptos::prelude::*;

use super::element::El;
use super::lazy_screen::{LazyScreen, lazy_screen};
use super::shared::heading::empty;
use super::store;
use super::unknown::UNKNOWN;
use crate::route::{BilanPlace, Route, mended};

mod attention;
mod charts;
mod figure;
mod period;
mod report;
mod table;
mod views;

/// Reads a value that follows the journal: called again whenever the data behind it have changed.
type Now<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// The screens of the bilan, but for the report.
pub(super) const BILAN: LazyScreen = LazyScreen { chunk: "bilan", content: bilan };

/// Shows the screen that the address names.
#[lazy_chunk(bilan)]
fn bilan() -> Vec<El> {
    let route = store().route().get_untracked();
    let Route::Bilan(path) = &route else { return Vec::new() };
    let place = match BilanPlace::parse(path) {
        BilanPlace::Unknown => meant(&route),
        place => place,
    };
    match place {
        BilanPlace::Charts(_) => {
            let mut charts = charts::charts();
            // Until both stores are read, counts may be too small.
            charts.insert(1, empty("", move || !store().storage().has_read()));
            charts
        }
        BilanPlace::Attention => attention::attention(),
        BilanPlace::Opinions => views::views(),
        BilanPlace::Report => lazy_screen(REPORT),
        BilanPlace::Unknown => lazy_screen(UNKNOWN),
    }
}

/// The place that an address was meant to be, which becomes the address. Not left to the screen of
/// unknown addresses, because nothing rebuilds this one for another day.
fn meant(route: &Route) -> BilanPlace {
    match mended(&route.to_string()) {
        Some(Route::Bilan(path)) => {
            let (store, place) = (store(), BilanPlace::parse(&path));
            queue_microtask(move || store.refine(Route::Bilan(path)));
            place
        }
        _ => BilanPlace::Unknown,
    }
}

/// The report, in a chunk of its own: few people print one.
const REPORT: LazyScreen = LazyScreen { chunk: "report", content: report };

#[lazy_chunk(report)]
fn report() -> Vec<El> {
    report::report()
}

/// A link to a place in the bilan.
fn way(place: BilanPlace) -> El {
    super::element::link(&Route::Bilan(place.to_string()))
}
