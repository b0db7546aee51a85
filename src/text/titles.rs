//! The window's title for each screen.

use crate::domain::convention::Convention;
use crate::route::{Route, Section};

/// The title of a route.
#[must_use]
pub fn page(route: &Route, convention: &Convention) -> String {
    let page = match route {
        Route::Home => {
            return format!(
                "{} · {}",
                super::shell::app_name(),
                super::typeset(convention.title())
            );
        }
        Route::Item(id) => match convention.find(*id) {
            Some(_) => super::items::short(convention, *id),
            None => super::shell::unknown_title().to_owned(),
        },
        Route::Search(words) if words.is_empty() => super::search::title().to_owned(),
        Route::Search(words) => format!("{} · {words}", super::search::title()),
        Route::Tracking(_) => super::tracking::title().to_owned(),
        Route::FullText => super::items::full_text_title().to_owned(),
        Route::Carnet => super::carnet::title().to_owned(),
        Route::Consult(_) => super::consultation::title().to_owned(),
        Route::Bilan(_) => super::shell::section(Section::Bilan).to_owned(),
        Route::About => super::about::title().to_owned(),
        Route::Unknown(_) => super::shell::unknown_title().to_owned(),
    };
    format!("{page} · {}", super::shell::app_name())
}
