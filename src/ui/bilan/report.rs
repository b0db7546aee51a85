//! The report's screen: a preview as it will be printed, choices, and exports.

use std::sync::Once;

use leptos::prelude::*;

use super::super::element::{El, button, el, link};
use super::super::shared::heading::{heading, section};
use super::super::shared::icon::{Picture, icon};
use super::super::shared::notes::mount_note_style;
use super::super::shared::styles::mount_style;
use super::super::store;
use crate::domain::tracking::TrackingFilter;
use crate::platform::{address, style};
use crate::report::compose;
use crate::route::Route;
use crate::text::actions;
use crate::text::report as words;
use crate::text::stored;

mod blocks;
mod charts;
mod choosing;
mod content;
mod files;

use content::Content;

/// The screen.
pub(super) fn report() -> Vec<El> {
    mount_style(include_str!("../../../style/report.css"));
    mount_note_style();
    let content = Content::of(store());
    let has_any = Memo::new(move |_| content.has_any());
    vec![
        el("div")
            .class("report__head no-print")
            .child(heading(words::screen_title()))
            .child(el("p").class("lead").text(words::screen_lead())),
        el("div").class("report").dyn_children(move || {
            let (has_any, has_read) = (has_any.get(), store().storage().has_read());
            untrack(|| match (has_any, has_read) {
                (true, _) => whole(content),
                (false, true) => nothing(),
                (false, false) => vec![el("p").class("muted").text(stored::reading())],
            })
        }),
    ]
}

fn nothing() -> Vec<El> {
    let way = link(&Route::Tracking(TrackingFilter::default())).class("button");
    vec![el("p").text(words::nothing()), el("p").child(way.text(words::nothing_way()))]
}

fn whole(content: Content) -> Vec<El> {
    run_title(content);
    let sheet = el("article").class("report__sheet").attr("aria-label", words::preview());
    vec![
        bar(content, sheet.clone()),
        choosing::settings(content),
        sheet.dyn_children(move || content.with(|source| blocks::blocks(&compose(source), source))),
    ]
}

/// Adds the page header for printing, once for all visits. A sheet in a file holds no sentences, so
/// the title gets a rule of its own.
fn run_title(content: Content) {
    static NAMED: Once = Once::new();
    NAMED.call_once(|| style::run_title(&content.document().title));
}

fn bar(content: Content, sheet: El) -> El {
    let print = button(address::print)
        .class("button button--primary")
        .child(icon(Picture::Print))
        .text(actions::print());
    let way = |name: &str, act: Box<dyn Fn()>| {
        button(act).class("button").child(icon(Picture::Save)).text(name)
    };
    section("take", words::take_away()).class("no-print").child(
        el("p")
            .class("form__actions")
            .child(print)
            .child(way(words::to_markdown(), Box::new(move || files::markdown(content))))
            .child(way(words::to_page(), Box::new(move || files::page(content, &sheet)))),
    )
}
