//! Notices of the store: banners for storage trouble, and the toast for the last action.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use super::buttons::save_copy;
use super::icon::{Picture, icon};
use crate::platform::{scroll, timers};
use crate::storage::{QuotaNotice, SaveStatus, StorageStatus};
use crate::store::{AppStore, Notice};
use crate::text::{self, actions, notices};
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// Shows a banner for each storage problem, with an action, and one for each piece of news.
pub(in crate::ui) fn banners(place: El) -> El {
    let storage_status = store().storage_status();
    place.dyn_children(move || {
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
    let awaits_idb = now.awaits_idb.then(|| {
        let store = store();
        let ask = button(move || store.storage().retry_idb()).class("button button--ghost");
        let ask = ask.text(actions::retry());
        banner("banner", notices::late_title(), notices::late(), ask)
    });
    awaits_idb.into_iter().chain(troubles.into_iter().flatten().map(trouble)).collect()
}

fn news(now: StorageStatus) -> Vec<El> {
    let store = store();
    let news = [
        (now.recovered > 0).then(|| (notices::found_title(), notices::found(now.recovered))),
        (now.quota_notice == QuotaNotice::Shown)
            .then(|| (notices::quota_notice_title(), notices::quota_notice().to_owned())),
    ];
    let close = || {
        button(move || store.storage().dismiss_notices())
            .class("button button--ghost")
            .text(actions::close())
    };
    let piece =
        |(title, words): (&str, String)| banner("banner banner--news", title, &words, close());
    news.into_iter().flatten().map(piece).collect()
}

fn banner(class: &str, title: &str, words: &str, way: El) -> El {
    let body = el("div")
        .child(el("p").class("banner__title").text(title))
        .child(el("p").text(words))
        .child(way);
    el("div").class(class).child(icon(Picture::Warning)).child(body)
}

/// How long a notice stays. What it offers stays possible: Ctrl+Z undoes too.
const SHOWN_MS: i32 = 15_000;

/// Shows the notice in its place in the page, as a polite live region. It leaves by itself, unless
/// the pointer or the focus is on it, or records are not saved.
pub(in crate::ui) fn toast(place: El) -> El {
    let store = store();
    let notice = store.notice();
    let shown = move || notice.read().is_some().then(|| "toast toast--shown".to_owned());
    let said = move || notice.get().map(words).unwrap_or_default();
    // The buttons stay while action follows action: only the text changes.
    let offered = Memo::new(move |_| {
        let notice = notice.get();
        let done = matches!(notice, Some(Notice::Done { .. }));
        let failed = matches!(notice, Some(Notice::Done { saving: SaveStatus::Failed, .. }));
        [done && store.can_undo(), failed, notice.is_some()]
    });
    let ways = move || {
        let [undo, retry, close] = offered.get();
        let ways = [
            undo.then(|| way(text::actions::undo(), move || store.undo())),
            retry.then(|| way(text::actions::retry(), move || store.retry())),
            close.then(|| way(text::actions::close(), move || store.dismiss_notice())),
        ];
        ways.into_iter().flatten().collect()
    };
    place.find(".toast__words").text(said);
    place.find(".toast__actions").dyn_children(ways);
    let (element, count) = (place.clone(), Rc::new(Cell::new(0)));
    let place = place.effect(move || {
        count.set(count.get() + 1);
        if notice.read().is_some() {
            let cover = element.clone();
            timers::set_timeout(0, Box::new(move || scroll::uncover_field(cover.raw())));
            leave(store, element.clone(), count.clone());
        }
    });
    place.attr("class", move || shown().or_else(|| Some("toast".to_owned())))
}

/// Removes the notice after its time. `count` says whether another one has come since.
fn leave(store: AppStore, place: El, count: Rc<Cell<u32>>) {
    let number = count.get();
    let done = move || {
        if count.get() != number {
            return;
        }
        let is_unsaved = matches!(
            store.notice().get_untracked(),
            Some(Notice::Done { saving: SaveStatus::Pending | SaveStatus::Failed, .. })
        );
        let is = |state| place.raw().matches(state).unwrap_or_default();
        if is_unsaved || is(":hover") || is(":focus-within") {
            leave(store, place, count);
        } else {
            store.dismiss_notice();
        }
    };
    timers::set_timeout(SHOWN_MS, Box::new(done));
}

fn way(name: &str, act: impl Fn() + 'static) -> El {
    button(act).class("toast__button").text(name)
}

/// The sentence for a save status.
pub(in crate::ui) fn saving_words(saving: SaveStatus) -> &'static str {
    match saving {
        SaveStatus::Pending => text::notices::not_kept(),
        SaveStatus::Saved => text::notices::kept(),
        SaveStatus::LocalStorageOnly => text::notices::kept_less(),
        SaveStatus::Failed => text::notices::failed(),
    }
}

fn words(notice: Notice) -> String {
    match notice {
        Notice::Done { kind, saving } => text::notices::done(kind, saving_words(saving)),
        Notice::Refused(error) => text::errors::apply(&error),
        Notice::CopySaved => text::notices::copy_saved().to_owned(),
        Notice::CopyRefused => text::notices::copy_refused().to_owned(),
        Notice::Text(words) => words,
    }
}
