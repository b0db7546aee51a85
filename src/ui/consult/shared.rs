//! A result that came by a link: shown read-only on the phone of whoever opens it.

use super::{CONSULT, to_list};
use crate::codec::transfer::{self, PageProgress, Pages, SharedResult};
use crate::text::consult as words;
use crate::text::outcome as outcome_words;
use crate::text::transfer as transfer_words;
use crate::ui::element::{El, el};
use crate::ui::lazy_screen::lazy_screen;
use crate::ui::outcome::brought_home;
use crate::ui::shared::heading::heading;
use crate::ui::store;
use leptos::prelude::GetUntracked;

/// The screen.
pub(super) fn shared(payload: &str) -> Vec<El> {
    let result = match Pages::default().add(payload) {
        // The scanner is in the other chunk.
        Ok(PageProgress::Missing { .. }) => return lazy_screen(CONSULT),
        Ok(PageProgress::Whole(bytes)) => SharedResult::unpack(&bytes),
        Err(error) => Err(error),
    };
    let convention = store().convention();
    let mut screen = match result {
        Err(error) => told(&transfer_words::error(&error)),
        Ok(result) if result.convention != transfer::convention_fingerprint(convention) => {
            told(words::other_text())
        }
        Ok(result) => brought_home(result, convention, store().today().get_untracked()),
    };
    screen.push(el("p").class("no-print").child(to_list()));
    screen
}

fn told(why: &str) -> Vec<El> {
    vec![heading(outcome_words::shared_title()), el("p").class("lead").text(why)]
}
