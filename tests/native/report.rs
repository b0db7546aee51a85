//! Exports for other programs: the Markdown report and the tables.

use jalons::convention::convention;
use jalons::domain::day::Day;
use jalons::domain::journal::{Action, ActionContext, Journal};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::report::{carnet_markdown, tables};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use crate::storage::examples;

fn day() -> Day {
    "2021-03-12".parse().expect("a day")
}

fn with_note(item: &str, text: &str) -> Journal {
    let mut journal = Journal::default();
    let context = ActionContext {
        now: Instant(0),
        today: day(),
        device: DeviceId(Token(1)),
        token: Token(1),
    };
    let draft = NoteDraft { kind: NoteKind::Idea, text: text.to_owned(), private: false };
    let item = item.parse().expect("an id");
    journal.apply(convention(), Action::Write(item, draft), &context).expect("a note");
    journal
}

#[test]
fn the_report_of_a_small_journal() {
    let journal: Journal = examples().into_iter().collect();
    insta::assert_snapshot!(carnet_markdown::markdown(convention(), &journal, day()));
}

#[test]
fn the_tables_of_a_small_journal() {
    let journal: Journal = examples().into_iter().collect();
    insta::assert_debug_snapshot!(tables::observations(convention(), &journal));
    insta::assert_debug_snapshot!(tables::notes(convention(), &journal, |_| day()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// A person's text is unchanged in the rendered Markdown, without any markup.
    #[test]
    fn what_a_person_wrote_is_only_text(
        text in r"[ -~é\n]{1,40}".prop_filter("a note says something", |text| !text.trim().is_empty())
    ) {
        let markdown = carnet_markdown::markdown(convention(), &with_note("1", &text), day());
        // Some renderers replace quotation marks, which is not a change of content.
        let dialect = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut shown = String::new();
        for event in Parser::new_ext(&markdown, dialect) {
            match event {
                Event::Text(text) => shown.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::Start(_) | Event::End(_) => {
                    shown.push(' ');
                }
                other => prop_assert!(false, "{text:?} became {other:?}"),
            }
        }
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (shown, written) = (words(&shown), words(&text));
        prop_assert!(
            shown.windows(written.len()).any(|window| window == written),
            "{written:?} is not in {shown:?}"
        );
    }
}
