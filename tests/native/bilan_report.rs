//! The report: its content and omissions, and the equality of its forms.

use std::collections::BTreeSet;

use jalons::codec::carnet::open;
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, CodeHash, Consultation, ConsultationId, Content, Poll, RulesDraft, Step,
    Vote, VotingChannel,
};
use jalons::domain::day::Day;
use jalons::domain::journal::Journal;
use jalons::domain::period::Period;
use jalons::domain::record::NoteId;
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::report::{Block, Document, Source, compose, html, markdown};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use scraper::{Html, Node, Selector};
use serde_json::{Value, json};

use crate::hostile;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn stamp(device: u64, at: u64) -> Value {
    json!({ "edit": 1, "at": at, "device": format!("{device:016x}") })
}

fn note(item: &str, number: u64, text: &str, private: bool) -> Value {
    let note = json!({
        "kind": "alert", "text": text, "private": private, "created": number, "wording": "00000000",
    });
    let id = format!("note/{item}/{number:016x}");
    json!({ "id": id, "stamp": stamp(1, number), "body": { "note": note } })
}

fn seen(marker: &str, on: &str, device: u64, level: &str) -> Value {
    let observation = json!({ "level": level, "wording": "00000000" });
    let id = format!("observation/{marker}/{on}/{device:016x}");
    json!({ "id": id, "stamp": stamp(device, 1), "body": { "observation": observation } })
}

fn device(id: u64, label: &str, speaks_for: &str) -> Value {
    let device = json!({ "label": label, "speaks_for": speaks_for });
    let key = format!("device/{id:016x}");
    json!({ "id": key, "stamp": stamp(id, 1), "body": { "device": device } })
}

fn journal(records: &[Value]) -> Journal {
    let file = json!({
        "format": "jalons-carnet",
        "version": 1,
        "convention": { "id": convention().id(), "wording": "0000000000000000" },
        "records": records,
    });
    let opened = open(file.to_string().as_bytes(), convention()).expect("a carnet");
    opened.records().map(|record| record.expect("a record")).collect()
}

/// A journal with observations from three devices, two of them disagreeing, and notes, one of them
/// private.
pub(crate) fn season() -> Journal {
    journal(&[
        device(1, "Tablette de l'accueil", "residents"),
        device(2, "Poste des agents", "staff"),
        seen("1.2.1-m1", "2021-01-05", 1, "in-progress"),
        seen("3.3.3-m1", "2021-02-10", 1, "reached"),
        seen("3.3.3-m1", "2021-02-12", 2, "not-yet"),
        seen("3.3.3-m2", "2021-03-12", 3, "not-observable"),
        note("1.2.1", 1, "Le banc est cassé.\n\nIl penche.", false),
        note("1.2.1-m1", 2, "Personne n'est venu", false),
        note("3.3.3", 3, "Un secret", true),
    ])
}

fn poll(conclusion: Option<&str>, title: &str) -> Poll {
    let (id, at, by) = (ConsultationId(Token(7)), Instant(1), DeviceId(Token(1)));
    let draft = RulesDraft {
        title: title.to_owned(),
        question: format!("{title} ?"),
        items: ["1.1.1", "2.1.1"].map(|id| id.parse().expect(id)).into(),
        own: vec![title.to_owned()],
        each: Some(1),
        ..RulesDraft::default()
    };
    let code = CodeHash::of(id, "2021").expect("a code");
    let mut steps = vec![Step::Open(code)];
    let ballot = Ballot {
        id: BallotId::random(Token(1), Token(2)),
        way: VotingChannel::Urn,
        content: Content::Vote(Vote::Dots(vec![0, 1, 0])),
    };
    if let Some(text) = conclusion {
        let look_again = Some(day("2021-09-01"));
        steps.extend([Step::Close, Step::Conclude(Some((text.to_owned(), look_again)))]);
    }
    let step = |held: Consultation, step| held.step(step, at, by).expect("a step");
    let consultation = steps.into_iter().fold(Consultation::new(id, draft, at, by), step);
    Poll { consultation, urn: [ballot].into_iter().collect() }
}

/// The report with every note selected, including those that must not be quoted.
pub(crate) fn composed(journal: &Journal, period: Option<Period>, polls: &[Poll]) -> Document {
    let chosen: BTreeSet<NoteId> = journal.all_notes().iter().map(|noted| noted.id).collect();
    compose(&Source {
        convention: convention(),
        journal,
        own: DeviceId(Token(1)),
        today: day("2021-04-01"),
        period,
        chosen: &chosen,
        polls: polls.iter().collect(),
        day_of: &|_| day("2021-03-01"),
    })
}

fn has(document: &Document, text: &str) -> bool {
    document.texts().iter().any(|said| said.contains(text))
}

