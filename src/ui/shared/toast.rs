//! What has just been done, and the way to take it back.

use leptos::prelude::*;

use crate::storage::SaveStatus;
use crate::store::Notice;
use crate::text;
use crate::ui::element::{El, button};
use crate::ui::store;

/// Says the notice in its place in the page, politely, and stays until it is closed, another takes its place or the
/// person goes on to another screen: nobody has to read or react within a time.
pub(in crate::ui) fn toast(place: El) -> El {
    let store = store();
    let notice = store.notice();
    let shown = move || notice.read().is_some().then(|| "toast toast--shown".to_owned());
    let said = move || notice.get().map(words).unwrap_or_default();
    // They stay while deed follows deed: only what is said changes.
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
    place.find(".toast__words").say_now(said);
    place.find(".toast__actions").fill(ways);
    place.attr_now("class", move || shown().or_else(|| Some("toast".to_owned())))
}

fn way(name: &str, act: impl Fn() + 'static) -> El {
    button(act).class("toast__button").text(name)
}

/// What has become of something on its way to being stored.
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
        Notice::Copied => text::actions::copied().to_owned(),
        Notice::NotCopied => text::errors::not_copied().to_owned(),
        Notice::CopySaved => text::notices::copy_saved().to_owned(),
        Notice::CopyRefused => text::notices::copy_refused().to_owned(),
        Notice::Told(words) => words,
    }
}
