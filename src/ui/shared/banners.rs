//! What stands in the way of keeping things, for as long as it does, and what happened to them,
//! until it is closed.

use leptos::prelude::*;

use super::icon::{Picture, icon};
use super::save_copy::save_copy;
use crate::storage::{QuotaNotice, StorageStatus};
use crate::text::{actions, notices};
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// Shows one banner for each trouble, with a way on, and one for each piece of news.
pub(in crate::ui) fn banners(place: El) -> El {
    let storage_status = store().storage_status();
    place.fill(move || {
        let now = storage_status.get();
        let mut banners = troubles(now);
        banners.extend(news(now));
        banners
    })
}

fn troubles(now: StorageStatus) -> Vec<El> {
    let unreadable = || notices::unreadable(now.unreadable);
    let troubles = [
        now.blocked.then(|| (notices::blocked_title(), notices::blocked().to_owned())),
        now.full.then(|| (notices::full_title(), notices::full().to_owned())),
        now.other_version.then(|| (notices::newer_title(), notices::newer().to_owned())),
        (now.unreadable > 0).then(|| (notices::unreadable_title(), unreadable())),
    ];
    let trouble = |(title, words): (&str, String)| banner("banner", title, &words, save_copy());
    let late = now.late.then(|| {
        let store = store();
        let ask = button(move || store.storage().retry_idb()).class("button button--ghost");
        let ask = ask.text(actions::retry());
        banner("banner", notices::late_title(), notices::late(), ask)
    });
    late.into_iter().chain(troubles.into_iter().flatten().map(trouble)).collect()
}

fn news(now: StorageStatus) -> Vec<El> {
    let store = store();
    let news = [
        (now.found > 0).then(|| (notices::found_title(), notices::found(now.found))),
        (now.quota_notice == QuotaNotice::Shown)
            .then(|| (notices::quota_notice_title(), notices::quota_notice().to_owned())),
    ];
    let close = || {
        button(move || store.storage().close_news())
            .class("button button--ghost")
            .text(actions::close())
    };
    let piece =
        |(title, words): (&str, String)| banner("banner banner--news", title, &words, close());
    news.into_iter().flatten().map(piece).collect()
}

fn banner(class: &str, title: &str, words: &str, way: El) -> El {
    let body =
        el("div").add(el("p").class("banner__title").text(title)).add(el("p").text(words)).add(way);
    el("div").class(class).add(icon(Picture::Warning)).add(body)
}