/// The text with white space collapsed, as readers of any form see it.
fn plain(text: &str) -> String {
    let text = text.replace('\0', "\u{fffd}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_markdown(text: &str) -> Result<String, String> {
    let mut shown = String::new();
    let dialect = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(text, dialect) {
        match event {
            Event::Text(text) => shown.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Start(_) | Event::End(_) => {
                shown.push(' ');
            }
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(plain(&shown))
}

/// The visible texts of a page, without those in drawings.
fn of_page(page: &Html) -> String {
    let main = Selector::parse("main").expect("a selector");
    let main = page.select(&main).next().expect("a main part");
    let texts = main.descendants().filter_map(|node| match node.value() {
        Node::Text(text) => Some(text.to_string()),
        _ => None,
    });
    plain(&texts.collect::<Vec<_>>().join(" "))
}

/// Whether the document's texts appear in `shown` one after the other, with nothing between them.
fn follows(shown: &str, document: &Document) -> Result<(), String> {
    let mut rest = shown;
    for text in document.texts() {
        let text = plain(&text);
        rest = rest.trim_start();
        rest = rest.strip_prefix(text.as_str()).ok_or_else(|| {
            let found: String = rest.chars().take(80).collect();
            format!("{text:?} was expected and {found:?} stands there")
        })?;
    }
    if rest.trim().is_empty() { Ok(()) } else { Err(format!("{rest:?} is left over")) }
}

pub(crate) fn page_of(document: &Document) -> Html {
    let page = Html::parse_document(&html(document, &|_| "<svg></svg>".to_owned()));
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

#[test]
fn the_report_of_a_season() {
    let polls = [poll(Some("On commence par le marché.\nRendez-vous en mai."), "Priorités")];
    insta::assert_snapshot!(markdown(&composed(&season(), None, &polls)));
}

#[test]
fn a_private_note_is_nowhere_even_when_it_was_chosen() {
    let document = composed(&season(), None, &[]);
    assert!(has(&document, "Il penche."));
    assert!(!has(&document, "Un secret"));
    assert!(has(&document, "2 notes citées"));
    assert!(has(&document, "2 notes\u{a0}: 2 alertes."));
    assert!(!markdown(&document).contains("secret"));
    assert!(!html(&document, &|_| String::new()).contains("secret"));
}

#[test]
fn the_period_bounds_states_and_counts() {
    let whole = composed(&season(), None, &[]);
    assert!(has(&whole, "du 5 janvier 2021 au 12 mars 2021"));
    assert!(has(&whole, "4 observations pendant la période, sur 3 marqueurs"));
    assert!(has(&whole, "1 marqueur où les avis diffèrent"));
    let period = Period { first: day("2021-02-01"), last: day("2021-02-11") };
    let part = composed(&season(), Some(period), &[]);
    assert!(has(&part, "du 1er février 2021 au 11 février 2021"));
    assert!(has(&part, "1 observation pendant la période, sur 1 marqueur"));
    assert!(has(&part, "0 marqueur où les avis diffèrent"));
    assert!(has(&part, "Habitants (1)"));
    assert!(!has(&part, "Agents (1)"));
}

/// Regression: a device whose clock was ahead made a report that ended in the year 2150.
#[test]
fn a_day_that_has_not_come_is_in_no_report() {
    let ahead = journal(&[
        seen("3.3.3-m1", "2021-02-10", 1, "reached"),
        seen("3.3.3-m2", "2150-01-01", 2, "reached"),
    ]);
    let whole = composed(&ahead, None, &[]);
    assert!(has(&whole, "10 février 2021") && !has(&whole, "2150"));
    let last = day("2150-12-31");
    let typed = composed(&ahead, Some(Period { first: day("2021-01-01"), last }), &[]);
    assert!(!has(&typed, "Au 31 décembre 2150"));
}

#[test]
fn what_is_due_is_told_by_a_report_of_the_present_only() {
    let due = json!({
        "id": format!("follow-up/3.3.3-m2/{:016x}", 1),
        "stamp": stamp(1, 1),
        "body": { "follow-up": { "due": "2021-03-01" } },
    });
    let held = journal(&[seen("3.3.3-m1", "2021-02-10", 1, "reached"), due]);
    let now = composed(&held, None, &[]);
    assert!(has(&now, "1 échéance passée") && has(&now, "(marqueur 3.3.3-m2)"));
    let past = Period { first: day("2021-02-01"), last: day("2021-02-28") };
    let then = composed(&held, Some(past), &[]);
    assert!(!has(&then, "échéance") && !has(&then, "(marqueur 3.3.3-m2)"));
}

#[test]
fn consultations_that_were_closed_outside_the_period_are_left_out() {
    let polls = [poll(Some("On commence."), "Priorités")];
    let told = |from: &str, to: &str| {
        let period = Period { first: day(from), last: day(to) };
        has(&composed(&season(), Some(period), &polls), "On commence.")
    };
    assert!(told("2021-02-01", "2021-03-01"));
    assert!(!told("2021-02-01", "2021-02-28") && !told("2021-03-02", "2021-03-31"));
}

#[test]
fn only_closed_consultations_are_told_and_what_they_lack_is_said() {
    let open = composed(&season(), None, &[poll(None, "Priorités")]);
    assert!(!has(&open, "Priorités"));
    assert!(has(&open, "0 consultation close"));
    let closed = composed(&season(), None, &[poll(Some("On commence."), "Priorités")]);
    assert!(has(&closed, "On commence."));
    assert!(has(&closed, "2.1.1 · "), "what came first");
    assert!(has(&closed, "À revoir le 1er septembre 2021"));
}

#[test]
fn every_row_has_a_cell_for_every_column() {
    let document = composed(&season(), None, &[poll(Some("Oui."), "Priorités")]);
    for block in &document.blocks {
        if let Block::Table(table) | Block::Chart(_, table) = block {
            assert!(!table.rows.is_empty(), "{}", table.caption);
            assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
        }
    }
}

#[test]
fn every_form_says_the_same_in_the_same_order() {
    let polls = [poll(Some("On commence par le marché."), "Priorités")];
    let document = composed(&season(), None, &polls);
    follows(&of_markdown(&markdown(&document)).expect("only text"), &document).expect("Markdown");
    follows(&of_page(&page_of(&document)), &document).expect("HTML");
}

#[test]
fn an_empty_journal_has_a_report_that_says_so() {
    let document = composed(&Journal::default(), None, &[]);
    follows(&of_markdown(&markdown(&document)).expect("only text"), &document).expect("Markdown");
    follows(&of_page(&page_of(&document)), &document).expect("HTML");
    assert_eq!(document.charts().count(), 1);
}

#[test]
fn a_page_loads_and_runs_nothing() {
    let page = page_of(&composed(&season(), None, &[]));
    let policy = Selector::parse("meta[http-equiv=Content-Security-Policy]").expect("a selector");
    let policy = page.select(&policy).next().and_then(|meta| meta.attr("content"));
    assert_eq!(policy, Some("default-src 'none'; style-src 'unsafe-inline'"));
    let loading = "script, link, img, iframe, object, embed, form, a, base, [src], [href], [style]";
    let loading = Selector::parse(loading).expect("a selector");
    assert_eq!(page.select(&loading).count(), 0);
    assert!(!page.html().contains("@import") && !page.html().contains("url("));
    let root = Selector::parse("html[lang=fr]").expect("a selector");
    assert_eq!(page.select(&root).count(), 1);
}

/// Whether the page consists of allowed elements only, whatever the texts.
fn is_plain(page: &Html) -> Result<(), String> {
    const ELEMENTS: [&str; 33] = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "dl",
        "div",
        "dt",
        "dd",
        "ul",
        "li",
        "figure",
        "svg",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "strong",
        "span",
        "em",
        "ol",
        "section",
    ];
    const ATTRIBUTES: [&str; 12] = [
        "dir",
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "aria-hidden",
        "class",
        "role",
        "aria-label",
        "tabindex",
        "scope",
    ];
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                if !ELEMENTS.contains(&element.name()) {
                    return Err(format!("an element {}", element.name()));
                }
                if let Some((name, _)) =
                    element.attrs().find(|(name, _)| !ATTRIBUTES.contains(name))
                {
                    return Err(format!("an attribute {name}"));
                }
            }
            Node::Comment(comment) => return Err(format!("a comment {comment:?}")),
            _ => {}
        }
    }
    Ok(())
}

