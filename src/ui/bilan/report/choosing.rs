//! Controls for the report: its days, and the notes it quotes. Never printed.

use leptos::ev;
use leptos::prelude::*;

use super::content::{Content, QuotableNote};
use crate::domain::item::{Code, ItemId};
use crate::text::report as words;
use crate::text::{self, notes};
use crate::ui::element::{El, button, el};
use crate::ui::shared::field::{Entered, check, day_field, field};
use crate::ui::shared::heading::{empty, section};
use crate::ui::shared::item::place_link;
use crate::ui::shared::pii::{kinds, marked};

/// All controls.
pub(super) fn settings(content: Content) -> El {
    section("settings", words::settings())
        .class("no-print")
        .child(days(content))
        .child(el("div").class("report__choice").children(choice(content)))
}

fn days(content: Content) -> El {
    let no_day = RwSignal::new(false);
    let input = |which: usize, label: &str| {
        let input = day_field(
            move || content.days()[which],
            move |entered| {
                no_day.set(entered == Entered::NoDay);
                match entered {
                    Entered::Day(day) => content.set_day(which, Some(day)),
                    Entered::Nothing => content.set_day(which, None),
                    Entered::NoDay => {}
                }
            },
        );
        field(label, input)
    };
    let wrong = move || {
        let said = match () {
            () if no_day.get() => text::errors::invalid_day(),
            () if content.are_days_wrong() => words::wrong_period(),
            () => "",
        };
        said.to_owned()
    };
    el("fieldset")
        .class("report__days")
        .child(el("legend").text(words::period()))
        .child(el("p").class("muted").text(words::period_hint()))
        .child(input(0, words::from()))
        .child(input(1, words::to()))
        .child(el("p").class("form__error").attr("role", "alert").text(wrong))
}

fn choice(content: Content) -> Vec<El> {
    let all = move |quote: bool| {
        let offers = content.offers.read_untracked();
        let ids: Vec<_> = offers.iter().map(|offer| offer.row.id).collect();
        content.choose(ids, quote);
    };
    let way = |name: &str, quote: bool| {
        button(move || all(quote)).class("button button--ghost").text(name)
    };
    let private = content.store().private_count(None);
    let private = (private > 0).then(|| el("p").class("muted").text(&words::stay_out(private)));
    let groups = move || {
        let offers = content.offers.read();
        let groups = offers.chunk_by(|one, other| code(one) == code(other));
        groups.map(|group| code(&group[0])).collect::<Vec<_>>()
    };
    let none = move || content.offers.read().is_empty();
    let warned = move || {
        let (offers, quoted) = (content.offers.read(), content.quoted.read());
        let leads =
            |offer: &&QuotableNote| !offer.contacts.is_empty() && quoted.contains(&offer.row.id);
        let leading = offers.iter().filter(leads).count();
        if leading > 0 { words::may_lead(leading) } else { String::new() }
    };
    let ways = el("p")
        .class("form__actions")
        .child(way(words::choose_all(), true))
        .child(way(words::choose_none(), false));
    let mut elements =
        vec![el("h3").text(words::notes_title()), el("p").class("muted").text(words::notes_rule())];
    elements.extend(private);
    let counts = move || words::chosen(content.quoted.read().len(), content.offers.read().len());
    let summary = el("summary")
        .text(words::one_by_one())
        .text(" ")
        .child(el("span").class("muted").text(counts));
    let groups =
        el("div")
            .class("report__groups")
            .for_each(groups, ToString::to_string, move |code| group(content, code));
    elements.extend([
        ways,
        empty(words::no_notes(), none),
        el("p").class("report__warning").attr("role", "status").text(warned),
        el("details").child(summary).child(groups),
    ]);
    elements
}

fn code(offer: &QuotableNote) -> Code {
    offer.row.id.item.code()
}

/// The notes on one objective and the items below it, collapsed; built when they are opened.
fn group(content: Content, of: Code) -> El {
    let offers = move || {
        let offers = content.offers.read();
        offers.iter().filter(|offer| code(offer) == of).cloned().collect::<Vec<_>>()
    };
    let is_open = RwSignal::new(false);
    let title = text::items::short(content.store().convention(), ItemId::objective(of));
    let counts = move || {
        let (offers, quoted) = (offers(), content.quoted.read());
        let chosen = offers.iter().filter(|offer| quoted.contains(&offer.row.id)).count();
        words::chosen(chosen, offers.len())
    };
    let rows = move || if is_open.get() { offers() } else { Vec::new() };
    let key = |offer: &QuotableNote| format!("{:?}/{}", offer.row.id, offer.row.note.text);
    let summary =
        el("summary").text(&title).text(" ").child(el("span").class("muted").text(counts));
    el("details")
        .class("report__group")
        .on(ev::toggle, move |_| is_open.set(true))
        .child(summary)
        .child(
            el("ul").class("notes__list").for_each(rows, key, move |offer| card(content, &offer)),
        )
}

fn card(content: Content, offer: &QuotableNote) -> El {
    let (id, note) = (offer.row.id, &offer.row.note);
    let is_chosen = move || content.quoted.read().contains(&id);
    let label = words::take_named(note.text.as_str());
    let kind = notes::kind_label(note.kind);
    let about = el("p").class("note__about").child(place_link(id.item));
    let about = if offer.contacts.is_empty() { about } else { about.child(kinds(&offer.contacts)) };
    // Among many boxes of one kind, the name identifies the note.
    let quote = check(kind, is_chosen, move |quote| content.choose([id], quote));
    let named = el("span").class("visually-hidden").text(&label);
    el("li")
        .class("note")
        .child(quote.child(named))
        .child(about)
        .child(marked(note.text.as_str(), &offer.contacts))
}
