//! What stands in the way of keeping things, for as long as it does.

use leptos::prelude::*;

use super::icon::{Picture, icon};
use super::save_copy::save_copy;
use crate::store::Keeping;
use crate::text::notices;
use crate::ui::element::{El, el};
use crate::ui::store;

/// One banner for each trouble, with a way on.
pub(in crate::ui) fn banners() -> El {
    let keeping = store().keeping();
    el("div").class("banners").attr("role", "status").fill(move || troubles(keeping.get()))
}

fn troubles(now: Keeping) -> Vec<El> {
    let unreadable = || notices::unreadable(now.unreadable);
    let troubles = [
        now.blocked.then(|| (notices::blocked_title(), notices::blocked().to_owned())),
        now.full.then(|| (notices::full_title(), notices::full().to_owned())),
        now.other_version.then(|| (notices::newer_title(), notices::newer().to_owned())),
        (now.unreadable > 0).then(|| (notices::unreadable_title(), unreadable())),
    ];
    troubles.into_iter().flatten().map(|(title, words)| banner(title, &words)).collect()
}

fn banner(title: &str, words: &str) -> El {
    let body = el("div")
        .add(el("p").class("banner__title").text(title))
        .add(el("p").text(words))
        .add(save_copy());
    el("div").class("banner").add(icon(Picture::Warning)).add(body)
}