fn saying(text: &str) -> Document {
    let label: String = text.chars().take(60).collect();
    let held = journal(&[
        device(1, &label, "residents"),
        seen("3.3.3-m1", "2021-02-10", 1, "reached"),
        note("1.2.1-m1", 1, text, false),
    ]);
    composed(&held, None, &[poll(Some(text), &label)])
}

#[test]
fn no_markup_comes_through() {
    for text in hostile::texts() {
        let text = text.trim().replace('\r', "");
        let document = saying(&text);
        let page = page_of(&document);
        is_plain(&page).unwrap_or_else(|found| panic!("{text:?} became {found}"));
        follows(&of_page(&page), &document).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let shown = of_markdown(&markdown(&document));
        let shown = shown.unwrap_or_else(|found| panic!("{text:?} became {found}"));
        follows(&shown, &document).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A person's text appears unchanged in both files.
    #[test]
    fn what_a_person_wrote_is_only_text(
        text in r"[ -~é\n]{1,60}".prop_filter("a note says something", |text| !text.trim().is_empty())
    ) {
        let document = saying(text.trim());
        let page = page_of(&document);
        prop_assert_eq!(is_plain(&page), Ok(()));
        prop_assert_eq!(follows(&of_page(&page), &document), Ok(()));
        let shown = of_markdown(&markdown(&document));
        prop_assert_eq!(shown.and_then(|shown| follows(&shown, &document)), Ok(()));
    }
}
