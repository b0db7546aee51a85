//! Malicious texts in exported files. `tests/e2e/injection.spec.ts` tests the same texts in the
//! browser.

use jalons::codec::csv;
use jalons::convention::convention;
use jalons::domain::day::Day;
use jalons::domain::journal::{Action, ActionContext, Journal};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::report::{carnet_markdown, tables};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::spreadsheet::cells;

/// The texts of `tests/fixtures/hostile/texts.json`.
pub(crate) fn texts() -> Vec<String> {
    let file = include_str!("../fixtures/hostile/texts.json");
    serde_json::from_str(file).expect("a list of texts")
}

fn day() -> Day {
    "2021-03-12".parse().expect("a day")
}

fn with_notes() -> Journal {
    let mut journal = Journal::default();
    for (number, text) in (1..).zip(texts()) {
        let token = Token(number);
        let context =
            ActionContext { now: Instant(number), today: day(), device: DeviceId(token), token };
        let draft = NoteDraft { kind: NoteKind::Idea, text, private: false };
        let item = "1.2.1".parse().expect("an id");
        journal.apply(convention(), Action::Write(item, draft), &context).expect("a note");
    }
    journal
}

#[test]
fn markdown_holds_texts_and_nothing_that_loads_links_or_runs() {
    let journal = with_notes();
    let markdown = carnet_markdown::markdown(convention(), &journal, day());
    let dialect = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(&markdown, dialect) {
        let plain = matches!(
            event,
            Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::Start(_) | Event::End(_)
        );
        assert!(plain, "{event:?}");
        let active = matches!(
            event,
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock | Tag::FootnoteDefinition(_)
            )
        );
        assert!(!active, "{event:?}");
    }
}

#[test]
fn no_cell_of_a_table_begins_a_formula() {
    let journal = with_notes();
    let table = csv::write(tables::notes(convention(), &journal, |_| day()));
    for cell in cells(&table).iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
    }
}
