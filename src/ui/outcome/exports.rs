//! Exports a result as a table, as a picture or on paper.

use std::rc::Rc;

use super::Reading;
use super::chart::chart_of;
use crate::charts::legend::Legend;
use crate::charts::palette::Sample;
use crate::charts::sheet::Sheet;
use crate::codec::csv;
use crate::domain::consultation::{Grade, Method, Poll};
use crate::platform::download::{self, DownloadError, Media};
use crate::report::tally_tables;
use crate::store::{AppStore, Notice};
use crate::text::{consultation as shared, dates, outcome as words};
use crate::ui::chart_view::export;
use crate::ui::element::{El, button, el};
use crate::ui::shared::buttons::print_button;
use crate::ui::shared::heading::section;
use crate::ui::shared::icon::{Picture, icon};
use crate::ui::store;

/// The export buttons, with `others` after them.
pub(super) fn exports(reading: &Reading, poll: &Rc<Poll>, others: Vec<El>) -> El {
    let store = store();
    let has_result = reading.tally.turnout.counted > 0;
    let (taken, all) = (reading.clone(), poll.clone());
    let rows = button(move || notify(store, take_table(&taken, &all)))
        .class("button")
        .child(icon(Picture::Save))
        .text(words::take_table());
    let paper = export::paper();
    let (taken, ground) = (reading.clone(), paper.clone());
    let picture = has_result.then(|| {
        button(move || take_picture(store, &taken, &ground))
            .class("button")
            .child(icon(Picture::Save))
            .text(words::take_picture())
    });
    section("exports", words::take_away())
        .class("no-print")
        .child(el("p").class("prose").text(words::take_away_lead()))
        .child(
            el("p")
                .class("form__actions")
                .child(rows)
                .children(picture)
                .children(others)
                .child(print_button()),
        )
        .child(paper)
}

fn notify(store: AppStore, taken: Result<(), DownloadError>) {
    // Success needs no notice: the browser shows the file.
    if taken.is_err() {
        store.notify(Notice::Text(words::not_taken().to_owned()));
    }
}

fn take_table(reading: &Reading, poll: &Poll) -> Result<(), DownloadError> {
    let Reading { rules, convention, tally, fingerprint, .. } = reading;
    let rows = tally_tables::file(poll, rules, convention, tally, fingerprint);
    let name = words::file_name(rules.title().as_str(), "csv");
    download::text(&name, Media::Csv, &csv::write(rows))
}

fn take_picture(store: AppStore, reading: &Reading, paper: &El) {
    let palette = export::palette(paper);
    let picture = sheet(reading).picture(&*chart_of(reading), export::WIDTH, &palette);
    let name = words::file_name(reading.rules.title().as_str(), "png");
    export::take_png(name, &picture, &palette, move |taken| notify(store, taken));
}

/// The sheet around the exported chart, so that the picture names its own subject.
fn sheet(reading: &Reading) -> Sheet {
    let turnout = &reading.tally.turnout;
    let legend = matches!(reading.rules.method(), Method::Judgment).then(|| {
        let named = |(number, grade)| (Sample::Mention(number), shared::grade(grade).to_owned());
        Legend(Grade::ALL.into_iter().enumerate().map(named).collect())
    });
    let full_name = |option| tally_tables::name(&reading.rules, reading.convention, option);
    let mut notes =
        reading.placed().iter().map(|placed| full_name(placed.option)).collect::<Vec<_>>();
    notes.push(String::new());
    notes.push(words::source(&reading.fingerprint, turnout, &dates::full(reading.today)));
    Sheet {
        title: crate::text::typeset(reading.rules.title().as_str()),
        lead: vec![
            crate::text::typeset(reading.rules.question().as_str()),
            words::facts(reading.rules.method(), turnout),
        ],
        legend: legend.unwrap_or_default(),
        notes,
    }
}
