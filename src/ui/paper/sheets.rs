//! Sheets of numbered ballots to print and cut, and a tally sheet.
//!
//! All sizes on a sheet are fractions of its width, so that the preview on a screen is the sheet on
//! paper. Options are in the order they were listed, so that their numbers can be keyed.

use super::{known, texts};
use crate::domain::consultation::{Choice, ConsultationId, Grade, Method, Rules, ballots_a_page};
use crate::domain::convention::Convention;
use crate::text::{self, paper as words};
use crate::ui::ballot::method_name;
use crate::ui::element::{El, el};
use crate::ui::shared::buttons::print_button;

/// The input of the sheets.
pub(in crate::ui) struct Sheets {
    /// The rules of the consultation.
    pub(in crate::ui) rules: Rules,
    /// The convention that options refer to.
    pub(in crate::ui) convention: &'static Convention,
    /// The consultation, whose first digits are on each ballot.
    pub(in crate::ui) id: ConsultationId,
    /// The first number.
    pub(in crate::ui) from: u16,
    /// The last number.
    pub(in crate::ui) to: u16,
}

/// The sheets, with the button that prints them. On a screen only the first one is shown.
pub(in crate::ui) fn sheets(sheets: &Sheets) -> El {
    let options = texts(&sheets.rules, sheets.convention);
    let lengths: Vec<_> = options.iter().map(|text| text.chars().count()).collect();
    let per_page = ballots_a_page(&sheets.rules, &lengths);
    let numbers: Vec<u16> = (sheets.from..=sheets.to).collect();
    let pages = numbers.chunks(per_page).map(|numbers| {
        let ballots = numbers.iter().map(|number| ballot(sheets, &options, *number));
        page().attr("data-ballots", &per_page.to_string()).child(inside().children(ballots))
    });
    let count = words::sheets(numbers.len(), numbers.len().div_ceil(per_page));
    el("div")
        .class("sheets")
        .attr("data-method", method_name(sheets.rules.method()))
        .child(el("p").class("sheets__count").text(&count))
        .child(el("p").class("muted").text(words::print_hint()))
        .child(el("p").child(print_button()))
        .children(pages)
        .child(page().child(inside().child(tally(sheets, &options))))
}

fn page() -> El {
    el("div").class("sheet")
}

/// The content of a page; the page itself only sets its size.
fn inside() -> El {
    el("div").class("sheet__page")
}

fn ballot(sheets: &Sheets, options: &[String], number: u16) -> El {
    let rules = &sheets.rules;
    let code = el("span").class("paper__code").text(&sheets.id.short());
    let top =
        el("p").class("paper__top").child(code).child(el("strong").text(&words::numbered(number)));
    let row = |(text, choice): (&String, &Choice)| {
        let wording = el("span").class("paper__text").dir_auto();
        let wording = match known(choice, "paper__short") {
            Some(known) => wording.child(known).text(" "),
            None => wording,
        };
        el("li").child(wording.text(text)).child(marks(rules.method()))
    };
    let legend = (rules.method() == Method::Judgment)
        .then(|| el("p").class("paper__legend").text(words::legend()));
    let blank = el("p").class("paper__blank").child(square()).text(text::consultation::blank());
    el("article")
        .class("paper")
        .attr("aria-label", &words::ballot(number))
        .child(top)
        .child(
            el("p").class("paper__title").dir_auto().text(&text::typeset(rules.title().as_str())),
        )
        .child(
            el("p")
                .class("paper__question")
                .dir_auto()
                .text(&text::typeset(rules.question().as_str())),
        )
        .child(el("p").class("paper__how").text(&words::instruction(rules.method())))
        .children(legend)
        .child(
            el("ol").class("paper__options").children(options.iter().zip(rules.options()).map(row)),
        )
        .child(blank)
}

fn square() -> El {
    el("i").class("paper__box")
}

/// The boxes to fill in next to an option.
fn marks(method: Method) -> El {
    let marks = el("span").class("paper__marks");
    match method {
        Method::Dots { cap, .. } => marks.children((0..cap).map(|_| el("i").class("paper__dot"))),
        Method::Approval => marks.child(square()),
        Method::Judgment => {
            marks.children(Grade::ALL.map(|grade| square().text(words::initial(grade))))
        }
        Method::Ranking => marks.child(el("i").class("paper__rank")),
    }
}

/// A tally sheet to count by hand: strokes for each option, and their sum.
fn tally(sheets: &Sheets, options: &[String]) -> El {
    let rules = &sheets.rules;
    let columns: Vec<String> = match rules.method() {
        Method::Dots { .. } | Method::Approval => vec![words::tally_strokes().to_owned()],
        Method::Judgment => Grade::ALL.map(|grade| words::initial(grade).to_owned()).into(),
        Method::Ranking => (1..=options.len().min(8)).map(text::ballot::rank).collect(),
    };
    let last = (rules.method() != Method::Judgment).then(words::tally_total);
    let head = [words::tally_number(), words::tally_option()].into_iter();
    let head = head.chain(columns.iter().map(String::as_str)).chain(last);
    let head = el("tr").children(head.map(|name| el("th").attr("scope", "col").text(name)));
    let room = columns.len() + usize::from(last.is_some());
    let rows = options.iter().enumerate().map(|(at, text)| {
        let cells = (0..room).map(|_| el("td"));
        el("tr")
            .child(el("td").text(&(at + 1).to_string()))
            .child(el("th").attr("scope", "row").dir_auto().text(text))
            .children(cells)
    });
    let others = [text::consultation::blank(), words::tally_void(), words::tally_ballots()];
    let others = others.map(|name| {
        let strokes = el("td").attr("colspan", &room.to_string());
        el("tr").child(el("td")).child(el("th").attr("scope", "row").text(name)).child(strokes)
    });
    let legend = (rules.method() == Method::Judgment).then(words::legend);
    el("table")
        .class("tally-sheet")
        .child(
            el("caption")
                .child(el("strong").text(words::tally_title()))
                .text(" ")
                .child(el("span").dir_auto().text(&text::typeset(rules.title().as_str())))
                .text(" ")
                .child(el("span").class("paper__code").text(&sheets.id.short()))
                .child(el("p").text(words::tally_hint()))
                .children(legend.map(|legend| el("p").text(legend))),
        )
        .child(el("thead").child(head))
        .child(el("tbody").children(rows).children(others))
}
