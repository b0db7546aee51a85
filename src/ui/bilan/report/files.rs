//! Exports the report as Markdown or as an HTML page.

use super::charts::chart;
use super::content::Content;
use crate::charts::canvas;
use crate::platform::download::{self, DownloadError, Media};
use crate::platform::{clock, timers};
use crate::report::{self, Document};
use crate::store::{AppStore, Notice};
use crate::text::report as words;
use crate::ui::element::El;
use crate::ui::svg;

/// The width of charts, in CSS pixels.
const WIDTH: i32 = 720;

fn notify(store: AppStore, taken: Result<(), DownloadError>) {
    // Success needs no notice: the browser shows the file.
    if taken.is_err() {
        store.notify(Notice::Text(words::not_taken().to_owned()));
    }
}

fn name(ending: &str) -> String {
    report::file_name(clock::today(), ending)
}

/// Offers the report as Markdown.
pub(super) fn markdown(content: Content) {
    let text = report::markdown(&content.document());
    notify(content.store(), download::text(&name("md"), Media::Markdown, &text));
}

/// Offers the report as an HTML page, with charts in the sheet's colours.
pub(super) fn page(content: Content, sheet: &El) {
    let (store, name) = (content.store(), name("html"));
    let palette = canvas::palette(sheet.raw());
    let document: Document = content.document();
    let pictures: Vec<_> = leptos::prelude::untrack(|| {
        content.with(|source| {
            let picture = |name| (name, chart(name, source).picture(WIDTH, &palette));
            document.charts().map(picture).collect()
        })
    });
    timers::spawn(Box::pin(async move {
        let mut drawings = Vec::new();
        for (name, picture) in pictures {
            let Some(drawing) = svg::draw(picture, palette.clone()).await else {
                return store.notify(Notice::Text(words::no_drawings().to_owned()));
            };
            drawings.push((name, drawing));
        }
        let drawing = |wanted| {
            let found = drawings.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, drawing)| drawing.clone()).unwrap_or_default()
        };
        let page = report::html(&document, &drawing);
        notify(store, download::text(&name, Media::Html, &page));
    }));
}
