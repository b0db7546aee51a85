//! Installs the app, where the browser allows it, and explains what to do before.

use leptos::prelude::*;

use crate::platform::app_status::{self, AppCommand, Install};
use crate::text::offers as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::app_status::app_status;
use crate::ui::shared::heading::section;

/// The section, or nothing where there is nothing to install.
pub(super) fn install() -> El {
    let status = app_status();
    el("div").class("no-print").dyn_children(move || {
        let ways = match status.get().install {
            Install::No => return Vec::new(),
            Install::Prompt => by_browser(),
            Install::Share => by_hand(),
        };
        vec![section("install", words::install_title()).children(ways)]
    })
}

fn by_browser() -> Vec<El> {
    let ask = || app_status::send(AppCommand::Install);
    vec![
        el("p").class("prose").text(words::install_lead()),
        el("p").child(button(ask).class("button").text(words::install())),
    ]
}

/// An app installed from the share menu has a storage of its own, so the carnet must be exported
/// first.
fn by_hand() -> Vec<El> {
    let export = el("a").attr("href", "#export/title").text(words::export());
    let steps = el("ol")
        .class("prose")
        .child(el("li").text(words::own_storage()).text(" ").child(export))
        .child(el("li").text(words::share_menu()));
    vec![steps]
}
