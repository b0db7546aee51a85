//! Sharing the screen one is on.

use leptos::task::spawn_local;

use super::icon::{Picture, icon};
use crate::platform::address;
use crate::platform::share::{self, Shared};
use crate::route::Route;
use crate::store::Notice;
use crate::text;
use crate::ui::element::{El, button};
use crate::ui::store;

/// Hands the link of `route` to the system's dialogue, or copies it and says so.
pub(in crate::ui) fn share_button(route: Route, title: String) -> El {
    let store = store();
    let act = move || {
        let (title, url) = (title.clone(), address::link_to(&route.to_string()));
        spawn_local(async move {
            match share::link(&title, &url).await {
                Shared::Sent => {}
                Shared::Copied => store.notify(Notice::Copied),
                Shared::Failed => store.notify(Notice::NotCopied),
            }
        });
    };
    button(act).class("button button--ghost").add(icon(Picture::Share)).text(text::actions::share())
}
